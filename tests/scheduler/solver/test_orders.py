"""What a run does with a session for which no running order was found as asked."""

from __future__ import annotations

from dataclasses import replace

from scheduler.checks import breaches_of, tier_values
from scheduler.params import Params
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.solver.engine import Budget
from scheduler.solver.orders import any_order, last_resort
from scheduler.solver.running_order.solve import any_running_order, best_running_order, lenient_running_order
from scheduler.solver.search import Search
from scheduler.solver.staffing import SessionStaffing
from scheduler.timetable import Entry, timetable_of
from tests.builders import with_panel_rules
from tests.scheduler.solver.plain import PANEL, assessor, one_session_problem, people, room, rooms_at

PARAMS = Params(seconds=20, workers=1)


def two_for_devon(rule: FirstChoiceRule = FirstChoiceRule.SOFT) -> Problem:
    """Both would have Devon, whose one assessor has time for one of them; the other panel is Somerset's."""
    problem = one_session_problem(
        "09:00",
        "09:30",
        applicants=tuple(replace(a, choices=("DEV",)) for a in people("A1", "A2")),
        assessors=(assessor("B1", "DEV"), assessor("B2")),
        rooms=(*rooms_at("V1"), room("R2", PANEL)),
    )
    return with_panel_rules(problem, first_choice_members=1, first_choice_rule=rule)


def staffed(problem: Problem, lacking: int) -> tuple[SessionStaffing, ...]:
    """Everybody in S1, of whom so many may lack their first choice."""
    return (
        SessionStaffing(
            session="S1",
            applicants=tuple(a.reference for a in problem.applicants),
            assessors=tuple(x.reference for x in problem.assessors),
            panels=2,
            group=None,
            role_players=(),
            pair_by_applicant={},
            without_first_choice_max=lacking,
        ),
    )


def search_of(problem: Problem) -> Search:
    return Search(problem, PARAMS, Budget(PARAMS), lambda progress: None)


def lacking_in(problem: Problem, entries: tuple[Entry, ...] | None) -> int:
    assert entries is not None
    timetable = timetable_of(entries)
    assert breaches_of(problem, timetable) == []
    return tier_values(problem, timetable)["without_first_choice_member"]


def test_lenient_order_has_as_few_as_can_be_lacking_their_first_choice() -> None:
    problem = two_for_devon()
    asked = staffed(problem, lacking=0)
    assert any_running_order(problem, asked, PARAMS, Budget(PARAMS), 5).impossible
    order = lenient_running_order(problem, asked, PARAMS, Budget(PARAMS), 5)
    assert lacking_in(problem, order.entries) == 1
    assert [s.without_first_choice_max for s in order.staffing] == [1]


def test_lenient_order_breaks_no_hard_rule() -> None:
    problem = two_for_devon(FirstChoiceRule.HARD)
    order = lenient_running_order(problem, staffed(problem, lacking=0), PARAMS, Budget(PARAMS), 5)
    assert order.entries is None
    assert order.impossible


def test_last_resort_gives_up_first_choices_before_people() -> None:
    problem = two_for_devon()
    order = last_resort(search_of(problem), staffed(problem, lacking=0), 1)
    assert order.dropped == ()
    assert lacking_in(problem, order.entries) == 1


def test_last_resort_leaves_out_as_few_people_as_can_be() -> None:
    problem = two_for_devon(FirstChoiceRule.HARD)
    order = last_resort(search_of(problem), staffed(problem, lacking=0), 1)
    assert len(order.dropped) == 1
    assert lacking_in(problem, order.entries) == 0


def test_order_that_starts_from_another_is_no_worse_and_as_sound() -> None:
    problem = two_for_devon()
    group = staffed(problem, lacking=2)
    search = search_of(problem)
    begun = any_order(search, group)
    assert any_order(search, group) is begun
    order = best_running_order(problem, group, PARAMS, Budget(PARAMS), 5, start=begun)
    alone = best_running_order(problem, group, PARAMS, Budget(PARAMS), 5)
    assert (order.idle_minutes, order.idle_bound) == (alone.idle_minutes, alone.idle_bound)
    assert lacking_in(problem, order.entries) == 1


def test_best_order_starts_from_one_that_was_sought_before() -> None:
    problem = two_for_devon()
    group = staffed(problem, lacking=2)
    begun = best_running_order(problem, group, PARAMS, Budget(PARAMS), 5)
    again = best_running_order(problem, group, PARAMS, Budget(PARAMS), 5, start=begun)
    assert len(begun.solution) > 0
    assert (again.idle_minutes, again.idle_bound) == (begun.idle_minutes, begun.idle_bound)
