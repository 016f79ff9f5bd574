"""Receipts against an example worked by hand, the laws of the tree, and everything that must not pass."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, replace

import pytest

from assessment.allocation.deferred_acceptance import allocate_by_council_lists
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.receipts import (
    CutOff,
    Receipt,
    Receipts,
    Result,
    Statement,
    Step,
    faults_of,
    path_from,
    receipts_of,
    root_reached,
    tree_over,
)
from assessment.ranking import Appointable
from tests.assessment.allocation.markets import random_market
from tests.assessment.builders import order, problem

INPUT = "0" * 64
SECRET = b"sixteen made-up!"

ASKED = problem(
    order("A01", "A02", "A03", others={"A04": Appointable.NO, "A05": Appointable.PANEL_DISCUSSION}),
    {"A01": "SOM PLY", "A02": "SOM PLY", "A03": "SOM TOR", "A04": "SOM", "A05": ""},
    {"SOM": 1, "PLY": 2, "TOR": 0},
    {"SOM": "A02 A04 A01", "PLY": "A01 A02"},
)
NOT_FIXED = "The receipt is not one of those that the statement's root fixes."


def by_merit(asked: AllocationProblem = ASKED) -> Receipts:
    return receipts_of(asked, allocate_by_merit(asked), INPUT, SECRET)


def by_lists(asked: AllocationProblem = ASKED) -> Receipts:
    return receipts_of(asked, allocate_by_council_lists(asked), INPUT, SECRET)


def test_cut_off_is_the_last_rank_where_a_council_is_full_and_nothing_elsewhere() -> None:
    assert by_merit().statement.cut_offs == (
        CutOff("SOM", 1, 1, 1),
        CutOff("PLY", 2, 1, None),
        CutOff("TOR", 0, 0, None),
    )


def test_cut_off_by_council_lists_is_the_last_position_on_the_councils_own_list() -> None:
    asked = replace(ASKED, council_lists={"SOM": ("A04", "A02", "A01"), "PLY": ("A01",)})
    assert by_lists(asked).statement.cut_offs == (
        CutOff("SOM", 1, 1, 2),
        CutOff("PLY", 2, 1, None),
        CutOff("TOR", 0, 0, None),
    )


def test_results_hold_all_that_decides_and_nothing_of_anybody_else() -> None:
    results = {applicant: receipt.result for applicant, receipt in by_merit().by_applicant.items()}
    assert results == {
        "A01": Result("A01", "yes", 1, ("SOM", "PLY"), (), "offer", "SOM", 1, None),
        "A02": Result("A02", "yes", 2, ("SOM", "PLY"), (), "offer", "PLY", 2, None),
        "A03": Result("A03", "yes", 3, ("SOM", "TOR"), (), "reserve", None, None, 1),
        "A04": Result("A04", "no", None, ("SOM",), (), "not_appointable", None, None, None),
        "A05": Result("A05", "panel_discussion", None, (), (), "not_placed", None, None, None),
    }


def test_results_by_council_lists_hold_the_applicants_own_positions() -> None:
    results = [receipt.result for receipt in by_lists().by_applicant.values()]
    assert [(each.applicant, each.positions, each.council) for each in results] == [
        ("A01", (3, 1), "PLY"),
        ("A02", (1, 2), "SOM"),
        ("A03", (None, None), None),
        ("A04", (2,), None),
        ("A05", (), None),
    ]


def test_leaf_and_salt_are_as_anybody_can_make_them_again() -> None:
    """By the recipe of the README, with the standard library alone."""
    receipt = by_merit().by_applicant["A02"]
    salt = hmac.new(SECRET, f'["{INPUT}","A02"]'.encode(), hashlib.sha256).hexdigest()
    assert receipt.salt == salt
    record = json.dumps(
        asdict(receipt.result) | {"salt": salt}, sort_keys=True, separators=(",", ":"), ensure_ascii=True
    )
    reached = hashlib.sha256(b"\x00" + record.encode()).digest()
    for step in receipt.path:
        beside = bytes.fromhex(step.sha256)
        pair = beside + reached if step.side == "left" else reached + beside
        reached = hashlib.sha256(b"\x01" + pair).digest()
    assert reached.hex() == by_merit().statement.root


def test_every_receipt_of_random_markets_is_proven_under_both_rules() -> None:
    for seed in range(300):
        asked = random_market(seed, applicants_max=9, councils_max=5, places_max=3)
        for receipts in (by_merit(asked), by_lists(asked)):
            found = {each: faults_of(r, receipts.statement) for each, r in receipts.by_applicant.items()}
            assert found == {line.applicant: () for line in asked.order.lines}


def test_shared_ranks_are_proven_where_no_decision_was_needed() -> None:
    asked = problem(
        order("A01 A02", "A03 A04"),
        {"A01": "SOM", "A02": "PLY SOM", "A03": "SOM", "A04": "SOM"},
        {"SOM": 1, "PLY": 1},
    )
    receipts = by_merit(asked)
    assert [faults_of(each, receipts.statement) for each in receipts.by_applicant.values()] == [()] * 4
    assert [each.result.reserve_position for each in receipts.by_applicant.values()] == [None, None, 1, 1]


def test_receipts_are_the_same_again_and_others_with_another_secret() -> None:
    again = receipts_of(ASKED, allocate_by_merit(ASKED), INPUT, SECRET)
    other = receipts_of(ASKED, allocate_by_merit(ASKED), INPUT, SECRET + b"?")
    assert again == by_merit()
    assert other.statement.root != again.statement.root
    assert [each.result for each in other.by_applicant.values()] == [
        each.result for each in again.by_applicant.values()
    ]


def test_secret_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(ValueError, match="the secret has 15 bytes, fewer than 16"):
        receipts_of(ASKED, allocate_by_merit(ASKED), INPUT, SECRET[:15])


def test_place_in_the_tree_says_nothing_about_the_rank() -> None:
    """The leaves are in the order of their hashes, which the salts settle."""
    asked = random_market(3, applicants_max=60, councils_max=5, places_max=3)
    receipts = by_merit(asked)
    sides = ["".join(step.side[0] for step in each.path) for each in receipts.by_applicant.values()]
    others = receipts_of(asked, allocate_by_merit(asked), INPUT, SECRET * 2)
    assert sides != ["".join(step.side[0] for step in each.path) for each in others.by_applicant.values()]


def rfc_6962(leaves: list[str]) -> str:
    """The tree as section 2.1 of RFC 6962 defines it, from the top down."""
    if len(leaves) == 1:
        return leaves[0]
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    pair = bytes.fromhex(rfc_6962(leaves[:cut])) + bytes.fromhex(rfc_6962(leaves[cut:]))
    return hashlib.sha256(b"\x01" + pair).hexdigest()


@pytest.mark.parametrize("count", range(1, 18))
def test_tree_is_that_of_rfc_6962_and_every_path_leads_to_its_root(count: int) -> None:
    leaves = [hashlib.sha256(bytes([number])).hexdigest() for number in range(count)]
    levels = tree_over(leaves)
    assert levels[-1] == [rfc_6962(leaves)]
    for place, leaf in enumerate(leaves):
        reached = leaf
        for step in path_from(place, levels):
            pair = (step.sha256, reached) if step.side == "left" else (reached, step.sha256)
            reached = rfc_6962(list(pair))
        assert reached == levels[-1][0]


def test_nobody_in_the_order_of_merit_gives_a_statement_without_receipts() -> None:
    receipts = by_merit(problem(order(), {}, {"SOM": 1}))
    assert receipts == Receipts(
        Statement("merit", (CutOff("SOM", 1, 0, None),), 0, hashlib.sha256(b"").hexdigest(), INPUT), {}
    )


def forged(**changed: object) -> Receipt:
    """A02's receipt with something else in its result."""
    receipt = by_merit().by_applicant["A02"]
    return replace(receipt, result=replace(receipt.result, **changed))  # type: ignore[arg-type]


