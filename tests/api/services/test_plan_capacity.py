"""Where unknown applicants are taken to come from, and the campaign's own."""

from __future__ import annotations

from api.services.plan_capacity import council_minutes, plan_capacity, unknown
from scheduler.planning.spread import Origin
from tests.api.campaigns import sound_campaign


def test_councils_travel_as_given_else_as_modelled() -> None:
    assert council_minutes(sound_campaign()) == {
        "SOM": {"TAU": 0, "EXE": 55},
        "GLO": {"TAU": 100, "EXE": 155},
        "SWI": {"TAU": 115, "EXE": 155},
    }


def test_unknown_applicants_want_councils_as_these_have_places() -> None:
    assert unknown(sound_campaign(), 6) == [
        Origin("SOM", 3, {"TAU": 0, "EXE": 55}),
        Origin("GLO", 2, {"TAU": 100, "EXE": 155}),
        Origin("SWI", 1, {"TAU": 115, "EXE": 155}),
    ]


def test_own_applicants_go_only_where_a_session_is_open_to_them() -> None:
    planned = plan_capacity(sound_campaign(), None, 0, None)
    assert planned.plan.spread is not None
    assert [dict(origin.minutes) for origin in planned.plan.spread.origins] == [
        {"TAU": 0},
        {"TAU": 70, "EXE": 0},
        {"TAU": 50, "EXE": 85},
    ]
    assert planned.plan.interpreted == 0


def test_number_given_takes_the_place_of_the_campaigns_own_applicants() -> None:
    planned = plan_capacity(sound_campaign(), 12, 2, None)
    assert (planned.plan.applicants, planned.plan.interpreted) == (12, 2)
    assert planned.assumptions[1] == "2 of them are taken to need interpreters."
