"""Trials by the real solver: what counting allows is a bound, and what a trial shows keeps every rule."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.params import Params
from scheduler.planning.needs import lines_for
from scheduler.planning.offer import offer_of
from scheduler.planning.plan import plan_of
from scheduler.planning.spread import Origin, spread_over
from scheduler.planning.trial import trial_of, with_plain_applicants
from scheduler.planning.usage import usage_of
from scheduler.problem import FirstChoiceRule, Problem
from tests.builders import tiny_problem, tiny_timetable, with_changes, with_panel_rules

PARAMS = Params(seconds=4, workers=1, seed=0)


def origins(number: int) -> list[Origin]:
    return [Origin("SOM", number, {"V1": 0, "V2": 60})]


def test_plain_applicants_take_the_place_of_the_campaigns_own() -> None:
    made_up = with_plain_applicants(tiny_problem(), origins(2))
    assert [a.reference for a in made_up.applicants] == ["made-up-0001", "made-up-0002"]
    assert [a.choices for a in made_up.applicants] == [("SOM",), ("SOM",)]
    assert made_up.travel_of("made-up-0002", "V2") == 60
    assert made_up.interests == ()


def test_trial_places_as_many_as_it_shows() -> None:
    problem = with_panel_rules(tiny_problem(), first_choice_rule=FirstChoiceRule.OFF)
    trial = trial_of(with_plain_applicants(problem, origins(5)), PARAMS)
    assert (trial.applicants, trial.placed, trial.placed_max, trial.panels) == (5, 5, 5, 2)
    assert sum(held.applicants for held in trial.held) == 5
    assert trial.used["", "panels", ""] == 2


def test_trial_of_too_many_says_that_no_timetable_places_more() -> None:
    problem = with_panel_rules(tiny_problem(), first_choice_rule=FirstChoiceRule.OFF)
    problem = replace(problem, sessions=problem.sessions[:1])
    assert offer_of(problem).applicants == 6
    trial = trial_of(with_plain_applicants(problem, origins(8)), PARAMS, most=True)
    assert trial.placed <= trial.placed_max <= 6


@settings(max_examples=6, deadline=None)
@given(
    st.integers(1, 3),
    st.integers(1, 2),
    st.sampled_from(["S1", "S2", "S3"]),
    st.sampled_from(["R1", "R3", "R4"]),
)
def test_no_trial_places_more_than_counting_allows(
    interviews: int, panels: int, session: str, room: str
) -> None:
    problem = with_panel_rules(
        tiny_problem(), first_choice_rule=FirstChoiceRule.OFF, interviews_max=interviews
    )
    problem = with_changes(problem, "sessions", session, panels_max=panels)
    problem = with_changes(problem, "rooms", room, seats=1)
    problem = replace(problem, sessions=(problem.session_by_reference[session],))
    most = offer_of(problem).applicants
    trial = trial_of(with_plain_applicants(problem, origins(most + 1)), Params(1, 1, 0), most=True)
    assert trial.placed <= most


def test_usage_counts_what_a_timetable_uses() -> None:
    used = usage_of(tiny_problem(), tiny_timetable())
    assert {key[1:]: number for key, number in used.items() if key[0] == "V1"} == {
        ("applicants", ""): 3,
        ("sessions", ""): 2,
        ("panels", ""): 2,
        ("service-user group's time", ""): 30,
        ("role players' time", ""): 90,
        ("interpreter half-days", ""): 2,
        ("lead-authority half-days", ""): 2,
        ("assessor half-days", ""): 6,
        ("safer-recruitment half-days", ""): 2,
        ("chair half-days", ""): 2,
        ("lived-experience half-days", ""): 2,
        ("half-days for first choices", "SOM"): 2,
        ("half-days for first choices", "DEV"): 2,
        ("half-days for first choices", "BRI"): 2,
        ("half-days for first choices", "COR"): 0,
        ("panel rooms", ""): 1,
        ("group rooms", ""): 1,
        ("seats for working alone", ""): 1,
        ("writing seats", "written"): 2,
    }


def needs(problem: Problem, number: int) -> dict[tuple[str, str, str], tuple[int | None, int]]:
    offer = offer_of(problem)
    spread = spread_over(origins(number), {"V1": 12, "V2": 6})
    return {
        (line.venue, line.what, line.about): (line.needed, line.offered)
        for line in lines_for(problem, offer, spread, 1)
    }


def test_no_timetable_uses_less_than_is_needed() -> None:
    """The tiny timetable places four; its lines are never below those counted for four."""
    used, counted = usage_of(tiny_problem(), tiny_timetable()), needs(tiny_problem(), 4)
    whole = {key: (counted[key][0] or 0, used[key]) for key in counted if key[0] == "" and key in used}
    assert {key for key, (needed, seen) in whole.items() if seen < needed} == set()
    assert whole["", "lead-authority half-days", ""] == (2, 3)


def test_needs_of_seven_applicants_are_counted() -> None:
    lines = needs(tiny_problem(), 7)
    assert lines["", "applicants", ""] == (7, 18)
    assert lines["", "sessions", ""] == (2, 3)
    assert lines["", "panels", ""] == (3, 6)
    assert lines["", "lead-authority half-days", ""] == (3, 9)
    assert lines["", "interpreter half-days", ""] == (2, 6)
    assert lines["", "role players' time", ""] == (210, 3 * 3 * 120)
    assert lines["V1", "panel rooms", ""] == (2, 2)
    assert lines["V2", "applicants", ""] == (0, 6)


def test_first_choices_ask_for_their_councils_half_days() -> None:
    problem = with_panel_rules(tiny_problem(), first_choice_rule=FirstChoiceRule.SOFT)
    plan = plan_of(problem, [Origin("BRI", 7, {"V1": 0}), Origin("COR", 1, {"V1": 0})], 0)
    lines = {(x.venue, x.about): (x.needed, x.offered, x.must) for x in plan.lines if "first" in x.what}
    assert lines["", "BRI"] == (3, 6, False)
    assert lines["", "COR"] == (1, 0, False)
    assert plan.enough
    assert not plan_of(
        with_panel_rules(problem, first_choice_rule=FirstChoiceRule.HARD), [Origin("COR", 1, {"V1": 0})], 0
    ).enough


def test_plan_without_a_number_only_looks_at_the_offer() -> None:
    plan = plan_of(tiny_problem(), None, 0)
    assert (plan.applicants, plan.lines, plan.enough, plan.offer.applicants) == (None, (), True, 18)
