"""Make the sample files next to this script; `make samples` runs it.

What the files have in them is drawn or rendered by the modules beside it, from fixed seeds:
a second run writes the same bytes. Between them the files hold what uploads hold: every
common format, a photo stored sideways, a place in the metadata, ink colours, deep greys,
transparency, motion, and two that must be refused. A folder is named after the pipeline that its
files are for.
"""

import sys
import time
from io import BytesIO
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import ExifTags, Image

sys.path.insert(0, str(Path(__file__).parent))
sys.dont_write_bytecode = True

import brochure  # noqa: E402
import clip  # noqa: E402
import house  # noqa: E402
import paper_cuts  # noqa: E402
import patterns  # noqa: E402
import products  # noqa: E402
import rooms  # noqa: E402
import shop  # noqa: E402

from media.designs.brief import Brief  # noqa: E402
from media.garments.drawing import draw_garment  # noqa: E402
from media.garments.spec import garment_spec  # noqa: E402

FOLDER = Path(__file__).parent
BRIEF = """{
  "prompt": "red floral summer dress with puff sleeves",
  "occasion": "party",
  "budget": "120",
  "currency": "USD",
  "location": "Antwerp",
  "images": 3
}
"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" width="120" height="120">
  <rect width="120" height="120" fill="#f3eadb"/>
  <path d="M20 100V60a40 40 0 0 1 80 0v40z" fill="#c2603c"/>
  <path d="M36 100V62a24 24 0 0 1 48 0v38z" fill="#e5b25d"/>
  <path d="M50 100V66a10 10 0 0 1 20 0v34z" fill="#1f4e5f"/>
</svg>
"""


def main() -> None:
    """Write every sample and say how large it came out."""
    pillow_heif.register_heif_opener()
    total, started = 0, time.perf_counter()
    for make in (draw_things, photograph_products, photograph_rooms, list_shop):
        for name, data in make().items():
            path = FOLDER / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            total += len(data)
            print(f"{len(data) / 1000:8.1f} kB  {name}")
    print(f"{total / 1000:8.1f} kB  in {time.perf_counter() - started:.0f} s")


