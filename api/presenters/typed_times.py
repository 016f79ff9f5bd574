"""Dates and moments as people type them into a form.

A table has 2015-08-03 16:20, a page 3 August 2015, 16:20. Files and forms take both; forms alone also take
3 8 2015 16:20, because their hints say that the day comes first, which nothing says in a file.
"""

from __future__ import annotations

import re

from api.imports.cells import Unreadable, spelled
from api.imports.kinds import Column, Kind

MOMENT = Column("at", Kind.MOMENT, "")
DATE = Column("on", Kind.DATE, "")
DAY_FIRST = re.compile(r"([0-9]{1,2})[ ./-]+([0-9]{1,2})[ ./-]+([0-9]{4})")
MOMENT_DAY_FIRST = re.compile(rf"{DAY_FIRST.pattern}(?:,| at)? +([0-9]{{1,2}})[:.]([0-9]{{2}})")


def typed_moment(text: str) -> str:
    """3 8 2015 16:20 or 3 August 2015, 16:20 as 2015-08-03 16:20; as typed where it is no moment."""
    found = MOMENT_DAY_FIRST.fullmatch(text.strip())
    in_order = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d} {found[4]}:{found[5]}" if found else text
    return _spelled(MOMENT, in_order, text)


def typed_date(text: str) -> str:
    """20 7 2015, 20/07/2015 or 20 July 2015 as 2015-07-20; as typed where it is no date."""
    found = DAY_FIRST.fullmatch(text.strip())
    in_order = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else text
    return _spelled(DATE, in_order, text)


def _spelled(column: Column, in_order: str, typed: str) -> str:
    try:
        return spelled(column, in_order.strip())
    except Unreadable:
        return typed.strip()


def day_first(iso: str) -> str:
    """2015-07-20 as 20 7 2015."""
    parts = iso.split("-")
    return " ".join(str(int(part)) for part in reversed(parts)) if len(parts) == 3 else iso
