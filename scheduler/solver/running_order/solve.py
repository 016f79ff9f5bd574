"""Solve the running order of one cluster of sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.rules import LINK_GROUP
from scheduler.solver.engine import ANY_ORDER, BEST_ORDER, BETTER_ORDER, Answer, Budget, Sink, solve
from scheduler.solver.least_idle import least_idle_minutes
from scheduler.solver.running_order.constraints import add_constraints
from scheduler.solver.running_order.extract import dropped_of, entries_of
from scheduler.solver.running_order.objective import Partition, assessor_links, dropped, idle_minutes
from scheduler.solver.running_order.options import Options
from scheduler.solver.running_order.variables import Variables, build_variables
from scheduler.solver.staffing import SessionStaffing
from scheduler.timetable import Entry, Role


@dataclass(frozen=True)
class RunningOrder:
    """The rows of a cluster, or none where there is no sound order of times for these people.

    `impossible` is a proof, not a time-out. `idle_bound` holds for these people in these sessions;
    `dropped` are those left out, where that was allowed. `seconds` is the deterministic time spent.
    `solution` are the model's values, from which a better order for the same staffing may begin.
    """

    staffing: tuple[SessionStaffing, ...]
    entries: tuple[Entry, ...] | None
    impossible: bool
    idle_minutes: int
    idle_bound: int
    dropped: tuple[str, ...]
    seconds: float
    solution: tuple[int, ...] = ()


def any_running_order(
    problem: Problem, staffing: tuple[SessionStaffing, ...], params: Params, budget: Budget, seconds: float
) -> RunningOrder:
    """The first sound order found, with everybody in it."""
    v = _model(problem, staffing, may_drop=False)
    answer = solve(v.model, params, budget, seconds, ANY_ORDER)
    order = _outcome(v, staffing, answer, 0)
    if not (order.impossible and v.options.own_rooms_may_cost):
        return order
    v = _model(problem, staffing, may_drop=False, own_rooms=False)
    answer = solve(v.model, params, budget, seconds, ANY_ORDER)
    seconds = order.seconds + answer.seconds
    return replace(_outcome(v, staffing, answer, 0), seconds=seconds, solution=())


def lenient_running_order(
    problem: Problem, staffing: tuple[SessionStaffing, ...], params: Params, budget: Budget, seconds: float
) -> RunningOrder:
    """A sound order with everybody in it, in which as few as can be found lack their first choice.

    Its staffing allows as many to lack it as do.
    """
    lenient = tuple(replace(s, without_first_choice_max=len(s.applicants)) for s in staffing)
    v = _model(problem, lenient, may_drop=False)
    v.model.minimize(sum(v.lacks_first_choice.values()))
    answer = solve(v.model, params, budget, seconds, BEST_ORDER)
    order = _outcome(v, lenient, answer, 0)
    if not answer.found:
        return order
    lacking = [sum(answer.of(v.lacks_first_choice[a]) for a in s.applicants) for s in staffing]
    allowed = tuple(
        replace(s, without_first_choice_max=max(number, s.without_first_choice_max))
        for s, number in zip(staffing, lacking, strict=True)
    )
    return replace(order, staffing=allowed, idle_minutes=0)


def best_running_order(
    problem: Problem,
    staffing: tuple[SessionStaffing, ...],
    params: Params,
    budget: Budget,
    seconds: float,
    sink: Sink | None = None,
    start: RunningOrder | None = None,
) -> RunningOrder:
    """A sound order with everybody in it and the least waiting found, with its bound.

    It may `start` from another order of the same people, which saves a part of the time.

    Where rooms of their own for panels may cost waiting, and somebody waits longer than they would alone,
    rooms are chosen too: only then is a bound a bound.
    """
    begun = start.solution if start is not None else ()
    order = _best_order(problem, staffing, params, budget, seconds, sink, own_rooms=True, start=begun)
    options = Options(problem, staffing)
    at = problem.session_by_reference
    alone = sum(least_idle_minutes(problem, applicant, at[s]) for s, applicant in options.applicants)
    if not options.own_rooms_may_cost or (order.entries is not None and order.idle_minutes <= alone):
        return order
    again = _best_order(problem, staffing, params, budget, seconds, sink, own_rooms=False)
    seconds = order.seconds + again.seconds
    if again.entries is None and order.entries is not None:
        return replace(
            order, idle_bound=min(order.idle_minutes, max(alone, again.idle_bound)), seconds=seconds
        )
    better = again if order.entries is None or again.idle_minutes < order.idle_minutes else order
    return replace(better, idle_bound=min(better.idle_minutes, max(alone, again.idle_bound)), seconds=seconds)


def _best_order(
    problem: Problem,
    staffing: tuple[SessionStaffing, ...],
    params: Params,
    budget: Budget,
    seconds: float,
    sink: Sink | None,
    own_rooms: bool,
    start: Sequence[int] = (),
) -> RunningOrder:
    v = _model(problem, staffing, may_drop=False, own_rooms=own_rooms)
    v.model.minimize(idle_minutes(v, from_scratch=True))
    # Any order has no values for what the aim adds to the model, a best one has: so the aim comes first.
    for number, value in enumerate(start):
        v.model.add_hint(v.model.get_int_var_from_proto_index(number), value)
    kind = BETTER_ORDER if start else BEST_ORDER
    answer = solve(v.model, params, budget, seconds, kind, sink)
    bound = max(0, answer.bound) if v.options.complete else 0
    order = _outcome(v, staffing, answer, bound)
    return order if own_rooms else replace(order, solution=())


@dataclass(frozen=True)
class LinkedOrders:
    """The rows of several clusters together, or None where none were found in time, and their `links`.

    `proven` is for just these people in these sessions, and where times were held, at these times.
    """

    entries: tuple[Entry, ...] | None
    links: int
    proven: bool
    seconds: float


def linked_running_orders(
    problem: Problem,
    clusters: Sequence[tuple[SessionStaffing, ...]],
    entries: Sequence[Entry],
    params: Params,
    budget: Budget,
    seconds: float,
    idle_max: int | None = None,
) -> LinkedOrders:
    """Running orders of all these clusters whose assessors sit together as the tier `assessor_links` asks.

    Times stay those of `entries`; or, with `idle_max`, may change as long as no more is waited. That takes
    much longer, and is for small campaigns.
    """
    model = cp_model.CpModel()
    vs = [_model(problem, staffing, may_drop=False, model=model) for staffing in clusters]
    if idle_max is None:
        for v in vs:
            _hold_times(v, entries)
    else:
        model.add(sum(idle_minutes(v, from_scratch=True) for v in vs) <= idle_max)
    partitions: list[Partition] = []
    found: tuple[Entry, ...] | None = None
    links, spent = 0, 0.0
    while True:
        model.minimize(assessor_links(vs, partitions))
        answer = solve(model, params, budget, seconds - spent, BEST_ORDER)
        spent += answer.seconds
        if not answer.found:
            return LinkedOrders(found, links, False, spent)
        found = tuple(row for v in vs for row in entries_of(v, answer))
        groups = _groups(vs, answer)
        links = LINK_GROUP * len(groups) + _repeats(vs, answer)
        told = len(groups) <= 1 or groups in partitions
        if told or spent >= seconds or budget.left <= 0:
            return LinkedOrders(found, links, answer.proven and told, spent)
        partitions.append(groups)


def _repeats(vs: Sequence[Variables], answer: Answer) -> int:
    pairs = Counter((x, y) for v in vs for (x, y, _), both in v.together.items() if answer.of(both))
    return sum(times - 1 for times in pairs.values())


def _hold_times(v: Variables, entries: Sequence[Entry]) -> None:
    for row in entries:
        if (row.person, row.exercise) in v.start and row.role is Role.APPLICANT:
            v.model.add(v.start[row.person, row.exercise] == row.start)


def _groups(vs: Sequence[Variables], answer: Answer) -> Partition:
    """Assessors who can be reached from one another over panels they share."""
    groups: list[frozenset[str]] = []
    for v in vs:
        for key in v.options.panels:
            panel = frozenset(x for (x, k), staffs in v.staffs.items() if k == key and answer.of(staffs))
            touched = [group for group in groups if group & panel]
            groups = [group for group in groups if not group & panel] + [panel.union(*touched)]
    return tuple(sorted((group for group in groups if group), key=sorted))


def largest_running_order(
    problem: Problem, staffing: tuple[SessionStaffing, ...], params: Params, budget: Budget, seconds: float
) -> RunningOrder:
    """A sound order with as few applicants left out as can be found: the last resort."""
    v = _model(problem, staffing, may_drop=True)
    v.model.minimize(dropped(v))
    answer = solve(v.model, params, budget, seconds, BEST_ORDER)
    return _outcome(v, staffing, answer, 0)


def _model(
    problem: Problem,
    staffing: tuple[SessionStaffing, ...],
    may_drop: bool,
    model: cp_model.CpModel | None = None,
    own_rooms: bool = True,
) -> Variables:
    options = Options(problem, staffing, may_drop, own_rooms)
    v = build_variables(cp_model.CpModel() if model is None else model, options)
    add_constraints(v)
    return v


def _outcome(v: Variables, staffing: tuple[SessionStaffing, ...], answer: Answer, bound: int) -> RunningOrder:
    return RunningOrder(
        staffing=staffing,
        entries=entries_of(v, answer) if answer.found else None,
        # With too few runs on offer, "impossible" would only mean "impossible with so few".
        impossible=answer.impossible and v.options.complete,
        idle_minutes=answer.value,
        idle_bound=bound,
        dropped=dropped_of(v, answer) if answer.found else (),
        seconds=answer.seconds,
        solution=answer.solution if answer.found else (),
    )
