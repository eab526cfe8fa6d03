"""What an upload is, and whether it can be processed at all."""

from collections.abc import Collection
from dataclasses import dataclass

from media.animations import count_frames
from media.documents import measure_document
from media.errors import TooLarge, TooSmall
from media.formats import MediaFormat, detect_format, require_kind
from media.hashing import perceptual_hash
from media.images import load_still
from media.limits import MediaLimits

_HASHED_SIDE_PX = 64


@dataclass(frozen=True)
class UploadFacts:
    """What is known of an upload that was accepted; None where it does not apply.

    `width_px` and `height_px` are upright; of a document they are the first page's points.
    `frames` counts an animation's. `has_alpha` says whether some pixel is not opaque.
    """

    format: str
    kind: str
    extension: str
    width_px: int | None = None
    height_px: int | None = None
    pages: int | None = None
    frames: int | None = None
    has_alpha: bool | None = None
    perceptual_hash: str | None = None


def probe_upload(
    data: bytes, limits: MediaLimits, kinds: Collection[str] = frozenset({"image", "pdf"})
) -> UploadFacts:
    """Return the facts of an upload, or raise the Refusal that says why it is not taken.

    An image is decoded to its end, every frame of it, so that what is accepted here also
    renders; JPEG at an eighth of its size, which reads all of the file at a fraction of the
    cost. Of a document the structure and the first page are read. Kinds other than `image` and
    `pdf` are only recognised.
    """
    if len(data) > limits.max_upload_bytes:
        raise TooLarge(
            f"The file has {len(data):,} bytes; at most {limits.max_upload_bytes:,} are taken."
        )
    media_format = detect_format(data)
    require_kind(media_format, kinds)
    if media_format.kind == "image":
        return _probe_image(data, media_format, limits)
    if media_format.kind == "pdf":
        return _probe_document(data, media_format)
    return UploadFacts(media_format.name, media_format.kind, media_format.extension)


def _probe_image(data: bytes, media_format: MediaFormat, limits: MediaLimits) -> UploadFacts:
    still = load_still(data, limits, lambda size_px: min(1.0, _HASHED_SIDE_PX / min(size_px)))
    width_px, height_px = still.size_px
    if max(still.size_px) < limits.min_longer_side_px:
        raise TooSmall(
            f"The picture has {width_px} x {height_px} pixels; its longer side has to have "
            f"{limits.min_longer_side_px} at least."
        )
    return UploadFacts(
        media_format.name,
        media_format.kind,
        media_format.extension,
        width_px=width_px,
        height_px=height_px,
        frames=count_frames(data, limits),
        has_alpha=still.has_alpha,
        perceptual_hash=perceptual_hash(still.image),
    )


def _probe_document(data: bytes, media_format: MediaFormat) -> UploadFacts:
    facts = measure_document(data)
    return UploadFacts(
        media_format.name,
        media_format.kind,
        media_format.extension,
        width_px=max(1, round(facts.width_pt)),
        height_px=max(1, round(facts.height_pt)),
        pages=facts.pages,
    )
