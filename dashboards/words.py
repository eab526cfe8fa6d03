"""Words: states, ages, sums and counts as the pages say them."""

import re
from datetime import UTC, datetime
from typing import Literal

from resources.job_records import JobState

BadgeColor = Literal["red", "orange", "yellow", "blue", "green", "violet", "gray", "primary"]

STATES: dict[JobState, tuple[str, str, BadgeColor]] = {
    JobState.WAITING: ("Waiting", ":material/hourglass_empty:", "gray"),
    JobState.RUNNING: ("Running", ":material/play_arrow:", "blue"),
    JobState.DONE: ("Done", ":material/check:", "green"),
    JobState.FAILED: ("Failed", ":material/error:", "red"),
    JobState.CANCELLED: ("Cancelled", ":material/block:", "orange"),
}
"""What a state is called, its icon and the colour of its badge."""

PIPELINES = {
    "library": ("Images and PDFs", ":material/photo_library:"),
    "staging": ("Rooms", ":material/chair:"),
    "product_video": ("Product videos", ":material/movie:"),
    "design": ("Designs", ":material/styler:"),
    "catalogue": ("Catalogues", ":material/menu_book:"),
}
"""What people call a pipeline, and its icon."""


def pipeline_name(pipeline: str) -> str:
    """What people call a pipeline; one that is new here goes by its own name."""
    return PIPELINES.get(pipeline, (pipeline.replace("_", " ").capitalize(), ""))[0]


def pipeline_icon(pipeline: str) -> str:
    """The icon of a pipeline."""
    return PIPELINES.get(pipeline, ("", ":material/account_tree:"))[1]


def age(at: datetime, now: datetime | None = None) -> str:
    """How long ago `at` was, roughly: `12 s`, `3 min`, `5 h`, `2 days`; else the date."""
    seconds = ((now or datetime.now(UTC)) - at).total_seconds()
    if seconds < 60:
        return f"{max(0, int(seconds))} s ago"
    if seconds < 3600:
        return f"{int(seconds / 60)} min ago"
    if seconds < 86_400:
        return f"{int(seconds / 3600)} h ago"
    if seconds < 7 * 86_400:
        return plural(int(seconds / 86_400), "day") + " ago"
    return f"{at:%d %b %Y}"


def duration(seconds: float) -> str:
    """A length of time: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{int(seconds // 60)} min {int(seconds % 60)} s"
    return f"{int(seconds // 3600)} h {int(seconds % 3600 // 60)} min"


def money(usd: float) -> str:
    """A sum in US dollars; small ones to a tenth of a cent, nothing as `free`."""
    if usd == 0:
        return "free"
    return f"${usd:,.2f}" if usd >= 1 else f"${usd:.3f}"


def plural(count: int, noun: str, nouns: str | None = None) -> str:
    """`1 picture`, `2 pictures`, `1,200 pictures`."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def file_size(size_bytes: int) -> str:
    """`812 B`, `1.2 MB`, in powers of a thousand."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit in ("B", "kB") else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>()#+!|~$:.&-]")


def plain(text: str) -> str:
    """Text that people gave, such as a file's name, for a place that reads Markdown."""
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))
