"""What several checks ask of a timetable's rows: who attends what, where a run is, which panels there are.

Every answer is taken from the rows as they stand, however odd. Where the rows of one run disagree, the
run's start and room are what most of them say, so that one wrong row is one breach and not a dozen.
Nothing here judges; the checks do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from scheduler.grid import Window
from scheduler.people import Applicant, Assessor
from scheduler.problem import Problem
from scheduler.programme import Exercise, ExerciseKind
from scheduler.timetable import Entry, Role, Sitting, Timetable

V = TypeVar("V", int, str, Window)


@dataclass(frozen=True, slots=True)
class PanelView:
    """One panel in one session: the runs of panel exercises that are its own, and everybody in them.

    `members` are the assessors of any of its runs, so a member may be missing from one.
    """

    reference: str
    session: str
    members: tuple[str, ...]
    applicants: tuple[str, ...]
    runs: tuple[Sitting, ...]


def exercise_of(problem: Problem, run: Sitting) -> Exercise:
    """The exercise that the run is a run of."""
    return problem.exercise_by_reference[run.exercise]


def runs_of_kind(problem: Problem, timetable: Timetable, *kinds: ExerciseKind) -> Iterator[Sitting]:
    """The runs of exercises of these kinds, in the timetable's order."""
    return (run for run in timetable.sittings if exercise_of(problem, run).kind in kinds)


def most_common(values: Iterable[V]) -> V:
    """The value said most often, the least of those said equally often. `values` must not be empty."""
    said = list(values)
    if said.count(said[0]) == len(said):
        # Nearly always, and counting would take longer than all else that the checks do.
        return said[0]
    counts = Counter(said)
    return min(counts, key=lambda value: (-counts[value], value))


def run_start(run: Sitting) -> int | None:
    """When most of the run's applicants start; None for a run without applicants."""
    starts = [entry.start for entry in run.of(Role.APPLICANT)]
    return most_common(starts) if starts else None


def run_room(run: Sitting) -> str:
    """The room of most of the run's rows; an interpreter's row only follows an applicant's."""
    rooms = [entry.room for entry in run.entries if entry.role is not Role.INTERPRETER]
    return most_common(rooms or [entry.room for entry in run.entries])


def contact_window(problem: Problem, run: Sitting) -> Window | None:
    """The staff's time with the applicants, the longest extra time included; None without applicants."""
    start = run_start(run)
    known = known_applicants(problem, run)
    if start is None or not known:
        return None
    exercise = exercise_of(problem, run)
    begin = start + exercise.preparation_minutes
    return Window(begin, begin + max(problem.minutes_for(applicant, exercise) for applicant in known))


def stay_of(problem: Problem, run: Sitting) -> Window:
    """The time the run takes its room. Writing counts where it is nobody's row too: in `sitting` and `solo`.

    An interpreter's row only follows an applicant's.
    """
    rows = [row for row in run.entries if row.role is not Role.INTERPRETER] or list(run.entries)
    exercise, contact = exercise_of(problem, run), contact_window(problem, run)
    end = max(row.end for row in rows)
    nobodys_row = exercise.kind in (ExerciseKind.SITTING, ExerciseKind.SOLO)
    if contact is not None and nobodys_row and exercise.writing_minutes:
        end = max(end, contact.end + exercise.writing_minutes)
    return Window(min(row.start for row in rows), end)


def known_applicants(problem: Problem, run: Sitting) -> list[Applicant]:
    """The run's applicants that the campaign knows as applicants."""
    found = problem.applicant_by_reference
    return [found[reference] for reference in run.applicants if reference in found]


def known_assessors(problem: Problem, references: Iterable[str]) -> list[Assessor]:
    """Those of `references` that the campaign knows as assessors."""
    found = problem.assessor_by_reference
    return [found[reference] for reference in references if reference in found]


def sessions_by_person(problem: Problem, timetable: Timetable) -> dict[str, list[str]]:
    """The sessions in which each person has any row; a service user is where their group is."""
    attended: dict[str, set[str]] = defaultdict(set)
    for person, rows in timetable.by_person.items():
        group = problem.group_by_reference.get(person)
        for member in (person, *(group.members if group else ())):
            attended[member].update(row.session for row in rows)
    return {person: sorted(sessions) for person, sessions in sorted(attended.items())}


def rows_by_day(problem: Problem, timetable: Timetable) -> Iterator[list[Entry]]:
    """Each person's rows of one day, over all its sessions, in order of time."""
    for _, rows in sorted(timetable.by_person.items()):
        days = defaultdict(list)
        for row in rows:
            days[problem.session_by_reference[row.session].date].append(row)
        for _, found in sorted(days.items()):
            yield sorted(found, key=lambda row: (row.start, row.end))


def rows_by_applicant_and_session(timetable: Timetable) -> Iterator[list[Entry]]:
    """Each applicant's own rows of one session, in order of time."""
    for _, rows in sorted(timetable.applicant_entries.items()):
        for session in sorted({row.session for row in rows}):
            yield sorted((r for r in rows if r.session == session), key=lambda r: (r.start, r.end))


def panels_of(problem: Problem, timetable: Timetable) -> list[PanelView]:
    """Every panel that is named in a panel exercise, by session and name."""
    runs: dict[tuple[str, str], list[Sitting]] = defaultdict(list)
    for run in runs_of_kind(problem, timetable, ExerciseKind.PANEL):
        if run_panel(run):
            runs[run.session, run_panel(run)].append(run)
    return [_panel(session, name, found) for (session, name), found in sorted(runs.items())]


def panel_rows(run: Sitting) -> tuple[Entry, ...]:
    """The rows of a panel run that must name its panel: the applicant's and the assessors'."""
    return run.of(Role.APPLICANT) + run.of(Role.ASSESSOR)


def run_panel(run: Sitting) -> str:
    """The panel that most of those rows name; "" where none names any."""
    names = [row.panel for row in panel_rows(run) if row.panel]
    return most_common(names) if names else ""


def _panel(session: str, name: str, runs: list[Sitting]) -> PanelView:
    rows = [row for run in runs for row in panel_rows(run)]
    return PanelView(
        reference=name,
        session=session,
        members=tuple(sorted({row.person for row in rows if row.role is Role.ASSESSOR})),
        applicants=tuple(sorted({row.person for row in rows if row.role is Role.APPLICANT})),
        runs=tuple(runs),
    )
