"""The wash-up: what is still missing, what has to be discussed, what was settled and what that changed.

Ratings are only looked at; the first values stay for ever. A timetable is optional: with one it is known who
should have rated whom. The files are written by `record_washup.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.exports.packs.washup_agenda import Stake, Washup
from api.imports.timetable import ROTATIONS_NOT_CHECKED, read_timetable
from api.services.allocate_places import allocate_places
from api.services.question_ratings import implausible_warnings
from api.services.rank_applicants import assessment_faults, rank_applicants
from assessment.completeness import ExpectedRaters, completeness
from assessment.errors import CannotAssess
from assessment.ranking import came
from assessment.ratings import AgreedRating
from assessment.scoring import ScoreSheet, score_sheet
from assessment.washup import Discrepancy, agenda_by_panel, settled_cells, washup_agenda
from assessment.washup_effect import EffectLine, Outcomes, Position, offers_moved, positions, washup_effect
from scheduler.problem import Problem
from scheduler.timetable import Role, Timetable

# Each open discrepancy needs two more rankings of all ratings; this many ratings take about half a minute.
STAKES_RATINGS_MAX = 1_000_000
# By (applicant, exercise).
Expected = Mapping[tuple[str, str], ExpectedRaters]


def prepare_washup(campaign: Campaign, timetable: Path | None = None) -> Washup:
    """Look at every rating of everybody who came. Writes nothing.

    Raises `BadInput` where nobody came, where ratings can be read in two ways, or for a faulty timetable.
    """
    expected, warnings = _expected_raters(campaign, timetable)
    return washup_of(campaign, expected, warnings)


def washup_of(
    campaign: Campaign,
    expected: Expected | None,
    warnings: tuple[str, ...] = (),
    *,
    with_effect: bool = True,
    stakes_ratings_max: int | None = None,
) -> Washup:
    """The same where it is known already who was expected to rate whom, None where it is not.

    `with_effect` also ranks and gives out places, for the chair; what hangs on each open discrepancy is told
    up to `stakes_ratings_max` ratings to be ranked anew.
    """
    sheet = sheet_of(campaign)
    present = {each: None for each in sheet.overall if came(each, sheet, campaign.attendance)}
    if not present:
        found = "nobody who came, and no ratings"
        raise BadInput([Fault("attendance", None, None, found, "somebody who came, or ratings")], warnings)
    agenda = [each for each in washup_agenda(campaign.framework, sheet) if each.applicant in present]
    most = STAKES_RATINGS_MAX if stakes_ratings_max is None else stakes_ratings_max
    effect, stakes, not_told = _effect(campaign, agenda, most) if with_effect else ((), (), ())
    return Washup(
        campaign=campaign,
        timetabled=expected is not None,
        present=tuple(present),
        completeness=completeness(campaign.framework, sheet, tuple(present), campaign.ratings, expected),
        panels=agenda_by_panel(agenda, campaign.ratings),
        settled=settled_cells(campaign.framework, campaign.ratings, campaign.agreed),
        effect=effect,
        stakes=stakes,
        flags=tuple(sorted(campaign.decisions.flags, key=lambda flag: flag.decision is not None)),
        not_told=not_told,
        warnings=(*warnings, *implausible_warnings(campaign)),
    )


def stake_of(campaign: Campaign, discrepancy: Discrepancy) -> tuple[Stake | None, tuple[str, ...]]:
    """What hangs on one discrepancy, open or settled, for the chair alone; and why where it is not told."""
    try:
        now, why = _outcomes(campaign)
        return _stake(campaign, now, discrepancy), why
    except BadInput as bad:
        return None, _reasons(bad)


def expected_raters(problem: Problem, timetable: Timetable) -> dict[tuple[str, str], ExpectedRaters]:
    """Who is to rate each applicant in each exercise whose staff the timetable names."""
    found: dict[tuple[str, str], ExpectedRaters] = {}
    for run in timetable.sittings:
        raters = ExpectedRaters(
            assessors=tuple(entry.person for entry in run.of(Role.ASSESSOR)),
            members_by_group={
                entry.person: problem.group_by_reference[entry.person].members
                for entry in run.of(Role.SERVICE_USER_GROUP)
                if entry.person in problem.group_by_reference
            },
        )
        if raters.assessors or raters.members_by_group:
            found |= {(applicant, run.exercise): raters for applicant in run.applicants}
    return found


def _expected_raters(campaign: Campaign, timetable: Path | None) -> tuple[Expected | None, tuple[str, ...]]:
    if timetable is None:
        return None, ()
    reading = read_timetable(timetable, campaign)
    if reading.timetable is None:
        raise BadInput(reading.faults, reading.warnings)
    # Rotations play no part here, so it is nobody's worry where there are none.
    warnings = tuple(each for each in reading.warnings if each != ROTATIONS_NOT_CHECKED)
    return expected_raters(campaign.problem, reading.timetable), warnings


def sheet_of(campaign: Campaign) -> ScoreSheet:
    """Every score of the campaign. Raises `BadInput` where ratings can be read in two ways."""
    applicants = [applicant.reference for applicant in campaign.problem.applicants]
    try:
        return score_sheet(campaign.framework, applicants, campaign.ratings, campaign.agreed)
    except CannotAssess as stopped:
        raise BadInput(assessment_faults(stopped)) from stopped


def _effect(
    campaign: Campaign, agenda: list[Discrepancy], stakes_ratings_max: int
) -> tuple[tuple[EffectLine, ...], tuple[Stake, ...], tuple[str, ...]]:
    """What the agreed ratings changed, what hangs on the open ones, and why where that cannot be told."""
    try:
        after, why = _outcomes(campaign)
        without, why_not = _outcomes(replace(campaign, agreed=()))
    except BadInput as bad:
        return (), (), _reasons(bad)
    if why or why_not:
        # One side without offers would look as if every offer had changed.
        after, without = replace(after, allocation=None), replace(without, allocation=None)
    still_open = [each for each in agenda if not each.settled]
    stakes, too_many = _stakes(campaign, after, still_open, stakes_ratings_max)
    not_told = tuple(dict.fromkeys([*why, *why_not, *too_many]))
    return washup_effect(without, after), stakes, not_told


def _outcomes(campaign: Campaign) -> tuple[Outcomes, tuple[str, ...]]:
    """The campaign carried through, and why its places cannot be given out if they cannot."""
    ranked = rank_applicants(campaign, questioned=False)
    try:
        allocation = allocate_places(campaign, ranked).allocation
    except BadInput as bad:
        return Outcomes(ranked.sheet, ranked.order, None), _reasons(bad)
    return Outcomes(ranked.sheet, ranked.order, allocation), ()


def _stakes(
    campaign: Campaign, now: Outcomes, still_open: list[Discrepancy], ratings_max: int
) -> tuple[tuple[Stake, ...], tuple[str, ...]]:
    if 2 * len(still_open) * len(campaign.ratings) > ratings_max:
        return (), ("What hangs on each open discrepancy is told once fewer are open.",)
    try:
        return tuple(_stake(campaign, now, each) for each in still_open), ()
    except BadInput as bad:
        return (), _reasons(bad)


def _stake(campaign: Campaign, now: Outcomes, discrepancy: Discrepancy) -> Stake:
    ends = [_agreed_at(campaign, discrepancy, rating) for rating in _ends(discrepancy)]
    moved = [
        who
        for end in ends
        if now.allocation and end.allocation
        for who in offers_moved(washup_effect(now, end))
    ]
    here, lowest, highest = (positions(each).get(discrepancy.applicant, Position()) for each in (now, *ends))
    return Stake(discrepancy, here, lowest, highest, tuple(dict.fromkeys(moved)))


def _ends(discrepancy: Discrepancy) -> tuple[Fraction, Fraction]:
    return discrepancy.ratings[0], discrepancy.ratings[-1]


def _agreed_at(campaign: Campaign, discrepancy: Discrepancy, rating: Fraction) -> Outcomes:
    cell = (discrepancy.applicant, discrepancy.exercise, discrepancy.criterion)
    others = [each for each in campaign.agreed if (each.applicant, each.exercise, each.criterion) != cell]
    return _outcomes(replace(campaign, agreed=(*others, AgreedRating(*cell, rating, ""))))[0]


def _reasons(bad: BadInput) -> tuple[str, ...]:
    return tuple(f"{fault.found}." for fault in bad.faults)
