"""Finding pictures like one, among all uploads and all that jobs published."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import streamlit as st

from dashboards.installation import desk
from dashboards.page import SUBMIT, empty_state, plainly
from dashboards.searching.match_cards import picture_card
from dashboards.searching.picture_catch_up import catch_up
from dashboards.searching.picture_question import PictureQuestion
from dashboards.words import plural
from resources.image_index import ImageIndex, SimilarImage
from resources.job_desk import JobDesk

_SHOWN = 24
_ASKED_AT_MOST = 4_000
_COLUMNS = ("id", "pipeline", "job", "item", "filename", "width_px", "height_px")


def find_pictures(
    made: JobDesk, picture: PictureQuestion, on_similar: Callable[[str], None]
) -> None:
    """The picture that is asked for, and those like it; without one, the newest pictures."""
    with plainly():
        catch_up(made)
        key = picture.key
        if key is not None:
            picture.show(key)
            asked: str | bytes | None = key
        else:
            asked = picture.upload("A picture of your own")
        if asked is None:
            _newest(made, picture, on_similar)
            return
        with plainly():
            found = _similar(made, picture, asked)
            if not found:
                empty_state(
                    ":material/image_search:",
                    "Nothing to compare it with",
                    "There are no other pictures that can be found yet. Look for new ones above.",
                )
            _cards(made, found, on_similar, with_similarity=True)


def visible_alike(
    index: ImageIndex,
    asked: str | bytes,
    shown: Callable[[SimilarImage], SimilarImage | None],
    limit: int = _SHOWN,
) -> list[SimilarImage]:
    """The `limit` pictures most like one of those that `shown` lets through.

    Asks for more until there are enough, all were asked for, or nobody would look that far.
    """
    depth = limit
    while True:
        found = index.similar(asked, depth)
        seen = [mine for each in found if (mine := shown(each)) is not None]
        if len(seen) >= limit or len(found) < depth or depth >= _ASKED_AT_MOST:
            return seen[:limit]
        depth *= 4


def _similar(made: JobDesk, picture: PictureQuestion, asked: str | bytes) -> list[SimilarImage]:
    settings = made.deployment.settings
    index = made.deployment.fashion.image_index
    version, owner = index.table.describe().version, picture.rights.viewer.only_owner
    rights = picture.rights
    return _found(settings.home, settings.store_url, version, owner, asked, rights.shown)


@st.cache_data(ttl=60, max_entries=100, show_spinner="Comparing")
def _found(
    home: Path,
    store: str,
    version: int,
    owner: str | None,
    asked: str | bytes,
    _shown: Callable[[SimilarImage], SimilarImage | None],
) -> list[SimilarImage]:
    """At most a minute old; of a version of an installation's index, as somebody may see it."""
    return visible_alike(desk().deployment.fashion.image_index, asked, _shown)


def _newest(made: JobDesk, picture: PictureQuestion, on_similar: Callable[[str], None]) -> None:
    """The newest pictures, to begin with one of them."""
    settings = made.deployment.settings
    version = made.deployment.fashion.image_index.table.describe().version
    known = _indexed(settings.home, settings.store_url, version)
    own = picture.rights.own()
    if own is not None:
        known = known.filter(pl.col("id").is_in(list(own)))
    if known.is_empty():
        empty_state(
            ":material/image_search:",
            "No pictures can be found yet",
            "Pictures can be found a few minutes after a job has made them. Look for new ones "
            "above, or submit some.",
        )
        st.page_link(SUBMIT, label="Submit files", icon=":material/upload:")
        return
    words = st.text_input(
        "Or begin with one of these; find it by its file name",
        key="filename",
        icon=":material/search:",
    )
    if words:
        name = pl.col("filename").str.to_lowercase()
        known = known.filter(name.str.contains(words.strip().lower(), literal=True))
    rows = known.head(_SHOWN).to_dicts()
    newest = [SimilarImage(key=row.pop("id"), similarity=1.0, cosines={}, **row) for row in rows]
    mine = [each for found in newest if (each := picture.rights.shown(found)) is not None]
    st.caption(f"The newest of {plural(known.height, 'picture')}.")
    _cards(made, mine, on_similar, with_similarity=False)


def _cards(
    made: JobDesk,
    found: list[SimilarImage],
    on_similar: Callable[[str], None],
    *,
    with_similarity: bool,
) -> None:
    pictures = made.thumbnails.of([each.key for each in found])
    with st.grid("auto", min_column_width=210):
        for each, small in zip(found, pictures, strict=True):
            picture_card(each, small, on_similar, with_similarity=with_similarity)


@st.cache_resource(max_entries=4, show_spinner=False)
def _indexed(home: Path, store: str, version: int) -> pl.DataFrame:
    """All pictures that a version of an installation's index can find, the newest job's first."""
    table = desk().deployment.fashion.image_index.table
    rows = table.rows("vector IS NOT NULL", _COLUMNS)
    return rows.sort("job", "item", "id", descending=[True, False, False])
