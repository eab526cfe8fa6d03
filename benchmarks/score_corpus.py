"""`python -m benchmarks.score_corpus [FOLDER]`: what becomes of real, odd and hostile files.

Drops every file of the corpus (or of FOLDER, which holds a MANIFEST.csv) into a fresh inbox,
runs what arrives, and judges each file by its manifest row. Then drops everything once more: no
object may be added, no key may change. Ends with 1 when anything is wrong.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import CORPUS, CorpusFile, corpus_files
from benchmarks.homes import installation, run_once
from benchmarks.outcomes import Outcome, keys_by_name, outcomes_by_name
from benchmarks.verdicts import problem_with
from media import keys

Problems = dict[str, str]
"""What is wrong, by file name."""


def main() -> int:
    """Score the corpus; 0 when every file has come out as it should."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score_corpus")
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    corpus = parser.parse_args().folder
    files = corpus_files(corpus)
    if not files:
        print(f"There is no MANIFEST.csv in {corpus}; name a folder that has one.")
        return 1
    with tempfile.TemporaryDirectory(prefix="showroom-score-") as folder:
        return 1 if _score(files, Path(folder)) else 0


def _score(files: Sequence[CorpusFile], home: Path) -> bool:
    """Whether anything was wrong."""
    wrong = _run(files, home)
    first = _outcomes(home, set())
    store = installation(home).store
    problems = {
        file.name: problem
        for file in files
        if (problem := problem_with(file, first.get(file.name), store))
    }
    _print_table(files, problems)
    before = _objects(home)
    jobs = _jobs(home)
    wrong += _run(files, home)
    again = _outcomes(home, jobs)
    wrong += [f"new object the second time: {key}" for key in sorted(_objects(home) - before)]
    wrong += _changed(first, again)
    for line in wrong:
        print(line)
    print(
        f"\n{len(files) - len(problems)} of {len(files)} files right, {len(wrong)} other problems."
    )
    return bool(problems or wrong)


def _run(files: Sequence[CorpusFile], home: Path) -> list[str]:
    """Drop everything and run it; what is wrong with the run as a whole."""
    inbox = home / "store" / keys.inbox_prefix("library")
    for file in files:
        target = inbox / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(".arriving")
        shutil.copyfile(file.path, partial)
        partial.rename(target)
    try:
        cost = run_once(home)
    except RuntimeError as error:
        return [str(error)]
    print(f"{len(files)} files in {cost.wall_s:.1f} s, {cost.cpu_s:.1f} CPU-s; exit code 0.")
    left = [path for path in inbox.rglob("*") if path.is_file()]
    return [f"left in the inbox: {path.relative_to(inbox)}" for path in left]


def _outcomes(home: Path, without: set[str]) -> dict[str, Outcome]:
    return outcomes_by_name(installation(home), _jobs(home) - without)


def _jobs(home: Path) -> set[str]:
    return set(installation(home).store.folders("jobs/"))


def _objects(home: Path) -> set[str]:
    store = installation(home).store
    return {found.key for prefix in ("outputs/", "originals/") for found in store.objects(prefix)}


def _changed(first: dict[str, Outcome], again: dict[str, Outcome]) -> list[str]:
    before, after = keys_by_name(first), keys_by_name(again)
    states = [
        f"{name}: {first[name].state}, the second time {outcome}"
        for name, outcome in again.items()
        if name in first and outcome.state != first[name].state
    ]
    return [
        *states,
        *(f"{name}: not there the second time" for name in sorted(first.keys() - again.keys())),
        *(
            f"{name}: other keys the second time"
            for name in sorted(before.keys() & after.keys())
            if before[name] != after[name]
        ),
    ]


def _print_table(files: Sequence[CorpusFile], problems: Problems) -> None:
    print(f"\n{'kind':<8} {'category':<32} {'expected':<15} {'files':>5} {'right':>5} {'wrong':>5}")
    groups: dict[tuple[str, str, str], list[CorpusFile]] = {}
    for file in files:
        groups.setdefault((file.kind, file.category, file.expected), []).append(file)
    for (kind, category, expected), group in sorted(groups.items()):
        wrong = [file for file in group if file.name in problems]
        counts = f"{len(group):>5} {len(group) - len(wrong):>5} {len(wrong) or '':>5}"
        print(f"{kind:<8} {category:<32} {expected:<15} {counts}".rstrip())
        for file in wrong:
            print(f"         {file.name}: {problems[file.name]}")
    print()


if __name__ == "__main__":
    sys.exit(main())
