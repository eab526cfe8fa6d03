"""Reviews: people's decisions about pictures, kept beside the tables that the pictures are in.

Each batch of decisions is a file of its own under a new id, so nobody's ever replace another's;
as a table like all others they are merged as they age and have their view in the warehouse.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from media import keys
from media.errors import InvalidRequest
from media.job_ids import JOB_ID_PATTERN, new_job_id
from media.pipeline import Pipeline, all_pipelines, table_named
from media.requests import parse_request
from media.reviews import (
    REVIEWS,
    Decision,
    ReviewedPicture,
    as_text,
    newest_decisions,
    review_rows,
)
from resources.job_records import item_record
from resources.object_store import ObjectStore
from resources.tables import Tables


class Reviews:
    """The decisions of an installation."""

    def __init__(self, store: ObjectStore, tables: Tables) -> None:
        self._store = store
        self._tables = tables

    def decide(self, decisions: Sequence[Decision], owner: str = "local") -> str:
        """Keep what `owner` decides, all of it or nothing; the id of the batch.

        Of several decisions about one picture the last is kept. Raises InvalidRequest for no
        decision at all, for a key that no job shows, and see `Decision.checked`.
        """
        by_key = {decision.key: decision.checked() for decision in decisions}
        if not by_key:
            raise InvalidRequest("Name at least one picture to decide about.")
        who = as_text(owner).strip()
        if not who:
            raise InvalidRequest("Say who decides.")
        pictures = self._pictures(by_key)
        if unknown := [key for key in by_key if key not in pictures]:
            others = f" ({len(unknown) - 1} more are unknown too)" if len(unknown) > 1 else ""
            raise InvalidRequest(
                f"There is no picture under {unknown[0]!r}{others}; give the key of an output, as "
                "its table or its page shows it."
            )
        batch, now = new_job_id(), datetime.now(UTC)
        kept = [replace(decision, owner=who, decided_at=now) for decision in by_key.values()]
        rows = review_rows(batch, [(decision, pictures[decision.key]) for decision in kept])
        self._tables.write(REVIEWS, batch, rows)
        return batch

    def of_keys(self, wanted: Collection[str]) -> dict[str, Decision]:
        """What was last decided about the pictures under these keys; nothing of the others."""
        return newest_decisions(self._tables.rows_with(REVIEWS, "key", _storable(wanted)))

    def of_job(self, job: str) -> dict[str, Decision]:
        """What was last decided about the pictures that a job shows, by key.

        A picture that was made once and is shown by several jobs is decided about once. Empty for
        a job that has shown nothing yet.
        """
        return self.of_keys(self._shown_by(job))

    def _shown_by(self, job: str) -> set[str]:
        """The keys of a job's outputs."""
        if not JOB_ID_PATTERN.fullmatch(job):
            return set()
        try:
            request = parse_request(self._store.get(keys.job_request(job)))
        except FileNotFoundError:
            return set()
        pipeline = all_pipelines().get(request.pipeline)
        frames = [
            self._tables.read(table_named(name), job)
            for name in (pipeline.published if pipeline else ())
        ]
        return {key for frame in frames if frame is not None for key in frame["key"] if key}

    def _pictures(self, wanted: Iterable[str]) -> dict[str, ReviewedPicture]:
        """Where the pictures under `wanted` come from; of several jobs the first counts."""
        missing, found = set(_storable(wanted)), dict[str, ReviewedPicture]()
        for pipeline in all_pipelines().values():
            for name in pipeline.published:
                rows = self._tables.rows_with(table_named(name), "key", missing)
                for row in rows.unique("key", keep="first", maintain_order=True).to_dicts():
                    found[row["key"]] = _picture(row, name, pipeline)
                missing -= found.keys()
        return found


def _picture(row: dict[str, object], table: str, pipeline: Pipeline) -> ReviewedPicture:
    item = str(row["item"])
    [output] = item_record(item, "", {table: [row]}, pipeline).outputs
    return ReviewedPicture(output.key, pipeline.name, str(row["job"]), item, output.name)


def _storable(wanted: Iterable[str]) -> list[str]:
    """Without strings of half characters: they are no keys, and no table can be asked for them."""
    return [key for key in wanted if key == as_text(key)]
