"""The offers rehearsed before their release: how full each council may be, and who may yet be reached."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from api.campaign import Campaign, Table
from api.errors import BadInput
from api.exports.packs.rehearsal_sheet import rehearsal_sheet
from api.exports.tables import csv_text, write_files
from api.services.allocate_places import allocate_places
from api.services.follow_offers import market_of
from api.services.identify_campaign import campaign_sha256, versions
from api.services.rank_applicants import assessment_faults, rank_applicants
from api.services.schedule_campaign import json_bytes
from api.services.single_paper import paper_files
from assessment.errors import PanelDecisionNeeded
from assessment.offers.rehearsal import Answering, Rehearsal, rehearse

COUNCIL_COLUMNS = (
    "council",
    "places",
    "offers",
    "filled",
    "filled_low",
    "filled_high",
    "short_percent",
    "short_by_domino_percent",
    "left_upwards",
    "last_rank",
)
APPLICANT_COLUMNS = ("rank", "applicant", "any_offer_percent", "first_choice_percent")


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A rehearsal, with what was assumed."""

    rehearsal: Rehearsal
    answering: Answering
    seed: int


def rehearse_offers(
    campaign: Campaign, answering: Answering, plays: int, seed: int, at: datetime.datetime
) -> Rehearsed:
    """Play the offers from their release on. Writes nothing, and changes nothing in the campaign.

    Raises `BadInput` where ratings cannot be ranked or places not allocated, or where a panel has to decide
    between applicants first.
    """
    ranked = rank_applicants(campaign)
    allocated = allocate_places(campaign, ranked)
    market = market_of(campaign, ranked, allocated, at)
    try:
        return Rehearsed(rehearse(market, answering, plays, seed), answering, seed)
    except PanelDecisionNeeded as stopped:
        raise BadInput(assessment_faults(stopped)) from stopped


def write_rehearsal(campaign: Campaign, done: Rehearsed, out: Path) -> None:
    """Write `rehearsal.csv`, `rehearsal_applicants.csv`, `rehearsal.json` and the sheet. Raises `OSError`."""
    files = {f"{table.name}.csv": csv_text(table).encode() for table in rehearsal_tables(done.rehearsal)}
    record = {
        "plays": done.rehearsal.plays,
        "seed": done.seed,
        "assumed_percent": {
            "decline": 100 * done.answering.decline,
            "upgrade": 100 * done.answering.upgrade,
            "withdraw": 100 * done.answering.withdraw,
        },
        "filled": done.rehearsal.filled,
        "passes": done.rehearsal.passes,
        "input_sha256": campaign_sha256(campaign),
        "versions": versions(),
    }
    sheet = rehearsal_sheet(campaign, done.rehearsal, done.answering, done.seed)
    papers = paper_files("rehearsal", "The offers rehearsed", sheet, campaign)
    write_files(files | {"rehearsal.json": json_bytes(record)} | papers, out)


def rehearsal_tables(rehearsal: Rehearsal) -> tuple[Table, Table]:
    """A row for each council, and a row for each ranked applicant by reference."""
    councils = tuple(
        (
            each.council,
            str(each.places),
            str(each.offers),
            f"{each.filled:.2f}",
            str(each.low),
            str(each.high),
            _percent(each.short),
            _percent(each.short_by_domino),
            f"{each.left_upwards:.2f}",
            "" if each.last_rank is None else str(each.last_rank),
        )
        for each in rehearsal.councils
    )
    applicants = tuple(
        (str(each.rank), each.applicant, _percent(each.any_offer), _percent(each.first_choice))
        for each in rehearsal.applicants
    )
    return (
        Table("rehearsal", COUNCIL_COLUMNS, councils),
        Table("rehearsal_applicants", APPLICANT_COLUMNS, applicants),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"
