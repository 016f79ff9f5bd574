"""What happened on the day, from the words of the command line: every fault at once, in the user's terms.

The record of earlier repairs is `repair_record.py`'s; what a disruption means is `scheduler.disruption`'s.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.errors import BadInput, Fault, shown
from scheduler.disruption import Disruption, Moment, Repair, in_force, with_moved_sessions
from scheduler.grid import clock
from scheduler.problem import Problem
from scheduler.timetable import Timetable

CLOCK_FACE = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{1,2}:[0-9]{2})")
A_MOMENT = 'a date and a time, e.g. "2015-07-14 10:05"'
A_TIME = 'a time, e.g. "10:40"'


@dataclass(frozen=True, slots=True)
class Told:
    """What the command line was given, word for word. Pairs are a reference and a time."""

    now: str
    absent: tuple[str, ...] = ()
    late: tuple[tuple[str, str], ...] = ()
    leaving: tuple[tuple[str, str], ...] = ()
    rooms_lost: tuple[str, ...] = ()
    session_starts: tuple[tuple[str, str], ...] = ()


def disruption_of(
    told: Told, campaign: Campaign, old: Timetable, earlier: Sequence[Repair], *, is_needed: bool = False
) -> Disruption:
    """What was told, as the scheduler takes it. Raises `BadInput` with every fault.

    `is_needed` says that there is something to repair even if nothing is told.
    """
    faults: list[Fault] = []
    now = _moment(told.now, faults)
    happened = (told.absent, told.late, told.leaving, told.rooms_lost, told.session_starts)
    if not (is_needed or any(happened)):
        wanted = "at least one of --absent, --late, --leaving, --room-lost, --session-start"
        faults.append(Fault("repair", None, None, "nothing that happened", wanted))
    known = people_of(campaign.problem)
    gone = in_force(earlier).absent
    for option, people in _people_by_option(told).items():
        faults += _unknown(option, people, known, "somebody of this campaign")
        faults += _given_twice(option, people)
        faults += [_gone(option, person) for person in dict.fromkeys(people) if person in gone]
    rooms, sessions = campaign.problem.room_by_reference, campaign.problem.session_by_reference
    faults += _unknown("--room-lost", told.rooms_lost, rooms, "a room of this campaign")
    faults += _given_twice("--room-lost", told.rooms_lost)
    moved = [session for session, _ in told.session_starts]
    faults += _unknown("--session-start", moved, sessions, "a session of this campaign")
    faults += _given_twice("--session-start", moved)
    for option, pairs in (("--late", told.late), ("--leaving", told.leaving)):
        faults += _absent_too(option, pairs, told.absent)
    late, leaving = _times("--late", told.late, faults), _times("--leaving", told.leaving, faults)
    starts = _times("--session-start", told.session_starts, faults)
    if now is not None:
        faults += _too_early("--late", late, now)
        faults += _too_early("--leaving", leaving, now)
        faults += _before_the_last(now, earlier)
        problem = with_moved_sessions(campaign.problem, in_force(earlier))
        faults += [fault for start in starts for fault in _cannot_start(start, now, problem, old)]
    come = dict(late)
    for person, minutes in leaving:
        if person in come and come[person] >= minutes:
            found = f"{person} leaving at {clock(minutes)}, and coming at {clock(come[person])}"
            faults.append(Fault("--leaving", None, None, found, "a time after they come"))
    if faults or now is None:
        raise BadInput(faults)
    return Disruption(now, told.absent, tuple(late), tuple(leaving), told.rooms_lost, tuple(starts))


def pair_of(text: str) -> tuple[str, str]:
    """A reference and a time from one word of the command line; what is missing is empty, and a fault."""
    reference, _, time = text.strip().partition(" ")
    return reference, time.strip()


def minutes_of(text: str) -> int | None:
    """A clock face in minutes after midnight."""
    found = CLOCK_FACE.fullmatch(text)
    return None if found is None else 60 * int(found[1]) + int(found[2])


def moment_of(text: str) -> Moment | None:
    found = MOMENT.fullmatch(text.strip())
    minutes = minutes_of(found[2]) if found is not None else None
    if found is None or minutes is None:
        return None
    try:
        return Moment(datetime.date.fromisoformat(found[1]), minutes)
    except ValueError:
        return None


def people_of(problem: Problem) -> frozenset[str]:
    """Everybody who can be absent, service users and their groups included."""
    return frozenset(
        (
            *problem.applicant_by_reference,
            *problem.assessor_by_reference,
            *problem.role_player_by_reference,
            *problem.interpreter_by_reference,
            *problem.group_by_reference,
            *(member for group in problem.service_user_groups for member in group.members),
        )
    )


def _people_by_option(told: Told) -> dict[str, list[str]]:
    return {
        "--absent": list(told.absent),
        "--late": [person for person, _ in told.late],
        "--leaving": [person for person, _ in told.leaving],
    }


def _moment(text: str, faults: list[Fault]) -> Moment | None:
    found = moment_of(text)
    if found is None:
        faults.append(Fault("--now", None, None, shown(text), A_MOMENT))
    return found


def _times(option: str, pairs: Iterable[tuple[str, str]], faults: list[Fault]) -> list[tuple[str, int]]:
    found = []
    for reference, text in pairs:
        minutes = minutes_of(text)
        if minutes is None:
            faults.append(Fault(option, None, None, f"{shown(text)} for {reference}", A_TIME))
        else:
            found.append((reference, minutes))
    return found


def _unknown(option: str, given: Iterable[str], known: Iterable[str], wanted: str) -> list[Fault]:
    among = frozenset(known)
    return [Fault(option, None, None, shown(one), wanted) for one in dict.fromkeys(given) if one not in among]


def _given_twice(option: str, given: Sequence[str]) -> list[Fault]:
    twice = [one for one in dict.fromkeys(given) if given.count(one) > 1]
    return [Fault(option, None, None, f"{shown(one)} more than once", "each only once") for one in twice]


def _gone(option: str, person: str) -> Fault:
    return Fault(option, None, None, f"{person}, absent since an earlier repair", "somebody who is there")


def _absent_too(option: str, pairs: Iterable[tuple[str, str]], absent: Sequence[str]) -> list[Fault]:
    found = [person for person, _ in pairs if person in absent]
    return [Fault(option, None, None, f"{p}, who is also given as absent", "one or the other") for p in found]


def _too_early(option: str, times: Iterable[tuple[str, int]], now: Moment) -> list[Fault]:
    return [
        Fault(option, None, None, f"{clock(minutes)} for {person}", f"a time after {clock(now.minutes)}, now")
        for person, minutes in times
        if minutes <= now.minutes
    ]


def _before_the_last(now: Moment, earlier: Sequence[Repair]) -> list[Fault]:
    if not earlier or now >= earlier[-1].disruption.now:
        return []
    last = earlier[-1].disruption.now
    said = f"{now.date} {clock(now.minutes)}"
    return [
        Fault("--now", None, None, said, f"not before the last repair, {last.date} {clock(last.minutes)}")
    ]


def _cannot_start(start: tuple[str, int], now: Moment, problem: Problem, old: Timetable) -> list[Fault]:
    reference, minutes = start
    session = problem.session_by_reference.get(reference)
    if session is None:
        return []
    said = f"{clock(minutes)} for {reference}"
    first = min((row.start for row in old.by_session.get(reference, [])), default=24 * 60)
    if now.has_passed(session, first):
        return [Fault("--session-start", None, None, f"{reference}, which has begun", "a session ahead")]
    if minutes >= session.window.end:
        wanted = f"a time before it ends, {clock(session.window.end)}"
        return [Fault("--session-start", None, None, said, wanted)]
    if now.has_passed(session, minutes):
        return [Fault("--session-start", None, None, said, f"a time after now, {clock(now.minutes)}")]
    return []
