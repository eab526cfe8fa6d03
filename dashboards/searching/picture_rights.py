"""Whose pictures: with sign-in, people find their own among all that are indexed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from dashboards.installation import desk
from dashboards.searching.product_shelf import shelf
from dashboards.viewer import Viewer
from media import keys
from resources.image_index import SOURCES, SimilarImage
from resources.job_board import JobFilter
from resources.job_desk import JobDesk

_PICTURES = (keys.OUTPUTS, "originals/")
_OUTPUT_PARTS = 5


@dataclass(frozen=True)
class PictureRights:
    """What somebody may see of all pictures."""

    made: JobDesk
    viewer: Viewer

    def own(self) -> Mapping[str, tuple[str, str, str]] | None:
        """The job, item and file name of each picture of their own by key; None for all."""
        if self.viewer.only_owner is None:
            return None
        settings = self.made.deployment.settings
        return _own(settings.home, settings.store_url, self.viewer.only_owner)

    def shown(self, found: SimilarImage) -> SimilarImage | None:
        """What was found, as theirs; None where it is not.

        The same bytes may be somebody else's as well, and the index names the newest job.
        """
        own = self.own()
        if own is None:
            return found
        if (mine := own.get(found.key)) is None:
            return None
        job, item, filename = mine
        return replace(found, job=job, item=item, filename=filename)

    def may_see(self, key: str) -> bool:
        """Whether the picture under a key is shown to them: their own, or a product's."""
        if not key.startswith(_PICTURES):
            return False
        own = self.own()
        if own is None or key in own or (shelf(self.made)["image_key"] == key).any():
            return True
        parts = key.split("/")
        if key.startswith(keys.OUTPUTS) and len(parts) == _OUTPUT_PARTS:
            job = self.made.board.find(parts[2])
            return job is not None and self.viewer.may_see(job.owner)
        return False


@st.cache_resource(ttl=60, max_entries=100, show_spinner=False)
def _own(home: Path, store: str, owner: str) -> dict[str, tuple[str, str, str]]:
    """Somebody's pictures among those that are indexed, of the installation that is named."""
    made = desk()
    found: dict[str, tuple[str, str, str]] = {}
    for source in SOURCES:
        asked = JobFilter(pipeline=source.pipeline, owner=owner)
        jobs = [job.job for job in made.board.page(asked, limit=1_000_000).jobs]
        rows = made.deployment.tables.rows_of_jobs(
            source.table, jobs, ["job", "item", "filename", "key"]
        )
        for job, item, filename, key in rows.drop_nulls("key").iter_rows():
            found[key] = (job, item, filename)
    return found
