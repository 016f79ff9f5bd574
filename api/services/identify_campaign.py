"""The identity of what a stage was made from: SHA-256 over the campaign's tables as they were read.

It is taken over the canonical tables, not over files: each table's name, columns and rows as JSON text in
the order of the campaign format. A folder and a workbook of the same campaign have the same identity, and
so does a copy with other line ends. Every later stage names the identity of what it was made from.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from importlib import metadata

from api.campaign import Campaign, Table
from api.imports.columns import TABLES
from api.imports.columns_after_the_day import AFTER_THE_DAY

MADE_AFTER_THE_DAY = frozenset(spec.name for spec in AFTER_THE_DAY)
PROGRAM = "stepup-centre"


def timetable_input_sha256(campaign: Campaign) -> str:
    """The identity of the tables that a timetable is made from.

    What is recorded after the day is left out, so that a timetable keeps its identity when ratings arrive.
    """
    return _sha256(table for name, table in campaign.tables.items() if name not in MADE_AFTER_THE_DAY)


def campaign_sha256(campaign: Campaign) -> str:
    """The identity of all tables: what the order of merit and the allocation are made from."""
    return _sha256(campaign.tables.values())


def tables_sha256(tables: Iterable[Table]) -> str:
    """The identity of some tables, in whatever order they come."""
    return _sha256(tables)


def content_sha256(content: bytes) -> str:
    """The identity of one file that a later stage builds on."""
    return hashlib.sha256(content).hexdigest()


def versions() -> dict[str, str]:
    """What a run was made with: Python, the solver, this program."""
    return {"python": platform.python_version(), "ortools": _version("ortools"), "program": _version(PROGRAM)}


def _sha256(tables: Iterable[Table]) -> str:
    by_name = {table.name: [table.columns, table.rows] for table in tables}
    ordered = [[name, *by_name[name]] for name in TABLES if name in by_name]
    text = json.dumps(ordered, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "not installed"
