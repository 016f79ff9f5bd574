"""Counting by group: what is folded, left out or kept back, and the numbers beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import comb

import pytest

from assessment.monitoring import (
    OTHERS,
    Comparison,
    LineKind,
    Table,
    Tally,
    comparisons_of,
    exact_p,
    folded,
    monitoring_of,
    stages_told,
    table_of,
    tallied,
    with_adjusted_p,
)

GROUP, TOGETHER, NOT_KNOWN = LineKind.GROUP, LineKind.OTHERS, LineKind.NOT_KNOWN


def people(ended_by_group: Mapping[str, tuple[int, ...]]) -> tuple[dict[str, int], dict[str, str]]:
    """Applicants who ended where these counts say: how far each got, and each one's group."""
    reached: dict[str, int] = {}
    group_of: dict[str, str] = {}
    for group, ended in ended_by_group.items():
        for stage, number in enumerate(ended):
            for _ in range(number):
                applicant = f"A{len(reached) + 1:03}"
                reached[applicant] = stage
                if group:
                    group_of[applicant] = group
    return reached, group_of


def line(kind: LineKind, group: str, *ended: int) -> Tally:
    return Tally(kind, group, ended)


def test_whoever_does_not_say_is_not_known_and_capitals_make_no_other_group() -> None:
    reached, group_of = people(
        {"Female": (1, 2), "female": (3, 0), "prefer not to say": (1, 0), "": (0, 2), "male": (4, 4)}
    )
    assert tallied(group_of, reached, 1) == [
        line(GROUP, "Female", 4, 2),
        line(GROUP, "male", 4, 4),
        line(NOT_KNOWN, "not known", 1, 2),
    ]


def test_groups_without_small_counts_are_told_as_they_are() -> None:
    lines = (line(GROUP, "female", 9, 30), line(GROUP, "male", 5, 5), line(NOT_KNOWN, "not known", 6, 7))
    assert folded(lines) == lines


def test_small_groups_are_counted_together_and_with_the_next_smallest() -> None:
    """C and D have 4 together who were not selected, so B, the smallest of the others, joins them."""
    lines = [
        line(GROUP, "A", 20, 30),
        line(GROUP, "B", 10, 9),
        line(GROUP, "C", 3, 5),
        line(GROUP, "D", 1, 6),
    ]
    assert folded(lines) == (line(GROUP, "A", 20, 30), line(TOGETHER, OTHERS, 14, 20))


def test_few_whose_answer_is_not_known_are_counted_with_the_smallest_group() -> None:
    lines = [line(GROUP, "female", 20, 30), line(GROUP, "male", 10, 9), line(NOT_KNOWN, "not known", 0, 1)]
    assert folded(lines) == (line(GROUP, "female", 20, 30), line(TOGETHER, OTHERS, 10, 10))


def test_earliest_stage_is_left_out_where_two_lines_cannot_be_had_with_it() -> None:
    lines = [line(GROUP, "female", 20, 40, 20), line(GROUP, "male", 3, 12, 8)]
    assert table_of("sex", lines, (1, 2)) == Table(
        "sex", (2,), (line(GROUP, "female", 60, 20), line(GROUP, "male", 15, 8))
    )


def test_characteristic_of_which_nothing_can_be_told_is_kept_back() -> None:
    lines = [line(GROUP, "female", 20, 20), line(GROUP, "male", 15, 4)]
    assert table_of("sex", lines, (1,)) == Table("sex", (), ())
    mostly_unknown = [line(GROUP, "female", 20, 20), line(NOT_KNOWN, "not known", 30, 20)]
    assert table_of("sex", mostly_unknown, (1,)) == Table("sex", (), ())


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        ((19, 19, 42, 26), (1, 2, 3)),
        ((2, 30, 20, 10), (2, 3)),
        ((20, 30, 20, 4), (1, 2)),
        ((20, 30, 3, 10), (1, 3)),
        ((1, 1, 2, 4), ()),
        ((0, 0), ()),
    ],
)
def test_stage_is_told_only_where_enough_end_between(ended: tuple[int, ...], told: tuple[int, ...]) -> None:
    assert stages_told(ended) == told


