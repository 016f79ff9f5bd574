"""The variables of one running order.

Legend (a applicant, e exercise, p panel, j run, k room, x assessor, r role player):
- `start[a, e]`, `end[a, e]`   the applicant's own time in e, preparation to end of contact
- `sits[a, p]`                 a meets panel p
- `staffs[x, p]`               x is a member of panel p
- `joins[a, run]`              a is in this shared run
- `takes_place[run]`           the run happens
- `run_start`, `run_contact`, `run_end`  when it starts, when staff time starts, when its room is free
- `run_minutes[run]`           its contact minutes: the longest of its applicants
- `in_room[run, k]`            the run is in room k; `panel_room[p, k]` the same for panels
- `plays[r, run]`              r is the run's role player
- `comes[a]`                   a is seen at all (always true unless applicants may be dropped)
- `together[x, y, p]`         x and y are both members of panel p (only where links are aimed for)
- `lacks_first_choice[a]`      a's panel lacks members of the first-choice council (soft rule)
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from scheduler.grid import round_up
from scheduler.programme import ExerciseKind
from scheduler.solver.running_order.options import Options, Run

PanelKey = tuple[str, int]


@dataclass
class Variables:
    """See the legend above. Times are minutes after midnight."""

    model: cp_model.CpModel
    options: Options
    start: dict[tuple[str, str], cp_model.IntVar] = field(default_factory=dict)
    end: dict[tuple[str, str], cp_model.LinearExprT] = field(default_factory=dict)
    comes: dict[str, cp_model.IntVar] = field(default_factory=dict)
    sits: dict[tuple[str, PanelKey], cp_model.IntVar] = field(default_factory=dict)
    staffs: dict[tuple[str, PanelKey], cp_model.IntVar] = field(default_factory=dict)
    panel_room: dict[tuple[PanelKey, str], cp_model.IntVar] = field(default_factory=dict)
    joins: dict[tuple[str, Run], cp_model.IntVar] = field(default_factory=dict)
    takes_place: dict[Run, cp_model.IntVar] = field(default_factory=dict)
    run_start: dict[Run, cp_model.LinearExprT] = field(default_factory=dict)
    run_minutes: dict[Run, cp_model.LinearExprT] = field(default_factory=dict)
    run_contact_end: dict[Run, cp_model.LinearExprT] = field(default_factory=dict)
    in_room: dict[tuple[Run, str], cp_model.IntVar] = field(default_factory=dict)
    plays: dict[tuple[str, Run], cp_model.IntVar] = field(default_factory=dict)
    lacks_first_choice: dict[str, cp_model.IntVar] = field(default_factory=dict)
    together: dict[tuple[str, str, PanelKey], cp_model.IntVar] = field(default_factory=dict)

    def run_end(self, run: Run) -> cp_model.LinearExprT:
        """When the run's room is free again: the end of writing."""
        return self.run_contact_end[run] + self.options.exercise(run).writing_minutes

    def run_contact(self, run: Run) -> cp_model.LinearExprT:
        """When the run's staff start: the end of preparation."""
        return self.run_start[run] + self.options.exercise(run).preparation_minutes

    def panel_of_run(self, run: Run) -> dict[int, cp_model.IntVar]:
        """For a panel run: by panel number, whether that panel sees the run's applicant."""
        assert run.applicant is not None
        return {p: self.sits[run.applicant, (run.session, p)] for p in self.options.panels_of(run.session)}


def build_variables(model: cp_model.CpModel, options: Options) -> Variables:
    v = Variables(model, options)
    _applicants(v)
    _panels(v)
    _own_runs(v)
    _shared_runs(v)
    _role_players(v)
    return v


