"""The variables of the placement.

Legend (a applicant, s session, x assessor, p panel number, c council, g group, r role player, i interpreter):
- `attends[a, s]`        a attends s
- `held[s]`              anybody attends s
- `staffs[x, s]`         x sits on a panel in s
- `used[s, p]`           panel p of s is staffed; panels are used in order of their number
- `members[s, p, c]`     how many members of council c sit on panel p
- `serves_choice[s, p, c]`  panel p holds the members that applicants with first choice c are to meet
- `sees[s, p, c]`        how many applicants with first choice c panel p sees and serves
- `sees_others[s, p]`    how many applicants panel p sees whose first choice it lacks, or need not hold
- `lacking[s, c]`        applicants with first choice c in s whose panel lacks members of c
- `works[g, s]`, `plays[r, s]`, `interprets[i, a, s]`  the other staff
- `heaviest`             the largest load of an assessor, in percent

Panels are counted by councils here; which assessor sits on which panel is settled in the running order.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from scheduler.solver.placement.options import Options

Var = cp_model.IntVar


@dataclass
class Variables:
    """See the legend above."""

    model: cp_model.CpModel
    options: Options
    heaviest: Var
    attends: dict[tuple[str, str], Var] = field(default_factory=dict)
    held: dict[str, Var] = field(default_factory=dict)
    staffs: dict[tuple[str, str], Var] = field(default_factory=dict)
    used: dict[tuple[str, int], Var] = field(default_factory=dict)
    members: dict[tuple[str, int, str], Var] = field(default_factory=dict)
    serves_choice: dict[tuple[str, int, str], Var] = field(default_factory=dict)
    sees: dict[tuple[str, int, str], Var] = field(default_factory=dict)
    sees_others: dict[tuple[str, int], Var] = field(default_factory=dict)
    lacking: dict[tuple[str, str], Var] = field(default_factory=dict)
    works: dict[tuple[str, str], Var] = field(default_factory=dict)
    plays: dict[tuple[str, str], Var] = field(default_factory=dict)
    interprets: dict[tuple[str, str, str], Var] = field(default_factory=dict)

    def panels(self, session: str) -> cp_model.LinearExprT:
        """How many panels the session has."""
        return sum(used for (s, _), used in self.used.items() if s == session)

    def attending(self, session: str) -> cp_model.LinearExprT:
        """How many applicants the session has."""
        return sum(self.attends[a.reference, session] for a in self.options.problem.applicants)

    def all_variables(self) -> list[Var]:
        groups: list[dict[tuple[str, ...], Var]] = [
            self.attends, self.staffs, self.used, self.members, self.serves_choice, self.sees,  # type: ignore[list-item]
            self.sees_others, self.lacking, self.works, self.plays, self.interprets,  # type: ignore[list-item]
        ]  # fmt: skip
        return [self.heaviest, *self.held.values(), *(var for group in groups for var in group.values())]


def build_variables(model: cp_model.CpModel, options: Options) -> Variables:
    problem = options.problem
    v = Variables(model, options, model.new_int_var(0, 100 * len(problem.sessions) + 100, "heaviest"))
    for session in problem.sessions:
        s = session.reference
        v.held[s] = model.new_bool_var(f"held {s}")
        for applicant in problem.applicants:
            v.attends[applicant.reference, s] = model.new_bool_var(f"{applicant.reference} attends {s}")
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
    _panels(v)
    return v


def _panels(v: Variables) -> None:
    rules, model = v.options.problem.panel, v.model
    for s, p in v.options.panel_slots:
        v.used[s, p] = model.new_bool_var(f"used {s} {p}")
        v.sees_others[s, p] = model.new_int_var(0, rules.interviews_max, f"sees others {s} {p}")
        for c in v.options.problem.councils:
            most = min(rules.size, rules.one_council_max)
            v.members[s, p, c] = model.new_int_var(0, most, f"members {s} {p} {c}")
        for c in v.options.wanted:
            v.serves_choice[s, p, c] = model.new_bool_var(f"serves {s} {p} {c}")
            v.sees[s, p, c] = model.new_int_var(0, rules.interviews_max, f"sees {s} {p} {c}")
