"""From a solved running order to rows of the timetable."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.programme import Exercise, ExerciseKind
from scheduler.solver.engine import Answer
from scheduler.solver.running_order.options import Run
from scheduler.solver.running_order.variables import PanelKey, Variables
from scheduler.timetable import Entry, Role


def entries_of(v: Variables, answer: Answer) -> tuple[Entry, ...]:
    """All rows, with runs named `S04-interview-1` in order of their start, and panels `S04-P1`."""
    rooms = _panel_rooms(v, answer)
    held = [run for run, takes_place in v.takes_place.items() if answer.of(takes_place)]
    held.sort(key=lambda r: (r.session, r.exercise, answer.of(v.run_start[r]), r.applicant or "", r.number))
    counted: dict[tuple[str, str], int] = {}
    rows: list[Entry] = []
    for run in held:
        number = counted[run.session, run.exercise] = counted.get((run.session, run.exercise), 0) + 1
        rows.extend(_rows(v, answer, run, f"{run.session}-{run.exercise}-{number}", rooms))
    return tuple(rows)


def dropped_of(v: Variables, answer: Answer) -> tuple[str, ...]:
    return tuple(a for a, comes in v.comes.items() if not answer.of(comes))


def _rows(
    v: Variables, answer: Answer, run: Run, sitting: str, rooms: dict[PanelKey, str]
) -> Iterator[Entry]:
    exercise, problem = v.options.exercise(run), v.options.problem
    start = answer.of(v.run_start[run])
    people = _people(v, answer, run)
    contact = start + exercise.preparation_minutes
    minutes = {a: problem.minutes_for(problem.applicant_by_reference[a], exercise) for a in people}
    longest = contact + max(minutes.values())
    panel = _panel(v, answer, run, exercise)
    room = rooms[panel] if panel else _room(v, answer, run)
    name = f"{panel[0]}-P{panel[1] + 1}" if panel else ""

    def row(role: Role, person: str, begins: int, ends: int) -> Entry:
        return Entry(run.session, begins, run.exercise, sitting, room, role, person, ends, name)

    staffing = v.options.staffing_by_session[run.session]
    for a in people:
        yield row(Role.APPLICANT, a, start, contact + minutes[a])
        for interpreter in staffing.pair_by_applicant.get(a, ()):
            yield row(Role.INTERPRETER, interpreter, start, contact + minutes[a])
    if panel:
        for x in staffing.assessors:
            if answer.of(v.staffs[x, panel]):
                yield row(Role.ASSESSOR, x, contact, longest + exercise.writing_minutes)
    if exercise.kind is ExerciseKind.GROUP and staffing.group is not None:
        yield row(Role.SERVICE_USER_GROUP, staffing.group, contact, longest + exercise.writing_minutes)
    for r in staffing.role_players:
        if (r, run) in v.plays and answer.of(v.plays[r, run]):
            yield row(Role.ROLE_PLAYER, r, contact, longest)


def _people(v: Variables, answer: Answer, run: Run) -> list[str]:
    if run.applicant is not None:
        return [run.applicant]
    return [a for (a, joined), joins in v.joins.items() if joined == run and answer.of(joins)]


def _panel(v: Variables, answer: Answer, run: Run, exercise: Exercise) -> PanelKey | None:
    if exercise.kind is not ExerciseKind.PANEL:
        return None
    return next((run.session, p) for p, sits in v.panel_of_run(run).items() if answer.of(sits))


def _room(v: Variables, answer: Answer, run: Run) -> str:
    return next(k for (held, k), inside in v.in_room.items() if held == run and answer.of(inside))


def _panel_rooms(v: Variables, answer: Answer) -> dict[PanelKey, str]:
    """Each panel's room: as solved, or, where they have rooms of their own, a step-free one if needed."""
    if not v.options.panels_have_rooms_of_their_own:
        return {key: k for (key, k), held in v.panel_room.items() if answer.of(held)}
    step_free = [ap.reference for _, ap in v.options.applicants if ap.adjustment.step_free]
    needy = {key for (a, key), sits in v.sits.items() if a in step_free and answer.of(sits)}
    free = sorted(v.options.panel_rooms_alone, key=lambda room: room.step_free)
    rooms: dict[PanelKey, str] = {}
    for key in sorted(v.options.panels, key=lambda panel: panel not in needy):
        suitable = [room for room in free if room.step_free] if key in needy else free
        # Plain rooms come first in `free`, so that the step-free ones are left for those who need them.
        rooms[key] = suitable[0].reference
        free.remove(suitable[0])
    return rooms
