"""The variables of a repair, over those of its running orders.

Legend (x assessor, g service-user group, i interpreter, a alias of an applicant, p panel, y anybody):
- `orders`              the running orders, one for each cluster of sessions, in one model
- `works[s, p]`         the panel sees somebody from now on
- `leads[g, s]`         g serves the group runs of s
- `interprets[i, a]`    i is one of a's two interpreters from now on
- `sits_in[x, s]`       x sits on some panel of s; `plays_in[r, s]` the same for role players
- `changed[y]`          what is left of y's day is not as it was
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ortools.sat.python import cp_model

from scheduler.programme import ExerciseKind
from scheduler.solver.repair.scenario import Alias, PanelKey, Scenario
from scheduler.solver.running_order.constraints.people import panel_runs
from scheduler.solver.running_order.options import Run
from scheduler.solver.running_order.variables import Variables, build_variables

Literal = cp_model.IntVar
InRoom = tuple[list[Literal], str]


@dataclass
class RepairVariables:
    """See the legend above."""

    model: cp_model.CpModel
    scenario: Scenario
    orders: list[Variables]
    works: dict[PanelKey, Literal] = field(default_factory=dict)
    leads: dict[tuple[str, str], Literal] = field(default_factory=dict)
    interprets: dict[tuple[str, str], Literal] = field(default_factory=dict)
    sits_in: dict[tuple[str, str], Literal] = field(default_factory=dict)
    plays_in: dict[tuple[str, str], Literal] = field(default_factory=dict)
    changed: dict[str, Literal] = field(default_factory=dict)

    @cached_property
    def order_of(self) -> dict[str, Variables]:
        """By session; a session with nobody left has none."""
        return {session.reference: v for v in self.orders for session in v.options.sessions}

    @cached_property
    def comes(self) -> dict[str, Literal]:
        """By alias."""
        return {a: comes for v in self.orders for a, comes in v.comes.items()}

    @cached_property
    def alias_by_reference(self) -> dict[str, Alias]:
        return {alias.reference: alias for alias in self.scenario.aliases}

    @property
    def panels(self) -> Iterator[tuple[Variables, PanelKey]]:
        for v in self.orders:
            for key in v.options.panels:
                yield v, key

    def panel_name(self, key: PanelKey) -> str:
        return self.scenario.panel_names[key[0]][key[1]]

    def runs_of(self, session: str) -> Iterator[Run]:
        """Every run that may still happen in a session."""
        v = self.order_of.get(session)
        if v is not None:
            yield from (run for run in v.takes_place if run.session == session)

    def group_runs(self, session: str) -> list[Run]:
        v = self.order_of.get(session)
        if v is None:
            return []
        runs = v.options.shared_runs
        return [r for r in runs if r.session == session and v.options.exercise(r).kind is ExerciseKind.GROUP]

    def panel_runs(self, session: str) -> list[Run]:
        v = self.order_of.get(session)
        return [] if v is None else panel_runs(v, session)

    def rooms_of_run(self, v: Variables, run: Run) -> Iterator[InRoom]:
        """Which literals together say that the run is in which room."""
        if v.options.exercise(run).kind is ExerciseKind.PANEL:
            for p, sits in v.panel_of_run(run).items():
                for k in self.rooms_of_panel(v, (run.session, p)):
                    yield [sits, v.panel_room[(run.session, p), k]], k
        else:
            for room in v.options.rooms_of(run.session, v.options.exercise(run)):
                yield [v.in_room[run, room.reference]], room.reference

    def rooms_of_panel(self, v: Variables, key: PanelKey) -> list[str]:
        exercises = v.options.problem.panel_exercises
        rooms = v.options.rooms_of(key[0], exercises[0]) if exercises else ()
        return [room.reference for room in rooms]

    def literal(self, name: str) -> Literal:
        return self.model.new_bool_var(name)


def build_repair_variables(scenario: Scenario) -> RepairVariables:
    model = cp_model.CpModel()
    orders = [build_variables(model, options) for options in scenario.clusters()]
    r = RepairVariables(model, scenario, orders)
    for v, (session, p) in r.panels:
        r.works[session, p] = model.new_bool_var(f"works {session} {p}")
        for x in v.options.staffing_by_session[session].assessors:
            if (x, session) not in r.sits_in:
                r.sits_in[x, session] = model.new_bool_var(f"{x} sits in {session}")
    for v in orders:
        for staffing in v.options.staffing:
            s = staffing.session
            for g in scenario.groups[s] if staffing.group is not None else ():
                r.leads[g, s] = model.new_bool_var(f"{g} leads {s}")
            for player in staffing.role_players:
                r.plays_in[player, s] = model.new_bool_var(f"{player} plays in {s}")
    for alias in scenario.aliases:
        if scenario.needs_interpreters(alias):
            for i in scenario.interpreters[alias.session]:
                r.interprets[i, alias.reference] = model.new_bool_var(f"{i} with {alias.reference}")
    return r
