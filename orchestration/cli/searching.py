"""Commands that search: search, similar, duplicates; and report, of what was found."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.output import AsJson, console, errors, print_json, print_table

if TYPE_CHECKING:
    from resources.image_index import ImageIndex
    from resources.product_search import ProductMatch


def add_to(app: typer.Typer) -> None:
    """Add this file's commands."""
    app.command()(search)
    app.command()(similar)
    app.command()(duplicates)
    app.command()(report)


def _price(value: str | None) -> Decimal | None:
    if value is None:
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        raise typer.BadParameter(f"{value} is not a number") from None


Price = Annotated[str | None, typer.Option(help="In --currency.", metavar="AMOUNT")]
Several = Annotated[list[str] | None, typer.Option(help="May be repeated.")]


def search(  # noqa: PLR0913 - each is an option of the command line
    *,
    image: Annotated[Path | None, typer.Option(help="A picture of what is wanted.")] = None,
    text: Annotated[str | None, typer.Option(help="Words for what is wanted.")] = None,
    max_price: Price = None,
    min_price: Price = None,
    budget: Annotated[
        str | None, typer.Option(help="Prices near it count more.", metavar="AMOUNT")
    ] = None,
    currency: Annotated[str, typer.Option(help="Of these amounts.")] = "USD",
    category: Several = None,
    brand: Several = None,
    like: Annotated[
        list[str] | None, typer.Option(help="A brand that counts more. May be repeated.")
    ] = None,
    catalogue: Several = None,
    in_stock: Annotated[bool, typer.Option("--in-stock", help="Only what can be had.")] = False,
    same_product: Annotated[
        bool, typer.Option("--same-product", help="The very product of the picture first.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many.")] = 20,
    json: AsJson = False,
) -> None:
    """Find products by a picture, by words, or by both; filters are never violated."""
    from media.matching.filters import ProductFilters
    from resources.deployments import Deployment
    from resources.product_search import ProductQuery

    filters = ProductFilters(
        max_price=_price(max_price),
        min_price=_price(min_price),
        currency=currency.upper(),
        categories=tuple(category or ()),
        brands=tuple(brand or ()),
        availabilities=("in_stock", "limited") if in_stock else (),
        catalogues=tuple(catalogue or ()),
    )
    query = ProductQuery(
        image=_bytes(image) if image else None,
        text=text,
        filters=filters,
        budget=_price(budget),
        currency=currency.upper(),
        liked_brands=tuple(like or ()),
        limit=limit,
        same_product=same_product,
    )
    with Deployment.from_environment() as deployment:
        if query.image:
            # They start in the second that the index takes to open.
            deployment.start_workers()
        found = deployment.fashion.product_search.search(query)
    if json:
        print_json({"matches": [match.plain() for match in found.matches], "said": found.said})
        return
    for sentence in found.said:
        errors.print(sentence, style="yellow", markup=False)
    if not found.matches:
        console.print("Nothing was found.")
        return
    print_table(
        ["", "product", "name", "category", "brand", "price", "score", "alike", "had"],
        [[rank, *_cells(match)] for rank, match in enumerate(found.matches, start=1)],
    )


def similar(
    picture: Annotated[
        str, typer.Argument(help="A picture's key in the store, or a file.", metavar="KEY")
    ],
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many.")] = 20,
    json: AsJson = False,
) -> None:
    """Find pictures like one, among uploads, staged rooms, commercial images and designs."""
    from resources.deployments import Deployment

    with Deployment.from_environment() as deployment:
        index = deployment.fashion.image_index
        _catch_up(index)
        path = Path(picture)
        found = index.similar(path.read_bytes() if path.is_file() else picture, limit)
    if json:
        print_json([vars(each) for each in found])
    elif not found:
        console.print("There are no other pictures yet.")
    else:
        print_table(
            ["alike", "pipeline", "job", "file", "key"],
            [[f"{f.similarity:.3f}", f.pipeline, f.job, f.filename, f.key] for f in found],
        )


def duplicates(json: AsJson = False) -> None:
    """List pictures that are nearly the same, and which of them is the sharpest."""
    from resources.deployments import Deployment

    with Deployment.from_environment() as deployment:
        index = deployment.fashion.image_index
        _catch_up(index)
        groups = index.duplicates()
    if json:
        print_json(
            [{"keep": g.keep, "others": [vars(other) for other in g.others]} for g in groups]
        )
    elif not groups:
        console.print("No two pictures are nearly the same.")
    else:
        for group in groups:
            console.print(f"[green]keep[/] {group.keep}")
            for other in group.others:
                console.print(f"     {other.key}  ({other.why})", markup=False)


def report(
    key: Annotated[str, typer.Argument(help="The picture's key in the store.")],
    why: Annotated[str, typer.Option(help="What is wrong with it.")] = "",
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Nothing is wrong with it after all.")
    ] = False,
    owner: Annotated[str, typer.Option(help="Who says so.")] = "local",
    json: AsJson = False,
) -> None:
    """Report a picture: it is withheld from `get` until somebody has looked."""
    from resources.deployments import Deployment

    with Deployment.from_environment() as deployment:
        if withdraw:
            count = deployment.reports.withdraw(key)
            if json:
                print_json({"withdrawn": count, "key": key})
            else:
                console.print(f"{count} reports of {key} withdrawn.")
            return
        reported = deployment.reports.report(key, why, owner)
    if json:
        print_json({"report": reported, "key": key})
    else:
        console.print(f"Reported; {key} is withheld.")


def _catch_up(index: "ImageIndex") -> None:
    """Bring the index up to date with what jobs have made; a line tells when that took work."""
    done = index.catch_up()
    if done.added or done.unreadable:
        errors.print(f"{done.added} pictures indexed, {done.unreadable} could not be read")


def _bytes(path: Path) -> bytes:
    from media.errors import InvalidRequest

    if not path.is_file():
        raise InvalidRequest(f"{path} is not a file")
    return path.read_bytes()


def _cells(match: "ProductMatch") -> list[Any]:
    price = "" if match.price is None else f"{match.price:.2f} {match.currency}"
    had = match.availability.replace("_", " ")
    told = (f"{match.score:.3f}", f"{match.parts.similarity:.3f}", had)
    return [match.product, match.name, match.category, match.brand, price, *told]
