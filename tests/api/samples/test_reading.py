"""Every sample reads without a fault, and its ratings lead to the offers that were published."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from api.campaign import Campaign
from api.exports.tables import write_folder
from api.imports.read import read_campaign
from api.samples import SAMPLE_NAMES, sample_tables
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.result import Outcome
from assessment.ranking import OrderOfMerit, order_of_merit
from assessment.scoring import score_sheet


def _campaign(name: str, seed: int, folder: Path) -> Campaign:
    write_folder(sample_tables(name, seed).values(), folder)
    campaign = read_campaign(folder).campaign
    assert campaign is not None
    return campaign


def _order(campaign: Campaign) -> OrderOfMerit:
    applicants = [applicant.reference for applicant in campaign.problem.applicants]
    sheet = score_sheet(campaign.framework, applicants, campaign.ratings, campaign.agreed)
    return order_of_merit(campaign.framework, sheet, applicants, campaign.attendance)


@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.parametrize("seed", [0, 3])
def test_sample_reads_without_faults_or_warnings(name: str, seed: int, tmp_path: Path) -> None:
    write_folder(sample_tables(name, seed).values(), tmp_path / "campaign")
    reading = read_campaign(tmp_path / "campaign")
    assert reading.faults == ()
    assert reading.warnings == ()


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_everybody_who_came_can_be_ranked(name: str, tmp_path: Path) -> None:
    order = _order(_campaign(name, 0, tmp_path / "campaign"))
    assert {str(line.appointable) for line in order.lines} == {"yes", "no"}


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_2015_is_tied_on_the_26th_place(seed: int, tmp_path: Path) -> None:
    order = _order(_campaign("south-west-2015", seed, tmp_path / "campaign"))
    line_by_rank = {line.rank: line for line in order.lines if line.rank is not None}
    assert line_by_rank[26].overall == line_by_rank[27].overall
    assert line_by_rank[26].tie_break == line_by_rank[27].tie_break != ""


@pytest.mark.parametrize(
    ("name", "offers", "known"),
    [
        ("south-west-2015", 26, {"SOM": 8}),
        ("south-west-2017", 49, {"SOM": 8, "COR": 5, "PLY": 4}),
        ("south-west-bid", 66, {"SOM": 8, "COR": 5, "PLY": 4}),
        ("tiny", 4, {"SOM": 2}),
    ],
)
def test_every_place_is_offered(name: str, offers: int, known: dict[str, int], tmp_path: Path) -> None:
    campaign = _campaign(name, 0, tmp_path / "campaign")
    problem = AllocationProblem(_order(campaign), campaign.choices, campaign.places, None)
    offered = Counter(
        line.council for line in allocate_by_merit(problem).lines if line.outcome is Outcome.OFFER
    )
    assert sum(offered.values()) == offers
    assert {council: offered[council] for council in known} == known
