"""Pins: the organiser's word that somebody must, or must not, be in a session; their table changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from api.campaign import Campaign, Table
from api.errors import BadInput, Fault, shown
from api.imports.columns import TABLES

PinRule = Literal["must", "must_not"]


def pin_rows(campaign: Campaign, persons: Iterable[str], session: str, rule: PinRule | None) -> Table:
    """The `pins` table with these people pinned to the session, or with `rule` None no longer pinned there.

    What was said before about one of them and this session goes; and an applicant who must be here need no
    longer be anywhere else. Raises `BadInput` for people or a session that the campaign does not have.
    """
    wanted = tuple(dict.fromkeys(persons))
    faults = list(_faults(campaign, wanted, session))
    if faults:
        raise BadInput(faults)
    applicants = campaign.problem.applicant_by_reference
    kept = [row for row in _rows(campaign) if not _replaced(row, wanted, session, rule, applicants)]
    new = [] if rule is None else [(person, session, rule) for person in wanted]
    return Table("pins", _columns(), (*kept, *new))


def pins_of(campaign: Campaign, person: str) -> tuple[tuple[str, PinRule], ...]:
    """Each session that somebody is pinned to or kept out of, in the order of the table."""
    return tuple(
        (row[1], "must" if row[2] == "must" else "must_not") for row in _rows(campaign) if row[0] == person
    )


def _replaced(
    row: tuple[str, ...],
    persons: Collection[str],
    session: str,
    rule: PinRule | None,
    applicants: Collection[str],
) -> bool:
    person, where, said = row
    if person not in persons:
        return False
    return where == session or (rule == "must" and said == "must" and person in applicants)


def _rows(campaign: Campaign) -> list[tuple[str, ...]]:
    """The rows of the table in the format's own order of columns."""
    table = campaign.tables.get("pins")
    if table is None:
        return []
    places = [table.columns.index(column) for column in _columns()]
    return [tuple(row[place] for place in places) for row in table.rows]


def _columns() -> tuple[str, ...]:
    return tuple(column.name for column in TABLES["pins"].columns)


def _faults(campaign: Campaign, persons: Collection[str], session: str) -> Iterable[Fault]:
    problem = campaign.problem
    people = problem.applicant_by_reference.keys() | problem.assessor_by_reference.keys()
    if session not in problem.session_by_reference:
        yield Fault("pins", None, "session", shown(session), "a session of this campaign")
    for person in persons:
        if person not in people:
            yield Fault("pins", None, "person", shown(person), "an applicant or an assessor of this campaign")
