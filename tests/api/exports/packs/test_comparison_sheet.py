"""What the comparison says: figures over one order or many, the gains in words, and the page."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from api.exports.packs.comparison_sheet import (
    Comparison,
    ComparisonSheet,
    SheetLine,
    Spread,
    comparison_answers,
    comparison_sheet,
    figures_of,
    how_words,
    said,
)
from api.templating import render
from assessment.allocation.compare import compare, play
from assessment.allocation.problem import AllocationProblem, AllocationRule
from tests.api.exports.page_text import page_of
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.assessment.builders import order, problem

# The tour's example: most first choices would pass A01 over at Bristol.
TOUR = problem(
    order("A03", "A01", "A02"),
    {"A03": "DEV BRI", "A01": "DEV BRI", "A02": "BRI DEV"},
    {"SOM": 0, "DEV": 1, "BRI": 1},
    {"DEV": "A02 A03 A01", "BRI": "A01 A02"},
)


def comparison(asked: AllocationProblem, rule: AllocationRule = AllocationRule.MERIT) -> Comparison:
    return Comparison(
        chosen=rule,
        rule=rule,
        drawn=False,
        orders=1,
        seed=0,
        appointable=Fraction(1),
        applicants=3,
        places=2,
        figures=figures_of([compare(asked, rule)], asked.places.by_council),
        remarks=(),
    )


def test_figures_over_many_orders_have_mean_least_and_most() -> None:
    asked = replace(TOUR, council_lists=None)
    plays = list(play(asked, AllocationRule.MERIT, ["A01", "A02", "A03"], Fraction(1), 40, seed=1))
    own, _, first_choices, _ = figures_of(plays, asked.places.by_council)
    firsts = [each[0].first_choices for each in plays]
    assert own.first_choices == Spread(Fraction(sum(firsts), 40), 1, 2)
    assert (own.passed_over, first_choices.filled) == (Spread(Fraction(0), 0, 0), Spread(Fraction(2), 2, 2))
    assert first_choices.orders_with_passed_over == sum(bool(each[2].passed_over) for each in plays)


def test_answers_say_what_could_be_gained_and_who_would_pay() -> None:
    asked = replace(TOUR, council_lists=None)
    assert comparison_answers(comparison(asked)) == (
        "By merit (the rule chosen), 2 of 2 places are filled and 1 gets their first choice. Nobody is "
        "passed over.",
        "Most places: nothing could be gained, the rule does as well as can be.",
        "Most first choices: 2 could get their first choice instead of 1. 1 applicant would be passed over "
        "by somebody lower.",
        "Best worst choice: the lowest choice given could be number 1 instead of 2, with 2 places filled. 1 "
        "applicant would be passed over by somebody lower.",
    )


def test_answers_by_council_lists_set_merit_beside_them() -> None:
    answers = comparison_answers(comparison(TOUR, AllocationRule.COUNCIL_LISTS))
    assert answers[:2] == (
        "By council lists (the rule chosen), 2 of 2 places are filled and 0 get their first choice. Nobody "
        "is passed over.",
        "By merit, 2 places would be filled, and 1 would get their first choice.",
    )


def test_words_of_orders_drawn_by_lot() -> None:
    drawn = replace(
        comparison(TOUR), drawn=True, orders=200, seed=7, applicants=1106, appointable=Fraction(3, 5)
    )
    assert how_words(drawn) == (
        "The figures are of 200 orders of merit drawn by lot from 1,106 applicants, of whom the first 60 % "
        "are taken as appointable (seed 7; the same seed gives the same figures): the mean and, in brackets, "
        "the least and the most. An order drawn by lot says nothing about anybody."
    )
    assert comparison_answers(drawn)[0].startswith("By merit (the rule chosen), on average 2 of 2 places")
    assert comparison_answers(drawn)[2 + 1].endswith("passed over by somebody lower, in 1 of 200 orders.")


def test_mean_is_told_from_the_least_and_the_most() -> None:
    assert said(Spread(Fraction(12), 12, 12)) == "12"
    assert said(Spread(Fraction(62, 5), 9, 15)) == "12.4 (9 to 15)"
    assert said(Spread(Fraction(13199, 200), 65, 66)) == "65.995 (65 to 66)"


def test_sheet_has_a_line_and_a_bar_for_each_way_and_the_councils_concerned() -> None:
    sheet = comparison_sheet(tiny_campaign(), comparison(replace(TOUR, council_lists=None)))
    assert sheet.lines == (
        SheetLine("By merit", True, "2", ("1", "1"), "2", "1", "0"),
        SheetLine("Most places", False, "2", ("1", "1"), "2", "1", "0"),
        SheetLine("Most first choices", False, "2", ("2", "0"), "1", "1", "1"),
        SheetLine("Best worst choice", False, "2", ("2", "0"), "1", "1", "1"),
    )
    assert [(bar.first_width, bar.other_width, bar.free_width) for bar in sheet.bars] == [
        (190, 190, 0),
        (190, 190, 0),
        (380, 0, 0),
        (380, 0, 0),
    ]
    assert (sheet.passed_over_heads, sheet.councils) == (
        ("Most places", "Most first choices", "Best worst choice"),
        (("Bristol", ("0", "1", "1")),),
    )


def test_page_is_well_formed_and_names_no_applicant() -> None:
    for rule in AllocationRule:
        sheet: ComparisonSheet = comparison_sheet(tiny_campaign(), comparison(TOUR, rule))
        html = render("documents/comparison.html", title="T", campaign_name="C", pack=sheet, styles="")
        page = page_of(html)
        assert (page.faults, page.links) == ([], [])
        tags = [tag for tag, _ in page.tags]
        assert tags.count("caption") == tags.count("table")
        assert [facts for tag, facts in page.tags if tag == "th" and "scope" not in facts] == []
        assert [each for each in TOUR.rank_by_applicant if each in page.text] == []


def test_nothing_to_fill_draws_empty_bars() -> None:
    found = comparison(problem(order("A01"), {"A01": "SOM"}, {"SOM": 0}))
    sheet = comparison_sheet(tiny_campaign(), found)
    assert {(bar.first_width, bar.other_width) for bar in sheet.bars} == {(0, 0)}
    assert sheet.lines[0] == SheetLine("By merit", True, "0", ("0",), "", "1", "0")
