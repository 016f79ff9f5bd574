"""Who moves between two timetables, as rows of a list. The comparison is made by `api.services`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol
from urllib.parse import urlencode

from api.exports.packs.wording import counted
from api.presenters.data_table import Cell, Column

MOVED_COLUMNS = (
    Column("person", "Who"),
    Column("session", "Session"),
    Column("minutes", "By how much", number=True),
    Column("moves", "What is different", sortable=False),
)
ELSEWHERE_ORDER = 1_000_000


class Moved(Protocol):
    """One activity that is not as it was."""

    @property
    def exercise(self) -> str: ...
    @property
    def old(self) -> str: ...
    @property
    def new(self) -> str: ...


class MovedPerson(Protocol):
    """As `api.services.compare_timetables` tells of one person."""

    @property
    def person(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role_name(self) -> str: ...
    @property
    def old_session(self) -> str: ...
    @property
    def new_session(self) -> str: ...
    @property
    def minutes(self) -> int | None: ...
    @property
    def moves(self) -> Sequence[Moved]: ...


def moved_rows(people: Iterable[MovedPerson], person_url: str) -> list[tuple[Cell, ...]]:
    """`person_url` is the address of a person's page in the second timetable, without its question."""
    return [_row(one, person_url) for one in people]


def _row(one: MovedPerson, person_url: str) -> tuple[Cell, ...]:
    named = one.person if one.name == one.person else f"{one.name} ({one.person})"
    same = one.old_session == one.new_session
    session = one.new_session if same else f"{one.old_session or 'none'} → {one.new_session or 'none'}"
    minutes = "another session" if one.minutes is None else counted(one.minutes, "minute")
    return (
        Cell(named, f"{person_url}?{urlencode({'who': one.person})}", order=one.person, note=one.role_name),
        Cell(session),
        Cell(minutes, order=ELSEWHERE_ORDER if one.minutes is None else one.minutes),
        Cell("; ".join(_move(move) for move in one.moves)),
    )


def _move(move: Moved) -> str:
    if not move.old:
        return f"{move.exercise}: new, {move.new}"
    if not move.new:
        return f"{move.exercise}: gone, was {move.old}"
    return f"{move.exercise}: {move.old} → {move.new}"
