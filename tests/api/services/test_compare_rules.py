"""Comparisons of whole campaigns: on the real order of merit, on orders drawn by lot, and of nothing."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path

import pytest

from api.errors import BadInput
from api.exports.packs.comparison_sheet import Spread
from api.services.compare_rules import compare_rules, write_comparison
from tests.api.campaigns import copy_of_sound, said, sound

# A1 and A2 are ranked; both want Somerset's places, of which there is one here.
ONE_PLACE = sound("councils.csv").replace(b"Somerset,2,", b"Somerset,1,")
CHOICES = sound("applicants.csv").replace(b"GLO,SOM", b"SOM,GLO")
RATINGS = sound("ratings.csv").replace(b"A2,interview,values,P1,2,", b"A2,interview,values,P1,4,")
LISTS = b"council,applicant,position\nSOM,A2,1\nSOM,A1,2\nGLO,A1,1\n"
BY_LISTS = sound("settings.csv") + b"allocation_rule,council_lists\n"
CONTESTED = {"councils.csv": ONE_PLACE, "applicants.csv": CHOICES, "ratings.csv": RATINGS}


def once(number: int) -> Spread:
    return Spread(Fraction(number), number, number)


def test_comparison_on_the_real_order_has_the_rule_and_three_optima(tmp_path: Path) -> None:
    done = compare_rules(copy_of_sound(tmp_path, CONTESTED), None, None, None)
    comparison = done.comparison
    assert (comparison.chosen, comparison.rule, comparison.drawn, comparison.orders) == (
        "merit",
        "merit",
        False,
        1,
    )
    assert [(each.way, each.filled, each.first_choices) for each in comparison.figures] == [
        ("merit", once(2), once(1)),
        ("most_places", once(2), once(1)),
        ("most_first_choices", once(2), once(1)),
        ("best_worst_choice", once(2), once(1)),
    ]
    assert [remark.split(",")[0] for remark in comparison.remarks] == ["There are no council lists"]


def test_comparison_with_council_lists_has_both_rules_the_chosen_one_first(tmp_path: Path) -> None:
    changed = {**CONTESTED, "settings.csv": BY_LISTS, "council_lists.csv": LISTS}
    done = compare_rules(copy_of_sound(tmp_path, changed), None, None, None)
    assert (done.comparison.chosen, done.comparison.rule, done.comparison.remarks) == (
        "council_lists",
        "council_lists",
        (),
    )
    assert [(each.way, dict(each.council_by_applicant)) for each in done.real[:2]] == [
        ("council_lists", {"A2": "SOM", "A1": "GLO"}),
        ("merit", {"A1": "SOM", "A2": "GLO"}),
    ]


def test_rule_that_cannot_be_compared_yet_is_said_and_merit_compared(tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path, {"settings.csv": BY_LISTS}, without=("ratings.csv", "agreed.csv"))
    done = compare_rules(folder, 3, None, None)
    assert (done.comparison.chosen, done.comparison.rule) == ("council_lists", "merit")
    assert done.comparison.remarks == (
        "There are no council lists, so the rule council_lists cannot be compared. Add the table "
        "council_lists to see it too.",
    )


def test_without_ratings_orders_are_drawn_by_lot(tmp_path: Path) -> None:
    """Without attendance too: of three applicants nobody is known to stay away."""
    folder = copy_of_sound(tmp_path, CONTESTED, without=("ratings.csv", "agreed.csv", "attendance.csv"))
    done = compare_rules(folder, None, 7, None)
    comparison = done.comparison
    assert (comparison.drawn, comparison.orders, comparison.seed, comparison.applicants) == (True, 200, 7, 3)
    assert comparison == compare_rules(folder, 200, 7, Fraction(1)).comparison
    (own, *_) = comparison.figures
    assert (own.filled, own.unplaced, own.passed_over) == (once(3), once(0), once(0))


def test_share_of_those_appointable_is_taken_in_each_draw(tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path, CONTESTED)
    done = compare_rules(folder, 5, None, Fraction(1, 2))
    assert (done.comparison.applicants, done.comparison.appointable, done.real) == (2, Fraction(1, 2), ())
    assert [each.filled for each in done.comparison.figures] == [once(1)] * 4


def test_orders_are_drawn_without_those_who_stay_away(tmp_path: Path) -> None:
    """A3 did not attend."""
    done = compare_rules(copy_of_sound(tmp_path), 5, None, None)
    assert done.comparison.applicants == 2


def test_seed_or_share_beside_ratings_is_refused(tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path)
    for seed, share in ((1, None), (None, Fraction(1, 2))):
        with pytest.raises(BadInput) as refused:
            compare_rules(folder, None, seed, share)
        assert said(refused.value.faults) == [
            "compare: found --seed or --appointable, and ratings that settle the order of merit; wanted "
            "--simulations beside it, to draw orders all the same"
        ]


def test_campaign_without_choices_is_refused_with_what_to_do(tmp_path: Path) -> None:
    head = sound("applicants.csv").split(b"\n", 1)[0] + b"\n"
    nobody = {"applicants.csv": head}
    gone = (
        "ratings.csv",
        "agreed.csv",
        "attendance.csv",
        "travel.csv",
        "interests.csv",
        "pins.csv",
        "availability.csv",
    )
    with pytest.raises(BadInput) as refused:
        compare_rules(copy_of_sound(tmp_path, nobody, gone), None, None, None)
    assert said(refused.value.faults) == [
        "applicants: column choice_1: found no applicants; wanted applicants with choices: put in last "
        "time's applicants, or try a made-up campaign (stepup sample south-west-2015 --out FOLDER)"
    ]


def test_write_comparison_writes_figures_who_is_passed_over_and_the_sheet(tmp_path: Path) -> None:
    changed = {**CONTESTED, "settings.csv": BY_LISTS, "council_lists.csv": LISTS}
    done = compare_rules(copy_of_sound(tmp_path, changed), None, None, None)
    write_comparison(done, tmp_path / "out")
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "comparison.csv",
        "comparison.html",
        "comparison.json",
        "comparison.pdf",
        "passed_over.csv",
    ]
    with (tmp_path / "out" / "comparison.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["figure"], row["mean"]) for row in rows if row["chosen"] == "yes"] == [
        ("places_filled", "2.00"),
        ("choice_1", "1.00"),
        ("choice_2", "1.00"),
        ("worst_choice", "2.00"),
        ("unplaced", "0.00"),
        ("passed_over", "0.00"),
    ]
    record = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))
    assert [
        record["orders_of_merit"],
        record["simulations"],
        record["seed"],
        len(record["input_sha256"]),
    ] == [
        "the campaign's own",
        None,
        None,
        64,
    ]
    assert sorted(record["versions"]) == ["ortools", "program", "python"]
