"""The variables of the placement.

Legend (k class of applicants alike, s session, v venue, j those of a class with one journey, x assessor,
(s, n) a column of panels, c council, g group, r role player, i interpreter, a applicant with interpreters):
- `attends[k, s]`        how many of class k attend s
- `travels[k, j, v]`     how many of the class with journey j go to venue v (only where journeys differ)
- `held[s]`              anybody attends s
- `staffs[x, s]`         x sits on a panel in s
- `used[s, n]`           how many panels of this column there are
- `members[s, n, c]`     how many members of council c sit on them: a number of the mix, or open
- `serves_choice[s, n, c]`  they hold the members that applicants with first choice c are to meet
- `sees[s, n, c]`        how many applicants with first choice c they see and serve
- `sees_others[s, n]`    how many they see whose first choice they lack, or need not hold
- `lacking[s, c]`        applicants with first choice c in s whose panel lacks members of c
- `works[g, s]`, `plays[r, s]`, `interprets[i, a, s]`  the other staff
- `heaviest`             the largest load of an assessor, in percent
- `waits[s]`             minutes waited in s beyond what each applicant would wait alone, as far as cuts tell

A column is a mix of councils ("lead, Devon, Bristol") with the number of panels made up so, or one numbered
panel, or all panels of a session as one pool (`options.PanelsApart`). Which assessor sits on which panel is
settled in the running order.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from scheduler.solver.placement.options import Options

Var = cp_model.IntVar


@dataclass
class Variables:
    """See the legend above."""

    model: cp_model.CpModel
    options: Options
    heaviest: Var
    attends: dict[tuple[int, str], Var] = field(default_factory=dict)
    travels: dict[tuple[int, int, str], Var] = field(default_factory=dict)
    held: dict[str, Var] = field(default_factory=dict)
    staffs: dict[tuple[str, str], Var] = field(default_factory=dict)
    used: dict[tuple[str, int], Var] = field(default_factory=dict)
    members: dict[tuple[str, int, str], cp_model.LinearExprT] = field(default_factory=dict)
    open_members: dict[tuple[str, int, str], Var] = field(default_factory=dict)
    serves_choice: dict[tuple[str, int, str], Var] = field(default_factory=dict)
    sees: dict[tuple[str, int, str], Var] = field(default_factory=dict)
    sees_others: dict[tuple[str, int], Var] = field(default_factory=dict)
    lacking: dict[tuple[str, str], Var] = field(default_factory=dict)
    works: dict[tuple[str, str], Var] = field(default_factory=dict)
    plays: dict[tuple[str, str], Var] = field(default_factory=dict)
    interprets: dict[tuple[str, str, str], Var] = field(default_factory=dict)
    waits: dict[str, Var] = field(default_factory=dict)

    def panels(self, session: str) -> cp_model.LinearExprT:
        """How many panels the session has."""
        return sum(self.used[column.key] for column in self.options.columns_of(session))

    def attending(self, session: str) -> cp_model.LinearExprT:
        """How many applicants the session has."""
        return sum(self.attends[k.number, session] for k in self.options.classes)

    def attending_with(self, session: str, first_choice: str) -> cp_model.LinearExprT:
        """How many of them have this first choice."""
        return sum(
            self.attends[k.number, session]
            for k in self.options.classes
            if k.members[0].first_choice == first_choice
        )

    def presences(self) -> list[Var]:
        """The variables that there are whichever way panels are told apart, in one order."""
        tables: tuple[Mapping[Any, Var], ...] = (
            self.attends,
            self.travels,
            self.held,
            self.staffs,
            self.lacking,
            self.works,
            self.plays,
            self.interprets,
            self.waits,
        )
        return [self.heaviest, *(var for table in tables for var in table.values())]

    def presences_outside(self, sessions: Set[str]) -> list[Var]:
        """Who is in any other session than these."""
        tables: tuple[Mapping[Any, Var], ...] = (
            self.attends,
            self.staffs,
            self.works,
            self.plays,
            self.interprets,
        )
        return [var for table in tables for (*_, s), var in table.items() if s not in sessions]

    def all_variables(self) -> list[Var]:
        tables: tuple[Mapping[Any, Var], ...] = (
            self.used,
            self.open_members,
            self.serves_choice,
            self.sees,
            self.sees_others,
        )
        return [*self.presences(), *(var for table in tables for var in table.values())]


def build_variables(model: cp_model.CpModel, options: Options) -> Variables:
    problem = options.problem
    v = Variables(model, options, model.new_int_var(0, 100 * len(problem.sessions) + 100, "heaviest"))
    for session in problem.sessions:
        s = session.reference
        v.held[s] = model.new_bool_var(f"held {s}")
        v.waits[s] = model.new_int_var(0, 24 * 60 * len(problem.applicants), f"waits {s}")
        for k in options.classes:
            v.attends[k.number, s] = model.new_int_var(0, len(k.members), f"{k.number} attend {s}")
        for assessor in options.assessors:
            v.staffs[assessor.reference, s] = model.new_bool_var(f"{assessor.reference} staffs {s}")
        for c, people in options.wanted.items():
            v.lacking[s, c] = model.new_int_var(0, len(people), f"lacking {s} {c}")
        if problem.group_exercises:
            for group in problem.service_user_groups:
                v.works[group.reference, s] = model.new_bool_var(f"{group.reference} works {s}")
        for player in problem.role_players:
            v.plays[player.reference, s] = model.new_bool_var(f"{player.reference} plays {s}")
        for a in options.interpreted:
            for interpreter in problem.interpreters:
                i = interpreter.reference
                v.interprets[i, a, s] = model.new_bool_var(f"{i} interprets {a} {s}")
    _journeys(v)
    _columns(v)
    return v


def _journeys(v: Variables) -> None:
    for k in v.options.classes:
        journeys = v.options.journeys_of(k)
        for j, alike in enumerate(journeys if len(journeys) > 1 else ()):
            for venue in v.options.venues:
                v.travels[k.number, j, venue] = v.model.new_int_var(
                    0, len(alike), f"{k.number} {j} to {venue}"
                )


def _columns(v: Variables) -> None:
    rules, model = v.options.problem.panel, v.model
    for column in v.options.columns:
        s, n = column.key
        seen_max = rules.interviews_max * column.most
        v.used[s, n] = model.new_int_var(0, column.most, f"used {s} {n}")
        v.sees_others[s, n] = model.new_int_var(0, seen_max, f"sees others {s} {n}")
        for c in v.options.problem.councils:
            if column.mix is not None:
                v.members[s, n, c] = column.mix.get(c, 0) * v.used[s, n]
            else:
                most = min(rules.size, rules.one_council_max) * column.most
                v.open_members[s, n, c] = model.new_int_var(0, most, f"members {s} {n} {c}")
                v.members[s, n, c] = v.open_members[s, n, c]
        for c, people in v.options.wanted.items():
            if column.mix is None and not column.is_pool:
                v.serves_choice[s, n, c] = model.new_bool_var(f"serves {s} {n} {c}")
            elif column.mix is not None and column.mix.get(c, 0) < rules.first_choice_members:
                continue
            v.sees[s, n, c] = model.new_int_var(0, min(seen_max, len(people)), f"sees {s} {n} {c}")
