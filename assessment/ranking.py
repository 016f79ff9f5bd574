"""The order of merit: everybody who came, ranked where appointable, with the reason where not.

Only references and ratings decide; no name, no choice of council and no protected characteristic enters.
The tie-break is in `tie_break.py`, the standard in `standard.py`. Read `allocation/problem.py` next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from assessment.decisions import NO_DECISIONS, Decisions
from assessment.errors import LotSeedMissing
from assessment.framework import Framework, LastResort
from assessment.ratings import Attendance
from assessment.scoring import ScoreSheet
from assessment.standard import Appointable as Appointable
from assessment.standard import Judgement, by_scores, judgement_of, percent_of
from assessment.tie_break import Standing, exercises_that_count, lot_order, separated
from assessment.washup import washup_agenda

PANEL_DECISION_NEEDED = "panel decision needed"
PANEL_DECIDED = LastResort.PANEL.value
# What a warning begins with; after a colon come those whom it is about.
NOT_HERE = "Have ratings but did not come, and are not in the order of merit"
FAR_APART = "Ratings are far apart and the wash-up has not settled them; the mean counts until it does"
PASSED_OVER = "Named in the tie-break but not in the matrix, and passed over"
NOT_COUNTED = "Rated but not in the matrix or not an applicant, and not counted"
NO_SUCH_TIE = "Decided about a tie that there is not, or not for everybody in it"
NOTHING_TO_DECIDE = "Decided about the standard, where the panel has nothing to decide"


@dataclass(frozen=True, slots=True)
class MeritLine:
    """One applicant in the order of merit.

    `rank` is None for those not appointable; `overall` and `percent` (of the highest possible, 0 to 100) are
    None for the unrankable. `tie_break` is the exercise that settled a tie, or `lot`, or `panel`; empty
    without a tie. Applicants whom only the panel can separate share a rank until it has; `tie_break` says so.
    """

    rank: int | None
    applicant: str
    overall: Fraction | None
    percent: Fraction | None
    appointable: Appointable
    why: str
    tie_break: str


@dataclass(frozen=True)
class OrderOfMerit:
    """The lines, ranked ones first, then the others by reference; and what somebody ought to look at."""

    lines: tuple[MeritLine, ...]
    warnings: tuple[str, ...] = ()

    @cached_property
    def levels(self) -> tuple[tuple[MeritLine, ...], ...]:
        """The ranked lines, best first; those who share a rank come together."""
        ranked = [line for line in self.lines if line.rank is not None]
        return tuple(tuple(level) for _, level in groupby(ranked, key=lambda line: line.rank))


def order_of_merit(
    framework: Framework,
    sheet: ScoreSheet,
    applicants: Sequence[str],
    attendance: Mapping[str, Attendance] | None,
    decisions: Decisions = NO_DECISIONS,
) -> OrderOfMerit:
    """Rank everybody who came (attended, late, left early); without attendance, everybody with a rating.

    `applicants` are the campaign's, and `sheet` has scored all of them. `decisions` are named people's, where
    the rules leave something to them.

    :raises LotSeedMissing: a tie reaches the lot and the framework has no seed; all such ties at once.
    """
    present = [each for each in applicants if came(each, sheet, attendance)]
    judgements = {each: judged(framework, sheet, each, decisions) for each in present}
    appointable = [each for each in present if judgements[each].appointable is Appointable.YES]
    standings = standings_of(framework, sheet, appointable, decisions)
    lines: list[MeritLine] = []
    for standing in standings:
        rank = len(lines) + 1
        lines += [
            merit_line(framework, sheet, each, judgements[each], rank, standing.by)
            for each in standing.applicants
        ]
    lines += [
        merit_line(framework, sheet, each, judgements[each], None, "")
        for each in sorted(present)
        if judgements[each].appointable is not Appointable.YES
    ]
    unused = decisions_without_use(decisions, framework, sheet, standings)
    return OrderOfMerit(tuple(lines), (*warnings_of(framework, sheet, applicants, present), *unused))


def came(applicant: str, sheet: ScoreSheet, attendance: Mapping[str, Attendance] | None) -> bool:
    if attendance is None:
        return sheet.is_rated(applicant)
    return applicant in attendance and attendance[applicant].came


def judged(framework: Framework, sheet: ScoreSheet, applicant: str, decisions: Decisions) -> Judgement:
    return judgement_of(
        framework,
        sheet.cells_by_applicant[applicant],
        decisions.flags_by_applicant.get(applicant, ()),
        decisions.standard_by_applicant.get(applicant),
    )


def standings_of(
    framework: Framework, sheet: ScoreSheet, appointable: Iterable[str], decisions: Decisions = NO_DECISIONS
) -> list[Standing]:
    tied_by_overall: dict[Fraction, list[str]] = {}
    for applicant in sorted(appointable):
        overall = sheet.overall[applicant]
        if overall is not None:
            tied_by_overall.setdefault(overall, []).append(applicant)
    by_exercises = [
        standing
        for overall in sorted(tied_by_overall, reverse=True)
        for standing in separated(framework, sheet, tied_by_overall[overall])
    ]
    return after_last_resort(framework, by_exercises, decisions)


def after_last_resort(
    framework: Framework, standings: Sequence[Standing], decisions: Decisions
) -> list[Standing]:
    still_tied = [standing.applicants for standing in standings if len(standing.applicants) > 1]
    by_lot = framework.last_resort is LastResort.LOT
    if still_tied and by_lot and not framework.lot_seed:
        raise LotSeedMissing(still_tied)
    settled: list[Standing] = []
    for standing in standings:
        if len(standing.applicants) == 1:
            settled.append(standing)
        elif by_lot:
            drawn = lot_order(framework.lot_seed, standing.applicants)
            settled += [Standing((applicant,), LastResort.LOT.value) for applicant in drawn]
        else:
            settled += decided_by_panel(standing.applicants, decisions)
    return settled


def decided_by_panel(tied: tuple[str, ...], decisions: Decisions) -> list[Standing]:
    """In the panel's order, where it has given each of them a position of their own; else still level."""
    position = {
        each: decisions.tie_by_applicant[each].position for each in tied if each in decisions.tie_by_applicant
    }
    if len(position) < len(tied) or len(set(position.values())) < len(tied):
        return [Standing(tied, PANEL_DECISION_NEEDED)]
    return [Standing((each,), PANEL_DECIDED) for each in sorted(tied, key=position.__getitem__)]


