"""The command about a workbook to fill in: `blank`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.application import app


@app.command()
def blank(
    out: Annotated[
        Path, typer.Option("--out", help="The workbook to write; a name ending in .xlsx.", metavar="FILE")
    ],
    choices: Annotated[
        int, typer.Option(min=1, max=20, help="How many councils an applicant may choose.")
    ] = 3,
) -> None:
    """Write an empty workbook to fill in, with drop-downs and help."""
    from api.services.write_blank import write_blank

    write_blank(out, choices)
    print(f"An empty workbook is in {out}. Its first sheet says how to fill it in.")
