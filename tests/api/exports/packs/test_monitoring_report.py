"""The monitoring report in words: ratio and test side by side, and what neither of them says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from api.exports.packs.monitoring_report import (
    MonitoringFacts,
    RateFacts,
    RateLine,
    StepTable,
    monitoring_answers,
    monitoring_report,
    p_words,
    ratio_words,
)
from api.templating import render
from tests.api.exports.page_text import page_of

FEMALE = RateFacts("sex", "applied", "attended", "female", 80, 60, Fraction(1), 0.0004, 0.0008)
MALE = RateFacts("sex", "applied", "attended", "male", 24, 13, Fraction(13, 18), 0.0004, 0.0008)
UNKNOWN = RateFacts("sex", "applied", "attended", "not known", 10, 5, None, None, None)
TOTAL = RateFacts("", "applied", "attended", "everybody", 114, 78, None, None, None)
FACTS = MonitoringFacts(114, (TOTAL,), (FEMALE, MALE, UNKNOWN), (), (), 1, 5, "all other answers together")
NOTHING = replace(FACTS, totals=(), rates=(), kept_back=("sex", "age"), left_out=("attended",), tests=0)


def html_of(facts: MonitoringFacts) -> str:
    report = monitoring_report(facts)
    return render(
        "documents/monitoring.html", title="Monitoring", campaign_name="Made up", pack=report, styles=""
    )


def test_ratio_and_test_stand_together_in_each_line() -> None:
    (section,) = monitoring_report(FACTS).sections
    assert (section.name, section.tables) == (
        "sex",
        (
            StepTable(
                "Attended, of everybody who applied",
                (
                    RateLine("female", "80", "60", "75.0 %", "1.00", "under 0.001", "under 0.001", False),
                    RateLine("male", "24", "13", "54.2 %", "0.72", "under 0.001", "under 0.001", True),
                    RateLine("not known", "10", "5", "50.0 %", "", "", "", False),
                ),
            ),
        ),
    )


def test_answer_counts_tests_and_what_came_of_them() -> None:
    assert monitoring_answers(FACTS) == (
        "1 exact test was made. 1 ratio is below 0.80; of these 1 has a p below 0.05. "
        "After Holm's allowance for the number of tests 2 lines have a p below 0.05.",
    )
    calm = replace(MALE, ratio=Fraction(9, 10), p=0.3, adjusted_p=0.6)
    assert monitoring_answers(replace(FACTS, rates=(calm,))) == (
        "1 exact test was made. No ratio is below 0.80. "
        "After Holm's allowance for the number of tests no p is below 0.05.",
    )


def test_what_cannot_be_told_is_said() -> None:
    assert monitoring_answers(NOTHING) == (
        "No groups can be compared: the numbers are too small.",
        "About sex and age nothing can be told, for too few gave another answer than the rest.",
        "Stages left out, for too few ended there: attended.",
    )


@pytest.mark.parametrize("facts", [FACTS, NOTHING])
def test_report_is_a_sound_page_that_says_how_to_read_it(facts: MonitoringFacts) -> None:
    page = page_of(html_of(facts))
    assert (page.faults, page.headings) == ([], ["Monitoring: how far each group came"])
    for words in ("with a large p means little", "No count below 5 is shown", "comes from the United States"):
        assert words in page.text


def test_ratio_just_below_four_fifths_does_not_look_like_it() -> None:
    assert [ratio_words(Fraction(*each)) for each in ((4, 5), (799, 1000), (3, 4))] == [
        "0.80",
        "0.799",
        "0.75",
    ]


def test_small_p_is_not_called_nought() -> None:
    assert [p_words(p) for p in (0.0009, 0.0351, 1.0)] == ["under 0.001", "0.035", "1.000"]
