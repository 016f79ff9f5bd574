"""What somebody has to rate, as a list: by session, what is to be rated now before what waits or is locked.

Applicants are here by reference only. One sheet is in `rating_sheet.py`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.campaign import Campaign
from api.exports.packs.runs import head_of
from api.exports.packs.wording import counted, hours

NOWHERE = "Taken, with no time in the timetable"


class SheetState(StrEnum):
    """How far a sheet is."""

    NOT_BEGUN = "not begun"
    BEGUN = "begun"
    READY = "ready to lock"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """One applicant whom somebody is to rate in one exercise, and how far they are.

    `sheet` is empty where it was not opened yet; `start` and `end` are minutes after midnight. `is_apart`: an
    interest was declared after it was begun. `is_absent`: it is known that the applicant did not come.
    `is_script`: it was taken, and is not the timetable's.
    """

    applicant: str
    exercise: str
    rater: str
    session: str
    start: int
    end: int
    room: str
    sheet: str
    state: SheetState
    criteria: int
    rated: int
    is_apart: bool = False
    is_absent: bool = False
    is_script: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.applicant, self.exercise, self.rater)

    @property
    def is_due(self) -> bool:
        """Whether anybody still waits for it."""
        return self.state is not SheetState.LOCKED and not (self.is_absent or self.is_apart)

    @property
    def can_be_given_back(self) -> bool:
        return self.is_script and self.state is SheetState.NOT_BEGUN and bool(self.sheet)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet in a list. `note` says what is unusual about it."""

    facts: SheetFacts
    what: str
    when: str
    state: str
    colour: str
    note: str


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """Sheets of one session of which the same is to be said: to rate now, still to come, locked."""

    label: str
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class SessionSheets:
    label: str
    place: str
    groups: tuple[SheetGroup, ...]


@dataclass(frozen=True, slots=True)
class RateList:
    """`first` is the sheet to go on with, None where nothing is to be rated now."""

    answer: str
    sessions: tuple[SessionSheets, ...]
    first: SheetLine | None
    locked: int
    wanted: int


def rate_list(
    campaign: Campaign, sheets: Sequence[SheetFacts], person: str, now: datetime.datetime
) -> RateList:
    """`now` is in the campaign's time zone. Sessions where all is done come last."""
    by_session: dict[str, list[SheetFacts]] = {}
    for sheet in sheets:
        by_session.setdefault(sheet.session, []).append(sheet)
    order = sorted(by_session, key=lambda s: (not any(each.is_due for each in by_session[s]), not s))
    sessions = tuple(_session(campaign, name, by_session[name], person, now) for name in order)
    begun = [each for each in sheets if each.is_due and _is_now(campaign, each, now)]
    first = next((e for e in begun if e.state is SheetState.BEGUN), begun[0] if begun else None)
    wanted = [each for each in sheets if each.is_due or each.state is SheetState.LOCKED]
    locked = sum(1 for each in wanted if each.state is SheetState.LOCKED)
    return RateList(
        _answer(wanted, locked),
        sessions,
        sheet_line(campaign, first, person) if first else None,
        locked,
        len(wanted),
    )


def sheet_line(campaign: Campaign, sheet: SheetFacts, person: str) -> SheetLine:
    what = campaign.name_of("exercises", sheet.exercise)
    if sheet.rater != person:
        what += f", as {sheet.rater}"
    when = ""
    if sheet.session:
        when = f"{hours(sheet.start, sheet.end)}, {campaign.name_of('rooms', sheet.room)}"
    return SheetLine(sheet, what, when, state_words(sheet), _colour(sheet), _note(sheet))


def state_words(sheet: SheetFacts) -> str:
    if sheet.state is SheetState.BEGUN:
        return f"{sheet.rated} of {sheet.criteria}"
    return sheet.state.value.capitalize()


def session_words(campaign: Campaign, session: str) -> str:
    """Monday 6 July 2015, morning."""
    if session not in campaign.problem.session_by_reference:
        return NOWHERE
    head = head_of(campaign, session)
    return f"{head.day}, {head.half_day}"


def _session(
    campaign: Campaign, session: str, sheets: list[SheetFacts], person: str, now: datetime.datetime
) -> SessionSheets:
    groups: dict[str, list[SheetLine]] = {
        "To rate now": [],
        "Still to come": [],
        "Locked": [],
        "Nothing to do": [],
    }
    for sheet in sheets:
        groups[_group(campaign, sheet, now)].append(sheet_line(campaign, sheet, person))
    known = session in campaign.problem.session_by_reference
    return SessionSheets(
        session_words(campaign, session),
        f"{head_of(campaign, session).venue}, session {session}" if known else "",
        tuple(SheetGroup(label, tuple(lines)) for label, lines in groups.items() if lines),
    )


def _group(campaign: Campaign, sheet: SheetFacts, now: datetime.datetime) -> str:
    if sheet.state is SheetState.LOCKED:
        return "Locked"
    if not sheet.is_due:
        return "Nothing to do"
    return "To rate now" if _is_now(campaign, sheet, now) else "Still to come"


def _is_now(campaign: Campaign, sheet: SheetFacts, now: datetime.datetime) -> bool:
    """Whether the applicant has been seen, or is just being seen; by the clock, or because it was begun."""
    if sheet.state is not SheetState.NOT_BEGUN or sheet.session not in campaign.problem.session_by_reference:
        return True
    date = campaign.problem.session_by_reference[sheet.session].date
    return (date, sheet.start) <= (now.date(), now.hour * 60 + now.minute)


def _answer(wanted: Sequence[SheetFacts], locked: int) -> str:
    if not wanted:
        return "You have nothing to rate."
    if locked == len(wanted):
        return (
            f"All {counted(locked, 'sheet')} locked. Thank you."
            if locked > 1
            else "Your sheet is locked. Thank you."
        )
    said = f"{locked} of {counted(len(wanted), 'sheet')} locked."
    ready = sum(1 for each in wanted if each.state is SheetState.READY)
    if ready:
        said += f" {counted(ready, 'more is', 'more are')} ready to lock."
    return said


def _colour(sheet: SheetFacts) -> str:
    colours = {
        SheetState.NOT_BEGUN: "grey",
        SheetState.BEGUN: "yellow",
        SheetState.READY: "blue",
        SheetState.LOCKED: "green",
    }
    return colours[sheet.state]


def _note(sheet: SheetFacts) -> str:
    if sheet.is_apart:
        return "You declared an interest after you had begun. What you wrote stays as it is."
    if sheet.is_absent:
        return "Did not come."
    return ""