def _applicants(v: Variables) -> None:
    problem, model = v.options.problem, v.model
    for session, applicant in v.options.applicants:
        a = applicant.reference
        v.comes[a] = model.new_bool_var(f"comes {a}")
        if not v.options.may_drop:
            model.add(v.comes[a] == 1)
        v.lacks_first_choice[a] = model.new_bool_var(f"lacks {a}")
        window = problem.session_by_reference[session].window
        for exercise in problem.exercises:
            length = exercise.preparation_minutes + problem.minutes_for(applicant, exercise)
            v.start[a, exercise.reference] = model.new_int_var(
                window.start, window.end, f"start {a} {exercise.reference}"
            )
            v.end[a, exercise.reference] = v.start[a, exercise.reference] + length


def _panels(v: Variables) -> None:
    model = v.model
    for session, applicant in v.options.applicants:
        if not v.options.problem.panel_exercises:
            continue
        for p in v.options.panels_of(session):
            key = (session, p)
            v.sits[applicant.reference, key] = model.new_bool_var(f"sits {applicant.reference} {p}")
    for staffing in v.options.staffing:
        for p in range(staffing.panels):
            for x in staffing.assessors:
                v.staffs[x, (staffing.session, p)] = model.new_bool_var(f"staffs {x} {p}")
    if v.options.panels_have_rooms_of_their_own or not v.options.problem.panel_exercises:
        return
    exercise = v.options.problem.panel_exercises[0]
    for session, p in v.options.panels:
        for room in v.options.rooms_of(session, exercise):
            v.panel_room[(session, p), room.reference] = model.new_bool_var(f"panel {p} in {room.reference}")


def _own_runs(v: Variables) -> None:
    """Runs of one applicant have the applicant's own times."""
    for run in v.options.own_runs:
        assert run.applicant is not None
        exercise = v.options.exercise(run)
        v.takes_place[run] = v.comes[run.applicant]
        v.run_start[run] = v.start[run.applicant, run.exercise]
        v.run_contact_end[run] = v.end[run.applicant, run.exercise]
        applicant = v.options.problem.applicant_by_reference[run.applicant]
        v.run_minutes[run] = v.options.problem.minutes_for(applicant, exercise)
        if exercise.kind is ExerciseKind.SOLO:
            for room in v.options.rooms_of(run.session, exercise):
                v.in_room[run, room.reference] = v.model.new_bool_var(f"{run.applicant} in {room.reference}")


def _shared_runs(v: Variables) -> None:
    problem, model = v.options.problem, v.model
    for run in v.options.shared_runs:
        exercise = v.options.exercise(run)
        window = problem.session_by_reference[run.session].window
        v.takes_place[run] = model.new_bool_var(f"takes place {run}")
        v.run_start[run] = model.new_int_var(window.start, window.end, f"start {run}")
        people = [ap for session, ap in v.options.applicants if session == run.session]
        longest = max((problem.minutes_for(ap, exercise) for ap in people), default=exercise.minutes)
        if longest == exercise.minutes:
            v.run_minutes[run] = exercise.minutes
            v.run_contact_end[run] = v.run_contact(run) + exercise.minutes
        else:
            v.run_minutes[run] = model.new_int_var(exercise.minutes, longest, f"minutes {run}")
            v.run_contact_end[run] = model.new_int_var(window.start, 2 * window.end, f"ends {run}")
            model.add(v.run_contact_end[run] == v.run_contact(run) + v.run_minutes[run])
        for ap in people:
            v.joins[ap.reference, run] = model.new_bool_var(f"joins {ap.reference} {run}")
        for room in v.options.rooms_of(run.session, exercise):
            v.in_room[run, room.reference] = model.new_bool_var(f"{run} in {room.reference}")


def _role_players(v: Variables) -> None:
    for run in (*v.options.own_runs, *v.options.shared_runs):
        if v.options.exercise(run).role_player:
            for r in v.options.staffing_by_session[run.session].role_players:
                v.plays[r, run] = v.model.new_bool_var(f"plays {r} {run}")


def grid_points(start: int, end: int, grid_minutes: int) -> list[int]:
    """Every start that the session's grid allows, in minutes after midnight."""
    return [start + m for m in range(0, round_up(end - start, grid_minutes) + 1, grid_minutes)]
