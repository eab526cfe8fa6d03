"""From a decoded picture and a plan to the finished pixels of a rendition."""

from dataclasses import dataclass

from PIL import Image

from media.color import flatten
from media.geometry import Plan
from media.watermark_press import WatermarkPress


@dataclass(frozen=True)
class Composer:
    """Crops, resizes, pads and watermarks; the same for every rendition of an item."""

    background: tuple[int, int, int]
    """Red, green, blue of padding, which is opaque."""
    press: WatermarkPress | None = None

    def compose(
        self, picture: Image.Image, source_px: tuple[float, float], plan: Plan
    ) -> Image.Image:
        """Return the rendition's pixels as `RGB`, or `RGBA` where alpha remains.

        `picture` is the whole source, at its own size or smaller; `plan` is in pixels of the
        source, `source_px` is the source's width and height. `picture` is left as it is.
        """
        result = _resized(picture, source_px, plan)
        if plan.canvas_px != plan.picture_px:
            canvas = Image.new("RGB", plan.canvas_px, self.background)
            canvas.paste(flatten(result, self.background), plan.offset_px)
            result = canvas
        overlay = self.press.overlay(*result.size) if self.press else None
        if overlay:
            result = result.copy() if result is picture else result
            overlay.stamp(result)
        return result


def _resized(picture: Image.Image, source_px: tuple[float, float], plan: Plan) -> Image.Image:
    across, down = picture.width / source_px[0], picture.height / source_px[1]
    left, top, right, bottom = plan.crop_px
    box = (
        left * across,
        top * down,
        min(right * across, picture.width),
        min(bottom * down, picture.height),
    )
    if box == (0, 0, *plan.picture_px) and picture.size == plan.picture_px:
        return picture
    if (box[2] - box[0], box[3] - box[1]) == plan.picture_px and all(
        edge == int(edge) for edge in box
    ):
        return picture.crop((int(box[0]), int(box[1]), int(box[2]), int(box[3])))
    return picture.resize(plan.picture_px, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
