"""Entries of the audit as a table shows them: when, who, what was done, to what, and the particulars."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from api.campaign import Table
from api.exports.packs.wording import long_date
from api.presenters.data_table import Cell, DataTable, Download, Heading

COLUMNS = ("Entry", "When", "Who", "What", "About", "Particulars")
FACT_CHARACTERS_MAX = 300
HASH = re.compile(r"\b[0-9a-f]{64}\b")
HASH_LETTERS = 12


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry, in words. `note` says where it was changed."""

    number: int
    at: datetime.datetime
    actor: str
    act: str
    thing: str
    particulars: str
    note: str = ""


def particulars(facts: Mapping[str, object], private: str, *, whole: bool = False) -> str:
    """What an entry holds beside, in words: role officer; council SWI. Hashes are cut, unless `whole`."""
    said = [f"{key.replace('_', ' ')} {words}" for key, value in facts.items() if (words := _words(value))]
    text = "; ".join([*([private] if private else []), *said])
    return text if whole else HASH.sub(lambda found: f"{found[0][:HASH_LETTERS]}…", text)


def day_words(kept: str) -> str:
    """2015-07-14 as 14 July 2015; empty as it is."""
    return long_date(datetime.date.fromisoformat(kept)) if kept else ""


def audit_table(
    lines: Iterable[AuditLine],
    found: int,
    page: int,
    pages: int,
    action: str,
    asked: Iterable[tuple[str, str]],
    time_zone: str,
) -> DataTable:
    """One page of entries; `asked` are the filters, to be kept in every address."""
    kept = [(name, value) for name, value in asked if value]

    def url(**more: str) -> str:
        return f"{action}?{urlencode([*kept, *more.items()])}"

    return DataTable(
        caption="Entries of the audit",
        headings=tuple(Heading(label, label == "Entry", None, None) for label in COLUMNS),
        rows=tuple(_row(line, time_zone) for line in lines),
        search="",
        found=found,
        total=found,
        page=page,
        pages=pages,
        previous_url=url(page=str(page - 1)) if page > 1 else None,
        next_url=url(page=str(page + 1)) if page < pages else None,
        all_url=action,
        action=action,
        kept=tuple(kept),
        downloads=(Download("CSV", url(download="csv")), Download("Excel", url(download="xlsx"))),
        noun="entry",
        nouns="entries",
        anchor="entries",
    )


def audit_file(lines: Iterable[AuditLine], time_zone: str) -> Table:
    """All entries as a table for a file."""
    columns = ("entry", "at", "who", "what", "about", "particulars", "note")
    rows = tuple(
        (
            str(line.number),
            line.at.astimezone(ZoneInfo(time_zone)).isoformat(timespec="seconds"),
            line.actor,
            line.act,
            line.thing,
            line.particulars,
            line.note,
        )
        for line in lines
    )
    return Table("audit", columns, rows)


def _row(line: AuditLine, time_zone: str) -> tuple[Cell, ...]:
    there = line.at.astimezone(ZoneInfo(time_zone))
    return (
        Cell(f"{line.number:,}", note=line.note or None),
        Cell(f"{long_date(there.date())}, {there:%H:%M:%S}"),
        Cell(line.actor),
        Cell(line.act.capitalize()),
        Cell(line.thing),
        Cell(line.particulars),
    )


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        said = ", ".join(
            f"{str(key).replace('_', ' ')} {words}"
            for key, inner in value.items()
            if (words := _words(inner))
        )
    elif isinstance(value, list | tuple):
        said = ", ".join(_words(inner) for inner in value)
    elif isinstance(value, bool):
        said = "yes" if value else "no"
    else:
        said = "" if value is None else str(value).replace("_", " ")
    return said if len(said) <= FACT_CHARACTERS_MAX else f"{said[:FACT_CHARACTERS_MAX]}…"
