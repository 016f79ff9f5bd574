"""A search closing in on the best: for each aim the value found and the bound, over the seconds, as curves.

The geometry is made here; `templates/components/service/convergence_chart.html` draws it, and a table beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# In the picture of 280 by 110 that the template draws. Lines go on a little after the last moment, so that
# what happened last is seen.
LEFT, NOW, RIGHT, TOP, BOTTOM = 44, 256, 272, 10, 86

CurveState = Literal["waiting", "looking", "proven", "stopped"]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What was known at one moment. None: no plan found yet, or no bound known."""

    seconds: float
    value: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class TierCurve:
    """One aim, drawn. `value_path` and `bound_path` are steps through the points, empty without any.

    `high` and `low` are what the upper and lower edge of the picture stand for, `seconds` the
    last moment. `words` say the same as the picture.
    """

    label: str
    state: CurveState
    words: str
    value_path: str
    bound_path: str
    high: str
    low: str
    seconds: str
    points: tuple[CurvePoint, ...]


def tier_curve(label: str, state: CurveState, points: Sequence[CurvePoint], words: str) -> TierCurve:
    """The curves of one aim. `words` is the state in a sentence: "36 panels, and no plan needs fewer"."""
    known = [number for point in points for number in (point.value, point.bound) if number is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    end = max((point.seconds for point in points), default=0.0)
    values = [(point.seconds, point.value) for point in points if point.value is not None]
    bounds = [(point.seconds, point.bound) for point in points if point.bound is not None]
    return TierCurve(
        label=label,
        state=state,
        words=words,
        value_path=_path(values, low, high, end),
        bound_path=_path(bounds, low, high, end),
        high=f"{high:,.0f}",
        low=f"{low:,.0f}",
        seconds=f"{end:.0f}" if end >= 10 else f"{end:.1f}",
        points=tuple(points),
    )


def _path(points: Sequence[tuple[float, float]], low: float, high: float, end: float) -> str:
    """Level until the next point, since between two nothing new was known; on a little after the last."""
    if not points:
        return ""
    path = ""
    for seconds, number in points:
        across, down = _across(seconds, end), _down(number, low, high)
        path += f"H{across}V{down}" if path else f"M{across} {down}"
    return f"{path}H{RIGHT}"


def _across(seconds: float, end: float) -> str:
    return f"{LEFT + (NOW - LEFT) * (seconds / end if end else 0):.1f}"


def _down(number: float, low: float, high: float) -> str:
    """One value alone lies on the lower edge."""
    return f"{BOTTOM - (BOTTOM - TOP) * ((number - low) / (high - low) if high > low else 0):.1f}"
