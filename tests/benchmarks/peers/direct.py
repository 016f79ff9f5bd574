"""The direct model, as one would first write it: one variable for each applicant, session and panel, and one
for each assessor, session and panel, handed to CP-SAT tier by tier.

attends[a, s, p], staffs[x, s, p] and used[s, p] are all there is, but for counts of them. Every rule of a
placement is one line over these; nothing is counted by councils, nothing is cut, nothing is asked for first.
Each tier is made least and then held, with the last answer as a hint. Running orders: `orders.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from scheduler.params import Params
from scheduler.people import Assessor
from scheduler.problem import FirstChoiceRule, Problem
from tests.benchmarks.peers.orders import PeerPanel, may_work, sessions_open_to

# What is left of the time for each tier in turn; the last may take all of it.
SHARE_BY_TIER = (0.3, 0.2, 0.2, 0.2, 0.3, 0.3, 1.0)
LEAST_SECONDS = 0.2


@dataclass
class DirectModel:
    """a applicant, s session, p panel number, x assessor; `slots` are the (s, p) there are."""

    problem: Problem
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    attends: dict[tuple[str, str, int], cp_model.IntVar] = field(default_factory=dict)
    staffs: dict[tuple[str, str, int], cp_model.IntVar] = field(default_factory=dict)
    used: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    held: dict[str, cp_model.IntVar] = field(default_factory=dict)
    lacks: dict[tuple[str, str, int], cp_model.IntVar] = field(default_factory=dict)

    def slots(self) -> Iterator[tuple[str, int]]:
        return iter(self.used)

    def members(self, s: str, p: int) -> list[tuple[Assessor, cp_model.IntVar]]:
        found = ((x, self.staffs.get((x.reference, s, p))) for x in self.problem.assessors)
        return [(x, var) for x, var in found if var is not None]

    def seen(self, s: str, p: int) -> list[tuple[str, cp_model.IntVar]]:
        found = ((a.reference, self.attends.get((a.reference, s, p))) for a in self.problem.applicants)
        return [(a, var) for a, var in found if var is not None]


def direct_placement(problem: Problem, params: Params) -> list[PeerPanel]:
    """The best placement found in `params.seconds`; no panels where none was found."""
    ends = time.monotonic() + params.seconds
    m = DirectModel(problem)
    _variables(m)
    _attendance(m)
    _panels(m)
    _staff(m)
    answer: list[PeerPanel] = []
    for objective, share in zip(_tiers(m), SHARE_BY_TIER, strict=True):
        m.model.minimize(objective)
        solver = cp_model.CpSolver()
        left = ends - time.monotonic()
        solver.parameters.max_time_in_seconds = max(LEAST_SECONDS, left * share)
        solver.parameters.num_workers = params.workers
        solver.parameters.random_seed = params.seed
        status = solver.solve(m.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        answer = _extract(m, solver)
        m.model.add(objective <= round(solver.objective_value))
        m.model.clear_hints()  # type: ignore[no-untyped-call]
        for var in (*m.attends.values(), *m.staffs.values(), *m.used.values()):
            m.model.add_hint(var, solver.value(var))
        if time.monotonic() > ends:
            break
    return answer


def _variables(m: DirectModel) -> None:
    problem, model = m.problem, m.model
    needed = {e.reference for e in problem.panel_exercises}
    open_to = {a.reference: sessions_open_to(problem, a.reference) for a in problem.applicants}
    for session in problem.sessions:
        s = session.reference
        m.held[s] = model.new_bool_var("")
        for p in range(session.panels_max):
            m.used[s, p] = model.new_bool_var("")
            for applicant in problem.applicants:
                if session in open_to[applicant.reference]:
                    m.attends[applicant.reference, s, p] = model.new_bool_var("")
            for x in problem.assessors:
                if not x.standby and needed <= x.trained_for and may_work(problem, x.reference, session):
                    m.staffs[x.reference, s, p] = model.new_bool_var("")


def _attendance(m: DirectModel) -> None:
    """One panel at most for each applicant; sessions are held by their first panel."""
    for applicant in m.problem.applicants:
        own = [var for (a, _, _), var in m.attends.items() if a == applicant.reference]
        m.model.add(sum(own) <= 1)
    for s, p in m.slots():
        if p:
            m.model.add_implication(m.used[s, p], m.used[s, p - 1])
        else:
            m.model.add(m.held[s] == m.used[s, 0])


def _panels(m: DirectModel) -> None:
    rules, problem = m.problem.panel, m.problem
    asked: tuple[tuple[int, Callable[[Assessor], bool]], ...] = (
        (rules.lead_members, lambda x: x.council == problem.lead_council),
        (rules.safer_recruitment_members, lambda x: x.safer_recruitment),
        (rules.chair_members, lambda x: x.chair),
        (rules.lived_experience_members, lambda x: x.lived_experience),
    )
    for s, p in m.slots():
        used, members, seen = m.used[s, p], m.members(s, p), m.seen(s, p)
        m.model.add(sum(var for _, var in members) == rules.size * used)
        m.model.add(sum(var for _, var in seen) <= rules.interviews_max * used)
        m.model.add(sum(var for _, var in seen) >= used)
        for number, counts in asked:
            m.model.add(sum(var for x, var in members if counts(x)) >= number * used)
        for c in problem.councils:
            m.model.add(sum(var for x, var in members if x.council == c) <= rules.one_council_max)
        for a, attends in seen:
            for x, staffs in members:
                if problem.excluded(a, x.reference):
                    m.model.add_at_most_one(attends, staffs)
            _first_choice(m, a, attends, s, p)


def _first_choice(m: DirectModel, a: str, attends: cp_model.IntVar, s: str, p: int) -> None:
    rules, first = m.problem.panel, m.problem.applicant_by_reference[a].first_choice
    if first is None or rules.first_choice_rule is FirstChoiceRule.OFF:
        return
    theirs = sum(var for x, var in m.members(s, p) if x.council == first)
    wanted: cp_model.LinearExprT = rules.first_choice_members * attends
    if rules.first_choice_rule is FirstChoiceRule.SOFT:
        lacks = m.lacks[a, s, p] = m.model.new_bool_var("")
        wanted = rules.first_choice_members * (attends - lacks)
    m.model.add(theirs >= wanted)


def _staff(m: DirectModel) -> None:
    problem = m.problem
    clashes = [(one.reference, other.reference) for one, other in problem.session_clashes()]
    for x in problem.assessors:
        in_session = {
            s.reference: [
                m.staffs[key]
                for p in range(s.panels_max)
                if (key := (x.reference, s.reference, p)) in m.staffs
            ]
            for s in problem.sessions
        }
        m.model.add(sum(var for own in in_session.values() for var in own) <= x.half_days_max)
        for own in in_session.values():
            m.model.add_at_most_one(own)
        for one, other in clashes:
            m.model.add_at_most_one([*in_session[one], *in_session[other]])
        for pin in problem.pins:
            if pin.must and pin.person == x.reference:
                m.model.add(sum(in_session[pin.session]) == 1)


def _tiers(m: DirectModel) -> Iterator[cp_model.LinearExprT]:
    """Tiers 1 to 7 in the format's order; the rest is for the running orders."""
    problem = m.problem
    venue = {session.reference: session.venue for session in problem.sessions}
    yield len(problem.applicants) - sum(m.attends.values())
    yield sum(m.used.values())
    yield sum(m.held.values())
    yield sum(m.lacks.values()) + 0 * m.held[problem.sessions[0].reference]
    yield sum(problem.travel_of(a, venue[s]) * var for (a, s, _), var in m.attends.items())
    yield sum(problem.travel_of(x, venue[s]) * var for (x, s, _), var in m.staffs.items())
    heaviest = m.model.new_int_var(0, 100 * len(problem.sessions), "")
    for x in problem.assessors:
        worked = sum(var for (y, _, _), var in m.staffs.items() if y == x.reference)
        m.model.add(heaviest * max(1, x.half_days_max) >= 100 * worked)
    yield heaviest


def _extract(m: DirectModel, solver: cp_model.CpSolver) -> list[PeerPanel]:
    return [
        PeerPanel(
            session=s,
            members=tuple(x.reference for x, var in m.members(s, p) if solver.value(var)),
            applicants=tuple(a for a, var in m.seen(s, p) if solver.value(var)),
        )
        for s, p in m.slots()
        if solver.value(m.used[s, p])
    ]
