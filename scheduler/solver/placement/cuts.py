"""What running orders have proved impossible, told to the placement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ortools.sat.python import cp_model

from scheduler.solver.placement.options import PLAIN, StaffingCut, TimingCut, need_of
from scheduler.solver.placement.variables import Var, Variables


def add_cuts(v: Variables) -> None:
    for timing in v.options.timing_cuts:
        for s in timing.sessions:
            _add_timing_cut(v, timing, s)
    for staffing in v.options.staffing_cuts:
        _add_staffing_cut(v, staffing)


def _add_timing_cut(v: Variables, cut: TimingCut, s: str) -> None:
    """Fewer with one of the needs, or more panels; where the numbers are exact, more people as well."""
    problem = v.options.problem
    venue = problem.session_by_reference[s].venue
    ways_out: list[cp_model.LiteralT] = []
    total = sum(count for _, count in cut.needs)
    if cut.exactly:
        ways_out.append(_above(v, v.attending(s), total, f"more {s}"))
    for need, number in cut.needs:
        if need == PLAIN and cut.needier_is_harder:
            ways_out.append(_below(v, v.attending(s), total, f"fewer {s}"))
        else:
            with_need = [a for a in problem.applicants if need_of(problem, a, venue) == need]
            count = sum(v.attends[a.reference, s] for a in with_need)
            ways_out.append(_below(v, count, number, f"fewer with {need} {s}"))
            if cut.exactly:
                ways_out.append(_above(v, count, number, f"more with {need} {s}"))
    if v.used:
        more = v.model.new_bool_var(f"more panels {s}")
        v.model.add(v.panels(s) >= cut.panels + 1).only_enforce_if(more)
        ways_out.append(more)
    v.model.add_bool_or(ways_out)


def _below(v: Variables, count: cp_model.LinearExprT, number: int, name: str) -> Var:
    below = v.model.new_bool_var(name)
    v.model.add(count <= number - 1).only_enforce_if(below)
    return below


def _above(v: Variables, count: cp_model.LinearExprT, number: int, name: str) -> Var:
    above = v.model.new_bool_var(name)
    v.model.add(count >= number + 1).only_enforce_if(above)
    return above


def _add_staffing_cut(v: Variables, cut: StaffingCut) -> None:
    """Somebody else comes, or somebody stays away; another group or more role players count as well."""
    ways_out: list[cp_model.LiteralT] = []
    for staffed in cut.sessions:
        s = staffed.session
        ways_out.extend(_changes(v.attends, s, staffed.applicants, also_more=cut.everybody))
        ways_out.extend(_changes(v.staffs, s, staffed.assessors, also_more=True))
        ways_out.extend(var for (r, t), var in v.plays.items() if t == s and r not in staffed.role_players)
        if len(cut.sessions) > 1:
            # Only between two sessions can it matter which interpreters they are.
            ways_out.extend(
                var
                for (i, a, t), var in v.interprets.items()
                if t == s and (i, a) not in staffed.interpreters
            )
        if staffed.group is not None:
            ways_out.append(v.works[staffed.group, s].negated())
        lacking = [var for (t, _), var in v.lacking.items() if t == s]
        if lacking:
            more = v.model.new_bool_var(f"more lacking {s}")
            v.model.add(sum(lacking) >= staffed.lacking + 1).only_enforce_if(more)
            ways_out.append(more)
    v.model.add_bool_or(ways_out)


def _changes(
    presences: Mapping[tuple[str, str], Var], session: str, people: frozenset[str], also_more: bool
) -> Iterator[cp_model.LiteralT]:
    """That one of `people` is not in the session; or, with `also_more`, that somebody else is."""
    for (person, s), present in presences.items():
        if s == session and person in people:
            yield present.negated()
        elif s == session and also_more:
            yield present
