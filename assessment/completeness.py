"""What is still to be rated: for everybody who came, each cell of the matrix and who is expected to rate it.

Whether a cell is complete is decided by the number of ratings alone, as in `scoring.py`. Who was expected is
told beside it and decides nothing: a stand-in may have rated where the timetable had somebody else. Where the
ratings lie far apart is in `washup.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from assessment.framework import Framework
from assessment.ratings import Rating
from assessment.scoring import CellKey, ScoreCell, ScoreSheet

ANYBODY = ""


class RatingState(StrEnum):
    """What became of one rating."""

    GIVEN = "given"
    MISSING = "missing"
    NOT_EXPECTED = "not_expected"


class CellState(StrEnum):
    """How far one cell is: settled by an agreed rating, complete by its ratings, or neither."""

    AGREED = "agreed"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class ExpectedRaters:
    """Who is to rate one applicant in one exercise.

    Each of `assessors` owes a rating of each criterion. A service-user group owes one as a whole, or as many
    by its members as a cell needs; `members_by_group` says who may rate in whose place. Where nobody is
    named, anybody may rate.
    """

    assessors: tuple[str, ...] = ()
    members_by_group: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def state_of_others(self) -> RatingState:
        """What a rating by anybody else is."""
        somebody = self.assessors or self.members_by_group
        return RatingState.NOT_EXPECTED if somebody else RatingState.GIVEN


OPEN_TO_ANYBODY = ExpectedRaters()


@dataclass(frozen=True, slots=True)
class RatingDue:
    """One rating that was expected, or given. `rater` is empty where nobody knows who it should come from."""

    applicant: str
    exercise: str
    criterion: str
    rater: str
    state: RatingState
    cell: CellState


@dataclass(frozen=True, slots=True)
class OwedRatings:
    """One rater's ratings in one exercise: expected, given of those, still owed.

    `holding_up` counts those owed in cells that are not complete without them. `not_expected` ratings were
    given though somebody else was expected. `rater` is empty for ratings that nobody by name owes.
    """

    rater: str
    exercise: str
    expected: int
    given: int
    owed: int
    holding_up: int
    not_expected: int


@dataclass(frozen=True)
class Completeness:
    """Every rating due, in the order of applicants and matrix, and how far each cell is."""

    due: tuple[RatingDue, ...]
    state_by_cell: Mapping[CellKey, CellState]

    @cached_property
    def incomplete(self) -> tuple[CellKey, ...]:
        """Cells with neither an agreed rating nor enough ratings."""
        return tuple(cell for cell, state in self.state_by_cell.items() if state is CellState.INCOMPLETE)

    @cached_property
    def owed(self) -> tuple[OwedRatings, ...]:
        """Per rater and exercise; whoever holds up the most first, those known by nobody last."""
        lines = [owed_ratings(rater, exercise, due) for (rater, exercise), due in self._by_rater.items()]
        return tuple(
            sorted(lines, key=lambda o: (o.rater == ANYBODY, -o.holding_up, -o.owed, o.rater, o.exercise))
        )

    @cached_property
    def _by_rater(self) -> dict[tuple[str, str], list[RatingDue]]:
        grouped: dict[tuple[str, str], list[RatingDue]] = {}
        for due in self.due:
            grouped.setdefault((due.rater, due.exercise), []).append(due)
        return grouped


def completeness(
    framework: Framework,
    sheet: ScoreSheet,
    present: Sequence[str],
    ratings: Iterable[Rating],
    expected: Mapping[tuple[str, str], ExpectedRaters] | None = None,
) -> Completeness:
    """Hold what was given against what is due, for `present`, those who came; `sheet` has scored them.

    `expected` maps (applicant, exercise) to those who are to rate there. Where it says nothing, each cell is
    due `raters_min` ratings by anybody.
    """
    raters_by_cell: dict[CellKey, list[str]] = {}
    for each in ratings:
        raters_by_cell.setdefault((each.applicant, each.exercise, each.criterion), []).append(each.assessor)
    due: list[RatingDue] = []
    state_by_cell: dict[CellKey, CellState] = {}
    for applicant in present:
        for cell in sheet.cells_by_applicant[applicant]:
            key = (cell.applicant, cell.exercise, cell.criterion)
            state_by_cell[key] = cell_state(cell)
            raters = (expected or {}).get((cell.applicant, cell.exercise), OPEN_TO_ANYBODY)
            found = due_of(framework, raters, sorted(raters_by_cell.get(key, ())), state_by_cell[key])
            due += [RatingDue(*key, rater, state, state_by_cell[key]) for rater, state in found]
    return Completeness(tuple(due), state_by_cell)


def cell_state(cell: ScoreCell) -> CellState:
    if cell.agreed:
        return CellState.AGREED
    return CellState.INCOMPLETE if cell.final is None else CellState.COMPLETE


def due_of(
    framework: Framework, expected: ExpectedRaters, given: Sequence[str], cell: CellState
) -> list[tuple[str, RatingState]]:
    """Who owes or gave a rating of one cell: those expected, those who were not, then what is lacking."""
    found = [
        (rater, RatingState.GIVEN if rater in given else RatingState.MISSING) for rater in expected.assessors
    ]
    for group, members in expected.members_by_group.items():
        found += due_of_group(framework, group, members, given)
    named = {rater for rater, _ in found}
    owed = sum(state is RatingState.MISSING for _, state in found)
    found += [(rater, expected.state_of_others) for rater in given if rater not in named]
    lacking = framework.raters_min - len(given) - owed if cell is CellState.INCOMPLETE else 0
    return found + [(ANYBODY, RatingState.MISSING)] * lacking


def due_of_group(
    framework: Framework, group: str, members: Sequence[str], given: Sequence[str]
) -> list[tuple[str, RatingState]]:
    """A group rates as a whole, or by its members; until enough of them have, the group owes the rest."""
    if group in given:
        return [(group, RatingState.GIVEN)]
    by_members = [(rater, RatingState.GIVEN) for rater in given if rater in members]
    return by_members + [(group, RatingState.MISSING)] * (framework.raters_min - len(by_members))


def owed_ratings(rater: str, exercise: str, due: Sequence[RatingDue]) -> OwedRatings:
    count = Counter(each.state for each in due)
    missing = [each for each in due if each.state is RatingState.MISSING]
    return OwedRatings(
        rater=rater,
        exercise=exercise,
        expected=count[RatingState.GIVEN] + len(missing),
        given=count[RatingState.GIVEN],
        owed=len(missing),
        holding_up=sum(each.cell is CellState.INCOMPLETE for each in missing),
        not_expected=count[RatingState.NOT_EXPECTED],
    )
