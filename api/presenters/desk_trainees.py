"""The desk of a partner council after the release: its own trainees, its receipt, its request for places.

What a council may know of its trainees is decided in `api.services.own_trainees`; nothing is here of which
choice a council was, of scores, ranks and reserves, or of any other council's trainees.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.exports.packs.outcomes import CouncilSheet, TraineeLine
from api.exports.packs.wording import counted, day_and_time, listed
from api.presenters.data_table import Cell, Column

TRAINEE_COLUMNS = (
    Column("name", "Name"),
    Column("reference", "Reference"),
    Column("state", "How it stands"),
    Column("answer_by", "To answer by"),
    Column("arrangements", "To be arranged", sortable=False),
    Column("email", "E-mail"),
)
STATE_TAGS = {True: ("Accepted", "green"), False: ("Offered", "yellow")}
DECISION_TAGS = {
    "": ("Waiting", "yellow"),
    "granted": ("Granted", "green"),
    "refused": ("Refused", "red"),
    "withdrawn": ("Withdrawn", "grey"),
}


class Told(StrEnum):
    """Whether councils may be told: nothing is released, or the record must be put right first."""

    NOT_YET = "not yet"
    HELD_UP = "held up"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Trainee:
    """One who holds a place. `answer_by` is there until they answer, `arrangements` once they have."""

    reference: str
    name: str
    email: str
    has_accepted: bool
    answer_by: datetime.datetime | None
    arrangements: tuple[str, ...]

    @property
    def state(self) -> str:
        return "accepted" if self.has_accepted else "offered"


@dataclass(frozen=True, slots=True)
class OwnTrainees:
    """`at` is the moment of all this in the campaign's time; nothing but `told` holds before a release."""

    told: Told
    places: int = 0
    at: datetime.datetime | None = None
    trainees: tuple[Trainee, ...] = ()

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(trainee.reference for trainee in self.trainees)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One row: when, which trainees by reference, and whose name stands under it."""

    at: datetime.datetime
    trainees: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a council's last confirmation stands to its trainees now: who `came` since, who has `gone`."""

    last: Confirmation | None
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def is_due(self) -> bool:
        return self.last is None or bool(self.came or self.gone)


@dataclass(frozen=True, slots=True)
class PlaceRequest:
    """One row of the table. `decision` is empty until somebody decides."""

    reference: str
    places: int
    reason: str
    asked_by: str
    at: datetime.datetime
    decision: str
    decided_by: str
    decided_at: datetime.datetime | None
    why: str

    @property
    def is_open(self) -> bool:
        return not self.decision


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request as the page shows it. `decided` is empty while it is open."""

    reference: str
    asked: str
    reason: str
    state: str
    tag: str
    decided: str
    is_open: bool


def trainees_answer(own: OwnTrainees) -> str:
    """How many of the places are held, and who has still to answer."""
    number, accepted = len(own.trainees), sum(each.has_accepted for each in own.trainees)
    if not number:
        return f"Nobody holds one of your {counted(own.places, 'place')} now."
    held = f"{number} of your {counted(own.places, 'place')} {'is' if number == 1 else 'are'} held"
    waiting = number - accepted
    if not waiting:
        return f"{held}, and {'that one is' if number == 1 else 'all are'} accepted."
    return f"{held}: {accepted} accepted, {waiting} not answered yet."


def trainee_rows(own: OwnTrainees) -> list[tuple[Cell | str | int, ...]]:
    """A row for each trainee."""
    rows: list[tuple[Cell | str | int, ...]] = []
    for each in own.trainees:
        words, colour = STATE_TAGS[each.has_accepted]
        until = Cell(day_and_time(each.answer_by), order=f"{each.answer_by}") if each.answer_by else "–"
        arranged = "; ".join(each.arrangements) or ("none" if each.has_accepted else "told once accepted")
        rows.append(
            (each.name, each.reference, Cell(words, tag=colour), until, arranged, each.email or "none given")
        )
    return rows


def trainees_sheet(council: str, name: str, own: OwnTrainees) -> CouncilSheet:
    """The same as a paper."""
    lines = tuple(
        TraineeLine(
            reference=each.reference,
            name=each.name,
            first_choice=False,
            email=each.email,
            state=STATE_TAGS[each.has_accepted][0],
            answer_by=day_and_time(each.answer_by) if each.answer_by else "",
            arrangements=each.arrangements,
        )
        for each in own.trainees
    )
    return CouncilSheet(council, name, own.places, lines, day_and_time(own.at) if own.at else "")


def receipt_words(receipt: Receipt) -> str:
    """What was confirmed and, where it is not so any more, what has changed. Only own references."""
    last = receipt.last
    if last is None:
        return "You have not confirmed yet that you have received word of your trainees."
    whom = counted(len(last.trainees), "trainee") if last.trainees else "that there are none"
    said = f"{last.by} confirmed {whom} on {day_and_time(last.at)}."
    if not receipt.is_due:
        return said
    changes = []
    if receipt.came:
        changes.append(f"{listed(receipt.came)} {'has' if len(receipt.came) == 1 else 'have'} come")
    if receipt.gone:
        verb = "is" if len(receipt.gone) == 1 else "are"
        changes.append(f"{listed(receipt.gone)} {verb} no longer among your trainees")
    return f"{said} Since then {listed(changes)}, so please confirm anew."


def request_lines(requests: Sequence[PlaceRequest]) -> tuple[RequestLine, ...]:
    """A council's requests, in the order given."""
    return tuple(map(_request_line, requests))


def _request_line(each: PlaceRequest) -> RequestLine:
    state, tag = DECISION_TAGS.get(each.decision, DECISION_TAGS[""])
    decided = ""
    if each.decision:
        when = f" on {day_and_time(each.decided_at)}" if each.decided_at else ""
        why = f": {each.why}" if each.why else ""
        decided = f"By {each.decided_by or 'the lead authority'}{when}{why}"
    return RequestLine(
        reference=each.reference,
        asked=f"{counted(each.places, 'place')}, asked for by {each.asked_by} on {day_and_time(each.at)}",
        reason=each.reason,
        state=state,
        tag=tag,
        decided=decided,
        is_open=each.is_open,
    )
