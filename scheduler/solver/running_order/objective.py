"""The aims within running orders: nobody dropped, the least waiting, assessors linked as well as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from ortools.sat.python import cp_model

from scheduler.programme import ExerciseKind
from scheduler.rules import LINK_GROUP
from scheduler.solver.least_idle import least_idle_minutes
from scheduler.solver.running_order.variables import Variables

# Assessors by the group they are in.
Partition = tuple[frozenset[str], ...]


def dropped(v: Variables) -> cp_model.LinearExprT:
    """Applicants who have to stay out, where staying out is allowed at all."""
    return sum(1 - comes for comes in v.comes.values())


def idle_minutes(v: Variables, *, from_scratch: bool = False) -> cp_model.LinearExprT:
    """Last end less first start, less own activities and one move between each two, over all applicants.

    Each span is told that it is at least the sum of what it must hold: without that line the solver finds no
    bound to speak of. `from_scratch` says that nothing has begun and every rule is asked for. Then each span
    also holds the least that this applicant would wait if alone, without which orders in which somebody needs
    a break are seldom proven. Dropped applicants have a span that costs nothing.
    """
    problem = v.options.problem
    if from_scratch:
        _as_many_interviews_at_once_as_panels(v)
    move = problem.move_minutes * (len(problem.exercises) - 1)
    waiting: list[cp_model.LinearExprT] = []
    for session, applicant in v.options.applicants:
        if not problem.exercises:
            continue
        a, window = applicant.reference, problem.session_by_reference[session].window
        own = sum(e.preparation_minutes + problem.minutes_for(applicant, e) for e in problem.exercises)
        first = v.model.new_int_var(window.start, window.end, f"first {a}")
        last = v.model.new_int_var(window.start, 2 * window.end, f"last {a}")
        v.model.add_min_equality(first, [v.start[a, e.reference] for e in problem.exercises])
        v.model.add_max_equality(last, [v.end[a, e.reference] for e in problem.exercises])
        alone = least_idle_minutes(problem, applicant, problem.session_by_reference[session])
        least = alone if from_scratch else 0
        v.model.add(last - first >= own + move + least).only_enforce_if(v.comes[a])
        waits = v.model.new_int_var(0, 2 * 24 * 60, f"waits {a}")
        v.model.add(waits >= last - first - own - move).only_enforce_if(v.comes[a])
        waiting.append(waits)
    return sum(waiting)


def _as_many_interviews_at_once_as_panels(v: Variables) -> None:
    """Implied by each panel's one room, but told of all panels together it halves the time to a proof."""
    for staffing in v.options.staffing:
        stays = []
        for run in v.options.own_runs:
            exercise = v.options.exercise(run)
            if run.session == staffing.session and exercise.kind is ExerciseKind.PANEL:
                size = exercise.preparation_minutes + v.run_minutes[run] + exercise.writing_minutes
                begins, takes_place = v.run_start[run], v.takes_place[run]
                stays.append(
                    v.model.new_optional_interval_var(
                        begins, size, v.run_end(run), takes_place, f"{run} before some panel"
                    )
                )
        if stays:
            v.model.add_cumulative(stays, [1] * len(stays), staffing.panels)


def assessor_links(clusters: Sequence[Variables], partitions: Sequence[Partition]) -> cp_model.LinearExprT:
    """Repeated pairings over the panels of all clusters, and `LINK_GROUP` for each group beyond the first.

    The clusters are in one model. How assessors could fall into groups is found while solving: of a
    partition into g groups there remain at least g, less one for each two of its groups that are linked.
    """
    together: dict[tuple[str, str], list[cp_model.IntVar]] = {}
    for v in clusters:
        if not v.together:
            _together(v)
        for (x, y, _), both in v.together.items():
            together.setdefault((x, y), []).append(both)
    model = clusters[0].model
    staff = [sorted(staffing.assessors) for v in clusters for staffing in v.options.staffing]
    sessions = Counter(pair for assessors in staff for pair in combinations(assessors, 2))
    repeats: list[cp_model.LinearExprT] = []
    for (x, y), times in together.items():
        if sessions[x, y] > 1:
            more = model.new_int_var(0, len(times), f"repeats {x} {y}")
            model.add(more >= sum(times) - 1)
            repeats.append(more)
    apart = model.new_int_var(0, max((len(groups) for groups in partitions), default=0), "groups apart")
    for groups in partitions:
        linked: list[cp_model.IntVar] = []
        for one, other in combinations(groups, 2):
            crossing = [b for (x, y), times in together.items() if _between(x, y, one, other) for b in times]
            linked.append(model.new_bool_var("linked"))
            model.add_bool_or([*crossing, linked[-1].negated()])
        model.add(apart >= len(groups) - 1 - sum(linked))
    return sum(repeats) + LINK_GROUP * apart


def _between(x: str, y: str, one: frozenset[str], other: frozenset[str]) -> bool:
    return (x in one and y in other) or (x in other and y in one)


def _together(v: Variables) -> None:
    for staffing in v.options.staffing:
        for x, y in combinations(sorted(staffing.assessors), 2):
            for p in range(staffing.panels):
                key = (staffing.session, p)
                both = v.model.new_bool_var(f"{x} with {y} on {key}")
                v.model.add_implication(both, v.staffs[x, key])
                v.model.add_implication(both, v.staffs[y, key])
                v.model.add_bool_or([v.staffs[x, key].negated(), v.staffs[y, key].negated(), both])
                v.together[x, y, key] = both
