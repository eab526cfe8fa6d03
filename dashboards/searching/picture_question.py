"""The picture that is looked for: one of the store, named in the address, or an upload."""

from dataclasses import dataclass

import streamlit as st

from dashboards.searching.picture_rights import PictureRights
from resources.job_desk import JobDesk

LIKE = "like"
"""Name of the key of a picture in the address."""
TYPES = ("jpg", "jpeg", "png", "webp", "heic", "avif", "gif", "tif", "tiff", "bmp", "jp2")
_SMALL_PX = 120


@dataclass(frozen=True)
class PictureQuestion:
    """Asks for a picture."""

    made: JobDesk
    rights: PictureRights

    @property
    def key(self) -> str | None:
        """The key of the picture in the address, if whoever looks may see it and it is there."""
        wanted = st.query_params.get(LIKE)
        if not wanted:
            return None
        if not self.rights.may_see(wanted) or self.made.deployment.store.head(wanted) is None:
            st.warning(
                "The picture in this page's address is not there, or is not yours.",
                icon=":material/hide_image:",
            )
            return None
        return wanted

    def ask(self, label: str) -> bytes | None:
        """The bytes of the picture that is looked for; None for none."""
        if key := self.key:
            self.show(key)
            return self.made.deployment.store.find(key)
        return self.upload(label)

    def upload(self, label: str) -> bytes | None:
        """The bytes of a picture that somebody puts in."""
        most_mb = max(1, self.made.deployment.settings.max_upload_bytes // 1_000_000)
        given = st.file_uploader(label, type=list(TYPES), key="looked for", max_upload_size=most_mb)
        return given.getvalue() if given else None

    def show(self, key: str) -> None:
        """The picture of the store, and how to be rid of it."""
        [small] = self.made.thumbnails.of([key])
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            if small is not None:
                st.image(small, width=_SMALL_PX, alt="The picture that is looked for")
            st.markdown("**Like this picture**")
            st.button(
                "Another picture",
                icon=":material/close:",
                on_click=forget,
                help="Look for something else.",
            )


def look_like(key: str) -> None:
    """Go on from the picture under a key; for a button's click."""
    st.query_params[LIKE] = key


def forget() -> None:
    """Look for no picture of the store; for a button's click."""
    st.query_params.pop(LIKE, None)
