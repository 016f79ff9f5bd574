"""A campaign's ratings as rows that can be changed: what slips are planted in, always in a copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from api.campaign import Campaign, Table
from api.services.question_ratings import session_by_applicant
from assessment.ratings import Rating

COLUMNS = ("applicant", "exercise", "criterion", "assessor", "rating", "evidence")
Rows = list[int]


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One row of the table `ratings`, as text."""

    applicant: str
    exercise: str
    criterion: str
    assessor: str
    rating: str
    evidence: str


@dataclass(frozen=True)
class Book:
    """The ratings of a campaign, row by row from 0, with views of them."""

    campaign: Campaign

    @cached_property
    def rows(self) -> list[RatingRow]:
        table = self.campaign.tables["ratings"]
        places = [table.columns.index(name) if name in table.columns else None for name in COLUMNS]
        return [RatingRow(*("" if at is None else row[at] for at in places)) for row in table.rows]

    @cached_property
    def given(self) -> list[int]:
        return [int(row.rating) for row in self.rows]

    @property
    def low(self) -> int:
        return self.campaign.framework.scale_min

    @property
    def high(self) -> int:
        return self.campaign.framework.scale_max

    @cached_property
    def columns(self) -> dict[tuple[str, str], dict[str, Rows]]:
        """Rows by (rater, exercise) and applicant."""
        found: dict[tuple[str, str], dict[str, Rows]] = {}
        for at, row in enumerate(self.rows):
            found.setdefault((row.assessor, row.exercise), {}).setdefault(row.applicant, []).append(at)
        return found

    @cached_property
    def raters(self) -> dict[tuple[str, str], list[str]]:
        """Who rated each (applicant, exercise)."""
        found: dict[tuple[str, str], list[str]] = {}
        for (rater, exercise), forms in self.columns.items():
            for applicant in forms:
                found.setdefault((applicant, exercise), []).append(rater)
        return found

    @cached_property
    def sessions(self) -> Mapping[str, str]:
        return session_by_applicant(self.campaign)

    def session(self, applicant: str) -> str:
        """The applicant's session, empty where it is not known."""
        return self.sessions.get(applicant, "")

    def forms(self, applicant: str, exercise: str) -> list[Rows]:
        """Everybody's rows of one applicant in one exercise, rater by rater."""
        return [self.columns[rater, exercise][applicant] for rater in self.raters[applicant, exercise]]

    def paired(self, one: Rows, other: Rows) -> list[tuple[int, int]]:
        """Rows of two forms side by side; nothing where they are not of the same criteria."""
        if [self.rows[a].criterion for a in one] != [self.rows[b].criterion for b in other]:
            return []
        return list(zip(one, other, strict=True))

    @property
    def point(self) -> float:
        """One point of a scale from 1 to 5, on the campaign's own scale."""
        return (self.high - self.low) / 4

    def points(self, changed: Mapping[int, int]) -> float:
        """By how many points these rows would change in all."""
        return sum(abs(self.given[at] - rating) for at, rating in changed.items()) / self.point

    def differing(self, changed: Mapping[int, int]) -> int:
        """How many of these rows would not be what they are."""
        return sum(self.given[at] != rating for at, rating in changed.items())

    @cached_property
    def averages(self) -> dict[str, float]:
        """What each applicant was given on average, over everything."""
        sums: dict[str, list[int]] = {}
        for row, level in zip(self.rows, self.given, strict=True):
            sums.setdefault(row.applicant, []).append(level)
        return {applicant: sum(levels) / len(levels) for applicant, levels in sums.items()}

    def apart(self, pairs: Iterable[tuple[int, int]]) -> float:
        """By how many points the first rows of these pairs change when they get the ratings of the second.

        A change counts only as far as what the two applicants were given on average bears it out: no further
        can anybody see it.
        """
        return sum(_borne_out(*self._change(*pair)) for pair in pairs) / self.point

    def apart_beyond_severity(self, pairs: Sequence[tuple[int, int]]) -> float:
        """The same less what all these rows have in common, which might as well be severity."""
        changes, averages = zip(*(self._change(*pair) for pair in pairs), strict=True)
        middles = sum(changes) / len(changes), sum(averages) / len(averages)
        centred = ((c - middles[0], a - middles[1]) for c, a in zip(changes, averages, strict=True))
        return sum(_borne_out(*each) for each in centred) / self.point

    def _change(self, one: int, other: int) -> tuple[float, float]:
        """From the first row to the second: the change of rating, and of the applicant's average."""
        average = self.averages[self.rows[other].applicant] - self.averages[self.rows[one].applicant]
        return self.given[other] - self.given[one], average

    def with_ratings(self, changed: Mapping[int, int]) -> list[RatingRow]:
        """All rows, with other ratings in some of them."""
        return [
            replace(row, rating=str(changed[at])) if at in changed else row
            for at, row in enumerate(self.rows)
        ]

    def table_of(self, rows: Iterable[RatingRow]) -> Table:
        """Rows as the table `ratings`, in the columns of the format."""
        cells = (
            (row.applicant, row.exercise, row.criterion, row.assessor, row.rating, row.evidence)
            for row in rows
        )
        return Table("ratings", COLUMNS, tuple(cells))


def _borne_out(change: float, average: float) -> float:
    return min(abs(change), abs(average)) if change * average > 0 else 0.0


def ratings_of(table: Table) -> tuple[Rating, ...]:
    """The table `ratings` as ratings, where it has no fault."""
    levels: dict[str, Fraction] = {}
    return tuple(
        Rating(row[0], row[1], row[2], row[3], levels.setdefault(row[4], Fraction(row[4])))
        for row in table.rows
    )


def row_words(rows: Sequence[int]) -> str:
    """Rows as a spreadsheet numbers them, the header being row 1: rows 14 to 18, 31 and 45."""
    numbers = sorted({at + 2 for at in rows})
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    if len(runs) > RUNS_SHOWN:
        return f"{len(numbers)} rows between {numbers[0]} and {numbers[-1]}"
    words = [f"{run[0]}" if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    joined = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"{'row' if len(numbers) == 1 else 'rows'} {joined}"


RUNS_SHOWN = 5
