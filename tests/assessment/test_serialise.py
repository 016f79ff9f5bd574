"""The tables that assessing writes, cell by cell, and the record of the checks."""

from __future__ import annotations

import json

from assessment.allocation.checks import checks_of
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.result import Allocation, AllocationLine, Outcome
from assessment.ranking import order_of_merit
from assessment.scoring import score_sheet
from assessment.serialise import (
    allocation_checks_record,
    allocation_table,
    order_of_merit_table,
    scores_table,
)
from tests.assessment.builders import agreed, framework, order, problem, ratings

CELLS = ["3 3 4", "2.5 4", "3 3", "1 5"]
SETTLED = [agreed("A01", "written", "analysis", "4")]


def test_scores_table_has_every_cell_of_everybody_rated() -> None:
    given_ratings = ratings("A01", CELLS) + ratings("A02", ["3", "", "", ""])
    sheet = score_sheet(framework(), ["A02", "A01", "A03"], given_ratings, SETTLED)
    assert scores_table(sheet) == (
        ("applicant", "exercise", "criterion", "ratings", "final", "agreed"),
        [
            ("A02", "interview", "empathy", "3", "", ""),
            ("A02", "interview", "analysis", "", "", ""),
            ("A02", "service_users", "empathy", "", "", ""),
            ("A02", "written", "analysis", "", "", ""),
            ("A01", "interview", "empathy", "3;3;4", "3.33", ""),
            ("A01", "interview", "analysis", "2.5;4", "3.25", ""),
            ("A01", "service_users", "empathy", "3;3", "3.00", ""),
            ("A01", "written", "analysis", "1;5", "4.00", "yes"),
        ],
    )


def test_order_of_merit_table_is_empty_where_there_is_no_rank_or_score() -> None:
    given_ratings = ratings("A01", CELLS) + ratings("A02", ["3", "3 3", "3 3", "3 3"])
    sheet = score_sheet(framework(), ["A02", "A01"], given_ratings, SETTLED)
    # (3 x 10/3 + 2 x 3.25 + 2 x 3 + 4) / 8 = 26.5 / 8 = 3.3125, and 66.25 % of 5
    assert order_of_merit_table(order_of_merit(framework(), sheet, ["A02", "A01"], None)) == (
        ("rank", "applicant", "overall", "percent", "appointable", "why", "tie_break"),
        [
            (
                "1",
                "A01",
                "3.31",
                "66.25",
                "yes",
                "Overall 3.31 of 5 is 66.25 %; the standard of 60 % is met and no floor is broken.",
                "",
            ),
            ("", "A02", "", "", "unrankable", "Ratings are missing: interview / empathy (1 of 2).", ""),
        ],
    )


def test_allocation_table_has_the_columns_of_the_format() -> None:
    asked = problem(order("A02", "A01"), {"A01": "SOM", "A02": "PLY SOM"}, {"SOM": 1, "PLY": 0})
    assert allocation_table(allocate_by_merit(asked)) == (
        ("applicant", "outcome", "council", "choice", "reserve_position", "why"),
        [
            (
                "A02",
                "offer",
                "SOM",
                "2",
                "",
                "Rank 1. The first choice, PLY, has no places. Offered the second choice, SOM.",
            ),
            (
                "A01",
                "reserve",
                "",
                "",
                "1",
                "Rank 2. The first choice, SOM, filled its last place at rank 1. On the reserve list.",
            ),
        ],
    )


def test_allocation_checks_record_holds_every_check_and_is_json() -> None:
    asked = problem(order("A01"), {"A01": "SOM"}, {"SOM": 1, "PLY": 1})
    spoiled = Allocation((AllocationLine("A01", Outcome.OFFER, "PLY", 1, None, ""),), "merit")
    record = allocation_checks_record(checks_of(asked, spoiled))
    assert json.loads(json.dumps(record)) == {
        "rule": "merit",
        "all_kept": False,
        "capacity": {"sentence": "No council has more offers than places.", "kept": True, "pairs": []},
        "listed_only": {
            "sentence": "Nobody is offered a council they did not list, nor one that left them off its "
            "own list.",
            "kept": False,
            "pairs": [{"applicant": "A01", "council": "PLY", "why": "A01 did not list PLY."}],
        },
        "stability": {
            "sentence": "Nobody is passed over: no council that an applicant would rather have has a place "
            "free or an offer to somebody lower.",
            "kept": False,
            "pairs": [
                {
                    "applicant": "A01",
                    "council": "SOM",
                    "why": "SOM has a place free that A01 would rather have.",
                }
            ],
        },
        "appointable_only": {
            "sentence": "Nobody is offered a place who is not appointable.",
            "kept": True,
            "pairs": [],
        },
        "everybody_once": {
            "sentence": "Everybody in the order of merit has exactly one outcome.",
            "kept": True,
            "pairs": [],
        },
        "reserve_in_order": {"sentence": "The reserve list is in order of merit.", "kept": True, "pairs": []},
    }
