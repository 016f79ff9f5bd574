"""A copy of the embedded database while the service goes on, by SQLite itself: no change is half in it."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from pathlib import Path


class UnsoundCopy(Exception):
    """What was copied does not hold together; nothing was kept."""


def copy_sqlite(database: Path, to: Path) -> int:
    """Copy the `database` into the file `to`, one file that needs no other beside it. Returns its bytes.

    The copy has everything that was committed when it ended, and is looked through before it gets its name.
    Raises `UnsoundCopy`, `sqlite3.Error` and `OSError`; `to` is then as it was.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.part")
    part.unlink(missing_ok=True)
    try:
        with (
            contextlib.closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True)) as source,
            contextlib.closing(sqlite3.connect(part)) as copy,
        ):
            # In one step: in several it would begin anew whenever somebody writes, and nobody waits for this.
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise UnsoundCopy
        os.replace(part, to)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
            raise
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(to)) from error
    finally:
        part.unlink(missing_ok=True)
    return to.stat().st_size
