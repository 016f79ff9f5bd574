"""Who would notice: `changed[y]` is true wherever what is left of somebody's day is not as it was.

The meaning of "as it was" is that of `scheduler.changes.difference`. For applicants it can be said outright.
For staff it says that each of their old rows is *covered*, by a run at the same time and in the same place
that is theirs, and that they have no more rows than before.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.checks.views import run_panel, run_room
from scheduler.programme import ExerciseKind
from scheduler.solver.repair.history import History
from scheduler.solver.repair.scenario import PanelKey
from scheduler.solver.repair.variables import Literal, RepairVariables
from scheduler.solver.running_order.options import Run
from scheduler.solver.running_order.variables import Variables
from scheduler.timetable import Role, Sitting


@dataclass(frozen=True)
class OldRun:
    """A run that has not begun, as staff knew it: start of the run, minutes with staff, room and panel."""

    session: str
    exercise: str
    start: int
    minutes: int
    room: str
    panel: str
    applicants: tuple[str, ...]


def add_changed(r: RepairVariables, already: frozenset[str] = frozenset()) -> None:
    """Add `changed` for everybody who has, or could be given, anything at hand.

    Not for the absent, nor for those who have `already` changed.
    """
    force, problem = r.scenario.history.force, r.scenario.history.problem
    for y in _everybody(r):
        if y not in already and not force.is_absent(problem, y):
            r.changed[y] = r.literal(f"{y} changed")
    old = old_runs(r)
    _without_a_session(r)
    _applicants(r, old)
    same = _panels(r, old)
    _assessors(r, old, same)
    _role_players(r, old)
    _groups(r, old)
    _interpreters(r)


def old_runs(r: RepairVariables, history: History | None = None) -> list[tuple[OldRun, Sitting]]:
    """Every run at hand that has not begun, as it was or in another `history` of the same day."""
    problem = r.scenario.history.problem
    found = []
    for run in (history or r.scenario.history).left:
        if run.session not in r.scenario.at_hand:
            continue
        exercise = problem.exercise_by_reference[run.exercise]
        people = [problem.applicant_by_reference[a] for a in run.applicants]
        minutes = max((problem.minutes_for(a, exercise) for a in people), default=exercise.minutes)
        room, start = run_room(run), run.of(Role.APPLICANT)[0].start
        panel = run_panel(run) if exercise.kind is ExerciseKind.PANEL else ""
        found.append((OldRun(run.session, run.exercise, start, minutes, room, panel, run.applicants), run))
    return found


def _everybody(r: RepairVariables) -> list[str]:
    """Those with rows at hand, then those who could be given some, each once."""
    at_hand = r.scenario.at_hand
    rows = r.scenario.history.left_rows
    known = {y for y in rows if any(row.session in at_hand for row in rows[y])}
    staff = (*r.sits_in, *r.plays_in, *r.leads, *r.interprets)
    gone = r.scenario.history.force.left_out
    return sorted((known - gone) | {y for y, _ in staff} | set(r.scenario.applicants))


def _without_a_session(r: RepairVariables) -> None:
    """Where nobody is left in a session, its staff have changed whatever happens."""
    for y, rows in r.scenario.history.left_rows.items():
        at_hand = [row.session for row in rows if row.session in r.scenario.at_hand]
        if y in r.changed and any(s not in r.order_of for s in at_hand):
            r.model.add(r.changed[y] == 1)


def _applicants(r: RepairVariables, old: list[tuple[OldRun, Sitting]]) -> None:
    for a in r.scenario.applicants:
        r.model.add_bool_or([r.changed[a], *([r.comes[a]] if a in r.comes else [])])
    for run, _ in old:
        v = r.order_of.get(run.session)
        for a in run.applicants if v is not None else ():
            if v is not None and a in r.scenario.applicants:
                _applicant_row(r, v, run, a)


def _applicant_row(r: RepairVariables, v: Variables, run: OldRun, a: str) -> None:
    same = r.changed[a].negated()
    v.model.add(v.start[a, run.exercise] == run.start).only_enforce_if(same)
    if run.panel:
        panels = [p for p in v.options.panels_of(run.session) if r.panel_name((run.session, p)) == run.panel]
        rooms = [v.panel_room.get(((run.session, p), run.room)) for p in panels]
        if not panels or rooms[0] is None:
            v.model.add(r.changed[a] == 1)
            return
        v.model.add_implication(same, v.sits[a, (run.session, panels[0])])
        v.model.add_implication(same, rooms[0])
        return
    own = Run(run.session, run.exercise, a, 0)
    if own in v.takes_place:
        _implies(r, same, v.in_room.get((own, run.room)))
        return
    for shared in v.options.shared_runs_of(run.session, run.exercise):
        inside = v.in_room.get((shared, run.room))
        v.model.add_bool_or(
            [r.changed[a], v.joins[a, shared].negated(), *([inside] if inside is not None else [])]
        )


def _panels(r: RepairVariables, old: list[tuple[OldRun, Sitting]]) -> dict[PanelKey, Literal]:
    """For each panel with interviews left, whether they are at the same times and in the same room."""
    found: dict[PanelKey, Literal] = {}
    for v, key in r.panels:
        runs = [run for run, _ in old if run.session == key[0] and run.panel == r.panel_name(key)]
        if not runs:
            continue
        same = found[key] = r.literal(f"panel {key} is the same")
        for run in runs:
            covers = [
                _covered(r, v, run, own, [v.sits[own.applicant, key]])
                for own in _like(r, v, run)
                if own.applicant
            ]
            v.model.add_bool_or([same.negated(), *covers])
            _implies(r, same, v.panel_room.get((key, run.room)))
        seen = sum(v.panel_of_run(run)[key[1]] for run in r.panel_runs(key[0]))
        v.model.add(seen == len(runs)).only_enforce_if(same)
    return found


def _assessors(r: RepairVariables, old: list[tuple[OldRun, Sitting]], same: dict[PanelKey, Literal]) -> None:
    theirs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for run, sitting in old:
        for row in sitting.of(Role.ASSESSOR):
            theirs[row.person, run.session].add(run.panel)
    for v, key in r.panels:
        for x in v.options.staffing_by_session[key[0]].assessors:
            if x not in r.changed:
                continue
            if r.panel_name(key) in theirs[x, key[0]]:
                v.model.add_implication(r.changed[x].negated(), v.staffs[x, key])
                v.model.add_implication(r.changed[x].negated(), same[key])
            else:
                v.model.add_implication(v.staffs[x, key], r.changed[x])
    for (x, s), _ in sorted(theirs.items()):
        if x in r.changed and s in r.order_of and (x, s) not in r.sits_in:
            r.model.add(r.changed[x] == 1)


def _role_players(r: RepairVariables, old: list[tuple[OldRun, Sitting]]) -> None:
    theirs: dict[tuple[str, str], list[OldRun]] = defaultdict(list)
    for run, sitting in old:
        for row in sitting.of(Role.ROLE_PLAYER):
            theirs[row.person, run.session].append(run)
    for (player, s), runs in sorted(theirs.items()):
        v = r.order_of.get(s)
        if player not in r.changed or v is None:
            continue
        for run in runs:
            covers = [
                _covered(r, v, run, found, [v.plays[player, found], *inside])
                for found in _like(r, v, run)
                if (player, found) in v.plays
                for inside, k in r.rooms_of_run(v, found)
                if k == run.room
            ]
            v.model.add_bool_or([r.changed[player], *covers])
    for player, s in r.plays_in:
        v = r.order_of[s]
        plays = [lit for (other, run), lit in v.plays.items() if other == player and run.session == s]
        number = len(theirs.get((player, s), []))
        if player in r.changed and number < len(plays):
            v.model.add(sum(plays) <= number).only_enforce_if(r.changed[player].negated())


def _groups(r: RepairVariables, old: list[tuple[OldRun, Sitting]]) -> None:
    theirs: dict[tuple[str, str], list[OldRun]] = defaultdict(list)
    for run, sitting in old:
        for row in sitting.of(Role.SERVICE_USER_GROUP):
            theirs[row.person, run.session].append(run)
    for (g, s), runs in sorted(theirs.items()):
        v = r.order_of.get(s)
        if g not in r.changed or v is None:
            continue
        _implies(r, r.changed[g].negated(), r.leads.get((g, s)))
        for run in runs:
            covers = [
                _covered(r, v, run, found, [v.takes_place[found], v.in_room[found, run.room]])
                for found in r.group_runs(s)
                if found.exercise == run.exercise and (found, run.room) in v.in_room
            ]
            v.model.add_bool_or([r.changed[g], *covers])
        held = sum(v.takes_place[run] for run in r.group_runs(s))
        v.model.add(held == len(runs)).only_enforce_if(r.changed[g].negated())
    for (g, s), leads in r.leads.items():
        if g in r.changed and (g, s) not in theirs:
            for found in r.group_runs(s):
                takes_place = r.order_of[s].takes_place[found]
                r.model.add_bool_or([r.changed[g], leads.negated(), takes_place.negated()])


def _interpreters(r: RepairVariables) -> None:
    """They change with their applicant."""
    theirs: dict[str, set[str]] = defaultdict(set)
    for alias in r.scenario.aliases:
        if r.scenario.needs_interpreters(alias) and alias.reference == alias.applicant:
            for i in r.scenario.history.pair_of(alias.applicant, begun=False):
                theirs[i].add(alias.applicant)
    for (i, a), interprets in r.interprets.items():
        if i in r.changed and a in theirs[i]:
            r.model.add_implication(r.changed[i].negated(), interprets)
            r.model.add_implication(r.changed[i].negated(), r.changed[a].negated())
        elif i in r.changed:
            r.model.add_implication(interprets, r.changed[i])
    for i in r.scenario.history.problem.interpreter_by_reference:
        rows = r.scenario.history.left_rows.get(i, [])
        if i in r.changed and not theirs[i] and any(row.session in r.scenario.at_hand for row in rows):
            r.model.add(r.changed[i] == 1)


def _like(r: RepairVariables, v: Variables, old: OldRun) -> list[Run]:
    """The runs of its session and exercise that could take an old run's place."""
    return [run for run in v.takes_place if (run.session, run.exercise) == (old.session, old.exercise)]


def _covered(r: RepairVariables, v: Variables, old: OldRun, run: Run, needed: list[Literal]) -> Literal:
    """That this run is at the old one's times, and what else is needed holds too."""
    covers = r.literal(f"{run} covers {old.start}")
    v.model.add(v.run_start[run] == old.start).only_enforce_if(covers)
    same_length: cp_model.BoundedLinearExpression | bool = v.run_minutes[run] == old.minutes
    if isinstance(same_length, bool):
        if not same_length:
            v.model.add(covers == 0)
    else:
        v.model.add(same_length).only_enforce_if(covers)
    for one in needed:
        v.model.add_implication(covers, one)
    return covers


def _implies(r: RepairVariables, condition: cp_model.LiteralT, literal: Literal | None) -> None:
    """`condition` needs `literal`; where the model does not even have it, it can never hold."""
    r.model.add_implication(condition, False if literal is None else literal)
