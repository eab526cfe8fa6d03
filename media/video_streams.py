"""Opening untrusted videos: the demuxer is named, and nothing but the one file is read.

A demuxer that guesses opens what a text tells it to: a playlist called .mp4, a list of files
called .mov, a playlist inside an AVI's subtitles. Here the bytes say the format, the format
names its demuxer, and libavformat may use no other, inside the file or out of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from media.errors import (
    CorruptMedia,
    EncryptedMedia,
    NoVideoStream,
    TooLarge,
    TooLong,
    UnsupportedType,
)
from media.formats import SNIFF_BYTES, MediaFormat, detect_format, require_kind
from media.limits import VideoLimits

_DEMUXERS = {
    "mp4": "mov",
    "mov": "mov",
    "3gp": "mov",
    "mkv": "matroska",
    "webm": "matroska",
    "avi": "avi",
    "ts": "mpegts",
    "flv": "flv",
    "wmv": "asf",
    "mpeg": "mpeg",
    "ogv": "ogg",
}
_STILL = (
    Disposition.attached_pic
    | Disposition.still_image
    | Disposition.timed_thumbnails
    | Disposition.dependent
)
_ENCRYPTED_TAGS = frozenset({"encv", "drmi"})
"""Sample entries of Common Encryption (ISO/IEC 23001-7) and of FairPlay."""
_AV_TIME_BASE = 1_000_000


@dataclass(frozen=True)
class OpenVideo:
    """An open file and its moving pictures, nothing decoded yet."""

    format: MediaFormat
    container: InputContainer
    stream: VideoStream

    @property
    def container_s(self) -> float | None:
        """The duration the file declares for its longest track, None where it does not."""
        duration = self.container.duration
        return None if duration is None else duration / _AV_TIME_BASE


@contextmanager
def open_video(path: Path, limits: VideoLimits) -> Iterator[OpenVideo]:
    """Open a video file inside the block; it is closed after it.

    Raises EmptyFile, UnsupportedType, NoVideoStream, EncryptedMedia, CorruptMedia, and TooLarge
    or TooLong for what the header says is above the limits.
    """
    media_format = _detect(path, limits)
    demuxer = _DEMUXERS[media_format.name]
    options = {"format_whitelist": demuxer, "protocol_whitelist": "file"}
    if demuxer == "mov":
        options |= {"enable_drefs": "0", "use_absolute_path": "0"}
    with demuxing():
        container = av.open(
            f"file:{path}",
            mode="r",
            format=demuxer,
            container_options=options,
            metadata_errors="replace",
        )
    with container:
        stream = _moving_pictures(container)
        video = OpenVideo(media_format, container, stream)
        _require_within_limits(video, limits)
        # Of a stream whose pictures grow on the way the header says nothing. Codecs round the
        # sides up to whole blocks of at most 128 pixels.
        rounded_px = limits.max_frame_pixels + 128 * (stream.width + stream.height)
        stream.codec_context.options = {"max_pixels": str(rounded_px)}
        yield video


@contextmanager
def demuxing() -> Iterator[None]:
    """Turn what libav raises on bad bytes into CorruptMedia; MemoryError stays as it is."""
    try:
        yield
    except MemoryError:
        raise
    except av.FFmpegError as error:
        detail = (error.strerror or type(error).__name__).rstrip(".").lower()
        raise CorruptMedia(f"The video cannot be read: {detail}.") from error


def require_short_enough(duration_s: float, limits: VideoLimits) -> None:
    """Raise TooLong for more than `limits.max_duration_s`."""
    if duration_s > limits.max_duration_s:
        raise TooLong(
            f"The video lasts {_clock(duration_s)} minutes; "
            f"at most {_clock(limits.max_duration_s)} are taken."
        )


def encrypted() -> EncryptedMedia:
    """The refusal of a video that plays only with a key."""
    return EncryptedMedia("The video is encrypted; export it without protection.")


def _detect(path: Path, limits: VideoLimits) -> MediaFormat:
    size = path.stat().st_size
    if size > limits.max_upload_bytes:
        raise TooLarge(
            f"The file has {size:,} bytes; at most {limits.max_upload_bytes:,} are taken."
        )
    with path.open("rb") as file:
        media_format = detect_format(file.read(SNIFF_BYTES))
    require_kind(media_format, {"video"})
    return media_format


def _moving_pictures(container: InputContainer) -> VideoStream:
    """Return the stream a player would show; covers and thumbnails are no moving pictures."""
    moving = [s for s in container.streams.video if not s.disposition & _STILL]
    if not moving:
        raise NoVideoStream("The file holds no moving pictures, only sound, text or a cover.")
    known = [s for s in moving if s.codec_context is not None]
    if any(_is_encrypted(s) for s in moving):
        raise encrypted()
    if not known:
        raise UnsupportedType("The video's codec is not known here.")
    return max(known, key=_prominence)


def _prominence(stream: VideoStream) -> tuple[bool, bool, int]:
    is_default = bool(stream.disposition & Disposition.default)
    return (stream.frames != 1, is_default, stream.width * stream.height)


def _is_encrypted(stream: VideoStream) -> bool:
    tagged = stream.codec_context is not None and (
        stream.codec_context.codec_tag in _ENCRYPTED_TAGS
    )
    # What Matroska's ContentEncKeyID becomes.
    return tagged or "enc_key_id" in stream.metadata


def _require_within_limits(video: OpenVideo, limits: VideoLimits) -> None:
    width_px, height_px = video.stream.width, video.stream.height
    if width_px * height_px > limits.max_frame_pixels:
        raise TooLarge(
            f"The video's frames are {width_px:,} x {height_px:,} = {width_px * height_px:,} "
            f"pixels; at most {limits.max_frame_pixels:,} are taken."
        )
    if video.container_s is not None:
        require_short_enough(video.container_s, limits)


def _clock(duration_s: float) -> str:
    minutes, seconds = divmod(round(duration_s), 60)
    return f"{minutes}:{seconds:02}"
