"""What is customary: how garments are cut, and what occasions and budgets ask for.

Where a brief leaves something open it is chosen among these; an option named twice is twice as
likely.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Custom:
    """How one garment is usually made."""

    fabrics: tuple[str, ...]
    lengths: tuple[str, ...]
    silhouettes: tuple[str, ...]
    sleeves: tuple[str, ...] = ("sleeveless",)
    necklines: tuple[str, ...] = ("none",)
    collars: tuple[str, ...] = ("none",)
    closures: tuple[str, ...] = ("none",)
    decorations: tuple[str, ...] = ()
    """What may be added to it."""


CUSTOMS = {
    "dress": Custom(
        ("cotton", "crepe", "chiffon", "satin", "linen"),
        ("knee", "midi", "midi", "maxi"),
        ("a-line", "a-line", "fitted", "straight", "flared", "wrap", "empire"),
        ("sleeveless", "short", "puff", "long", "flutter", "balloon", "cap"),
        ("v-neck", "scoop", "crew", "square", "boat", "sweetheart", "straps"),
        decorations=("belt", "ruffles", "bow", "pockets", "embroidery", "ruffled hem"),
    ),
    "blouse": Custom(
        ("crepe", "satin", "cotton", "chiffon"),
        ("regular",),
        ("straight", "straight", "oversized"),
        ("long", "balloon", "puff", "bell", "flutter"),
        ("v-neck", "crew"),
        ("none", "shirt", "stand"),
        ("buttons", "none"),
        ("ruffles", "neck bow", "lace trim", "embroidery"),
    ),
    "shirt": Custom(
        ("cotton", "cotton", "linen"),
        ("regular",),
        ("straight", "straight", "oversized", "fitted"),
        ("long", "long", "short"),
        ("none",),
        ("shirt",),
        ("buttons",),
        ("pockets", "contrast stitching"),
    ),
    "t-shirt": Custom(
        ("jersey",),
        ("regular",),
        ("straight", "oversized", "fitted"),
        ("short",),
        ("crew", "crew", "v-neck", "scoop"),
        decorations=("pockets", "embroidery"),
    ),
    "top": Custom(
        ("jersey", "satin", "crepe", "cotton"),
        ("regular", "cropped"),
        ("straight", "fitted"),
        ("sleeveless", "cap", "short", "flutter"),
        ("scoop", "square", "v-neck", "straps", "boat"),
        decorations=("ruffles", "bow", "peplum", "lace trim"),
    ),
    "sweater": Custom(
        ("knit",),
        ("regular",),
        ("straight", "oversized"),
        ("long",),
        ("crew", "crew", "v-neck", "boat"),
        ("none", "none", "turtleneck"),
        decorations=("cable stitch", "embroidery"),
    ),
    "cardigan": Custom(
        ("knit",),
        ("regular", "regular", "long"),
        ("straight", "oversized"),
        ("long",),
        ("v-neck", "v-neck", "crew"),
        closures=("buttons", "buttons", "open"),
        decorations=("pockets", "cable stitch", "embroidery"),
    ),
    "hoodie": Custom(
        ("jersey",),
        ("regular",),
        ("straight", "oversized"),
        ("long",),
        ("crew",),
        closures=("none", "zip"),
        decorations=("pockets",),
    ),
    "jacket": Custom(
        ("cotton", "denim", "leather", "wool"),
        ("cropped", "regular"),
        ("straight", "fitted"),
        ("long",),
        ("none",),
        ("shirt", "stand", "none", "notch"),
        ("zip", "buttons"),
        ("pockets", "contrast stitching"),
    ),
    "blazer": Custom(
        ("wool", "crepe", "linen"),
        ("regular",),
        ("fitted", "straight", "oversized"),
        ("long",),
        ("none",),
        ("notch", "notch", "shawl"),
        ("buttons", "double-breasted"),
        ("pockets",),
    ),
    "coat": Custom(
        ("wool", "wool", "cotton"),
        ("knee", "midi"),
        ("straight", "a-line", "oversized"),
        ("long",),
        ("none",),
        ("notch", "notch", "shawl", "stand"),
        ("buttons", "double-breasted"),
        ("pockets", "belt"),
    ),
    "skirt": Custom(
        ("cotton", "crepe", "satin", "wool", "denim"),
        ("mini", "knee", "midi", "midi", "maxi"),
        ("a-line", "flared", "fitted", "straight"),
        decorations=("pleats", "tiers", "buttons", "slit", "belt", "ruffled hem"),
    ),
    "trousers": Custom(
        ("crepe", "wool", "linen", "cotton"),
        ("full", "full", "cropped"),
        ("straight", "wide-leg", "fitted", "flared"),
        decorations=("pleats", "belt", "pockets"),
    ),
    "jeans": Custom(
        ("denim",),
        ("full", "full", "cropped"),
        ("straight", "straight", "flared", "wide-leg", "fitted"),
        decorations=("contrast stitching", "pockets"),
    ),
    "shorts": Custom(
        ("cotton", "linen", "denim"),
        ("mini", "knee"),
        ("straight", "wide-leg"),
        decorations=("belt", "pleats", "pockets"),
    ),
    "jumpsuit": Custom(
        ("crepe", "linen", "satin", "cotton"),
        ("full", "full", "cropped"),
        ("wide-leg", "straight", "straight"),
        ("sleeveless", "short", "long", "flutter"),
        ("v-neck", "scoop", "square", "straps"),
        decorations=("belt", "bow", "pockets"),
    ),
}

OCCASION_FABRICS = {
    "everyday": ("cotton", "linen", "jersey", "denim"),
    "work": ("crepe", "wool", "cotton"),
    "party": ("sequin", "satin", "velvet", "lace"),
    "evening": ("satin", "velvet", "chiffon", "lace"),
    "wedding": ("lace", "tulle", "satin", "chiffon"),
    "beach": ("linen", "cotton", "chiffon"),
    "sport": ("jersey", "cotton"),
    "travel": ("jersey", "linen", "crepe"),
    "formal": ("satin", "wool", "velvet", "crepe"),
    "festival": ("lace", "cotton", "denim", "chiffon"),
}
OCCASION_LENGTHS = {
    "everyday": ("knee", "midi"),
    "work": ("knee", "midi"),
    "party": ("mini", "mini", "knee"),
    "evening": ("maxi",),
    "wedding": ("maxi", "maxi", "midi"),
    "beach": ("maxi", "mini", "midi"),
    "sport": ("mini",),
    "travel": ("midi", "knee"),
    "formal": ("maxi",),
    "festival": ("maxi", "mini"),
}
OCCASION_GARMENTS = {
    "work": "blazer",
    "sport": "hoodie",
    "travel": "jumpsuit",
    "everyday": "shirt",
}
"""What is drawn where a brief names no garment; elsewhere a dress."""

OCCASION_COLORS = {
    "everyday": (("sky blue", "white"), ("sage", "ivory"), ("oatmeal", "charcoal")),
    "work": (("navy", "ivory"), ("charcoal", "white"), ("camel", "black")),
    "party": (("fuchsia", "black"), ("emerald", "gold"), ("black", "silver")),
    "evening": (("burgundy", "gold"), ("black", "champagne"), ("sapphire", "silver")),
    "wedding": (("ivory", "champagne"), ("blush", "ivory"), ("dusty rose", "cream")),
    "beach": (("turquoise", "white"), ("coral", "ivory"), ("white", "sky blue")),
    "sport": (("cobalt", "white"), ("grey", "lime"), ("black", "coral")),
    "travel": (("olive", "beige"), ("sand", "navy"), ("taupe", "ivory")),
    "formal": (("midnight blue", "silver"), ("black", "ivory"), ("bottle green", "gold")),
    "festival": (("mustard", "teal"), ("terracotta", "cream"), ("lilac", "orange")),
}
ANY_COLORS = (
    *(("navy", "cream"), ("terracotta", "cream"), ("sage", "ivory"), ("emerald", "ivory")),
    *(("burgundy", "blush"), ("black", "ivory"), ("mustard", "navy"), ("dusty rose", "ivory")),
    *(("cobalt", "white"), ("forest green", "cream"), ("lilac", "plum"), ("rust", "cream")),
)

_BANDS = ((Decimal(70), "modest"), (Decimal(250), "middle"), (Decimal(800), "fine"))
_PER_DOLLAR = {
    "JPY": 150,
    "INR": 85,
    "CNY": 7,
    "KRW": 1400,
    "SEK": 10,
    "NOK": 10,
    "DKK": 7,
    "CZK": 23,
    "HUF": 360,
    "PLN": 4,
    "TRY": 40,
    "MXN": 18,
    "BRL": 5,
    "ZAR": 18,
    "THB": 34,
    "IDR": 16000,
    "VND": 25000,
    "RUB": 90,
    "HKD": 8,
    "AED": 4,
}
"""Units to the dollar, roughly; others are near enough to it to tell a band."""

BUDGET_FABRICS = {
    "modest": ("cotton", "jersey", "crepe", "denim", "linen"),
    "middle": ("cotton", "linen", "crepe", "wool", "knit", "denim", "jersey", "chiffon"),
    "fine": ("satin", "wool", "lace", "tulle", "chiffon", "velvet", "leather", "knit", "tweed"),
    "luxury": ("satin", "velvet", "lace", "tulle", "sequin", "leather", "tweed", "knit"),
}
BUDGET_DECORATIONS = {"modest": 0, "middle": 1, "fine": 1, "luxury": 2}
"""How many decorations are added to those that were asked for."""

RICH_DECORATIONS = ("embroidery", "beads", "lace trim")
"""What a luxurious budget adds first."""


def budget_band(budget: Decimal | None, currency: str) -> str | None:
    """`modest`, `middle`, `fine` or `luxury`; None without a budget."""
    if budget is None:
        return None
    dollars = budget / _PER_DOLLAR.get(currency, 1)
    return next((band for most, band in _BANDS if dollars <= most), "luxury")
