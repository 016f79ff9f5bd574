"""Whether an applicant meets the standard: completeness first, then the floors, then the overall score.

The floors are looked at before any weight, so that one strong exercise cannot make up for a very weak one.
Where the rules leave something to people, their decisions (`decisions.py`) settle it; no decision changes a
score. Nothing here compares applicants with each other; see `ranking.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor

from assessment.decisions import FlagDecision, RedFlag, StandardDecision
from assessment.figures import number_word, places_that_tell_apart, to_decimals, trimmed
from assessment.framework import BelowFloor, Floor, Framework
from assessment.scoring import ScoreCell, weighted_mean


class Appointable(StrEnum):
    """Whether an applicant may be offered a place."""

    YES = "yes"
    NO = "no"
    UNRANKABLE = "unrankable"
    PANEL_DISCUSSION = "panel_discussion"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome for one applicant and, in plain words, every reason for it."""

    appointable: Appointable
    why: str


def judgement_of(
    framework: Framework,
    cells: Sequence[ScoreCell],
    flags: Sequence[RedFlag] = (),
    decision: StandardDecision | None = None,
) -> Judgement:
    """Judge one applicant from all their cells of the matrix, then from their red flags.

    A missing rating makes an applicant unrankable, whatever the other ratings are. A broken floor leads to
    what `below_floor` says, and where that is the panel's discussion, to its `decision`. A score below the
    standard is never appointable: the panel may discuss a floor, not the standard. Red flags can keep an
    applicant from being appointed, never help.
    """
    return after_flags(by_scores(framework, cells, decision), flags)


def by_scores(
    framework: Framework, cells: Sequence[ScoreCell], decision: StandardDecision | None
) -> Judgement:
    overall = weighted_mean(framework, cells)
    if overall is None:
        return Judgement(Appointable.UNRANKABLE, missing_sentence(framework, cells))
    floors = [broken for each in framework.floors if (broken := broken_floor(each, cells))]
    if percent_of(framework, overall) < framework.standard_percent:
        return Judgement(Appointable.NO, " ".join([*floors, below_standard_sentence(framework, overall)]))
    if floors and framework.below_floor is BelowFloor.PANEL_DISCUSSION:
        return discussed(floors, decision)
    if floors:
        return Judgement(Appointable.NO, " ".join(floors))
    return Judgement(Appointable.YES, standard_met_sentence(framework, overall))


def discussed(floors: Sequence[str], decision: StandardDecision | None) -> Judgement:
    """Below a floor, with the standard met: what a named person decided, or that nobody has yet."""
    if decision is None:
        return Judgement(Appointable.PANEL_DISCUSSION, " ".join(floors))
    found = Appointable.YES if decision.appointable else Appointable.NO
    said = "appointable" if decision.appointable else "not appointable"
    return Judgement(found, " ".join([*floors, f"After discussion a named person decided: {said}."]))


def after_flags(judgement: Judgement, flags: Sequence[RedFlag]) -> Judgement:
    """Only somebody who could still be appointed can be held back by a red flag."""
    if judgement.appointable not in (Appointable.YES, Appointable.PANEL_DISCUSSION):
        return judgement
    against = [each.flag for each in flags if each.decision is FlagDecision.NOT_APPOINTABLE]
    if against:
        why = f"Not appointable by a named person's decision on {flag_words(against)}."
        return Judgement(Appointable.NO, why)
    undecided = [each.flag for each in flags if each.decision is None]
    if undecided:
        why = f"A named person has still to decide on {flag_words(undecided)}."
        return Judgement(Appointable.PANEL_DISCUSSION, f"{judgement.why} {why}")
    return judgement


def flag_words(flags: Sequence[str]) -> str:
    return f"red flag{'' if len(flags) == 1 else 's'} {', '.join(flags)}"


def percent_of(framework: Framework, overall: Fraction) -> Fraction:
    """The overall score as a percentage of the highest possible, exact."""
    return overall * 100 / framework.scale_max


def broken_floor(limit: Floor, cells: Sequence[ScoreCell]) -> str:
    """The sentence for a broken floor, empty where it is kept. Final ratings are rounded down."""
    low = [cell for cell in cells if cell.final is not None and floor(cell.final) == limit.rating]
    if len(low) <= limit.at_most:
        return ""
    ratings = "rating" if limit.at_most <= 1 else "ratings"
    allowed = f"{number_word(limit.at_most).capitalize()} final {ratings} of {limit.rating}"
    allowed += " is allowed" if limit.at_most <= 1 else " are allowed"
    found = f"there {'is' if len(low) == 1 else 'are'} {number_word(len(low))}"
    rounded = " after rounding down" if any(cell.final != limit.rating for cell in low) else ""
    named = ", ".join(f"{cell_name(cell)} {to_decimals(cell.final or Fraction(0))}" for cell in low)
    return f"{allowed}; {found}{rounded}: {named}."


def missing_sentence(framework: Framework, cells: Sequence[ScoreCell]) -> str:
    missing = [
        f"{cell_name(cell)} ({len(cell.ratings)} of {framework.raters_min})"
        for cell in cells
        if cell.final is None
    ]
    return f"Ratings are missing: {', '.join(missing)}."


def below_standard_sentence(framework: Framework, overall: Fraction) -> str:
    percent, limit = percent_of(framework, overall), framework.standard_percent
    percent_places = places_that_tell_apart(percent, limit)
    overall_places = places_that_tell_apart(overall, limit * framework.scale_max / 100)
    return (
        f"Overall {to_decimals(overall, overall_places)} of {framework.scale_max} is "
        f"{trimmed(percent, percent_places)} %, below the standard of {trimmed(limit, percent_places)} %."
    )


def standard_met_sentence(framework: Framework, overall: Fraction) -> str:
    return (
        f"Overall {to_decimals(overall)} of {framework.scale_max} is "
        f"{trimmed(percent_of(framework, overall))} %; the standard of "
        f"{trimmed(framework.standard_percent)} % is met and no floor is broken."
    )


def cell_name(cell: ScoreCell) -> str:
    return f"{cell.exercise} / {cell.criterion}"
