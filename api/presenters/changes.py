"""What an organiser can do, in words: one phrase for each kind of change, ready for "… : places 3 of 4".

What was decided about a person (a pin, a declared interest) is only ever something to look at again.
"""

from __future__ import annotations

from collections.abc import Callable

from api.campaign import Campaign
from api.exports.packs.wording import counted, day_and_date, half_day, listed
from api.presenters.obstacles import ROOM_USE
from scheduler.explanation import Change, ChangeKind, WayOut
from scheduler.grid import clock
from scheduler.programme import ExerciseKind, Session

C = ChangeKind
Phrase = Callable[[Campaign, Change], str]

TRAITS = {
    "chair": "who may chair",
    "safer_recruitment": "with safer-recruitment training",
    "lived_experience": "with lived experience",
}
ROOM_TRAITS = {"step_free": "step-free", "quiet": "quiet"}


def way_out_sentence(campaign: Campaign, way: WayOut) -> str:
    """One way out: what to do, and how many of those without a session it places."""
    doing = listed([change_phrase(campaign, change) for change in way.changes])
    if way.of == 0:
        does = "then there is a timetable"
    elif way.places == way.of == 1:
        does = "gives them a session"
    elif way.places == way.of:
        does = f"places all {way.of}"
    else:
        does = f"places {way.places} of {way.of}"
    less = "less" if len(way.changes) == 1 else "one of these alone"
    doubt = "" if way.least else f" (whether {less} would do was not settled in the time)"
    return f"{doing[:1].upper()}{doing[1:]}: {does}{doubt}."


def change_phrase(campaign: Campaign, change: Change) -> str:
    return _PHRASES[change.kind](campaign, change)


def when(session: Session) -> str:
    """Tuesday 14 July 2015 in the afternoon (S02)."""
    return f"{day_and_date(session.date)} in the {half_day(session.window.start)} ({session.reference})"


def _session(campaign: Campaign, reference: str) -> str:
    return when(campaign.problem.session_by_reference[reference])


def _available(campaign: Campaign, change: Change) -> str:
    who, session = change.target
    return f"{who} also available on {_session(campaign, session)}"


def _half_days(campaign: Campaign, change: Change) -> str:
    return f"{_more(change.size, 'half-day')} of {change.target[0]}"


def _panels_max(campaign: Campaign, change: Change) -> str:
    session = campaign.problem.session_by_reference[change.target[0]]
    return f"{_more(change.size, 'panel')} on {when(session)} (panels_max {session.panels_max + change.size})"


def _session_end(campaign: Campaign, change: Change) -> str:
    session = campaign.problem.session_by_reference[change.target[0]]
    later = clock(session.window.end + change.size)
    return f"end the session on {when(session)} {change.size} minutes later, at {later}"


def _minutes_max(campaign: Campaign, change: Change) -> str:
    (who,) = change.target
    problem = campaign.problem
    person = problem.group_by_reference.get(who) or problem.role_player_by_reference[who]
    most = (person.minutes_max or 0) + change.size
    return f"{change.size} more minutes a session of {who} (minutes_max {most})"


def _interviews_max(campaign: Campaign, change: Change) -> str:
    return f"set panel_interviews_max to {campaign.problem.panel.interviews_max + change.size}"


def _training(campaign: Campaign, change: Change) -> str:
    return f"{change.target[0]} trained for every interview"


def _assessor(campaign: Campaign, change: Change) -> str:
    council, session, *traits = change.target
    name = campaign.name_of("councils", council)
    who = f" {listed([TRAITS[trait] for trait in traits])}" if traits else ""
    return f"{_more(change.size, f'{name} member')}{who} on {_session(campaign, session)}"


def _one_more(what: str) -> Phrase:
    return lambda campaign, change: f"{what} on {_session(campaign, change.target[0])}"


def _room(campaign: Campaign, change: Change) -> str:
    venue, kind, *traits = change.target
    what = "".join(f"{ROOM_TRAITS[trait]} " for trait in traits)
    return f"one more {what}room for {ROOM_USE[ExerciseKind(kind)]} at {campaign.name_of('venues', venue)}"


def _late_start(campaign: Campaign, change: Change) -> str:
    return f"set travel_late_start to {clock(campaign.problem.travel_late_start - change.size)}"


def _within(campaign: Campaign, change: Change) -> str:
    exercise = campaign.problem.exercise_by_reference[change.target[0]]
    return f"set within_minutes to {(exercise.within_minutes or 0) + change.size} for {exercise.reference}"


def _rule(campaign: Campaign, change: Change) -> str:
    setting, *exercise = change.target
    panel = campaign.problem.panel
    if exercise:
        row = campaign.problem.exercise_by_reference[exercise[0]]
        if setting == "group_min":
            return f"set group_min to {row.group_min - change.size} for {row.reference}"
        return f"set group_max to {(row.group_max or 0) + change.size} for {row.reference}"
    if setting == "panel_first_choice_rule":
        return "set panel_first_choice_rule to soft"
    if setting == "panel_one_council_max":
        return f"set panel_one_council_max to {panel.one_council_max + change.size}"
    return f"set {setting} to {getattr(panel, setting.removeprefix('panel_')) - change.size}"


def _more(number: int, one: str) -> str:
    return f"one more {one}" if number == 1 else f"{counted(number, f'more {one}')}"


_PHRASES: dict[ChangeKind, Phrase] = {
    C.PIN: lambda campaign, change: f"look again at the pin of {change.target[0]} in {change.target[1]}",
    C.APPLICANT_AVAILABLE: _available,
    C.STAFF_AVAILABLE: _available,
    C.STANDBY: lambda campaign, change: f"plan with the standby assessor {change.target[0]} from the start",
    C.HALF_DAYS: _half_days,
    C.PANELS_MAX: _panels_max,
    C.SESSION_END: _session_end,
    C.MINUTES_MAX: _minutes_max,
    C.INTERVIEWS_MAX: _interviews_max,
    C.TRAINING: _training,
    C.ASSESSOR: _assessor,
    C.ROLE_PLAYER: _one_more("one more role player"),
    C.INTERPRETERS: _one_more("two more interpreters"),
    C.GROUP: _one_more("one more service-user group"),
    C.ROOM: _room,
    C.LATE_START: _late_start,
    C.WITHIN_MINUTES: _within,
    C.RULE: _rule,
    C.INTEREST: lambda campaign, change: (
        f"look again at what was decided about {change.target[0]} and {change.target[1]}"
    ),
}
