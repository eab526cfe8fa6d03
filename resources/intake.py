"""Intake: from dropped files and submissions to claimed jobs, and back to an empty inbox.

    arrivals --claim--> claims/<job>.json + jobs/<job>/request.json --run--> originals --drain-->

A claim is one object that carries the whole request, so it is the sensor's memory: what lies in
the inbox and in a claim is known, and a sensor that was killed finds its claims again. A claim
goes when its files are safe as originals and the inbox is drained.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from media import keys
from media.errors import InvalidRequest, UnknownJob, UploadVanished
from media.job_ids import JOB_ID_PATTERN, gathered_job_id, new_job_id
from media.jobs_table import JOBS, job_rows
from media.pipeline import all_pipelines, pipeline_named
from media.requests import MAX_ITEMS, JobRequest, RequestedItem, parse_request
from resources.inbox import Arrival, Inbox
from resources.object_store import ObjectStore
from resources.tables import Tables

_IS_SAFE = pl.col("key").is_not_null() | (pl.col("reason") == UploadVanished.reason)
_NO_PATH = re.compile(r"(^|/)\.{0,2}(/|$)|[\x00-\x1f\x7f]|#\d+$")
"""What a key may not be: parts that are empty or dots, control characters, temporary names."""


@dataclass(frozen=True)
class InboxView:
    """What one look at the inbox found."""

    fresh: Mapping[str, Sequence[Arrival]]
    """Complete arrivals that no claim holds, by pipeline."""
    arriving: bool
    """Whether files are there that are still being written."""
    submitted: Sequence[str]
    """Jobs submitted explicitly and not yet claimed."""

    @property
    def anything(self) -> bool:
        """Whether there is something to claim."""
        return bool(self.submitted) or any(self.fresh.values())


class Intake:
    """Takes what has arrived into jobs, once each."""

    def __init__(
        self, store: ObjectStore, inbox: Inbox, tables: Tables, job_items: int = MAX_ITEMS
    ) -> None:
        self._store = store
        self._inbox = inbox
        self._tables = tables
        self._job_items = job_items
        self._claims: dict[str, JobRequest] = {}
        self._drained_with: dict[str, str] = {}
        self._in_table: set[str] = set()

    def look(self) -> InboxView:
        """What is there now that no claim holds."""
        claims = self.open_claims()
        held = {(item.key, item.etag) for request in claims.values() for item in request.items}
        fresh: dict[str, list[Arrival]] = {}
        arriving = False
        for pipeline in all_pipelines():
            arrivals = self._inbox.arrivals(pipeline)
            arriving = arriving or any(not arrival.complete for arrival in arrivals)
            fresh[pipeline] = [
                arrival
                for arrival in arrivals
                if arrival.complete and (arrival.key, arrival.etag) not in held
            ]
        submitted = [job for job in self.submissions() if job not in claims]
        return InboxView(fresh, arriving, submitted)

    def submissions(self) -> list[str]:
        """The jobs whose submission is complete and not yet drained, oldest first."""
        return [
            parts[1]
            for stored in self._store.objects(keys.SUBMISSIONS)
            if len(parts := stored.key.split("/")) == 3
            and parts[2] == "request.json"
            and JOB_ID_PATTERN.fullmatch(parts[1])
        ]

    def claim(self, view: InboxView) -> list[JobRequest]:
        """Turn what was seen into jobs. Claiming the same view twice gives the same jobs."""
        requests = [
            self._gather(pipeline, arrivals[start : start + at_once])
            for pipeline, arrivals in view.fresh.items()
            for at_once in [min(self._job_items, pipeline_named(pipeline).max_items)]
            for start in range(0, len(arrivals), at_once)
        ]
        accepted = [self._accept(job) for job in view.submitted]
        requests += [request for request in accepted if request is not None]
        for request in requests:
            record = request.model_dump_json(indent=1).encode()
            # The claim first: whoever finds it can tell the request, the other way round not.
            self._store.put(keys.claim(request.job), record)
            self._store.put(keys.job_request(request.job), record)
            self._write_row(request)
        return requests

    def _write_row(self, request: JobRequest) -> None:
        self._tables.write(JOBS, request.job, job_rows(request))
        self._in_table.add(request.job)

    def _gather(self, pipeline: str, arrivals: Sequence[Arrival]) -> JobRequest:
        identity = [(arrival.key, arrival.etag) for arrival in arrivals]
        newest = max(arrival.arrived_at for arrival in arrivals)
        return JobRequest(
            job=gathered_job_id(pipeline, newest, identity),
            pipeline=pipeline,
            submitted_at=newest,
            items=[
                RequestedItem(
                    item=f"{position:04d}",
                    key=arrival.key,
                    filename=arrival.filename,
                    etag=arrival.etag,
                    bytes=arrival.bytes,
                )
                for position, arrival in enumerate(arrivals, start=1)
            ],
        )

    def _accept(self, job: str) -> JobRequest | None:
        """The submitted request, checked; a wrong one is set aside with its reason."""
        key = keys.submission_request(job)
        try:
            data = self._store.get(key)
        except FileNotFoundError:
            return None
        try:
            request = parse_request(data)
            self._check(request, job)
        except InvalidRequest as error:
            rejection = json.dumps({"reason": error.reason, "detail": str(error)})
            self._store.put(keys.submission_rejection(job), rejection.encode())
            self._store.delete([key])
            return None
        return request

    def _check(self, request: JobRequest, job: str) -> None:
        if request.job != job:
            raise InvalidRequest(f"request.json names job {request.job}, its folder is {job}")
        pipeline = pipeline_named(request.pipeline)
        pipeline.require_items(len(request.items))
        allowed = (keys.submission_prefix(job), "originals/")
        for item in request.items:
            if not item.key.startswith(allowed) or _NO_PATH.search(item.key):
                raise InvalidRequest(f"item {item.item}: key must be below {' or '.join(allowed)}")
            pipeline.parse({**request.params, **item.params})
        numbers = Counter(item.item for item in request.items)
        if doubled := [number for number, count in numbers.items() if count > 1]:
            raise InvalidRequest(f"item numbers given twice: {', '.join(doubled)}")

    def open_claims(self) -> dict[str, JobRequest]:
        """The claims not yet drained, by job; each is read from the store once."""
        jobs = [
            stored.key.removeprefix(keys.CLAIMS).removesuffix(".json")
            for stored in self._store.objects(keys.CLAIMS)
        ]
        claims = {}
        for job in jobs:
            if job not in self._claims:
                try:
                    self._claims[job] = parse_request(self._store.get(keys.claim(job)))
                except FileNotFoundError:
                    continue
            claims[job] = self._claims[job]
        self._claims = claims
        return dict(claims)

    def ask_again(self, job: str) -> None:
        """Wish that a claimed job be run again; `UnknownJob` when it never was claimed."""
        self.request(job)
        self._store.put(keys.retry(job, new_job_id()), b"")

    def retries(self) -> dict[str, str]:
        """The wishes not yet granted: (key, job), oldest wish of each job first."""
        return {
            stored.key: stored.key.removeprefix(keys.RETRIES).split("-")[0]
            for stored in self._store.objects(keys.RETRIES)
        }

    def granted(self, retries: Iterable[str]) -> None:
        """Forget wishes (their keys) that have become runs."""
        self._store.delete(list(retries))

    def drain(self) -> list[str]:
        """Empty the inbox of what is safe elsewhere; the jobs whose claims are done with.

        An item is safe when its row names where its bytes lie. The others stay in the inbox
        and in their claim, for a retry.
        """
        done = []
        for job, request in self.open_claims().items():
            self._require_row(request)
            table = pipeline_named(request.pipeline).first_table
            written = self._store.head(keys.job_table(table.name, job))
            version = written.etag if written else ""
            if self._drained_with.get(job) == version:
                continue
            rows = self._tables.read(table, job)
            self._drained_with[job] = version
            if rows is None:
                continue
            safe = set(rows.filter(_IS_SAFE)["item"])
            # What could not be fetched is still where it was.
            safe |= {item.item for item in request.items if item.url}
            self._drain_items([item for item in request.items if item.item in safe])
            if safe >= {item.item for item in request.items}:
                leftover = self._store.objects(keys.submission_prefix(job))
                self._store.delete([stored.key for stored in leftover])
                # Where claiming was cut short, the claim is the only record there is.
                record = request.model_dump_json(indent=1).encode()
                self._store.put_new(keys.job_request(job), record)
                self._store.delete([keys.claim(job)])
                del self._drained_with[job]
                self._in_table.discard(job)
                done.append(job)
        return done

    def _require_row(self, request: JobRequest) -> None:
        """Write the job's row where claiming was cut short; looked up once by each process."""
        if request.job in self._in_table:
            return
        if self._tables.read(JOBS, request.job) is None:
            self._write_row(request)
        self._in_table.add(request.job)

    def _drain_items(self, items: Sequence[RequestedItem]) -> None:
        loose = [item for item in items if item.key.startswith(keys.INBOX)]
        self._inbox.drain([(item.key, item.etag) for item in loose])
        self._store.delete([item.key for item in items if item.key.startswith(keys.SUBMISSIONS)])

    def request(self, job: str) -> JobRequest:
        """What a claimed job was asked; `UnknownJob` when it never was."""
        for key in (keys.job_request(job), keys.claim(job)):
            try:
                return parse_request(self._store.get(key))
            except FileNotFoundError:
                continue
        raise UnknownJob(f"there is no job {job}")
