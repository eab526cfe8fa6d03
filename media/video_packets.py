"""The packets of a video file: which times they cover, and whether the file is whole.

Packets are read but not decoded, so a file of any length is judged at the speed of its disk.
"""

import re

from av.packet import Packet
from av.stream import Stream

from media.errors import IncompleteMedia, ZeroDuration
from media.limits import VideoLimits
from media.video_streams import OpenVideo, encrypted, require_short_enough

SLACK_S = 0.5
SLACK_SHARE = 0.02
"""How much shorter than declared a whole video may be: half a second or a fiftieth.

Players stop a little early too: the last frames of a recording often have no length, and
headers are rounded. An upload that was cut off lacks far more.
"""

_CLOCK = re.compile(r"(\d{1,4}):(\d\d):(\d\d(?:\.\d{1,12})?)")


class PacketTally:
    """Counts the packets of an open video as they are read."""

    def __init__(self, video: OpenVideo, limits: VideoLimits) -> None:
        self.packets = 0
        """Packets of the moving pictures, hidden ones left out."""
        self._video = video
        self._limits = limits
        self._first_s: float | None = None
        self._last_s = 0.0
        self._end_s = 0.0
        self._latest_end_s = 0.0

    def add(self, packet: "Packet[Stream]") -> None:
        """Count a packet of any stream.

        Raises EncryptedMedia where its content is, and TooLong as soon as the times go
        beyond the limit, whatever the header says.
        """
        stamp = packet.dts if packet.pts is None else packet.pts
        if packet.is_discard or (packet.size == 0 and stamp is None):
            return
        pictures = packet.stream_index == self._video.stream.index
        if pictures and packet.has_sidedata("encryption_info"):
            raise encrypted()
        self.packets += pictures
        if stamp is None:
            return
        start_s = float(stamp * packet.time_base)
        end_s = start_s + float((packet.duration or 0) * packet.time_base)
        self._latest_end_s = max(self._latest_end_s, end_s)
        if pictures:
            self._first_s = start_s if self._first_s is None else min(self._first_s, start_s)
            self._last_s = max(self._last_s, start_s)
            self._end_s = max(self._end_s, end_s)
            require_short_enough(self._end_s - self._first_s, self._limits)

    @property
    def end_s(self) -> float:
        """When the last picture ends; where that is not said, it lasts as long as the others."""
        if self._end_s > self._last_s or self.packets < 2:
            return self._end_s
        return self._last_s + self.last_start_s / (self.packets - 1)

    @property
    def last_start_s(self) -> float:
        """From the start of the first picture to that of the last."""
        return self._last_s - self._start_s

    @property
    def duration_s(self) -> float:
        """From the start of the first picture to the end of the last."""
        return self.end_s - self._start_s

    @property
    def frame_rate(self) -> float:
        """Frames a second, on average; for a file that `require_whole` let pass."""
        counted = self.packets / self.duration_s
        declared = float(self._video.stream.average_rate or 0)
        # Hidden frames count as packets, and some headers hold the ticks of a clock instead.
        return declared if counted / 1.5 < declared <= counted else counted

    def require_whole(self) -> None:
        """Raise IncompleteMedia for less than is declared, ZeroDuration for no time at all.

        A track's own declaration is held against its pictures; the whole file's, which is that
        of its longest track, against the latest end of any track, since sound may well go on
        after the pictures.
        """
        declared_s = _declared_s(self._video)
        if declared_s is not None:
            require_reached(self.end_s, declared_s)
        if self._video.container_s is not None:
            require_reached(max(self._latest_end_s, self.end_s), self._video.container_s)
        if self.duration_s <= 0:
            raise ZeroDuration("The video holds no frame, or its frames take no time.")

    @property
    def _start_s(self) -> float:
        return self._first_s or 0.0


def require_reached(end_s: float, declared_s: float) -> None:
    """Raise IncompleteMedia where the pictures end clearly before they should."""
    if end_s < declared_s - max(SLACK_S, SLACK_SHARE * declared_s):
        raise IncompleteMedia(
            f"The video ends after {max(0.0, end_s):.1f} of {declared_s:.1f} seconds; "
            "the upload or the recording was cut off."
        )


def _declared_s(video: OpenVideo) -> float | None:
    """Return the duration declared for the pictures' own track, None where it is not."""
    stream = video.stream
    if video.format.name == "avi" and stream.frames and stream.average_rate:
        # libavformat corrects the duration of a cut AVI, but not the number of its frames.
        return float(stream.frames / stream.average_rate)
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return _clock_s(stream.metadata.get("DURATION", ""))


def _clock_s(text: str) -> float | None:
    """Return the seconds of a Matroska statistics tag such as `00:01:02.500000000`."""
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        return None
    hours, minutes, seconds = clock.groups()
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
