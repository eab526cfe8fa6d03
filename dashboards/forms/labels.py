"""What the form calls the parameters of the pipelines we know, in the order it shows them.

A parameter that is not here is shown all the same, by its own name and description.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from media.pipelines.product_video import VERSIONS
from media.presets import IMAGE_PRESETS, OUTPUT_FORMATS, PDF_PRESETS
from media.rooms.vocabulary import STYLES

FIRST = ""
"""The group that is shown at once; the others are in `All settings`."""


@dataclass(frozen=True)
class Wording:
    """How one parameter is shown; what is empty follows from the parameter itself."""

    label: str = ""
    help: str = ""
    group: str = "More"
    unset: str = ""
    """What it means to say nothing, such as `As in the photo`."""
    choices: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    """Values to choose from where others may be written too."""
    is_long: bool = False
    """Whether it takes more than a line."""
    only_with: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Shown only where one of those parameters has one of these values; none named: any value."""
    extensions: tuple[str, ...] = ()
    """Of a file."""


_SIZES = ("800x600", "1080x1080", "1200x630", "1600x1600", "1920x1080", "2048x2048")
_STYLED = (("mode",), ("furnish", "restyle"))
_LOGO = (("watermark_image",), ())
_TEXT = (("watermark_text",), ())
_EITHER = (("watermark_text", "watermark_image"), ())
_COST = Wording(
    "Cost limit (US dollars)", "The job stops before it costs more.", "Cost", "No limit"
)
_MODEL = Wording("Model", "", "Cost", "The installation's own")

