"""One applicant in the results: every score, how each final rating came about, the outcome, and why.

For the organiser and the auditor only. Who gave which rating is shown for ratings that are locked; others are
in no table of a campaign.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from api.campaign import Campaign, Table
from api.exports.packs.outcomes import overall_allocation, tie_break_words, why_words
from api.presenters.outcomes import outcome_words
from api.templating import moment_words
from assessment.allocation.result import Allocation
from assessment.figures import choice_words, exact, to_decimals, trimmed
from assessment.ranking import Appointable, MeritLine, OrderOfMerit
from assessment.scoring import ScoreCell, ScoreSheet, weighted_mean

WITHOUT_RANK = {
    Appointable.NO: "Not ranked: not appointable.",
    Appointable.UNRANKABLE: "Not ranked: ratings are missing.",
    Appointable.PANEL_DISCUSSION: "Not ranked yet: a named person has still to decide.",
}


@dataclass(frozen=True, slots=True)
class CellLine:
    """One cell of the matrix: the ratings with who gave them, the final one, and how that came about."""

    criterion: str
    weight: str
    given: str
    final: str
    came_about: str
    is_missing: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ExerciseScores:
    """An exercise with its cells; `mean` is of its final ratings by weight, empty while one is missing."""

    name: str
    mean: str
    cells: tuple[CellLine, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """Something that a named person decided about the applicant."""

    about: str
    what: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApplicantScores:
    """The page. `headline` is the answer in one sentence; `why` all reasons, the standard's first."""

    reference: str
    name: str
    headline: str
    why: tuple[str, ...]
    tie: str
    overall: str
    exercises: tuple[ExerciseScores, ...]
    choices: tuple[tuple[str, str], ...]
    decided: tuple[Decided, ...]


def applicant_scores(
    campaign: Campaign, sheet: ScoreSheet, order: OrderOfMerit, allocation: Allocation | None, reference: str
) -> ApplicantScores:
    """Everything about one applicant of the campaign; also of somebody who did not come."""
    line = next((each for each in order.lines if each.applicant == reference), None)
    name = campaign.name_of("applicants", reference)
    overall = sheet.overall.get(reference)
    return ApplicantScores(
        reference=reference,
        name="" if name == reference else name,
        headline=_headline(campaign, line, order, allocation),
        why=_why(campaign, line, allocation),
        tie=tie_break_words(campaign, line.tie_break) if line and line.tie_break else "",
        overall=_overall_words(campaign, overall),
        exercises=_exercises(campaign, sheet.cells_by_applicant.get(reference, ())),
        choices=tuple(
            (choice_words(number).capitalize(), campaign.name_of("councils", council))
            for number, council in enumerate(campaign.choices.by_applicant.get(reference, ()), start=1)
        ),
        decided=_decided(campaign, reference),
    )


def _headline(
    campaign: Campaign, line: MeritLine | None, order: OrderOfMerit, allocation: Allocation | None
) -> str:
    if line is None:
        return "Not in the order of merit: not noted as having come, or without ratings."
    if line.rank is None:
        return WITHOUT_RANK[line.appointable]
    ranked = sum(each.rank is not None for each in order.lines)
    said = f"Rank {line.rank} of {ranked}."
    if allocation is None:
        return said
    outcomes = {each.reference: each for each in overall_allocation(campaign, order, allocation).lines}
    return f"{said} {outcome_words(outcomes[line.applicant])}."


def _why(campaign: Campaign, line: MeritLine | None, allocation: Allocation | None) -> tuple[str, ...]:
    if line is None:
        return ()
    found = [why_words(campaign, line.why)]
    if allocation is not None:
        found += [
            why_words(campaign, each.why) for each in allocation.lines if each.applicant == line.applicant
        ]
    return tuple(dict.fromkeys(found))


def _overall_words(campaign: Campaign, overall: Fraction | None) -> str:
    if overall is None:
        return "There is no overall score while a rating is missing."
    most = campaign.framework.scale_max
    percent = trimmed(overall * 100 / most)
    return (
        f"Overall {to_decimals(overall)} of {most} ({percent} %): the mean of the final ratings, each "
        "counted with its weight. It is reckoned exactly and rounded only to be shown."
    )


def _exercises(campaign: Campaign, cells: tuple[ScoreCell, ...]) -> tuple[ExerciseScores, ...]:
    by_exercise: dict[str, list[ScoreCell]] = {}
    for cell in cells:
        by_exercise.setdefault(cell.exercise, []).append(cell)
    return tuple(
        ExerciseScores(
            name=campaign.name_of("exercises", exercise),
            mean="" if (mean := weighted_mean(campaign.framework, own)) is None else to_decimals(mean),
            cells=tuple(_cell(campaign, cell) for cell in own),
        )
        for exercise, own in by_exercise.items()
    )


def _cell(campaign: Campaign, cell: ScoreCell) -> CellLine:
    key = (cell.applicant, cell.exercise, cell.criterion)
    given = [
        f"{each.assessor}: {exact(each.rating)}"
        for each in campaign.ratings
        if (each.applicant, each.exercise, each.criterion) == key
    ]
    reason = ""
    if cell.agreed:
        came_about = "agreed at the wash-up"
        reason = next(
            (e.reason for e in campaign.agreed if (e.applicant, e.exercise, e.criterion) == key), ""
        )
    elif cell.final is None:
        came_about = f"{len(cell.ratings)} of {campaign.framework.raters_min} ratings are there"
    else:
        came_about = (
            "the only rating" if len(cell.ratings) == 1 else f"the mean of {len(cell.ratings)} ratings"
        )
    return CellLine(
        criterion=campaign.name_of("criteria", cell.criterion),
        weight=exact(campaign.framework.weights[cell.exercise, cell.criterion]),
        given=", ".join(given),
        final="" if cell.final is None else trimmed(cell.final),
        came_about=came_about,
        is_missing=cell.final is None,
        reason=reason,
    )


def _decided(campaign: Campaign, reference: str) -> tuple[Decided, ...]:
    found = []
    for row in _rows(campaign.tables.get("decisions"), reference):
        if row["about"] == "standard":
            about, what = "Below a floor", row.get("decision", "").replace("_", " ")
        else:
            about, what = "Level with others", f"number {row.get('position', '')} among them"
        decided_by, at = row.get("decided_by", ""), moment_words(row.get("at", ""))
        found.append(Decided(about, what, decided_by, at, row.get("reason", "")))
    for row in _rows(campaign.tables.get("flags"), reference):
        what = row.get("decision", "").replace("_", " ") or "not decided yet"
        about = f"Red flag {row.get('flag', '')}"
        decided_by, at = row.get("decided_by", ""), moment_words(row.get("decided_at", ""))
        found.append(Decided(about, what, decided_by, at, row.get("reason", "")))
    return tuple(found)


def _rows(table: Table | None, reference: str) -> list[dict[str, str]]:
    if table is None:
        return []
    rows = (dict(zip(table.columns, cells, strict=True)) for cells in table.rows)
    return [row for row in rows if row.get("applicant") == reference]
