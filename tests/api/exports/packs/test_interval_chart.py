"""Where the chart of estimates draws them."""

from __future__ import annotations

import pytest

from api.exports.packs.interval_chart import (
    TOP,
    WIDTH,
    Estimate,
    interval_chart,
    number_words,
    tick_step,
)


def estimate(label: str, value: float, reach: float) -> Estimate:
    return Estimate(label, value, value - reach, value + reach, filled=True, shaded=False, words="as it is")


def test_values_are_drawn_to_scale_inside_the_frame() -> None:
    chart = interval_chart(
        "c", "Title", "Scale", [estimate("A1", 3.5, 0.3), estimate("A2", 4.0, 0.5)], 3.6, "l"
    )
    assert [tick.words for tick in chart.ticks] == ["3.2", "3.4", "3.6", "3.8", "4.0", "4.2", "4.4", "4.6"]
    assert (chart.ticks[0].x, chart.ticks[-1].x) == (chart.left, chart.right)
    assert chart.reference_x == chart.ticks[2].x
    first, second = chart.lines
    assert second.point == chart.ticks[4].x
    assert first.point - first.low == pytest.approx(first.high - first.point, abs=0.11)
    assert all(0 < x < WIDTH for line in chart.lines for x in (line.low, line.high))
    assert [line.y for line in chart.lines] == [TOP + 8.5, TOP + 25.5]
    assert first.title == "A1: 3.50, from 3.20 to 3.80; as it is"


def test_long_labels_get_their_room() -> None:
    short, long = (
        interval_chart("c", "T", "S", [estimate(label, 1.0, 0.1)], None, "") for label in ("A1", "A" * 20)
    )
    assert short.left < long.left
    assert long.left % 6 == long.right % 6 == 0
    assert short.reference_x is None


def test_one_estimate_without_reach_still_has_a_scale() -> None:
    chart = interval_chart("c", "T", "S", [estimate("A1", 2.0, 0.0)], None, "")
    assert len(chart.ticks) == 2
    assert chart.lines[0].point == chart.left


@pytest.mark.parametrize(("span", "step"), [(0, 0.01), (0.5, 0.1), (1.5, 0.5), (8, 2.0), (90, 5.0)])
def test_scale_has_few_round_numbers(span: float, step: float) -> None:
    assert tick_step(span) == step


def test_nought_has_no_minus() -> None:
    assert [number_words(value, 2) for value in (-0.001, -0.2, 0.2)] == ["0.00", "−0.20", "0.20"]  # noqa: RUF001
