"""How long the definitions take to load, against Dagster alone."""

import sys
from pathlib import Path
from statistics import median

from benchmarks.accounting import clean_environment, run_counted
from benchmarks.report import Line, print_section

REPETITIONS = 7
TARGET_RATIO = 1.5


def definitions_import(workspace: Path) -> None:
    """Fresh processes, one of each in turn."""
    home = str(workspace / "imports")
    pairs = [
        (_import_s("dagster", home), _import_s("orchestration.definitions", home))
        for _ in range(REPETITIONS + 1)
    ][1:]
    alone_s, ours_s = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(ours / alone for alone, ours in pairs)
    print_section(
        f"Importing the definitions, medians of {REPETITIONS}",
        [
            Line("import dagster", f"{alone_s:.2f} s"),
            Line("import orchestration.definitions", f"{ours_s:.2f} s"),
            Line.at_most("definitions / dagster", ratio, TARGET_RATIO, "x"),
        ],
    )


def _import_s(module: str, home: str) -> float:
    command = [sys.executable, "-c", f"import {module}"]
    return run_counted(command, clean_environment(SHOWROOM_HOME=home)).wall_s
