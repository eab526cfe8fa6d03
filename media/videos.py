"""What a video is, and whether it can be processed at all."""

from dataclasses import dataclass
from pathlib import Path

from av.video.frame import VideoFrame

from media.errors import CorruptMedia, TooLarge
from media.limits import VideoLimits
from media.video_decoding import whole_frames
from media.video_packets import PacketTally
from media.video_pictures import display_size, quarter_turns, square_pixels
from media.video_streams import OpenVideo, demuxing, open_video


@dataclass(frozen=True)
class VideoFacts:
    """What is known of a video that was accepted."""

    format: str
    kind: str
    extension: str
    codec: str
    width_px: int
    """As displayed: upright, with square pixels."""
    height_px: int
    rotation_deg: int
    """How far a frame is turned clockwise to be upright: 0, 90, 180 or 270."""
    duration_s: float
    """From the start of the first picture to the end of the last."""
    fps: float
    """Frames a second, on average."""
    frames: int | None
    """Packets counted; a few more than frames where the codec has hidden ones."""


def probe_video(path: Path, limits: VideoLimits) -> VideoFacts:
    """Return the facts of a video, or raise the Refusal that says why it is not taken.

    All packets are read, so that a cut file is told from a whole one, and the first frame is
    decoded. Raises what `media.video_streams.open_video` raises, and CorruptMedia,
    IncompleteMedia, ZeroDuration, EncryptedMedia, TooLong, or TooLarge for too many frames a
    second.
    """
    with open_video(path, limits) as video:
        tally = PacketTally(video, limits)
        with demuxing():
            picture = _read_to_the_end(video, tally)
        tally.require_whole()
        if picture is None:
            raise CorruptMedia("No frame of the video can be decoded.")
        if tally.frame_rate > limits.max_frame_rate:
            raise TooLarge(
                f"The video has {tally.frame_rate:,.0f} frames a second; "
                f"at most {limits.max_frame_rate:g} are taken."
            )
        return _facts(video, tally, picture)


def _read_to_the_end(video: OpenVideo, tally: PacketTally) -> VideoFrame | None:
    """Count every packet and return the first frame that can be decoded."""
    picture = None
    for packet in video.container.demux():
        tally.add(packet)
        if picture is None and packet.stream_index == video.stream.index and packet.size:
            picture = next(iter(whole_frames(video, packet)), None)
    return picture or next(iter(whole_frames(video, None)), None)


def _facts(video: OpenVideo, tally: PacketTally, picture: VideoFrame) -> VideoFacts:
    width_px, height_px = display_size(picture, square_pixels(video.stream))
    return VideoFacts(
        video.format.name,
        video.format.kind,
        video.format.extension,
        codec=video.stream.codec_context.name,
        width_px=width_px,
        height_px=height_px,
        rotation_deg=90 * quarter_turns(picture),
        duration_s=tally.duration_s,
        fps=tally.frame_rate,
        frames=tally.packets,
    )