def merit_line(
    framework: Framework,
    sheet: ScoreSheet,
    applicant: str,
    judgement: Judgement,
    rank: int | None,
    tie_break: str,
) -> MeritLine:
    overall = sheet.overall[applicant]
    return MeritLine(
        rank=rank,
        applicant=applicant,
        overall=overall,
        percent=None if overall is None else percent_of(framework, overall),
        appointable=judgement.appointable,
        why=judgement.why,
        tie_break=tie_break,
    )


def decisions_without_use(
    decisions: Decisions, framework: Framework, sheet: ScoreSheet, standings: Sequence[Standing]
) -> tuple[str, ...]:
    """Decisions on what was not left to anybody: perhaps meant for somebody else, so they are told."""
    used = {each for standing in standings if standing.by == PANEL_DECIDED for each in standing.applicants}
    about_ties = [each.applicant for each in decisions.ties if each.applicant not in used]
    about_standards = [
        each.applicant
        for each in decisions.standards
        if by_scores(framework, sheet.cells_by_applicant[each.applicant], None).appointable
        is not Appointable.PANEL_DISCUSSION
    ]
    found = (
        (NO_SUCH_TIE, about_ties),
        (NOTHING_TO_DECIDE, about_standards),
    )
    return tuple(f"{what}: {', '.join(which)}." for what, which in found if which)


def warnings_of(
    framework: Framework, sheet: ScoreSheet, applicants: Sequence[str], present: Sequence[str]
) -> tuple[str, ...]:
    here = set(present)
    absent = [each for each in applicants if each not in here and sheet.is_rated(each)]
    unsettled = [
        f"{each.applicant} {each.exercise} / {each.criterion}"
        for each in washup_agenda(framework, sheet)
        if not each.settled and each.applicant in here
    ]
    unrated = [each for each in framework.tie_break if each not in exercises_that_count(framework)]
    not_counted = [
        f"{applicant} {exercise} / {criterion}" for applicant, exercise, criterion in sheet.not_counted
    ]
    found = (
        (NOT_HERE, absent),
        (FAR_APART, unsettled),
        (PASSED_OVER, unrated),
        (NOT_COUNTED, not_counted),
    )
    return tuple(f"{what}: {', '.join(which)}." for what, which in found if which)
