"""References: each defined once, each use of one defined, no row twice."""

from __future__ import annotations

from collections.abc import Iterator

from api.campaign import PEOPLE_TABLES
from api.errors import Fault, shown
from api.imports.cells import wanted_of
from api.imports.checks.draft import Check, Draft
from api.imports.kinds import Column, Kind
from api.imports.settings import SETTINGS
from api.imports.tables import Record


def rows_are_given_once(draft: Draft) -> Iterator[Fault]:
    """No two rows of a table have the same key; of two, the second is the fault."""
    for checked in draft.tables.by_name.values():
        first_row: dict[tuple[str, ...], int] = {}
        for record in checked.records:
            key = tuple(record.text(column) for column in checked.spec.key)
            if not all(key[:1]) or record.unread.intersection(checked.spec.key):
                continue
            if key in first_row:
                found = f"{shown(' / '.join(filter(None, key)))} again, first in row {first_row[key]}"
                yield record.fault(checked.spec.key[0], found, "each only once")
            else:
                first_row[key] = record.row


def person_references_are_unique(draft: Draft) -> Iterator[Fault]:
    """No reference stands for people of two tables."""
    home: dict[str, Record] = {}
    for table in PEOPLE_TABLES:
        for record in draft.records(table):
            reference = record.text(record.spec.columns[0].name)
            first = home.setdefault(reference, record) if reference else record
            if first.table != table:
                found = f"{shown(reference)}, also in {first.table} row {first.row}"
                yield record.fault(
                    record.spec.columns[0].name, found, "a reference of its own for every person"
                )


def references_differ_in_more_than_case(draft: Draft) -> Iterator[Fault]:
    """`a017` and `A017` are one to a reader, and to some file systems."""
    for checked in draft.tables.by_name.values():
        column = checked.spec.columns[0]
        if column.kind is not Kind.NAME:
            continue
        spelling: dict[str, str] = {}
        for record in checked.records:
            reference = record.text(column.name)
            first = spelling.setdefault(reference.casefold(), reference)
            if first != reference:
                yield record.fault(
                    column.name, f"{shown(reference)} beside {shown(first)}", "one spelling of a reference"
                )


def references_are_defined(draft: Draft) -> Iterator[Fault]:
    for checked in draft.tables.by_name.values():
        for column in (*checked.spec.columns, *filter(None, [checked.spec.open_ended])):
            if column.points_to and draft.tables.unread.isdisjoint(column.points_to):
                defined = draft.tables.keys(*column.points_to)
                for record in checked.records:
                    yield from _undefined(record, column, defined)


def lead_council_is_defined(draft: Draft) -> Iterator[Fault]:
    lead = draft.settings.text("lead_council")
    if lead and draft.has("councils") and lead not in draft.tables.keys("councils"):
        wanted = "a reference from councils"
        yield draft.settings.fault(SETTINGS["lead_council"].name, shown(lead), wanted)


def travellers_are_unambiguous(draft: Draft) -> Iterator[Fault]:
    """A journey `from` a reference that is a council's and a person's could mean either."""
    both = draft.tables.keys("councils") & draft.tables.keys("applicants", "assessors")
    for record in draft.records("travel"):
        if record.text("from") in both:
            yield record.fault(
                "from", f"{shown(record.text('from'))}, a council and a person", "either of the two"
            )


def _undefined(record: Record, column: Column, defined: frozenset[str]) -> Iterator[Fault]:
    is_open = record.spec.open_ended is column
    names = [c for c in record.cells if record.spec.column(c) is column] if is_open else [column.name]
    for name in names:
        used = record.parts(name) if column.kind is Kind.LIST else (record.text(name),)
        for reference in used:
            if reference and reference not in defined:
                yield record.fault(name, shown(reference), wanted_of(column))


CHECKS: tuple[Check, ...] = (
    rows_are_given_once,
    person_references_are_unique,
    references_differ_in_more_than_case,
    references_are_defined,
    lead_council_is_defined,
    travellers_are_unambiguous,
)