def test_ratio_and_exact_test_stand_together_and_those_not_known_are_not_compared() -> None:
    reached, group_of = people({"a": (10, 10), "b": (15, 5), "c": (10, 6), "": (5, 9)})
    found = monitoring_of(reached, {"colour": group_of}, 1)
    assert [(each.n, each.selected) for each in found.totals] == [(70, 30)]
    assert (found.people, found.tests) == (70, 3)
    first, second, third, last = found.comparisons
    assert [each.ratio for each in (first, second, third)] == [1, Fraction(1, 2), Fraction(3, 4)]
    assert last == Comparison("colour", 0, 1, NOT_KNOWN, "not known", 14, 9)
    low, middle, high = by_hand(10, 10, 11, 25), by_hand(5, 15, 16, 20), by_hand(6, 10, 15, 25)
    assert [each.p for each in (first, second, third)] == pytest.approx([low, middle, high])
    assert [each.adjusted_p for each in (first, second, third)] == pytest.approx([3 * low, 2 * middle, high])


def by_hand(selected: int, not_selected: int, others_selected: int, others_not: int) -> float:
    """Fisher's exact test by its definition: all tables of these margins that are no likelier than this."""
    n, total = selected + not_selected, selected + not_selected + others_selected + others_not
    chosen = selected + others_selected
    ways = {
        k: comb(n, k) * comb(total - n, chosen - k)
        for k in range(max(0, chosen + n - total), min(n, chosen) + 1)
    }
    return float(Fraction(sum(w for w in ways.values() if w <= ways[selected]), comb(total, chosen)))


@pytest.mark.parametrize(
    "counts", [(3, 1, 1, 3), (1, 9, 2, 8), (17, 65, 9, 15), (5, 20, 40, 10), (8, 2, 1, 5)]
)
def test_exact_test_is_fishers(counts: tuple[int, int, int, int]) -> None:
    """Among them Fisher's own cups of tea, 3 of 4 right: p 0.486 (The Design of Experiments, 1935)."""
    selected, rest, others_selected, others_rest = counts
    one = Comparison("", 0, 1, GROUP, "one", selected + rest, selected)
    other = Comparison("", 0, 1, GROUP, "other", others_selected + others_rest, others_selected)
    assert exact_p(one, [one, other]) == pytest.approx(by_hand(*counts), abs=1e-12)


def test_one_woman_of_ten_and_two_men_of_ten_fail_four_fifths_and_mean_nothing() -> None:
    women = Comparison("sex", 0, 1, GROUP, "female", 10, 1)
    men = Comparison("sex", 0, 1, GROUP, "male", 10, 2)
    assert women.rate / men.rate == Fraction(1, 2)
    assert exact_p(women, [women, men]) == pytest.approx(1.0)


def test_holms_rule_steps_down_and_never_turns_back() -> None:
    """Four tests: 0.005 x 4, 0.01 x 3, 0.03 x 2, and 0.04 not below the one before."""
    pairs = [
        (("", 0, 1, str(p)), Comparison("", 0, 1, GROUP, str(p), 10, 5, Fraction(1), p))
        for p in (0.01, 0.04, 0.03, 0.005)
    ]
    assert [each.adjusted_p for each in with_adjusted_p(pairs)] == [
        pytest.approx(0.03),
        pytest.approx(0.06),
        pytest.approx(0.06),
        pytest.approx(0.02),
    ]


def test_two_lines_are_one_test() -> None:
    reached, group_of = people({"female": (20, 20), "male": (10, 5)})
    found = monitoring_of(reached, {"sex": group_of}, 1)
    assert found.tests == 1
    assert [each.p for each in found.comparisons] == [each.adjusted_p for each in found.comparisons]


def test_steps_are_each_stage_and_the_whole_way() -> None:
    table = Table("sex", (2, 3), (line(GROUP, "female", 60, 10, 20), line(GROUP, "male", 15, 5, 8)))
    assert [(e.since, e.until, e.group, e.n, e.selected) for e in comparisons_of(table)] == [
        (0, 2, "female", 90, 30),
        (0, 2, "male", 28, 13),
        (2, 3, "female", 30, 20),
        (2, 3, "male", 13, 8),
        (0, 3, "female", 90, 20),
        (0, 3, "male", 28, 8),
    ]


def test_nobody_applied_and_nothing_can_be_told() -> None:
    found = monitoring_of({}, {"sex": {}}, 3)
    assert (found.people, found.totals, found.comparisons, found.tests) == (None, (), (), 0)
