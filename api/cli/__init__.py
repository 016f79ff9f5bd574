"""The command `stepup`: reads arguments, calls one use case, prints what came of it, sets the exit code.

Exit codes: 0 done, 1 done but not all is well (somebody without a place, unrankable, or a breach), 2 bad
input and nothing written, 130 stopped by Ctrl-C. Results go to standard output; faults, warnings and
progress to standard error. Heavy imports stay inside the commands, so that `--help` is quick.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from api.cli import (
    advice,
    allocations,
    audit,
    backups,
    blank,
    campaigns,
    drill,
    explanations,
    monitoring,
    offers,
    outcomes,
    panels,
    planning,
    repairs,
    serving,
    timetables,
)
from api.cli.application import app
from api.cli.progress import ProgressLines, ProgressTable
from api.cli.shared import BAD_INPUT, DONE, NOT_ALL_WELL, STOPPED, complain
from api.errors import BadInput

__all__ = [
    "BAD_INPUT",
    "DONE",
    "NOT_ALL_WELL",
    "STOPPED",
    "ProgressLines",
    "ProgressTable",
    "app",
    "main",
    "run",
]

# Importing a file of commands is what hangs them on the application.
COMMANDS = (
    advice,
    allocations,
    campaigns,
    blank,
    planning,
    timetables,
    explanations,
    repairs,
    outcomes,
    offers,
    panels,
    monitoring,
    drill,
    serving,
    audit,
    backups,
)


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show somebody's name must not stop the work.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    code = run(sys.argv[1:])
    if code == STOPPED:
        print("Stopped.", file=sys.stderr)
        # The solver may still be at work in its own threads; the ordinary way out would wait for it.
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. Nothing that input can do gets past this as a traceback."""
    given = repairs.one_at_a_time(arguments) if arguments[:1] == ["repair"] else list(arguments)
    try:
        app(args=given, prog_name="stepup")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE
    except BadInput as bad:
        complain(bad.faults, bad.warnings)
        return BAD_INPUT
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        print(f"Cannot read or write{where}: {(error.strerror or str(error)).lower()}.", file=sys.stderr)
        return BAD_INPUT
    return DONE
