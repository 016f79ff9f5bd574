"""The smallest campaign that works, for tests in which one rule alone decides; and how to ask the solver.

One applicant, one interview of thirty minutes, one assessor, two sessions on two days at two venues, and no
rule about panels. Applicants live nearer to S1, so that S1 is chosen where nothing speaks against it.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from scheduler.grid import Window
from scheduler.params import Params
from scheduler.people import Adjustment, Applicant, Assessor
from scheduler.places import Room
from scheduler.problem import FirstChoiceRule, PanelRules, Problem
from scheduler.programme import Exercise, ExerciseKind, Session
from scheduler.result import Result
from scheduler.solver.schedule import schedule
from scheduler.timetable import Entry, Role
from tests.builders import at

PANEL, GROUP, SITTING, SOLO = ExerciseKind.PANEL, ExerciseKind.GROUP, ExerciseKind.SITTING, ExerciseKind.SOLO
DAY, NEXT_DAY = datetime.date(2015, 7, 14), datetime.date(2015, 7, 15)

INTERVIEW = Exercise("interview", PANEL, 30)
WRITTEN = Exercise("written", SITTING, 30)
REFLECTION = Exercise("reflection", SOLO, 30)
ROUND = Exercise("round", GROUP, 30)


def plain_problem(**changes: Any) -> Problem:
    """Rooms are `V1-panel`, `V1-sitting` and so on: one of each kind, two seats, at each venue."""
    problem = Problem(
        lead_council="SOM",
        councils=("SOM", "DEV", "BRI"),
        rooms=tuple(room for venue in ("V1", "V2") for room in rooms_at(venue)),
        sessions=(session("S1", "09:00", "09:30"), session("S2", "09:00", "09:30", "V2", NEXT_DAY)),
        exercises=(INTERVIEW,),
        applicants=people("A1"),
        assessors=(assessor("B1"),),
        panel=PanelRules(
            size=1,
            lead_members=0,
            first_choice_rule=FirstChoiceRule.OFF,
            one_council_max=2,
            safer_recruitment_members=0,
        ),
        travel_minutes={(f"A{number}", "V2"): 60 for number in range(1, 9)},
    )
    return replace(problem, **changes)


def one_session_problem(start: str, end: str, **changes: Any) -> Problem:
    """The plain campaign with S1 alone, at these times."""
    return plain_problem(**{"sessions": (session("S1", start, end),), **changes})


def rooms_at(venue: str) -> tuple[Room, ...]:
    return tuple(room(f"{venue}-{kind.value}", kind, venue=venue) for kind in ExerciseKind)


def room(reference: str, *kinds: ExerciseKind, venue: str = "V1", **facts: Any) -> Room:
    return Room(reference, venue, frozenset(kinds), **{"seats": 2, **facts})


def session(
    reference: str,
    start: str,
    end: str,
    venue: str = "V1",
    date: datetime.date = DAY,
    panels_max: int = 2,
) -> Session:
    return Session(reference, venue, date, Window(at(start), at(end)), panels_max)


def people(*references: str, **adjustment: Any) -> tuple[Applicant, ...]:
    return tuple(Applicant(reference, ("SOM",), Adjustment(**adjustment)) for reference in references)


def assessor(reference: str, council: str = "SOM", **facts: Any) -> Assessor:
    return Assessor(
        reference, council, **{"trained_for": frozenset({"interview"}), "half_days_max": 4, **facts}
    )


def solved(problem: Problem) -> Result:
    """One worker, so that the answer is the same everywhere."""
    return schedule(problem, Params(seconds=20, workers=1))


def placed(problem: Problem) -> dict[str, str]:
    """The session of each applicant who has one."""
    return solved(problem).timetable.session_of_applicant


def number_placed(problem: Problem) -> int:
    """For campaigns whose applicants are all alike, so that it does not matter who stays out."""
    return len(placed(problem))


def rows_of(result: Result, role: Role, exercise: str = "interview") -> list[Entry]:
    """In order of their start."""
    return [e for e in result.timetable.entries if (e.role, e.exercise) == (role, exercise)]
