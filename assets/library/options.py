"""What a library job was asked, in the words of the media functions."""

import json
from typing import TYPE_CHECKING

from media.errors import InvalidParameter
from media.pipelines.library import PIPELINE, LibraryParameters
from media.requests import JobRequest, Parameters
from resources.object_store import ObjectStore

if TYPE_CHECKING:
    from media.documents import PageOptions
    from media.variants import VariantSet
    from media.watermarks import ImageWatermark, TextWatermark


class LibraryOptions:
    """Options per item of one job; equal parameters are worked out once."""

    def __init__(self, request: JobRequest, store: ObjectStore) -> None:
        self._request = request
        self._store = store
        self._variants: dict[str, VariantSet] = {}
        self._pages: dict[str, PageOptions] = {}

    def variants(self, item: str) -> "VariantSet":
        """How the image `item` is to be rendered."""
        from media.variants import VariantSet

        params = self._request.params_of(item)
        known = json.dumps(params, sort_keys=True)
        if known not in self._variants:
            asked = _asked(params)
            self._variants[known] = VariantSet(
                specs=asked.image_specs,
                enlarge=asked.enlarge,
                background=asked.background,
                animated=asked.animated,
                watermark=self._watermark(asked),
            )
        return self._variants[known]

    def pages(self, item: str) -> "PageOptions":
        """How the document `item` is to be rendered."""
        from media.documents import PageOptions

        params = self._request.params_of(item)
        known = json.dumps(params, sort_keys=True)
        if known not in self._pages:
            asked = _asked(params)
            self._pages[known] = PageOptions(
                pages=asked.pages,
                specs=asked.page_specs,
                background=asked.background,
                watermark=self._watermark(asked),
            )
        return self._pages[known]

    def _watermark(self, asked: LibraryParameters) -> "TextWatermark | ImageWatermark | None":
        from media.watermarks import ImageWatermark, TextWatermark

        if asked.watermark_image:
            return ImageWatermark(
                self._stored("watermark_image", asked.watermark_image),
                position=asked.watermark_position,
                opacity=asked.watermark_opacity,
                scale=asked.watermark_scale,
            )
        if asked.watermark_text:
            return TextWatermark(
                asked.watermark_text,
                position=asked.watermark_position,
                opacity=asked.watermark_opacity,
                color=asked.watermark_color,
                size_px=asked.watermark_size_px,
                shadow=asked.watermark_shadow,
                font=self._stored("watermark_font", asked.watermark_font)
                if asked.watermark_font
                else None,
            )
        return None

    def _stored(self, parameter: str, key: str) -> bytes:
        try:
            return self._store.get(key)
        except FileNotFoundError:
            raise InvalidParameter(f"{parameter}: {key} is not in the store") from None


def _asked(params: Parameters) -> LibraryParameters:
    parsed = PIPELINE.parse(params)
    assert isinstance(parsed, LibraryParameters)  # noqa: S101 - what PIPELINE declares
    return parsed
