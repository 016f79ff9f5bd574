"""Advice on ratings before anybody is offered a place: agreement, severity, order and the sharpness of the
line.

It reads what `rank_applicants` and `allocate_places` come to and changes none of it. The reckoning is
`assessment.advice`'s, the sheet `api.exports.packs.advice_sheet`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from api.campaign import Campaign
from api.errors import BadInput
from api.exports.packs.advice_sheet import Advice, advice_sheet
from api.exports.tables import csv_text, write_files
from api.imports.timetable import read_timetable
from api.services.advice_tables import advice_record, advice_tables
from api.services.allocate_places import Allocated, allocate_places
from api.services.check_campaign import check_campaign
from api.services.identify_campaign import campaign_sha256, content_sha256, versions
from api.services.rank_applicants import Ranked, rank_applicants
from api.services.rating_moments import moments_of_attendance, moments_of_timetable
from api.services.schedule_campaign import json_bytes
from api.services.single_paper import paper_files
from assessment.advice.adjusted import AdjustedStanding, Change, adjusted_standings, changes_of_score
from assessment.advice.cut_line import CutLine, cut_line
from assessment.advice.order_effects import order_effects
from assessment.advice.redrawn import offers_of_scores
from assessment.advice.refusal import Refusal
from assessment.advice.reliability import reliabilities
from assessment.advice.score_errors import score_errors
from assessment.advice.severity import severities
from assessment.advice.views import View, views_of
from assessment.allocation.problem import AllocationProblem, AllocationRule
from assessment.allocation.result import Outcome
from assessment.ratings import Rating
from scheduler.timetable import Timetable

BY_COUNCIL_LISTS = (
    "Places go by the councils' own lists (allocation_rule is council_lists). How those lists would change "
    "with other scores nobody can know."
)


@dataclass(frozen=True)
class Advised:
    """The advice, the campaign it is on, and what it was made with."""

    campaign: Campaign
    advice: Advice
    simulations: int
    seed: int
    timetable_sha256: str | None
    warnings: tuple[str, ...]


def advise_on_ratings(path: Path, timetable: Path | None, simulations: int, seed: int) -> Advised:
    """Look at a campaign's ratings; with a timetable also at when they were given.

    Raises `BadInput` where there are no ratings, or where they cannot be ranked. A part of the advice that
    cannot be given is refused with its reason; the others are given all the same.
    """
    checked = check_campaign(path)
    table, sha256, noted = _timetable(timetable, checked.campaign, checked.warnings)
    advice = advice_in(checked.campaign, table, simulations, seed)
    return Advised(checked.campaign, advice, simulations, seed, sha256, (*checked.warnings, *noted))


def advice_in(campaign: Campaign, timetable: Timetable | None, simulations: int, seed: int) -> Advice:
    """The same of a campaign that has been read. Raises `BadInput` where it cannot be ranked."""
    ranked = rank_applicants(campaign)
    ratings = ratings_that_count(campaign, ranked)
    views = views_of(campaign.framework, ratings)
    moments = (
        moments_of_attendance(campaign, views)
        if timetable is None
        else moments_of_timetable(campaign, timetable, views)
    )
    allocated = _allocated(campaign, ranked)
    severe = severities(ratings)
    changes = (
        None
        if isinstance(severe, Refusal)
        else changes_of_score(campaign.framework, ranked.sheet, ratings, severe)
    )
    return Advice(
        reliabilities=reliabilities(campaign.framework, ratings),
        severities=severe,
        standings=() if changes is None else _standings(campaign, ranked, allocated, changes),
        order_effects=order_effects(views, moments),
        timetabled=timetable is not None,
        moments=len(moments),
        views=len(views),
        cut_line=_cut_line(campaign, ranked, allocated, views, simulations, seed),
    )


def line_in(campaign: Campaign, ranked: Ranked, simulations: int, seed: int) -> CutLine | Refusal:
    """How sharp the line is, alone: the same figures as in the whole advice."""
    views = views_of(campaign.framework, ratings_that_count(campaign, ranked))
    return _cut_line(campaign, ranked, _allocated(campaign, ranked), views, simulations, seed)


def ratings_that_count(campaign: Campaign, ranked: Ranked) -> tuple[Rating, ...]:
    """Those of applicants in the order of merit, on cells of the matrix."""
    there = {line.applicant for line in ranked.order.lines}
    cells = campaign.framework.weights
    return tuple(
        each
        for each in campaign.ratings
        if each.applicant in there and (each.exercise, each.criterion) in cells
    )


def write_advice(done: Advised, out: Path) -> None:
    """Write the five tables, `advice.json` and the sheet. Raises `OSError`."""
    files = {f"{table.name}.csv": csv_text(table).encode() for table in advice_tables(done.advice)}
    libraries = {name: metadata.version(name) for name in ("numpy", "scipy")}
    record = advice_record(done.advice) | {
        "simulations": done.simulations,
        "seed": done.seed,
        "input_sha256": campaign_sha256(done.campaign),
        "timetable_sha256": done.timetable_sha256,
        "versions": versions() | libraries,
    }
    files["advice.json"] = json_bytes(record)
    sheet = advice_sheet(done.advice, done.simulations, done.seed)
    write_files(files | paper_files("advice", "Advice on the ratings", sheet, done.campaign), out)


def _timetable(
    path: Path | None, campaign: Campaign, warnings: Sequence[str]
) -> tuple[Timetable | None, str | None, tuple[str, ...]]:
    if path is None:
        return None, None, ()
    found = read_timetable(path, campaign)
    if found.timetable is None:
        raise BadInput(found.faults, (*warnings, *found.warnings))
    file = path / "timetable.csv" if path.is_dir() else path
    return found.timetable, content_sha256(file.read_bytes()), found.warnings


def _allocated(campaign: Campaign, ranked: Ranked) -> Allocated | Refusal:
    try:
        return allocate_places(campaign, ranked)
    except BadInput as bad:
        return Refusal(tuple(f"{fault.found}." for fault in bad.faults))


def _by_merit(campaign: Campaign) -> bool:
    return campaign.settings["allocation_rule"] == AllocationRule.MERIT


def _problem(campaign: Campaign, ranked: Ranked) -> AllocationProblem:
    return AllocationProblem(ranked.order, campaign.choices, campaign.places, campaign.council_lists or None)


def _standings(
    campaign: Campaign, ranked: Ranked, allocated: Allocated | Refusal, changes: Mapping[str, Change]
) -> tuple[AdjustedStanding, ...]:
    adjusted = {
        line.applicant: float(line.overall or 0) + changes[line.applicant].change
        for line in ranked.order.lines
        if line.rank is not None
    }
    if isinstance(allocated, Refusal):
        return adjusted_standings(ranked.order, changes, frozenset(), None)
    offers = frozenset(line.applicant for line in allocated.allocation.lines if line.outcome is Outcome.OFFER)
    by_adjusted = offers_of_scores(adjusted, _problem(campaign, ranked)) if _by_merit(campaign) else None
    return adjusted_standings(ranked.order, changes, offers, by_adjusted)


def _cut_line(
    campaign: Campaign,
    ranked: Ranked,
    allocated: Allocated | Refusal,
    views: Sequence[View],
    simulations: int,
    seed: int,
) -> CutLine | Refusal:
    if not _by_merit(campaign):
        return Refusal((BY_COUNCIL_LISTS,))
    if isinstance(allocated, Refusal):
        return allocated
    errors = score_errors(campaign.framework, ranked.sheet, views)
    if isinstance(errors, Refusal):
        return errors
    return cut_line(
        campaign.framework,
        ranked.sheet,
        campaign.decisions,
        _problem(campaign, ranked),
        allocated.allocation,
        errors,
        simulations,
        seed,
    )
