"""Small frames, ratings and orders of merit for the tests of `assessment`, spelled out short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from assessment.allocation.problem import AllocationProblem
from assessment.councils import Choices, Places
from assessment.framework import BelowFloor, Floor, Framework, LastResort
from assessment.ranking import Appointable, MeritLine, OrderOfMerit
from assessment.ratings import AgreedRating, Rating

# Three exercises, four cells; the weights sum to 8.
WEIGHTS = {
    ("interview", "empathy"): Fraction(3),
    ("interview", "analysis"): Fraction(2),
    ("service_users", "empathy"): Fraction(2),
    ("written", "analysis"): Fraction(1),
}


def framework(
    *,
    weights: Mapping[tuple[str, str], Fraction] = WEIGHTS,
    scale_max: int = 5,
    raters_min: int = 2,
    floors: tuple[Floor, ...] = (Floor(1, 0), Floor(2, 2)),
    below_floor: BelowFloor = BelowFloor.NOT_APPOINTABLE,
    standard_percent: Fraction = Fraction(60),
    tie_break: tuple[str, ...] = ("interview", "service_users", "written"),
    last_resort: LastResort = LastResort.LOT,
    lot_seed: str = "autumn",
) -> Framework:
    """The frame of the campaign format's defaults over a small matrix; any part can be changed."""
    return Framework(
        scale_min=1,
        scale_max=scale_max,
        criteria=tuple(dict.fromkeys(criterion for _, criterion in weights)),
        weights=weights,
        raters_min=raters_min,
        rating_gap_to_discuss=2,
        floors=floors,
        below_floor=below_floor,
        standard_percent=standard_percent,
        tie_break=tie_break,
        last_resort=last_resort,
        lot_seed=lot_seed,
    )


def ratings(
    applicant: str, cells: Iterable[str], weights: Iterable[tuple[str, str]] = WEIGHTS
) -> list[Rating]:
    """One applicant's ratings, one text per cell of the matrix in its order: "3 4" is two ratings."""
    return [
        Rating(applicant, exercise, criterion, f"S{number:02}", Fraction(rating))
        for (exercise, criterion), text in zip(weights, cells, strict=True)
        for number, rating in enumerate(text.split(), start=1)
    ]


def agreed(applicant: str, exercise: str, criterion: str, rating: str) -> AgreedRating:
    """What the wash-up settled for one cell."""
    return AgreedRating(applicant, exercise, criterion, Fraction(rating), "looked at the notes again")


def order(*levels: str, others: Mapping[str, Appointable] | None = None) -> OrderOfMerit:
    """An order of merit from its levels, best first: "A01" alone on a rank, "A02 A03" sharing one."""
    lines: list[MeritLine] = []
    for level in levels:
        rank = len(lines) + 1
        lines += [
            MeritLine(rank, applicant, Fraction(4), Fraction(80), Appointable.YES, "", "")
            for applicant in level.split()
        ]
    for applicant, appointable in (others or {}).items():
        lines.append(MeritLine(None, applicant, None, None, appointable, "As judged.", ""))
    return OrderOfMerit(tuple(lines))


def problem(
    merit: OrderOfMerit,
    choices: Mapping[str, str],
    places: Mapping[str, int],
    lists: Mapping[str, str] | None = None,
) -> AllocationProblem:
    """An allocation to be made; choices and councils' lists are written as "SOM PLY"."""
    return AllocationProblem(
        order=merit,
        choices=Choices({applicant: tuple(text.split()) for applicant, text in choices.items()}),
        places=Places(places, next(iter(places), "")),
        council_lists=None
        if lists is None
        else {council: tuple(text.split()) for council, text in lists.items()},
    )
