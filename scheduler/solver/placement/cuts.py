"""What running orders have proved impossible, told to the placement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ortools.sat.python import cp_model

from scheduler.solver.placement.options import PLAIN, StaffedSession, StaffingCut, TimingCut, need_of
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
            count = sum(
                v.attends[k.number, s]
                for k in v.options.classes
                if need_of(problem, k.members[0], venue) == need
            )
            ways_out.append(_below(v, count, number, f"fewer with {need} {s}"))
            if cut.exactly:
                ways_out.append(_above(v, count, number, f"more with {need} {s}"))
    if v.used:
        more = v.model.new_bool_var(f"more panels {s}")
        v.model.add(v.panels(s) >= cut.panels + 1).only_enforce_if(more)
        ways_out.append(more)
    if cut.waits_minutes:
        ways_out.append(_waiting(v, (s,), cut.waits_minutes))
    v.model.add_bool_or(ways_out)


def _waiting(v: Variables, sessions: Sequence[str], minutes: int) -> Var:
    """That applicants do wait so long in these sessions."""
    waiting = v.model.new_bool_var(f"waiting {minutes} {sessions}")
    v.model.add(sum(v.waits[s] for s in sessions) >= minutes).only_enforce_if(waiting)
    return waiting


def _below(v: Variables, count: cp_model.LinearExprT, number: int, name: str) -> Var:
    below = v.model.new_bool_var(name)
    v.model.add(count <= number - 1).only_enforce_if(below)
    return below


def _above(v: Variables, count: cp_model.LinearExprT, number: int, name: str) -> Var:
    above = v.model.new_bool_var(name)
    v.model.add(count >= number + 1).only_enforce_if(above)
    return above


def _add_staffing_cut(v: Variables, cut: StaffingCut) -> None:
    """Applicants of other classes come, or fewer do, or other assessors; more role players count as well.

    So does another group: in one session only its minutes matter, in several whether they share it.
    """
    ways_out: list[cp_model.LiteralT] = []
    for staffed in cut.sessions:
        s = staffed.session
        ways_out.extend(_other_applicants(v, staffed, also_more=cut.everybody))
        ways_out.extend(_other_assessors(v, staffed))
        ways_out.extend(var for (r, t), var in v.plays.items() if t == s and r not in staffed.role_players)
        # Interpreters may be kept from an applicant of the same run, or be missed by another session.
        ways_out.extend(
            var for (i, a, t), var in v.interprets.items() if t == s and (i, a) not in staffed.interpreters
        )
        if staffed.group is not None:
            ways_out.extend(_other_group(v, staffed.group, s, any_other=len(cut.sessions) > 1))
        lacking = [var for (t, _), var in v.lacking.items() if t == s]
        if lacking:
            more = v.model.new_bool_var(f"more lacking {s}")
            v.model.add(sum(lacking) >= staffed.lacking + 1).only_enforce_if(more)
            ways_out.append(more)
    if cut.waits_minutes:
        ways_out.append(_waiting(v, [staffed.session for staffed in cut.sessions], cut.waits_minutes))
    v.model.add_bool_or(ways_out)


def _other_applicants(v: Variables, staffed: StaffedSession, also_more: bool) -> Iterator[cp_model.LiteralT]:
    """That fewer of one class attend than in the cut; with `also_more`, or more of one."""
    named = Counter(v.options.class_of[a].number for a in sorted(staffed.applicants))
    for k in v.options.classes:
        attends, number = v.attends[k.number, staffed.session], named[k.number]
        if number:
            yield _below(v, attends, number, f"fewer of {k.number} {staffed.session}")
        if also_more and number < len(k.members):
            yield _above(v, attends, number, f"more of {k.number} {staffed.session}")


def _other_assessors(v: Variables, staffed: StaffedSession) -> Iterator[cp_model.LiteralT]:
    for (x, s), staffs in v.staffs.items():
        if s == staffed.session:
            yield staffs.negated() if x in staffed.assessors else staffs


def _other_group(v: Variables, group: str, s: str, any_other: bool) -> Iterator[cp_model.LiteralT]:
    limits = {g.reference: g.minutes_max for g in v.options.problem.service_user_groups}
    mine = limits[group]
    if any_other:
        yield v.works[group, s].negated()
    elif mine is not None:
        for g, minutes in limits.items():
            if minutes is None or minutes > mine:
                yield v.works[g, s]