def test_result_that_follows_from_the_cut_offs_but_was_never_fixed_is_not_proven() -> None:
    better = forged(rank=1, council="SOM", choice=1)
    assert faults_of(better, by_merit().statement) == (NOT_FIXED,)


def test_result_that_was_fixed_but_does_not_follow_is_not_proven() -> None:
    """As if somebody had given out the places by other rules than those published."""
    allocation = allocate_by_merit(ASKED)
    first, second, *others = allocation.lines
    lines = (replace(first, council="PLY", choice=2), replace(second, council="SOM", choice=1), *others)
    receipts = receipts_of(ASKED, replace(allocation, lines=lines), INPUT, SECRET)
    faults = {each: faults_of(r, receipts.statement) for each, r in receipts.by_applicant.items()}
    assert faults == {
        "A01": ("By the cut-offs the outcome is: offer at SOM.",),
        "A02": (),
        "A03": (),
        "A04": (),
        "A05": (),
    }


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"choices": ("SOM", "XXX")}, "The statement has no such council: XXX."),
        (
            {"positions": (1, 2)},
            "The receipt does not hold one position for each council with a list of its own.",
        ),
        ({"rank": None}, "Those who are appointable have a rank, and nobody else."),
        ({"appointable": "no"}, "Those who are appointable have a rank, and nobody else."),
        ({"outcome": "reserve"}, "By the cut-offs the outcome is: offer at PLY."),
        ({"rank": 3, "choices": ("SOM", "TOR")}, "By the cut-offs the outcome is: reserve."),
        ({"choices": ("TOR",)}, "By the cut-offs the outcome is: not placed."),
        (
            {"rank": None, "appointable": "unrankable"},
            "By the cut-offs the outcome is: unrankable.",
        ),
    ],
)
def test_what_does_not_follow_is_said(changed: dict[str, object], fault: str) -> None:
    assert faults_of(forged(**changed), by_merit().statement) == (NOT_FIXED, fault)


def test_receipt_of_another_statement_is_not_proven() -> None:
    receipt, statement = by_merit().by_applicant["A02"], by_merit().statement
    other = replace(
        statement, cut_offs=(CutOff("SOM", 1, 1, 1), CutOff("PLY", 2, 2, 2), *statement.cut_offs[2:])
    )
    assert faults_of(receipt, other) == ("The receipt names another statement than this one.",)


def test_cut_offs_that_cannot_be_are_told() -> None:
    receipts = by_merit()
    impossible = replace(
        receipts.statement,
        cut_offs=(
            CutOff("SOM", 1, 2, 1),
            CutOff("PLY", 2, 1, 2),
            CutOff("TOR", 0, 0, None),
            CutOff("TOR", 1, 1, None),
        ),
    )
    receipt = replace(receipts.by_applicant["A04"], statement_sha256=impossible.sha256)
    assert faults_of(receipt, impossible) == (
        "The statement names a council twice.",
        "SOM has 1 places and 2 offers.",
        "PLY has a cut-off where all its places are taken, and nowhere else.",
        "TOR has a cut-off where all its places are taken, and nowhere else.",
    )


def test_path_with_a_step_too_many_is_not_proven() -> None:
    receipt, statement = by_merit().by_applicant["A02"], by_merit().statement
    longer = replace(receipt, path=(*receipt.path, Step("left", "0" * 64)))
    assert root_reached(receipt) == statement.root
    assert faults_of(longer, statement) == (NOT_FIXED,)
