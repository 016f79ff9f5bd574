"""The command that copies the embedded database while the service goes on: `backup`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.application import app
from api.errors import BadInput, Fault


@app.command()
def backup(
    out: Annotated[
        Path, typer.Option("--out", help="The file to write; it may not be there yet.", metavar="FILE")
    ],
) -> None:
    """Copy the service's own database, also while it runs. With PostgreSQL use its pg_dump."""
    import sqlite3

    from api.settings import Settings
    from api.storage.copy_sqlite import UnsoundCopy, copy_sqlite
    from api.storage.engine import sqlite_file

    database = sqlite_file(Settings().url)
    if database is None:
        wanted = "SQLite's file; PostgreSQL is copied with its own pg_dump"
        raise BadInput([Fault("database", None, None, "PostgreSQL", wanted)])
    if not database.is_file():
        raise BadInput(
            [Fault("database", None, None, f"no file {database}", "one that the service has made")]
        )
    if out.exists():
        raise BadInput([Fault("--out", None, None, f"{out}, which is there already", "a new file")])
    try:
        written = copy_sqlite(database, out)
    except (UnsoundCopy, sqlite3.DatabaseError) as error:
        found = f"a database that cannot be copied whole ({error})"
        raise BadInput([Fault("database", None, None, found, "a sound one; keep the last copy")]) from None
    print(f"The database is copied to {out}: {written / 1e6:.1f} MB, looked through and whole.")
