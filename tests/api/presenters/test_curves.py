"""Value and bound as curves: level between two moments, and nothing where nothing is known."""

from __future__ import annotations

from api.presenters.curves import CurvePoint, TierCurve, tier_curve


def test_curves_step_from_moment_to_moment_and_go_on_to_the_edge() -> None:
    points = (CurvePoint(0, None, 30), CurvePoint(10, 40, 30), CurvePoint(20, 35, 35))
    assert tier_curve("Panels", "proven", points, "35 panels") == TierCurve(
        label="Panels",
        state="proven",
        words="35 panels",
        value_path="M150.0 10.0H256.0V48.0H272",
        bound_path="M44.0 86.0H150.0V86.0H256.0V48.0H272",
        high="40",
        low="30",
        seconds="20",
        points=points,
    )


def test_one_value_lies_on_the_lower_edge() -> None:
    curve = tier_curve("Without a session", "proven", [CurvePoint(0.4, 0, 0)], "Nobody")
    assert (curve.value_path, curve.bound_path, curve.high, curve.low, curve.seconds) == (
        "M256.0 86.0H272",
        "M256.0 86.0H272",
        "0",
        "0",
        "0.4",
    )


def test_nothing_known_yet_is_no_curve() -> None:
    curve = tier_curve("Travel", "waiting", (), "Not begun")
    assert (curve.value_path, curve.bound_path, curve.points) == ("", "", ())
