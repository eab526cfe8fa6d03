"""How much one item may ask of a worker, before anything is decoded."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MediaLimits:
    """Caps on one upload; whatever is above them is refused as `too_large`.

    The pixel caps are on header values, read before any pixel is decoded. At the defaults an
    item stays under the 1 GB of address space a worker process has.
    """

    max_upload_bytes: int = 100_000_000
    max_pixels: int = 50_000_000
    """Width times height of an image."""
    max_frames: int = 200
    """Frames of an animation."""
    max_pages: int = 50
    """Pages rendered of one document; a longer document opens, its pages are asked in parts."""
    max_page_pixels: int = 25_000_000
    """Width times height one document page is rendered at."""
    min_longer_side_px: int = 0
    """Of an image; a smaller one is refused as `too_small`."""

    @property
    def max_animation_pixels(self) -> int:
        """Frames times width times height of an animation: a bound on time, not on memory."""
        return 4 * self.max_pixels


@dataclass(frozen=True)
class VideoLimits:
    """Caps on one video, checked on its header before a frame is decoded."""

    max_upload_bytes: int = 500_000_000
    max_duration_s: float = 1800.0
    """Half an hour."""
    max_frame_pixels: int = 4096 * 2160
    """Width times height of a frame: 4K, the cinema's wider one included, upright or not."""
    max_frame_rate: float = 240.0
    """Frames a second; more are refused as `too_large`."""
