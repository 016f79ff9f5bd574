"""A timetable changed by hand: one change at a time, done at once, and every rule it breaks told in words.

A change is never refused because it breaks a rule; only what cannot be said at all is (a room that is not
there). Nothing is solved: whoever does not fit stays out and is told. To have the solver plan the rest around
a change, pin the people (`pin_people.py`) and schedule again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from api.campaign import Campaign
from api.errors import BadInput, Fault, shown
from api.exports.packs.wording import listed
from api.presenters.breaches import BreachLine, breach_lines
from api.services.editing.board import Board, OpenRun
from api.services.editing.changes import MoveApplicant as MoveApplicant
from api.services.editing.changes import MoveSitting as MoveSitting
from api.services.editing.changes import RemoveApplicant as RemoveApplicant
from api.services.editing.changes import ReplaceAssessor as ReplaceAssessor
from api.services.editing.changes import SwapApplicants as SwapApplicants
from api.services.editing.changes import TimetableChange as TimetableChange
from api.services.editing.joining import join
from scheduler.timetable import Timetable

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Edited:
    """The timetable after a change. `new_breaches` are those of `breaches` that it had not before.

    `notes` say what could not be done.
    """

    timetable: Timetable
    breaches: tuple[BreachLine, ...]
    new_breaches: tuple[BreachLine, ...]
    notes: tuple[str, ...]


def edit_timetable(campaign: Campaign, timetable: Timetable, change: TimetableChange) -> Edited:
    """The timetable with this change. Raises `BadInput` where it names what is not there."""
    board = Board(campaign.problem, timetable)
    faults = list(_faults(campaign, board, change))
    if faults:
        raise BadInput(faults)
    notes = tuple(_do(campaign, board, change))
    new = board.timetable()
    before = Counter((line.rule, line.detail) for line in breach_lines(campaign, timetable))
    breaches = breach_lines(campaign, new)
    fresh = []
    for line in breaches:
        if before[line.rule, line.detail]:
            before[line.rule, line.detail] -= 1
        else:
            fresh.append(line)
    return Edited(new, breaches, tuple(fresh), notes)


def _do(campaign: Campaign, board: Board, change: TimetableChange) -> Iterator[str]:
    if isinstance(change, MoveSitting):
        _move_sitting(board, change)
    elif isinstance(change, SwapApplicants):
        yield from _swap(campaign, board, change)
    elif isinstance(change, ReplaceAssessor):
        _replace(board, change)
    else:
        board.take_out(change.applicant)
        if isinstance(change, MoveApplicant):
            problem = campaign.problem
            applicant = problem.applicant_by_reference[change.applicant]
            session = problem.session_by_reference[change.session]
            yield from _left_over(campaign, change, join(board, applicant, session))


def _move_sitting(board: Board, change: MoveSitting) -> None:
    run = board.runs[change.session, change.exercise, change.sitting]
    board.touch(run)
    if change.start is not None:
        run.start = change.start
    if change.room is not None:
        for other in _of_panel(board, run.session, run.panel) if run.panel else [run]:
            other.room = change.room
            board.touch(other)


def _swap(campaign: Campaign, board: Board, change: SwapApplicants) -> Iterator[str]:
    names = {change.one: change.other, change.other: change.one}
    for person in names:
        if not board.runs_of(person):
            yield f"{_who(campaign, person)} had no place before."
    where = {person: [run.session for run in board.runs_of(person)] for person in names}
    for run in {run.key: run for person in names for run in board.runs_of(person)}.values():
        run.applicants = [names.get(applicant, applicant) for applicant in run.applicants]
        board.touch(run)
    board.rename_in_meetings(names)
    # Interpreters stay with their applicant, wherever that is now.
    pairs = {person: [board.interpreters.pop((s, person), ()) for s in where[person]] for person in names}
    for person, found in pairs.items():
        pair = next((each for each in found if each), ())
        for session in where[names[person]]:
            if pair:
                board.interpreters[session, person] = pair


def _replace(board: Board, change: ReplaceAssessor) -> None:
    for run in _of_panel(board, change.session, change.panel):
        run.assessors = [change.new if member == change.old else member for member in run.assessors]
        board.touch(run)


def _left_over(campaign: Campaign, change: MoveApplicant, exercises: list[str]) -> Iterator[str]:
    who = _who(campaign, change.applicant)
    names = [campaign.name_of("exercises", exercise) for exercise in exercises]
    if len(exercises) == len(campaign.problem.exercises):
        yield f"There is no room for {who} in {change.session} as it stands."
    elif exercises:
        yield f"No place was found for {who} in {change.session} for {listed(names)}."


def _faults(campaign: Campaign, board: Board, change: TimetableChange) -> Iterator[Fault]:
    problem = campaign.problem
    if isinstance(change, MoveSitting):
        yield from _sitting_faults(campaign, board, change)
        return
    if (
        isinstance(change, MoveApplicant | ReplaceAssessor)
        and change.session not in problem.session_by_reference
    ):
        yield _fault("session", change.session, "a session of this campaign")
    if isinstance(change, ReplaceAssessor):
        yield from _panel_faults(campaign, board, change)
        return
    people = (change.one, change.other) if isinstance(change, SwapApplicants) else (change.applicant,)
    for person in people:
        if person not in problem.applicant_by_reference:
            yield _fault("applicant", person, "an applicant of this campaign")
        elif isinstance(change, RemoveApplicant) and not board.runs_of(person):
            yield _fault("applicant", person, "an applicant who has a place")
    if len(set(people)) < len(people):
        yield _fault("applicant", people[0], "two different applicants")
    elif isinstance(change, SwapApplicants) and not any(board.runs_of(person) for person in people):
        yield _fault("applicant", people[0], "at least one applicant who has a place")


def _sitting_faults(campaign: Campaign, board: Board, change: MoveSitting) -> Iterator[Fault]:
    if (change.session, change.exercise, change.sitting) not in board.runs:
        what = f"{change.exercise} {change.sitting} of {change.session}"
        yield _fault("sitting", what, "a sitting of this timetable")
    if change.room is not None and change.room not in campaign.problem.room_by_reference:
        yield _fault("room", change.room, "a room of this campaign")
    if change.start is not None and not 0 <= change.start < MINUTES_A_DAY:
        yield Fault("timetable", None, "start", f"{change.start} minutes after midnight", "a time of the day")
    if change.start is None and change.room is None:
        yield Fault("timetable", None, None, "neither a time nor a room", "a new time, a new room or both")


def _panel_faults(campaign: Campaign, board: Board, change: ReplaceAssessor) -> Iterator[Fault]:
    members = {member for run in _of_panel(board, change.session, change.panel) for member in run.assessors}
    if not members:
        yield _fault("panel", change.panel, "a panel of that session")
    elif change.old not in members:
        yield _fault("person", change.old, f"a member of panel {change.panel}: {listed(sorted(members))}")
    if change.new not in campaign.problem.assessor_by_reference:
        yield _fault("person", change.new, "an assessor of this campaign")
    elif change.new in members:
        yield _fault("person", change.new, "somebody who is not on that panel already")


def _of_panel(board: Board, session: str, panel: str) -> list[OpenRun]:
    return [run for run in board.runs_in(session) if panel and run.panel == panel]


def _fault(column: str, found: str, wanted: str) -> Fault:
    return Fault("timetable", None, column, shown(found), wanted)


def _who(campaign: Campaign, person: str) -> str:
    name = campaign.person_name(person)
    return person if name == person else f"{name} ({person})"
