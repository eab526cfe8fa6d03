"""Ten thousand products, imported as a shop would: a file submitted, a job run, the index asked."""

import csv
from pathlib import Path

from benchmarks.accounting import clean_environment, run_counted
from benchmarks.homes import SHOWROOM
from benchmarks.report import Line, print_section

PRODUCTS = 10_000
TARGET_S = 10.0
_KINDS = ("dress", "top", "skirt", "coat", "trousers", "shirt", "jacket")
_COLORS = ("red", "navy", "green", "black", "cream", "rust", "lilac", "grey", "yellow")


def catalogue(workspace: Path) -> None:
    """Import the products, then import them again with other prices."""
    home = str(workspace / "home")
    environment = clean_environment(SHOWROOM_HOME=home)
    costs = []
    for cents in (0, 5):
        path = _write(workspace / f"products-{cents}.csv", cents)
        command: list[str | Path] = [SHOWROOM, "submit", "catalogue", path, "--wait"]
        costs.append(run_counted(command, environment))
    question = "select count(*) n, sum(price) total from products where status = 'ready'"
    told = run_counted([SHOWROOM, "sql", question, "--json"], environment).output
    if f'"n": {2 * PRODUCTS}' not in told:
        raise RuntimeError(f"not all products were imported: {told}")
    first, again = costs
    print_section(
        f"{PRODUCTS:,} products without pictures, from a file to the index",
        [
            Line.at_most("first import, the whole command", first.wall_s, TARGET_S, "s"),
            Line("its CPU", f"{first.cpu_s:.1f} s"),
            Line.at_most("another import of the same ids", again.wall_s, TARGET_S, "s"),
        ],
    )


def _write(path: Path, cents: int) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "description", "category", "brand", "price", "availability"])
        for number in range(PRODUCTS):
            kind, color = _KINDS[number % len(_KINDS)], _COLORS[number % len(_COLORS)]
            price = f"{10 + number % 400}.{(number + cents) % 100:02}"
            text = f"A {color} {kind} for every day, number {number} of its kind."
            row = [f"sku-{number}", f"{color} {kind} {number}", text, f"Women > {kind}"]
            writer.writerow([*row, f"brand {number % 37}", price, "in stock"])
    return path
