"""Forty small campaigns that ask for more than there is, each for another reason or for several at once.

Twenty-six are made by hand from the plain and the tiny campaign, fourteen drawn from seeds. All people are
made up. `test_over_constrained.py` holds what is said about them against the solver.
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.people import DeclaredInterest, Pin, RolePlayer
from scheduler.problem import FirstChoiceRule, PanelRules, Problem
from tests.builders import tiny_problem, with_adjustment, with_changes, with_panel_rules
from tests.scheduler.solver.plain import (
    INTERVIEW,
    REFLECTION,
    ROUND,
    WRITTEN,
    assessor,
    one_session_problem,
    people,
    plain_problem,
    rooms_at,
)
from tests.scheduler.solver.random_campaigns import random_problem, tiny_problem_of

RANDOM_SEEDS = (0, 1, 4, 8, 9, 13)
TINY_SEEDS = (2, 3, 4, 8, 9, 10, 17, 18)
EVERYWHERE = ("S1", "S2", "S3")


def campaigns() -> dict[str, Problem]:
    """Each by a name that says what is scarce in it."""
    found = {**_about_people(), **_about_panels(), **_about_the_programme(), **_about_the_rest()}
    found |= {f"random {seed}": random_problem(seed) for seed in RANDOM_SEEDS}
    return found | {f"tiny random {seed}": tiny_problem_of(seed) for seed in TINY_SEEDS}


def away(*people_: str, sessions: tuple[str, ...] = EVERYWHERE) -> frozenset[tuple[str, str]]:
    return frozenset((person, where) for person in people_ for where in sessions)


def _about_people() -> dict[str, Problem]:
    return {
        "nobody to ask": plain_problem(assessors=()),
        "applicant away": plain_problem(unavailable=away("A1")),
        "assessor away": plain_problem(unavailable=away("B1")),
        "two pins": plain_problem(pins=(Pin("A1", "S1", True), Pin("A1", "S2", True))),
        "pin against availability": plain_problem(
            pins=(Pin("A1", "S1", True),), unavailable=away("A1", sessions=("S1",))
        ),
        "assessor pinned away": plain_problem(pins=(Pin("B1", "S1", True),), unavailable=away("B1")),
        "assessor kept out": plain_problem(pins=(Pin("B1", "S1", False), Pin("B1", "S2", False))),
        "interest": plain_problem(interests=(DeclaredInterest("A1", "B1", "colleague", True),)),
        "half-days": plain_problem(
            applicants=people("A1", "A2"), assessors=(assessor("B1", half_days_max=1),)
        ),
        "not trained": plain_problem(assessors=(assessor("B1", trained_for=frozenset()),)),
        "on standby": plain_problem(assessors=(assessor("B1", standby=True),)),
    }


def _about_panels() -> dict[str, Problem]:
    tiny = tiny_problem()
    one_each = with_panel_rules(tiny, interviews_max=1)
    fewer = replace(one_each, assessors=tuple(x for x in tiny.assessors if x.reference not in ("B1", "B4")))
    of_one_council = PanelRules(
        size=2,
        lead_members=0,
        first_choice_rule=FirstChoiceRule.OFF,
        one_council_max=1,
        safer_recruitment_members=0,
    )
    return {
        "lead members": fewer,
        "panels": with_changes(
            with_changes(
                with_changes(one_each, "sessions", "S1", panels_max=1), "sessions", "S2", panels_max=1
            ),
            "sessions",
            "S3",
            panels_max=1,
        ),
        "chairs": with_panel_rules(
            plain_problem(assessors=(assessor("B1"), assessor("B2", "DEV"))), chair_members=1
        ),
        "training": with_panel_rules(plain_problem(), safer_recruitment_members=1),
        "one council": plain_problem(assessors=(assessor("B1"), assessor("B2")), panel=of_one_council),
        "first choice": with_changes(tiny, "applicants", "A1", choices=("COR",)),
    }


def _about_the_programme() -> dict[str, Problem]:
    long = replace(INTERVIEW, minutes=45)
    return {
        "too short": one_session_problem("09:00", "09:20"),
        "too long an exercise": plain_problem(exercises=(long,)),
        "no room": plain_problem(exercises=(INTERVIEW, WRITTEN), rooms=rooms_at("V3")),
        "long journey": plain_problem(
            travel_minutes={("A1", "V1"): 120, ("A1", "V2"): 120}, travel_minutes_max_morning=90
        ),
        "too few for a group": one_session_problem(
            "09:00", "11:00", exercises=(replace(WRITTEN, group_min=2),), assessors=()
        ),
    }


def _about_the_rest() -> dict[str, Problem]:
    tiny = tiny_problem()
    players = (RolePlayer("RP1", 20),)
    return {
        "interpreters": replace(tiny, unavailable=away("I1")),
        "step-free rooms": with_adjustment(plain_problem(), "A1", step_free=True),
        "no service users": one_session_problem(
            "09:00", "11:00", exercises=(ROUND, REFLECTION), assessors=(), service_user_groups=()
        ),
        "role player's minutes": plain_problem(
            exercises=(replace(INTERVIEW, role_player=True),), role_players=players
        ),
    }
