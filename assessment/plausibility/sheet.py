"""The ratings as the checks look at them: by column (one rater in one exercise), by form and by cell.

A form is what one rater gave one applicant in one exercise, a cell what everybody gave one applicant on one
criterion. Rows are counted from 0 in the order of the table, levels from 0 at the foot of the scale. Nothing
is judged here. Read `expectation.py` next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from assessment.framework import Framework
from assessment.ratings import Attendance, Rating

Form = list[int]
ColumnKey = tuple[str, str]
CellKey = tuple[str, str, str]


@dataclass(frozen=True)
class Sheet:
    """All ratings of a campaign, as first entered, in the order of the table.

    `attendance` is None where the campaign does not have it. `apart` holds (applicant, rater) whom a declared
    interest keeps apart. `session_by_applicant` need not know everybody. `evidence` holds a fingerprint of
    each row's evidence, empty where nothing was written.

    Ratings are whole numbers; one that is not counts as the whole number below, one off the scale as the end
    of the scale. Both, and ratings given twice, are refused elsewhere (`scoring.py`).
    """

    framework: Framework
    ratings: Sequence[Rating]
    attendance: Mapping[str, Attendance] | None
    apart: Set[tuple[str, str]]
    session_by_applicant: Mapping[str, str]
    evidence: Sequence[str]

    @property
    def levels(self) -> int:
        """How many ratings the scale has: 5 on a scale from 1 to 5."""
        return self.framework.scale_max - self.framework.scale_min + 1

    @cached_property
    def given(self) -> list[int]:
        """Each row's level."""
        low, top = self.framework.scale_min, self.levels - 1
        found = [each.rating.numerator // each.rating.denominator - low for each in self.ratings]
        if min(found) < 0 or max(found) > top:
            return [min(top, max(0, level)) for level in found]
        return found

    @cached_property
    def columns(self) -> dict[ColumnKey, dict[str, Form]]:
        """The forms of each (rater, exercise) by applicant, all in the order of the table."""
        found: dict[ColumnKey, dict[str, Form]] = {}
        for row, each in enumerate(self.ratings):
            key = (each.assessor, each.exercise)
            column = found.get(key)
            if column is None:
                column = found[key] = {}
            form = column.get(each.applicant)
            if form is None:
                column[each.applicant] = [row]
            else:
                form.append(row)
        return found

    @cached_property
    def cells(self) -> dict[CellKey, list[int]]:
        """The rows of each (applicant, exercise, criterion)."""
        found: dict[CellKey, list[int]] = {}
        for row, each in enumerate(self.ratings):
            key = (each.applicant, each.exercise, each.criterion)
            cell = found.get(key)
            if cell is None:
                found[key] = [row]
            else:
                cell.append(row)
        return found

    @cached_property
    def raters_by_form(self) -> dict[tuple[str, str], list[str]]:
        """Who rated each (applicant, exercise), in the order of the table."""
        found: dict[tuple[str, str], list[str]] = {}
        for (rater, exercise), forms in self.columns.items():
            for applicant in forms:
                found.setdefault((applicant, exercise), []).append(rater)
        return found

    @property
    def one(self) -> int:
        """The level of the number 1, where numberings begin; below 0 where the scale does not have it."""
        return 1 - self.framework.scale_min

    def shown(self, level: int) -> int:
        """A level as the number on the scale."""
        return level + self.framework.scale_min

    def same_session(self, applicant: str, other: str) -> bool:
        """Whether the two may have been there together: false only where both sessions are known."""
        one, two = self.session_by_applicant.get(applicant), self.session_by_applicant.get(other)
        return one is None or two is None or one == two

    def pairs_in_a_session(self, applicants: Sequence[str]) -> int:
        """How many pairs of these applicants may have been there together, or a few more."""
        sizes: dict[str | None, int] = {}
        for applicant in applicants:
            session = self.session_by_applicant.get(applicant)
            sizes[session] = sizes.get(session, 0) + 1
        if None in sizes:
            return len(applicants) * (len(applicants) - 1) // 2
        return sum(size * (size - 1) // 2 for size in sizes.values())

    def criteria_of(self, form: Form) -> tuple[str, ...]:
        return tuple([self.ratings[row].criterion for row in form])

    def side_by_side(self, form: Form, other: Form) -> list[tuple[int, int]]:
        """The rows of two forms paired by criterion; criteria that only one of them has are left out."""
        if self.criteria_of(form) == self.criteria_of(other):
            return list(zip(form, other, strict=True))
        by_criterion = {self.ratings[row].criterion: row for row in other}
        pairs = ((row, by_criterion.get(self.ratings[row].criterion)) for row in form)
        return [(row, counterpart) for row, counterpart in pairs if counterpart is not None]

    def others(self, rows: Iterable[int]) -> list[int]:
        """What other raters gave in the cells of these rows, as levels."""
        found = []
        for row in rows:
            each = self.ratings[row]
            cell = self.cells[each.applicant, each.exercise, each.criterion]
            found += [self.given[other] for other in cell if other != row]
        return found


def rows_of(forms: Iterable[Form]) -> list[int]:
    """The rows of several forms, form by form."""
    return [row for form in forms for row in form]


def size_of(forms: Mapping[str, Form]) -> float:
    """How many cells the forms of a column have on average."""
    return sum(map(len, forms.values())) / len(forms)


def forms_of(rater: str, applicants: Iterable[str], exercise: str) -> list[tuple[str, str, str]]:
    """The (rater, applicant, exercise) of one rater's forms."""
    return [(rater, applicant, exercise) for applicant in applicants]
