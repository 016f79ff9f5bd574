"""The command line as an object; the other files of this package hang their commands on it."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="stepup",
    help="Runs an assessment centre for councils: timetable, order of merit, allocation, papers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
