"""The command that shows the main job: samples, or a folder of one's own, through the inbox."""

import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import console, print_table

if TYPE_CHECKING:
    from resources.deployments import Deployment
    from resources.job_records import ItemRecord, JobDetails


_LISTED = 30
"""Items of a job that are listed one by one."""


def add_to(app: typer.Typer) -> None:
    """Add this file's command."""
    app.command()(demo)


def demo(
    folder: Annotated[
        Path | None, typer.Argument(help="Files to show it on; the samples when left out.")
    ] = None,
) -> None:
    """Drop files into the inbox, run what arrives, and show what came of them."""
    from media.errors import InvalidRequest
    from orchestration.cli.submitting import files_below
    from orchestration.cli.waiting import job_runner, run_all
    from resources.deployments import Deployment
    from resources.settings import PROJECT_ROOT

    source = folder or PROJECT_ROOT / "data" / "samples"
    files = [path for path in files_below(source) if path.suffix not in {".py", ".pyc"}]
    if not files:
        raise InvalidRequest(f"there are no files in {source}")
    with Deployment.from_environment() as deployment:
        console.print(f"Dropping {len(files)} files from {source} into the inbox.")
        with job_runner(deployment) as runner:
            records = []
            for part in _in_turn(files, source):
                _drop(part, source, deployment)
                records += run_all(runner)
            jobs = [runner.ledger.job(record.job) for record in records]
        for job in jobs:
            _summarize(job)
        pictures = _pictures(jobs, deployment)
    console.print()
    for name, path in pictures:
        console.print(f"{name:<15} {path}")
    console.print(f"Objects         {deployment.store.description}/outputs/")
    console.print(f'Tables          {deployment.settings.warehouse_path}  (showroom sql "...")')
    console.print("Lineage and UI  make dev")
    if jobs:
        console.print(f"More            showroom job {jobs[-1].job}")


def _in_turn(files: list[Path], source: Path) -> list[list[Path]]:
    """Catalogues before the rest: designs are matched with what is in them by then."""
    first = [path for path in files if path.relative_to(source).parts[0] == "catalogue"]
    return [part for part in (first, [path for path in files if path not in first]) if part]


def _drop(files: list[Path], source: Path, deployment: "Deployment") -> None:
    """Each file is written under a hidden name and renamed, so it is complete when it appears."""
    from media import keys

    for path in files:
        pipeline, name = _pipeline_for(path, path.relative_to(source))
        inbox = keys.inbox_prefix(pipeline)
        if deployment.store.folder is None:
            deployment.store.put_file(inbox + keys.safe_segment(path.name), path)
            continue
        target = deployment.store.folder / inbox / name
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name}.part")
        # With the old time of writing, the rename shows that nobody writes to it any more.
        shutil.copy2(path, partial)
        partial.replace(target)


def _pipeline_for(path: Path, name: Path) -> tuple[str, Path]:
    """The pipeline that a file is for, and its name in that pipeline's inbox.

    A folder may be named after its pipeline. Else videos are products on film; whatever else
    there is, the library says.
    """
    from media.errors import Refusal
    from media.formats import SNIFF_BYTES, detect_format
    from media.pipeline import all_pipelines

    if name.parts[0] in all_pipelines() and len(name.parts) > 1:
        return name.parts[0], Path(*name.parts[1:])
    with path.open("rb") as file:
        try:
            kind = detect_format(file.read(SNIFF_BYTES)).kind
        except Refusal:
            return "library", name
    return ("product_video" if kind == "video" else "library"), name


def _summarize(job: "JobDetails") -> None:
    seconds = sum(timing.seconds or 0 for timing in job.timings)
    counts = Counter(item.status for item in job.items)
    told = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    console.print(f"\n[bold]Job {job.job}[/]: {job.state}, {told}, {seconds:.1f} s of steps")
    if job.error:
        console.print(job.error, style="red", markup=False)
    print_table(
        ["file", "status", "made", "kB", "why"],
        [
            [
                item.filename,
                item.status,
                f"{len(item.outputs)} pictures" if item.outputs else "",
                _kilobytes(item),
                item.detail or "",
            ]
            for item in job.items[:_LISTED]
        ],
    )
    if len(job.items) > _LISTED:
        console.print(f"and {len(job.items) - _LISTED} more")


def _kilobytes(item: "ItemRecord") -> str:
    """What an item's variants take in the store, where equal ones are one object."""
    stored = {output.key: output.bytes or 0 for output in item.outputs}
    return f"{sum(stored.values()) / 1000:.0f}" if stored else ""


def _pictures(jobs: list["JobDetails"], deployment: "Deployment") -> list[tuple[str, Path]]:
    """What is left to look at, named: the contact sheet, and a filmstrip of each video job."""
    folder = deployment.settings.home / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    sheet = folder / "contact-sheet.png"
    sheet.write_bytes(_contact_sheet(jobs, deployment))
    found = [("Contact sheet", sheet)]
    sheets = {
        "product_video": ("Filmstrip", "filmstrip", deployment.filmstrips.sheet_of_job),
        "staging": ("Before, after", "before-after", deployment.room_sheets.sheet_of_job),
        "design": ("Matches", "matches", deployment.fashion.design_sheets.sheet_of_job),
    }
    for job in jobs:
        if job.pipeline not in sheets:
            continue
        title, name, draw = sheets[job.pipeline]
        if picture := draw(job.job):
            path = folder / f"{name}-{job.job}.jpg"
            path.write_bytes(picture)
            found.append((title, path))
    return found


def _contact_sheet(jobs: list["JobDetails"], deployment: "Deployment") -> bytes:
    """A PNG grid of everything that was made, and of what was refused."""
    from media.contact_sheets import Tile, contact_sheet

    tiles = []
    for item in (item for job in jobs for item in job.items if item.outputs or item.detail):
        # The smallest that shows the whole picture: a thumbnail is cropped to a square.
        shown = min(
            item.outputs,
            key=lambda output: (output.name == "thumbnail", output.bytes or 0),
            default=None,
        )
        data = deployment.store.get(shown.key) if shown else None
        tiles.append(Tile(data, item.filename.rsplit("/", 1)[-1], item.detail or ""))
    return deployment.workers.run(contact_sheet, tiles[:60], image_format="png")
