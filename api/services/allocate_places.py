"""From the order of merit to who is offered which place, with the checks of the result."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api.campaign import Campaign, Table
from api.errors import BadInput
from api.exports.tables import csv_text, write_files
from api.services.identify_campaign import campaign_sha256, content_sha256
from api.services.rank_applicants import Ranked, assessment_faults, ranking_files
from api.services.schedule_campaign import json_bytes
from assessment.allocation.checks import AllocationChecks, checks_of
from assessment.allocation.deferred_acceptance import allocate_by_council_lists
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.problem import AllocationProblem, AllocationRule
from assessment.allocation.result import Allocation, Outcome
from assessment.errors import CannotAssess
from assessment.serialise import allocation_checks_record, allocation_table


@dataclass(frozen=True, slots=True)
class Allocated:
    """The allocation, and what its checks say."""

    allocation: Allocation
    checks: AllocationChecks

    @property
    def offers_by_council(self) -> dict[str, int]:
        """How many offers each council makes; councils without one are left out."""
        offers: dict[str, int] = {}
        for line in self.allocation.lines:
            if line.outcome is Outcome.OFFER and line.council is not None:
                offers[line.council] = offers.get(line.council, 0) + 1
        return offers


def allocate_places(campaign: Campaign, ranked: Ranked) -> Allocated:
    """Give out the places by the campaign's `allocation_rule`. Writes nothing.

    Raises `BadInput` where it cannot be done without a decision that nobody has taken yet.
    """
    problem = AllocationProblem(
        ranked.order, campaign.choices, campaign.places, campaign.council_lists or None
    )
    by_lists = campaign.settings["allocation_rule"] == AllocationRule.COUNCIL_LISTS
    try:
        allocation = allocate_by_council_lists(problem) if by_lists else allocate_by_merit(problem)
    except CannotAssess as stopped:
        raise BadInput(assessment_faults(stopped)) from stopped
    return Allocated(allocation, checks_of(problem, allocation))


def write_allocation(campaign: Campaign, ranked: Ranked, allocated: Allocated, out: Path) -> None:
    """Write the ranking's files, `allocation.csv` and `allocation_checks.json` to `out`. Raises `OSError`."""
    write_files(allocation_files(campaign, ranked, allocated), out)


def allocation_files(campaign: Campaign, ranked: Ranked, allocated: Allocated) -> dict[str, bytes]:
    """All files by name; the checks' record says which order of merit the allocation was made from."""
    files = ranking_files(campaign, ranked)
    content = csv_text(allocation_as_table(allocated)).encode()
    record = allocation_checks_record(allocated.checks) | {
        "input_sha256": campaign_sha256(campaign),
        "order_of_merit_sha256": content_sha256(files["order_of_merit.csv"]),
        "allocation_sha256": content_sha256(content),
        "offers_sha256": offers_sha256(ranked, allocated),
        "warnings": list(allocated.allocation.warnings),
    }
    return files | {"allocation.csv": content, "allocation_checks.json": json_bytes(record)}


def offers_sha256(ranked: Ranked, allocated: Allocated) -> str:
    """The fingerprint of who is ranked where and offered what: lines of `rank,applicant,council,choice`.

    A release names it, so that nothing can change unseen between the decision and the letters.
    """
    rank = {line.applicant: line.rank for line in ranked.order.lines if line.rank is not None}
    text = "".join(
        f"{rank[line.applicant]},{line.applicant},{line.council or ''},{line.choice or ''}\n"
        for line in allocated.allocation.lines
        if line.applicant in rank
    )
    return content_sha256(text.encode())


def allocation_as_table(allocated: Allocated) -> Table:
    """The allocation as a table."""
    columns, rows = allocation_table(allocated.allocation)
    return Table("allocation", columns, tuple(rows))
