"""The command that describes what can be asked for: tables."""

import sys
from typing import Annotated

import typer

from orchestration.cli.output import AsJson, print_json, print_table


def add_to(app: typer.Typer) -> None:
    """Add this file's command."""
    app.command()(tables)


def tables(
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the page docs/tables.md.")
    ] = False,
    json: AsJson = False,
) -> None:
    """List the views of the warehouse, and with --json their columns."""
    from media.tables_page import documented_tables, sql_type, tables_page

    documented = documented_tables()
    if markdown:
        sys.stdout.write(tables_page(documented))
        return
    if json:
        print_json(
            [
                {
                    "pipeline": pipeline,
                    "table": table.name,
                    "description": table.description,
                    "columns": [
                        {
                            "name": column.name,
                            "type": sql_type(column.dtype),
                            "description": column.description,
                        }
                        for column in table.columns
                    ],
                }
                for pipeline, owned in documented.items()
                for table in owned
            ]
        )
        return
    print_table(
        ["pipeline", "table", "what it holds"],
        [
            [pipeline, table.name, table.description]
            for pipeline, owned in documented.items()
            for table in owned
        ],
    )