def draw_things() -> dict[str, bytes]:
    """Return the drawings, the brochure, and the files that are no picture."""
    villa = house.house_at_dusk(1600, 1000)
    dusk = encode(villa, "JPEG", quality=82, exif=taken_at_a_place())
    plate = paper_cuts.fashion_plate(900, 1200)
    emblem = paper_cuts.logo(900, 225).quantize(64, Image.Quantize.FASTOCTREE)
    return {
        "house-at-dusk.jpg": dusk,
        "half uploaded.jpg": dusk[: len(dusk) // 3],
        "fabric-for-print.jpg": encode(to_inks(patterns.fabric(720, 540)), "JPEG", quality=68),
        "lookbook.avif": encode(plate, "AVIF", quality=70, speed=6, max_threads=1),
        "wallpaper.tif": encode(
            patterns.wallpaper(720).quantize(128), "TIFF", compression="tiff_adobe_deflate"
        ),
        "logo.png": encode(emblem, "PNG", optimize=True),
        "brochure.pdf": brochure.brochure(),
        "drawing.svg": DRAWING.encode(),
    }


def photograph_products() -> dict[str, bytes]:
    """Return the pictures from the products."""
    cup = to_picture(products.cup_picture(1200, 1200))
    still = to_picture(products.still_life(1200, 1400))
    vase = to_cut_out(products.vase_cut_out(560, 1000))
    turns = [to_picture(frame, grain=False) for frame in products.chair_on_turntable(320, 16)]
    palette = Image.fromarray(np.concatenate([np.asarray(turn) for turn in turns])).quantize(96)
    frames = [turn.quantize(palette=palette, dither=Image.Dither.NONE) for turn in turns]
    return {
        "Café Lumière, tasse nº 1.webp": encode(cup, "WEBP", quality=80, method=6),
        "still-life.heic": encode(still, "HEIF", quality=60),
        "vase-cut-out.png": encode(vase, "PNG", optimize=True),
        "armchair-turning.gif": encode(
            frames[0], "GIF", save_all=True, append_images=frames[1:], duration=110, loop=0
        ),
        "armchair-turning-round.mp4": clip.hand_held(
            [to_picture(frame) for frame in products.chair_turning(512, 48)]
        ),
    }


def photograph_rooms() -> dict[str, bytes]:
    """Return the living room, how far everything in it is, and the room before it moved in."""
    furnished = rooms.living_room(2400, 1600)
    depth_m = furnished[::4, ::4, 4]
    nearness = np.clip((7.6 - depth_m) / (7.6 - 2.2), 0, 1)
    deep = (np.round(nearness * 4095) * 16).astype(np.uint16)
    upright = to_picture(rooms.empty_room(900, 1350))
    sideways = upright.transpose(Image.Transpose.ROTATE_90)
    across = to_picture(rooms.empty_room_across(1500, 1000))
    turned = Image.Exif()
    turned[ExifTags.Base.Orientation] = 6
    return {
        "living-room.jpg": encode(to_picture(furnished), "JPEG", quality=80),
        "living-room-depth.png": encode(Image.fromarray(deep), "PNG", optimize=True),
        "empty-room-sideways.jpg": encode(sideways, "JPEG", quality=80, exif=turned),
        "staging/empty-room.jpg": encode(across, "JPEG", quality=80),
    }


def list_shop() -> dict[str, bytes]:
    """Return the catalogue of a shop with its pictures, a list of ateliers, and a brief."""
    pictures = {
        f"catalogue/{garment.id}.webp": encode(picture_of(garment), "WEBP", quality=80, method=6)
        for garment in shop.GARMENTS
    }
    return {
        "catalogue/shop.csv": shop.products_csv(),
        "catalogue/ateliers.csv": shop.ateliers_csv(),
        "design/summer-dress.json": BRIEF.encode(),
        **pictures,
    }


def picture_of(garment: shop.Garment) -> Image.Image:
    """Return a product as Showroom's own drawing of what its catalogue says."""
    words = f"{garment.name}. {garment.description}"
    spec = garment_spec(Brief(words, garment.garment, palette=(garment.color,)), seed=1)
    return Image.fromarray(draw_garment(spec, 1, 360, 480))


def encode(picture: Image.Image, image_format: str, **options: object) -> bytes:
    """Return a picture as the bytes of a file."""
    written = BytesIO()
    picture.save(written, image_format, **options)
    return written.getvalue()


def to_picture(levels: np.ndarray, grain: bool = True) -> Image.Image:
    """Return levels 0 to 1 as 8 bits, with a faint grain against banding."""
    noise = np.random.default_rng(1).random(levels.shape[:2])[..., None] if grain else 0.5
    return Image.fromarray(np.clip(levels[..., :3] * 255 + noise, 0, 255).astype(np.uint8))


def to_cut_out(levels: np.ndarray) -> Image.Image:
    """Return levels weighed by their coverage as a picture with transparency."""
    cover = levels[..., 3:4]
    whole = np.concatenate([levels[..., :3] / np.maximum(cover, 1e-3), cover], -1)
    return Image.fromarray(np.clip(whole * 255 + 0.5, 0, 255).astype(np.uint8))


def to_inks(picture: Image.Image) -> Image.Image:
    """Return an RGB picture as cyan, magenta, yellow and black, all common grey in black."""
    light = np.asarray(picture).astype(np.float32) / 255
    brightest = np.maximum(light.max(-1, keepdims=True), 1e-3)
    inks = np.concatenate([1 - light / brightest, 1 - brightest], -1)
    return Image.frombytes("CMYK", picture.size, np.round(inks * 255).astype(np.uint8).tobytes())


def taken_at_a_place() -> Image.Exif:
    """Return metadata as a telephone writes it: maker, time and coordinates."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Showroom", "Sample camera"
    exif[ExifTags.Base.DateTime] = "2025:06:21 21:48:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (43.0, 42.0, 12.5),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (7.0, 15.0, 58.3),
        }
    )
    return exif


if __name__ == "__main__":
    main()
