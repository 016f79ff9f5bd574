"""Every kind of change in words, on the sound campaign, and what a way out is said to do."""

from __future__ import annotations

import pytest

from api.presenters.changes import change_phrase, way_out_sentence
from scheduler.explanation import Change, ChangeKind, WayOut
from tests.api.campaigns import sound_campaign

C = ChangeKind
MORNING = "Tuesday 14 July 2015 in the morning (S01)"
PHRASES: dict[Change, str] = {
    Change(C.PIN, ("A1", "S01")): "look again at the pin of A1 in S01",
    Change(C.APPLICANT_AVAILABLE, ("A1", "S03")): (
        "A1 also available on Wednesday 15 July 2015 in the morning (S03)"
    ),
    Change(C.STAFF_AVAILABLE, ("P2", "S01")): f"P2 also available on {MORNING}",
    Change(C.STANDBY, ("P4",)): "plan with the standby assessor P4 from the start",
    Change(C.HALF_DAYS, ("P2",), 2): "2 more half-days of P2",
    Change(C.PANELS_MAX, ("S01",)): f"one more panel on {MORNING} (panels_max 2)",
    Change(C.SESSION_END, ("S01",), 15): f"end the session on {MORNING} 15 minutes later, at 13:15",
    Change(C.MINUTES_MAX, ("G1",), 30): "30 more minutes a session of G1 (minutes_max 210)",
    Change(C.INTERVIEWS_MAX, ()): "set panel_interviews_max to 4",
    Change(C.TRAINING, ("P2",)): "P2 trained for every interview",
    Change(C.ASSESSOR, ("SOM", "S01")): f"one more Somerset member on {MORNING}",
    Change(C.ASSESSOR, ("SOM", "S01", "chair", "lived_experience"), 2): (
        f"2 more Somerset members who may chair and with lived experience on {MORNING}"
    ),
    Change(C.ROLE_PLAYER, ("S01",)): f"one more role player on {MORNING}",
    Change(C.INTERPRETERS, ("S01",)): f"two more interpreters on {MORNING}",
    Change(C.GROUP, ("S01",)): f"one more service-user group on {MORNING}",
    Change(C.ROOM, ("TAU", "panel", "step_free")): "one more step-free room for panels at Taunton",
    Change(C.LATE_START, (), 30): "set travel_late_start to 09:30",
    Change(C.WITHIN_MINUTES, ("reflection",), 10): "set within_minutes to 70 for reflection",
    Change(C.RULE, ("panel_lead_members",)): "set panel_lead_members to 0",
    Change(C.RULE, ("panel_first_choice_rule",)): "set panel_first_choice_rule to soft",
    Change(C.RULE, ("panel_one_council_max",)): "set panel_one_council_max to 3",
    Change(C.RULE, ("group_max", "service_users")): "set group_max to 4 for service_users",
    Change(C.INTEREST, ("A1", "P2")): "look again at what was decided about A1 and P2",
}


def test_every_kind_of_change_has_a_phrase() -> None:
    assert {change.kind for change in PHRASES} == set(ChangeKind)


@pytest.mark.parametrize("change", PHRASES, ids=lambda change: f"{change.kind} {' '.join(change.target)}")
def test_change_phrase_says_what_to_do(change: Change) -> None:
    assert change_phrase(sound_campaign(), change) == PHRASES[change]


@pytest.mark.parametrize(
    ("places", "of", "least", "said"),
    [
        (1, 1, True, "gives them a session."),
        (3, 3, True, "places all 3."),
        (2, 3, True, "places 2 of 3."),
        (0, 0, True, "then there is a timetable."),
        (3, 3, False, "places all 3 (whether less would do was not settled in the time)."),
    ],
)
def test_way_out_says_how_many_it_places(places: int, of: int, least: bool, said: str) -> None:
    way = WayOut((Change(C.STANDBY, ("P4",)),), places, of, least)
    wanted = f"Plan with the standby assessor P4 from the start: {said}"
    assert way_out_sentence(sound_campaign(), way) == wanted


def test_way_out_of_several_changes_lists_them() -> None:
    changes = (Change(C.HALF_DAYS, ("P1",)), Change(C.HALF_DAYS, ("P2",)))
    assert way_out_sentence(sound_campaign(), WayOut(changes, 2, 2, True)) == (
        "One more half-day of P1 and one more half-day of P2: places all 2."
    )