WORDINGS: Mapping[str, Mapping[str, Wording]] = {
    "library": {
        "presets": Wording(
            "Sizes to make",
            "Each picture is made in all of these.",
            FIRST,
            "",
            tuple(IMAGE_PRESETS),
        ),
        "format": Wording("Format", "", FIRST, "Best for each size", OUTPUT_FORMATS),
        "sizes": Wording(
            "Further sizes",
            "Width x height in pixels: 800x600, 800x or x600.",
            "Pictures",
            "",
            (),
            _SIZES,
        ),
        "quality": Wording(
            "Quality", "1 to 100; more is sharper and larger.", "Pictures", "As each size needs"
        ),
        "fit": Wording("How a picture meets its size", "", "Pictures", "As each size needs"),
        "anchor": Wording("What a crop keeps", "", "Pictures", "The middle"),
        "background": Wording("Colour behind transparency", "And behind padding.", "Pictures"),
        "enlarge": Wording("Let small pictures grow", "", "Pictures"),
        "animated": Wording(
            "Keep animations", "As animated WebP; else the first frame counts.", "Pictures"
        ),
        "watermark_text": Wording("Text over each picture", "", "Watermark", "None"),
        "watermark_image": Wording(
            "Logo over each picture",
            "PNG with transparency looks best.",
            "Watermark",
            extensions=("png", "webp", "jpg", "jpeg"),
        ),
        "watermark_position": Wording(
            "Where the watermark stands", "", "Watermark", only_with=_EITHER
        ),
        "watermark_opacity": Wording(
            "How opaque the watermark is",
            "From barely there to solid.",
            "Watermark",
            only_with=_EITHER,
        ),
        "watermark_color": Wording("Colour of the text", "", "Watermark", only_with=_TEXT),
        "watermark_size_px": Wording(
            "Height of the text (pixels)", "", "Watermark", only_with=_TEXT
        ),
        "watermark_shadow": Wording("Shadow behind the text", "", "Watermark", only_with=_TEXT),
        "watermark_font": Wording(
            "Font of the text",
            "A TrueType or OpenType file.",
            "Watermark",
            only_with=_TEXT,
            extensions=("ttf", "otf"),
        ),
        "watermark_scale": Wording(
            "Width of the logo", "As a part of the picture's width.", "Watermark", only_with=_LOGO
        ),
        "pages": Wording("Pages of a PDF", "1, 1-3, 2,5-7 or all.", "PDFs"),
        "pdf_presets": Wording("Sizes of a page", "", "PDFs", "", tuple(PDF_PRESETS)),
        "pdf_format": Wording("Format of a page", "", "PDFs"),
    },
    "staging": {
        "mode": Wording("What to do", "", FIRST),
        "room_type": Wording("Room", "", FIRST, "Guess from the photo"),
        "style": Wording(
            "Styles", "One picture is made for each.", FIRST, "", STYLES, only_with=_STYLED
        ),
        "variations": Wording(
            "Variations", "How many different pictures of each style are made.", FIRST
        ),
        "prompt": Wording(
            "Your own words",
            "10 to 2,000 characters, in place of ours.",
            "The picture",
            "Showroom's own prompt",
            is_long=True,
        ),
        "area": Wording(
            "What may change",
            "`floor`, or left, top, right and bottom in percent: 0,50,100,100.",
            "The picture",
            "Everything",
        ),
        "seed": Wording(
            "Seed", "The same number gives the same picture.", "The picture", "From the photo"
        ),
        "format": Wording("Format", "", "File"),
        "quality": Wording("Quality", "1 to 100; more is sharper and larger.", "File"),
        "max_cost_usd": _COST,
        "model": _MODEL,
    },
    "product_video": {
        "versions": Wording(
            "Backgrounds", "Each view is shown on all of these.", FIRST, "", VERSIONS
        ),
        "max_views": Wording("Views of each product, at most", "", FIRST),
        "color": Wording(
            "Colour of the plain background",
            "",
            FIRST,
            "As recommended",
            only_with=(("versions",), ("solid",)),
        ),
        "sizes": Wording("Sizes", "Width x height in pixels.", "Pictures", "", (), _SIZES),
        "padding": Wording("Room around the product", "As a part of the picture.", "Pictures"),
        "format": Wording("Format", "", "Pictures"),
        "quality": Wording("Quality", "1 to 100; more is sharper and larger.", "Pictures"),
        "real_setting": Wording(
            "The real background, in words",
            "",
            "Backgrounds",
            "As recommended",
            only_with=(("versions",), ("real",)),
            is_long=True,
        ),
        "creative_setting": Wording(
            "The creative background, in words",
            "",
            "Backgrounds",
            "As recommended",
            only_with=(("versions",), ("creative",)),
            is_long=True,
        ),
        "seed": Wording("Seed", "The same number gives the same backgrounds.", "Backgrounds"),
        "candidates": Wording("Frames to choose from", "Chosen of each clip.", "Frames"),
        "fps": Wording("Frames to look at each second", "", "Frames", "All"),
        "min_sharpness": Wording("Least sharpness", "Frames less sharp are dropped.", "Frames"),
        "motion_weight": Wording("How much motion counts against a frame", "", "Frames"),
        "min_gap_s": Wording("Time between two frames (seconds)", "", "Frames"),
    },
    "design": {
        "prompt": Wording("Your idea", "In your own words.", FIRST, is_long=True),
        "type": Wording("Garment", "", FIRST, "As the words say"),
        "occasion": Wording("Occasion", "", FIRST, "As the words say"),
        "images": Wording("Pictures to make", "", FIRST),
        "palette": Wording(
            "Colours",
            "Words or #rrggbb, the main one first; at most five.",
            "The garment",
            "",
            (),
            ("black", "white", "red", "blue", "green", "beige", "navy", "pink", "gold"),
        ),
        "silhouette": Wording("Silhouette", "", "The garment", "As the words say"),
        "body_type": Wording("Made for", "", "The garment", "Anybody"),
        "budget": Wording("Budget", "Most that a match may cost.", "Matches", "No limit"),
        "currency": Wording("Currency", "Three letters, such as USD.", "Matches"),
        "brands": Wording("Brands you like", "", "Matches"),
        "location": Wording("Where an atelier should be", "", "Matches", "Anywhere"),
        "matches": Wording("Products found for each picture", "", "Matches"),
        "seed": Wording(
            "Seed", "The same number gives the same pictures.", "File", "From the idea"
        ),
        "format": Wording("Format", "", "File"),
        "quality": Wording("Quality", "1 to 100; more is sharper and larger.", "File"),
        "max_cost_usd": _COST,
        "model": _MODEL,
    },
    "catalogue": {
        "catalogue": Wording(
            "Name of the catalogue", "Importing under the same name updates it.", FIRST
        ),
        "contents": Wording("What the files list", "", FIRST),
        "currency": Wording(
            "Currency of prices that name none", "Three letters, such as USD.", FIRST
        ),
        "fetch_images": Wording("Pictures that are web addresses", "", "Reading"),
        "columns": Wording(
            "Names of columns",
            "Where Showroom does not find them itself, one per line: price=Net price.",
            "Reading",
        ),
        "remove_missing": Wording(
            "Remove products that these files lack",
            "What the catalogue had before and the files no longer list.",
            "Removing",
        ),
        "remove": Wording("Products to remove", "By their ids; needs no file.", "Removing"),
    },
}
