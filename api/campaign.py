"""A campaign as the program holds it: its tables, row by row, and what the cores make of them.

`Table` is what a file says, checked and spelled in one way; `Campaign` is all of them together with the
typed inputs of both cores. `api.imports` makes a `Campaign`; everything else only reads one.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from assessment.councils import Choices, Places
from assessment.decisions import Decisions
from assessment.framework import Framework
from assessment.ratings import AgreedRating, Attendance, Rating
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in the file's order, and its rows as text, one cell per column."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class OfferEvent:
    """One row of `offer_events`, by the row number a spreadsheet shows. `by` and `second_by` are names."""

    row: int
    event: str
    at: datetime.datetime
    kind: str
    applicant: str
    council: str
    places: int | None
    until: datetime.datetime | None
    undoes: str
    offers_sha256: str
    by: str
    second_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of `responses`. `at` is None where the table leaves the time out."""

    row: int
    applicant: str
    response: str
    at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class FrozenRules:
    """One row of `frozen_rules`: the rules as they were fixed, their fingerprint, by whom and why."""

    row: int
    version: int
    at: datetime.datetime
    rules_sha256: str
    rules: str
    frozen_by: str
    reason: str


@dataclass(frozen=True)
class Campaign:
    """One campaign. `tables` is what was read; the rest is what it means.

    `names` holds the name of every person, council, venue, room, exercise and criterion by reference
    (a reference may be a council's and an exercise's at once, so the table is part of the key, e.g.
    `names["applicants", "A017"]`). `settings` holds every setting as text, defaults filled in.
    `council_lists` holds each council's own list, best first, where the campaign has that table.
    `ratings` is empty and `attendance` None where the campaign has no such table yet. `confirmed` holds the
    findings about ratings that a named person looked into and found to be right. `frozen`, `offer_events` and
    `answers` are in the order of their tables.
    """

    tables: Mapping[str, Table]
    settings: Mapping[str, str]
    names: Mapping[tuple[str, str], str]
    problem: Problem
    framework: Framework
    places: Places
    choices: Choices
    attendance: Mapping[str, Attendance] | None
    ratings: tuple[Rating, ...]
    agreed: tuple[AgreedRating, ...]
    council_lists: Mapping[str, tuple[str, ...]]
    decisions: Decisions
    confirmed: frozenset[str]
    frozen: tuple[FrozenRules, ...] = ()
    offer_events: tuple[OfferEvent, ...] = ()
    answers: tuple[Answer, ...] = ()

    def name_of(self, table: str, reference: str) -> str:
        """The name of something, or its reference where no name was given."""
        return self.names.get((table, reference)) or reference

    def person_name(self, reference: str) -> str:
        """The name of a person of any kind, or the reference."""
        for table in PEOPLE_TABLES:
            if (table, reference) in self.names:
                return self.name_of(table, reference)
        return reference


PEOPLE_TABLES = (
    "applicants",
    "assessors",
    "service_user_groups",
    "service_users",
    "role_players",
    "interpreters",
)
