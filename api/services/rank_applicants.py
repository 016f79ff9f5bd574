"""From ratings to the order of merit, with the files that record it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api.campaign import Campaign, Table
from api.errors import BadInput, Fault
from api.exports.tables import csv_text, write_files
from api.services.freeze_rules import freezing_remarks, rules_changed
from api.services.identify_campaign import campaign_sha256, content_sha256, versions
from api.services.question_ratings import confirmation_remarks, implausible_faults, question_ratings
from api.services.schedule_campaign import json_bytes
from assessment.errors import CannotAssess
from assessment.plausibility import unresolved
from assessment.ranking import Appointable, OrderOfMerit, order_of_merit
from assessment.scoring import ScoreSheet, score_sheet
from assessment.serialise import order_of_merit_table, scores_table


@dataclass(frozen=True, slots=True)
class Ranked:
    """Every score, and the order of merit made of them. `remarks` are what somebody ought to look at."""

    sheet: ScoreSheet
    order: OrderOfMerit
    remarks: tuple[str, ...] = ()

    @property
    def unrankable(self) -> tuple[str, ...]:
        """Applicants of whom a rating is missing."""
        return tuple(
            line.applicant for line in self.order.lines if line.appointable is Appointable.UNRANKABLE
        )


def rank_applicants(campaign: Campaign, *, questioned: bool = True) -> Ranked:
    """Score and rank everybody who came. Writes nothing. Only the wash-up ranks ratings not yet `questioned`.

    Raises `BadInput` where there are no ratings, or where the order cannot be settled, for instance
    because a tie comes to the lot and there is no seed; or where the rules are not those that were frozen;
    or where ratings are implausible and nobody has confirmed them.
    """
    if not campaign.ratings and not campaign.agreed:
        raise BadInput([Fault("ratings", None, None, "no ratings", "the ratings, to rank by")])
    found = question_ratings(campaign) if questioned else ()
    if faults := [*rules_changed(campaign), *implausible_faults(unresolved(found, campaign.confirmed))]:
        raise BadInput(faults)
    remarks = [*freezing_remarks(campaign), *(confirmation_remarks(campaign, found) if questioned else ())]
    applicants = [applicant.reference for applicant in campaign.problem.applicants]
    try:
        sheet = score_sheet(campaign.framework, applicants, campaign.ratings, campaign.agreed)
        order = order_of_merit(campaign.framework, sheet, applicants, campaign.attendance, campaign.decisions)
    except CannotAssess as stopped:
        raise BadInput(assessment_faults(stopped)) from stopped
    return Ranked(sheet, order, (*order.warnings, *remarks))


def assessment_faults(stopped: CannotAssess) -> list[Fault]:
    """What stopped the assessment, as faults: they lie between tables, so they have no row."""
    wanted = "ratings and settings that can be read in one way only"
    return [Fault("order of merit", None, None, sentence.rstrip("."), wanted) for sentence in stopped.faults]


def write_ranking(campaign: Campaign, ranked: Ranked, out: Path) -> None:
    """Write `scores.csv`, `order_of_merit.csv` and `rank.json` to `out`. Raises `OSError`."""
    write_files(ranking_files(campaign, ranked), out)


def ranking_files(campaign: Campaign, ranked: Ranked) -> dict[str, bytes]:
    """The three files by name; `rank.json` says what they were made from, and what they are."""
    files = {f"{table.name}.csv": csv_text(table).encode() for table in ranking_tables(ranked)}
    record = {
        "input_sha256": campaign_sha256(campaign),
        "scores_sha256": content_sha256(files["scores.csv"]),
        "order_of_merit_sha256": content_sha256(files["order_of_merit.csv"]),
        "unrankable": list(ranked.unrankable),
        "warnings": list(ranked.remarks),
        "versions": versions(),
    }
    return files | {"rank.json": json_bytes(record)}


def ranking_tables(ranked: Ranked) -> tuple[Table, Table]:
    """The scores and the order of merit as tables."""
    columns, rows = scores_table(ranked.sheet)
    order_columns, order_rows = order_of_merit_table(ranked.order)
    return Table("scores", columns, tuple(rows)), Table("order_of_merit", order_columns, tuple(order_rows))
