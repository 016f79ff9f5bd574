"""The tiny campaign with names, places and ratings, as papers need it; all people are made up.

Two offers (A1 at the first choice, A2 at the second), A3 on the reserve list, A4 with ratings missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from api.campaign import Campaign
from assessment.allocation.checks import AllocationChecks, checks_of
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.result import Allocation
from assessment.councils import Choices, Places
from assessment.decisions import NO_DECISIONS
from assessment.framework import BelowFloor, Floor, Framework, LastResort
from assessment.ranking import OrderOfMerit, order_of_merit
from assessment.ratings import Attendance, Rating
from assessment.scoring import score_sheet
from tests.builders import tiny_problem

RATINGS = {"A1": 5, "A2": 4, "A3": 4}
CHOICES = {"A1": ("BRI", "SOM"), "A2": ("SOM", "DEV"), "A3": ("BRI", "DEV"), "A4": ("BRI",)}
PLACES = {"SOM": 0, "DEV": 1, "BRI": 1, "COR": 2}
APPLICANT_NAMES = {"A1": "Anwen Ashby", "A2": "Bilal Birch", "A3": "Chidi Cole", "A4": "Dina Dale"}
NAMES = {
    "applicants": APPLICANT_NAMES,
    "assessors": {f"B{number}": f"Member {number}" for number in range(1, 8)},
    "councils": {"SOM": "Somerset", "DEV": "Devon", "BRI": "Bristol", "COR": "Cornwall"},
    "venues": {"V1": "Town Hall", "V2": "Old Mill"},
    "rooms": {f"R{number}": f"Room {number}" for number in range(1, 11)},
    "exercises": {
        "interview": "Interview",
        "reflection": "Reflection",
        "round": "Service users' round",
        "written": "Written exercise",
    },
    "service_user_groups": {"G1": "Avon group", "G2": "Brue group", "G3": "Chew group"},
    "role_players": {"RP1": "Player 1", "RP2": "Player 2", "RP3": "Player 3"},
    "interpreters": {"I1": "Interpreter 1", "I2": "Interpreter 2"},
}
SETTINGS = {
    "campaign_name": "Tiny 2015 (made up)",
    "offer_hours": "48",
    "tie_break": "interview;lot",
    "lead_council": "SOM",
}


@dataclass(frozen=True)
class Outcomes:
    order: OrderOfMerit
    allocation: Allocation
    checks: AllocationChecks


def tiny_campaign(names: Mapping[str, Mapping[str, str]] | None = None, **settings: str) -> Campaign:
    """The campaign; `names` replaces the names of some tables, keywords replace settings."""
    tables = {**NAMES, **(names or {})}
    return Campaign(
        tables={},
        settings={**SETTINGS, **settings},
        names={(table, ref): name for table, found in tables.items() for ref, name in found.items()},
        problem=tiny_problem(),
        framework=_framework(),
        places=Places(PLACES, "SOM"),
        choices=Choices(CHOICES),
        attendance=None,
        ratings=(),
        agreed=(),
        council_lists={},
        decisions=NO_DECISIONS,
        confirmed=frozenset(),
    )


def tiny_outcomes(campaign: Campaign, ratings: Mapping[str, int] = RATINGS) -> Outcomes:
    """What the ratings lead to. Everybody came."""
    given = [Rating(who, "interview", "values", "B1", Fraction(number)) for who, number in ratings.items()]
    applicants = [applicant.reference for applicant in campaign.problem.applicants]
    sheet = score_sheet(campaign.framework, applicants, given, ())
    came = dict.fromkeys(applicants, Attendance.ATTENDED)
    order = order_of_merit(campaign.framework, sheet, applicants, came)
    problem = AllocationProblem(order, campaign.choices, campaign.places, None)
    allocation = allocate_by_merit(problem)
    return Outcomes(order, allocation, checks_of(problem, allocation))


def _framework() -> Framework:
    return Framework(
        scale_min=1,
        scale_max=5,
        criteria=("values",),
        weights={("interview", "values"): Fraction(1)},
        raters_min=1,
        rating_gap_to_discuss=2,
        floors=(Floor(1, 0),),
        below_floor=BelowFloor.NOT_APPOINTABLE,
        standard_percent=Fraction(60),
        tie_break=("interview",),
        last_resort=LastResort.LOT,
        lot_seed="two herons",
    )
