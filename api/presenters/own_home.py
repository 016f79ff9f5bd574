"""The home of an assessor and of a council's officer: the answer they need first, and the one thing to do.

What is known is found out by `api.services.look_at_own`. Applicants are here by number only.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from api.exports.packs.wording import counted, day_and_date, half_day
from api.presenters.desk_trainees import OwnTrainees, Receipt, Told
from scheduler.grid import clock


@dataclass(frozen=True, slots=True)
class OwnHome:
    """`act` leads to `path` below the campaign; `others` are further links, as words and path."""

    answer: str
    more: tuple[str, ...]
    act: str
    path: str
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnDay:
    """One half-day of one's own; `arrive_by` is in minutes after midnight."""

    date: datetime.date
    start: int
    arrive_by: int
    venue: str


def assessor_words(
    is_published: bool, days: Sequence[OwnDay], due: int, begun: int, today: datetime.date
) -> OwnHome:
    """`due` are the sheets that somebody still has to rate and lock, of which `begun` have something on them.

    `days` are in order of time.
    """
    others = (("My day", "/my-day"), ("Rate", "/rate"), ("Wash-up", "/our-washup"))
    if not is_published:
        return OwnHome(
            "Nothing is published yet.",
            ("When you are needed, and where, will be here once it is.",),
            "See my day",
            "/my-day",
        )
    sheets = _sheet_words(due, begun)
    here = [day for day in days if day.date == today]
    if here:
        said = " ".join(
            f"Today in the {half_day(day.start)} you are needed at {day.venue}: please arrive by "
            f"{clock(day.arrive_by)}."
            for day in here
        )
        return OwnHome(said, (sheets,), "See my day", "/my-day", others[1:])
    coming = [day for day in days if day.date > today]
    if coming:
        day = coming[0]
        left = f" {counted(len(coming), 'half-day')} in all are still to come." if len(coming) > 1 else ""
        said = (
            f"You are next needed on {day_and_date(day.date)} in the {half_day(day.start)} at {day.venue}: "
            f"please arrive by {clock(day.arrive_by)}."
        )
        return OwnHome(said, (f"{sheets}{left}",), "See my day", "/my-day", others[1:])
    if due:
        return OwnHome(sheets, (_last_words(days),), "Rate", "/rate", (others[0], others[2]))
    return OwnHome(_last_words(days), (sheets,), "See my day", "/my-day", others[1:])


def council_words(
    people: str, conflicts: int, own: OwnTrainees, receipt: Receipt | None, is_published: bool
) -> OwnHome:
    """`people` is the answer about the council's own assessors; `receipt` is there after a release."""
    needed = (
        f"{counted(conflicts, 'time')} somebody is needed who cannot come."
        if conflicts != 1
        else "Once somebody is needed who cannot come."
    )
    more = [needed] if conflicts else []
    if own.told is not Told.RELEASED or receipt is None:
        act = "See our people" if is_published else "Say when our people can come"
        return OwnHome(people, tuple(more), act, "/our-people", (("Our trainees", "/our-trainees"),))
    number = len(own.trainees)
    are = f"Your {counted(number, 'trainee')} {'is' if number == 1 else 'are'} here"
    others = (("Our people", "/our-people"),)
    if receipt.is_due:
        again = " again, because they have changed" if receipt.last else ""
        said = f"{are}: please confirm that you have received word of them{again}."
        if not number:
            said = f"You have no trainees now: please confirm that you have received word of it{again}."
        return OwnHome(said, (people, *more), "See and confirm our trainees", "/our-trainees", others)
    said = (
        f"{are}, and you have confirmed them." if number else "You have no trainees, and have confirmed it."
    )
    return OwnHome(said, (people, *more), "See our trainees", "/our-trainees", others)


def _sheet_words(due: int, begun: int) -> str:
    if not due:
        return "You have no sheet to rate now."
    some = (", and have begun it" if due == 1 else f", {begun} of them begun") if begun else ""
    return f"You have {counted(due, 'sheet')} to rate and lock{some}."


def _last_words(days: Sequence[OwnDay]) -> str:
    if not days:
        return "You are not needed in any session."
    return f"Your last half-day was on {day_and_date(days[-1].date)}."
