"""Files that go straight from the browser to a bucket: chosen, sent with progress, cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboards.words import file_size
from resources.direct_uploads import Upload

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_HTML = """
<div class="direct-upload">
  <label class="zone">
    <input type="file" multiple aria-label="Files to send">
    <span class="pick">Choose files</span>
    <span class="limits"></span>
  </label>
  <ul class="files" aria-label="Files to send"></ul>
  <p class="said" role="status" aria-live="polite"></p>
</div>
"""


@dataclass(frozen=True)
class Choice:
    """What is chosen in the browser: names and sizes in bytes, as the browser tells them."""

    files: tuple[tuple[str, int], ...]
    arrived: tuple[int, ...] | None = None
    """Positions of the files that were put; None while any is still on its way."""


def direct_upload(
    key: str, extensions: Sequence[str], limits: str, most_bytes: int, upload: Upload | None
) -> Choice:
    """Show the place for files; what is chosen there now.

    With `upload` the chosen files are sent to its addresses, in their order. The answer tells the
    end of it once, in the run of the page that follows.
    """
    result = _component()(
        key=key,
        data={
            "accept": [f".{extension}" for extension in extensions],
            "limits": limits,
            "most_bytes": most_bytes,
            "most_said": file_size(most_bytes),
            "job": upload.job if upload else "",
            "puts": [
                {"position": put.position, "url": put.url}
                for put in (upload.puts if upload else ())
            ],
        },
        on_chosen_change=lambda: None,
        on_ended_change=lambda: None,
    )
    return choice_of(result.get("chosen"), result.get("ended"), upload)


def choice_of(chosen: Any, ended: Any, upload: Upload | None) -> Choice:
    """The browser's words as a record; what is said of another upload is not counted."""
    files = tuple((str(file["name"]), int(file["bytes"])) for file in chosen or ())
    if upload is None or not ended or ended["job"] != upload.job:
        return Choice(files)
    known = {put.position for put in upload.puts}
    return Choice(files, tuple(sorted(known & {int(each) for each in ended["arrived"]})))


@cache
def _component() -> "ComponentRenderer":
    here = Path(__file__)
    return st.components.v2.component(
        "showroom_direct_upload",
        html=_HTML,
        css=here.with_suffix(".css").read_text(),
        js=here.with_suffix(".js").read_text(),
    )
