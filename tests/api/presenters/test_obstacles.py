"""Every kind of obstacle in words, on the sound campaign; facts of one kind make one phrase."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.presenters.obstacles import obstacle_phrases, shortlist
from scheduler.explanation import WHOLE, Fact, Obstacle, ObstacleKind
from tests.api.campaigns import sound_campaign

K = ObstacleKind
PHRASES: dict[ObstacleKind, tuple[tuple[Fact, ...], str]] = {
    K.LEAD_MEMBERS: (WHOLE, "every panel needs 1 lead-authority member (panel_lead_members)"),
    K.SAFER_RECRUITMENT: (
        WHOLE,
        "every panel needs 1 member with safer-recruitment training (panel_safer_recruitment_members)",
    ),
    K.CHAIR: (WHOLE, "every panel needs 2 members who may chair (panel_chair_members)"),
    K.LIVED_EXPERIENCE: (
        WHOLE,
        "every panel needs 1 member with lived experience (panel_lived_experience_members)",
    ),
    K.FIRST_CHOICE: (
        WHOLE,
        "every panel needs 1 member from its applicants' first-choice councils (panel_first_choice_rule)",
    ),
    K.ONE_COUNCIL: (WHOLE, "a panel has at most 2 members of one council (panel_one_council_max)"),
    K.PANEL_SIZE: (WHOLE, "a panel has 3 members (panel_size)"),
    K.INTERVIEWS_MAX: (WHOLE, "a panel sees at most 3 applicants in a session (panel_interviews_max)"),
    K.LATE_START: (
        WHOLE,
        "whoever travels more than 90 minutes starts at 10:00 at the earliest (travel_minutes_max_morning)",
    ),
    K.LENGTHS: (WHOLE, "the exercises and the time between them are long for the sessions"),
    K.SEQUENCE: (WHOLE, "reflection follows interview within 60 minutes"),
    K.GROUP_SIZES: (
        WHOLE,
        "written takes 1 to 12 applicants at once and service_users takes 1 to 3 applicants at once"
        " (group_min, group_max)",
    ),
    K.PANELS_MAX: ((("S01",), ("S03",)), "S01 may have 1 panel and S03 may have 1 panel (panels_max)"),
    K.ROOMS: (
        (("TAU", "panel"), ("EXE", "solo")),
        "Taunton has 1 room for panels and Exeter has 1 room for solo exercises",
    ),
    K.ASSESSORS: ((("SOM",),), "Somerset has 2 assessors and no more"),
    K.HALF_DAYS: ((("P2",),), "P2 may work 2 half-days (half_days_max)"),
    K.TRAINING: ((("P2",),), "not trained for every interview: P2 (trained_for)"),
    K.STANDBY: ((("P4",),), "on standby, so kept in reserve: P4"),
    K.GROUPS: (WHOLE, "there is 1 service-user group and no more"),
    K.ROLE_PLAYERS: (WHOLE, "there are no role players"),
    K.INTERPRETERS: (WHOLE, "there are no interpreters"),
    K.MINUTES_MAX: ((("G1",),), "G1 may work 180 minutes a session (minutes_max)"),
    K.CLASHES: (
        WHOLE,
        "nobody can be in two sessions at once, or at two venues on one day (S01 with S03 and S02 with S03)",
    ),
    K.STAFF_AVAILABILITY: ((("P2",),), "P2 is not available for S03"),
    K.PIN: ((("A1", "S01"), ("P3", "S02")), "a pin puts A1 into S01 and a pin keeps P3 out of S02"),
    K.INTEREST: ((("A1", "P2"),), "a declared interest keeps apart A1 and P2"),
    K.ARRANGEMENT: (
        (("A1", "extra_time_percent"), ("A2", "step_free"), ("A2", "break_minutes")),
        "A1 has 25 % extra time, A2 needs step-free rooms and A2 needs a break of 15 minutes",
    ),
    K.AVAILABILITY: ((("A1",),), "A1 is not available for S03"),
    K.OTHERS: ((("A2",), ("A3",)), "2 other applicants need a session too (A2 and A3)"),
}


def test_every_kind_of_obstacle_has_a_phrase() -> None:
    assert set(PHRASES) == set(ObstacleKind)


@pytest.mark.parametrize("kind", PHRASES, ids=lambda kind: kind.value)
def test_obstacle_phrase_says_what_there_is(kind: ObstacleKind) -> None:
    campaign = sound_campaign()
    panel = replace(campaign.problem.panel, chair_members=2, lived_experience_members=1)
    one, two, three = campaign.problem.sessions
    sessions = (one, two, replace(three, date=one.date))
    campaign = replace(campaign, problem=replace(campaign.problem, panel=panel, sessions=sessions))
    facts, phrase = PHRASES[kind]
    assert obstacle_phrases(campaign, tuple(Obstacle(kind, (fact,)) for fact in facts)) == [phrase]


def test_shortlist_counts_what_it_does_not_name() -> None:
    names = [f"A{number}" for number in range(1, 11)]
    assert shortlist(names) == "A1, A2, A3, A4, A5, A6 and 4 more"
    assert shortlist(names[:3]) == "A1, A2 and A3"
