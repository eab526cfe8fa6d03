"""Any picture Pillow decodes, as 8-bit sRGB with or without alpha.

Embedded profiles are applied by LittleCMS, relative colorimetric with black point
compensation: what is inside sRGB stays where it is, and shadows are not crushed. A profile
that is broken, or made for other channels than the picture has, is ignored; the picture is
then taken to be sRGB already, as browsers take it.
"""

from functools import cache
from io import BytesIO

from PIL import Image, ImageCms

from media.bit_depth import DEEP_MODES, to_eight_bits

_PROFILE_SPACES = {"L": "GRAY", "RGB": "RGB ", "CMYK": "CMYK"}
_USUAL_GAMMA = 1 / 2.2
_PLAIN_MODE = {
    "1": "L",
    "La": "LA",
    "PA": "RGBA",
    "RGBa": "RGBA",
    "RGBX": "RGB",
    "YCbCr": "RGB",
    "HSV": "RGB",
}


def to_srgb(image: Image.Image) -> Image.Image:
    """Return a loaded picture as `RGB`, or `RGBA` where some pixel is not opaque.

    The result carries no metadata and shares no memory with `image` unless nothing had to be
    done. CMYK without a profile is converted by the plain formula, because no press condition
    is known.
    """
    profile = _read_profile(image.info.get("icc_profile"))
    gamma = _declared_gamma(image)
    plain = _plain_channels(image)
    alpha = _used_alpha(plain)
    if plain.mode in ("LA", "RGBA"):
        plain = plain.convert(plain.mode[:-1])
    result = _through_profile(plain, profile)
    if gamma:
        result = result.point(_gamma_table(gamma) * 3)
    if result is image:
        result = image.copy()
    if alpha:
        result.putalpha(alpha)
    result.info = {}
    return result


def uses_alpha(image: Image.Image) -> bool:
    """Whether a loaded picture has a pixel that is not opaque."""
    if not image.has_transparency_data:
        return False
    return _used_alpha(_plain_channels(image)) is not None


def flatten(image: Image.Image, background: tuple[int, int, int]) -> Image.Image:
    """Return an `RGB` or `RGBA` picture as `RGB`, its alpha laid over `background`."""
    if image.mode == "RGB":
        return image
    flat = Image.new("RGB", image.size, background)
    flat.paste(image, mask=image.getchannel("A"))
    return flat


def _plain_channels(image: Image.Image) -> Image.Image:
    """Return the picture as 8-bit L, LA, RGB, RGBA, CMYK or LAB, transparency as alpha."""
    if image.mode in DEEP_MODES:
        return to_eight_bits(image)
    if image.mode == "P":
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    if "transparency" in image.info and image.mode in ("1", "L", "RGB"):
        return _color_key_to_alpha(image)
    if image.mode in _PLAIN_MODE:
        return image.convert(_PLAIN_MODE[image.mode])
    return image


def _color_key_to_alpha(image: Image.Image) -> Image.Image:
    key = image.info["transparency"]
    if isinstance(key, tuple) and max(key) > 255:
        # A 16-bit PNG: Pillow keeps the high byte of its samples, and both bytes of the key.
        image = image.copy()
        image.info["transparency"] = tuple(level >> 8 for level in key)
    return image.convert("RGBA" if image.mode == "RGB" else "LA")


def _used_alpha(plain: Image.Image) -> Image.Image | None:
    """Return the alpha channel unless it is missing or opaque everywhere."""
    if plain.mode not in ("LA", "RGBA"):
        return None
    alpha = plain.getchannel("A")
    return None if alpha.getextrema() == (255, 255) else alpha


def _through_profile(plain: Image.Image, profile: ImageCms.ImageCmsProfile | None) -> Image.Image:
    """Return L, RGB, CMYK or LAB as RGB in sRGB."""
    if plain.mode == "LAB":
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    elif profile and profile.profile.xcolor_space != _PROFILE_SPACES.get(plain.mode):
        profile = None
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                plain,
                profile,
                _srgb(),
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                outputMode="RGB",
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        except ImageCms.PyCMSError:
            converted = None
        if converted:
            return converted
    return plain.convert("RGB") if plain.mode != "RGB" else plain


def _read_profile(data: object) -> ImageCms.ImageCmsProfile | None:
    """Return the profile, or None when there is none, it is broken, or it is sRGB itself."""
    if not isinstance(data, bytes) or not data:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(data))
    except (OSError, TypeError, ValueError):
        return None
    description = profile.profile.profile_description or ""
    return None if description.startswith("sRGB") else profile


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _declared_gamma(image: Image.Image) -> float | None:
    """Return the gAMA value of a PNG where it says something the sRGB curve does not.

    A profile or an sRGB chunk overrides gAMA (PNG specification, third edition, 4.3).
    """
    gamma = image.info.get("gamma")
    if not isinstance(gamma, float) or {"icc_profile", "srgb"} & image.info.keys():
        return None
    return gamma if 0.1 <= gamma <= 5 and abs(gamma - _USUAL_GAMMA) > 0.02 else None


def _gamma_table(gamma: float) -> list[int]:
    """Return sRGB levels for samples encoded as light ** gamma (IEC 61966-2-1 curve)."""
    lights = [(level / 255) ** (1 / gamma) for level in range(256)]
    return [
        round(255 * (12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055))
        for light in lights
    ]
