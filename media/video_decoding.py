"""The frames of a video, one after the other, each with its time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import av
from av.packet import Packet
from av.video.frame import VideoFrame

from media.errors import CorruptMedia
from media.limits import VideoLimits
from media.video_packets import PacketTally, require_reached
from media.video_streams import OpenVideo

THREADS = 2
"""Each further thread holds a few more decoded frames, which 4K has no room for."""
_DECODABLE_SHARE = 1 / 3
"""Of the packets; a frame of interlaced video may come in two of them."""


@dataclass(frozen=True)
class TimedFrame:
    """A decoded frame: its number from 0, and the seconds since the first one."""

    number: int
    time_s: float
    frame: VideoFrame


class FrameReader:
    """Decodes an open video once, from its first packet to its last; iterate over it.

    Damaged frames are left out, as players leave them out. Times follow the frames' own stamps,
    so they are right for variable frame rates too, and never run backwards. Iterating raises
    EncryptedMedia and TooLong.
    """

    def __init__(self, video: OpenVideo, limits: VideoLimits) -> None:
        self.decoded = 0
        """Frames so far."""
        self._time_s = 0.0
        self._first_pts: int | None = None
        self._video = video
        self._tally = PacketTally(video, limits)
        video.stream.thread_type = "AUTO"
        video.stream.codec_context.thread_count = THREADS

    def __iter__(self) -> Iterator[TimedFrame]:
        for packet in self._packets():
            for frame in whole_frames(self._video, packet):
                self.decoded += 1
                yield TimedFrame(self.decoded - 1, self._advance(frame), frame)

    @property
    def duration_s(self) -> float:
        """From the first frame to the end of the last, once all were read."""
        return self._tally.duration_s

    def require_whole(self) -> None:
        """Say whether the video was decoded to its end, once all was read.

        Raises IncompleteMedia where it ends early, CorruptMedia where most of it cannot be
        decoded, and ZeroDuration. Single damaged frames are no reason.
        """
        self._tally.require_whole()
        if self.decoded < max(1.0, _DECODABLE_SHARE * self._tally.packets):
            raise CorruptMedia(
                f"Only {self.decoded} of the video's {self._tally.packets} frames can be decoded."
            )
        require_reached(self._time_s, self._tally.last_start_s)

    def _packets(self) -> Iterator["Packet[Any] | None"]:
        """The packets of the moving pictures, then None, which empties the decoder."""
        index = self._video.stream.index
        try:
            for packet in self._video.container.demux():
                self._tally.add(packet)
                # An empty packet repeats the picture before it; decoders take it for the end.
                if packet.stream_index == index and packet.size:
                    yield packet
        except av.FFmpegError as error:
            # What is missing then, the tally tells; it may be nothing.
            if isinstance(error, MemoryError):
                raise
        yield None

    def _advance(self, frame: VideoFrame) -> float:
        """Return the frame's time; one without a stamp comes one usual step after the last."""
        time_base = self._video.stream.time_base
        if frame.pts is not None and time_base is not None:
            if self._first_pts is None:
                self._first_pts = frame.pts
            self._time_s = max(self._time_s, float((frame.pts - self._first_pts) * time_base))
        elif self.decoded > 1:
            self._time_s += 1 / float(self._video.stream.average_rate or 25)
        return self._time_s


def whole_frames(video: OpenVideo, packet: "Packet[Any] | None") -> list[VideoFrame]:
    """Return the frames that a packet completes, without damaged ones; None empties the decoder.

    A packet that cannot be decoded gives none: players go on after it.
    """
    try:
        frames = video.stream.codec_context.decode(packet)
    except av.FFmpegError as error:
        if isinstance(error, MemoryError):
            raise
        return []
    return [frame for frame in frames if not frame.is_corrupt]
