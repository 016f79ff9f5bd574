"""Small made-up campaigns in which many placements are as good as one another until the last tiers decide.

For the exhaustive search over all tiers; built from the pieces of `random_campaigns.py`. Read
`exhaustive_tiers.py` next.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

from scheduler.grid import Window
from scheduler.people import Interpreter
from scheduler.places import Room
from scheduler.problem import PanelRules, Problem
from scheduler.programme import Exercise, Session
from tests.scheduler.solver.random_campaigns import (
    COUNCILS,
    FIRST_DAY,
    GROUP,
    NINE,
    PANEL,
    SITTING,
    SOLO,
    random_applicant,
    random_assessors,
    random_exercise,
    random_groups,
    random_panel_rules,
    random_role_players,
    with_private_facts,
)

TIER_NAMES = (
    "unplaced",
    "panel_half_days",
    "sessions_held",
    "without_first_choice_member",
    "applicant_travel_minutes",
    "assessor_travel_minutes",
    "heaviest_load",
    "idle_minutes",
    "assessor_links",
)


def tied_problem_of(seed: int) -> Problem:
    """At most four applicants, three sessions, six assessors and three exercises, with room for most people.

    Journeys are alike or nearly so, and about a quarter of the organisers put the tiers in their own order.
    """
    rng = random.Random(5000 + seed)
    exercises = _exercises(rng)
    sessions = _sessions(rng)
    problem = Problem(
        lead_council="SOM",
        councils=COUNCILS,
        rooms=tuple(room for venue in sorted({s.venue for s in sessions}) for room in _rooms(rng, venue)),
        sessions=sessions,
        exercises=exercises,
        applicants=tuple(random_applicant(rng, number) for number in range(1, rng.choice((2, 3, 3, 4)) + 1)),
        assessors=random_assessors(rng, rng.randint(3, 6 if len(sessions) == 1 else 5), exercises),
        service_user_groups=tuple(replace(g, members=g.members[:2]) for g in random_groups(rng)),
        role_players=random_role_players(rng),
        interpreters=tuple(Interpreter(f"I{n}") for n in range(1, rng.choice((2, 2, 3)) + 1)),
        panel=_panel_rules(rng),
        grid_minutes=rng.choice((15, 20, 30)),
        move_minutes=rng.choice((0, 5, 10)),
        travel_minutes_max_morning=rng.choice((None, None, 40)),
        travel_late_start=NINE + 30,
        tiers=_organisers_tiers(rng),
    )
    journeys = rng.choice(((0,), (20,), (0, 45), (20, 20, 45)))
    found = with_private_facts(rng, problem)
    travel = {pair: rng.choice(journeys) for pair in sorted(found.travel_minutes)}
    return replace(found, travel_minutes=travel)


def _exercises(rng: random.Random) -> tuple[Exercise, ...]:
    kinds = rng.choice(
        (
            (PANEL,),
            (PANEL, SITTING),
            (PANEL, SITTING),
            (PANEL, SOLO),
            (PANEL, GROUP),
            (PANEL, PANEL),
            (PANEL, SITTING, SOLO),
            (GROUP, SITTING),
        )
    )
    found = [
        replace(random_exercise(rng, kind, n), minutes=rng.choice((20, 30)))
        for n, kind in enumerate(kinds, 1)
    ]
    found = [replace(e, station_minutes=rng.choice((None, 10)) if e.kind is GROUP else None) for e in found]
    if len(found) > 1 and rng.random() < 0.3:
        found[-1] = replace(found[-1], after=found[0].reference, within_minutes=rng.choice((None, 60)))
    return tuple(found)


def _sessions(rng: random.Random) -> tuple[Session, ...]:
    """On days of their own, or one after the other, or side by side."""
    found: list[Session] = []
    for number in range(1, rng.choice((1, 2, 2, 2, 3)) + 1):
        date, start = FIRST_DAY + datetime.timedelta(days=number), NINE
        venue, minutes = rng.choice(("V1", "V1", "V2")), rng.choice((90, 120, 150))
        if found and rng.random() < 0.3:
            date, venue = found[-1].date, rng.choice((found[-1].venue, venue))
            start = rng.choice((found[-1].window.start, found[-1].window.end))
        window = Window(start, start + minutes)
        found.append(Session(f"S{number}", venue, date, window, rng.choice((1, 2, 2))))
    return tuple(found)


def _rooms(rng: random.Random, venue: str) -> tuple[Room, ...]:
    uses = [frozenset({PANEL}), frozenset({PANEL, SOLO}), frozenset({SITTING, GROUP, SOLO})]
    return tuple(
        Room(f"{venue}R{n}", venue, use, rng.choice((2, 3, 4)), rng.random() < 0.9, rng.random() < 0.9)
        for n, use in enumerate(uses[rng.choice((0, 0, 1)) :], start=1)
    )


def _panel_rules(rng: random.Random) -> PanelRules:
    """Few demands on who sits together, so that many panels can be."""
    return replace(
        random_panel_rules(rng),
        size=rng.choice((1, 2, 2, 2, 3)),
        one_council_max=rng.choice((2, 3)),
        safer_recruitment_members=rng.choice((0, 0, 1)),
        lived_experience_members=0,
        chair_members=rng.choice((0, 0, 0, 1)),
        interviews_max=rng.choice((1, 1, 2, 3)),
    )


def _organisers_tiers(rng: random.Random) -> tuple[str, ...]:
    """Mostly none named; else the first two, and some or all of the others in any order."""
    fixed, others = TIER_NAMES[:2], list(TIER_NAMES[2:])
    rng.shuffle(others)
    named = (*fixed, *others[: rng.choice((3, 5, 6, 7))])
    return named if rng.random() < 0.25 else ()
