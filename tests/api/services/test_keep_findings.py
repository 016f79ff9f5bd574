"""Explanations and forecasts as plain data and back."""

from __future__ import annotations

import json

import pytest

from api.services.forecast_attendance import forecast_sessions, rate_from
from api.services.keep_findings import explanation_of, explanation_record, forecast_of, forecast_record
from scheduler.explanation import (
    Case,
    Change,
    ChangeKind,
    Explanation,
    Obstacle,
    ObstacleKind,
    Reason,
    WayOut,
)
from tests.api.campaigns import sound_campaign

EXPLANATION = Explanation(
    8,
    7,
    True,
    False,
    (
        Case(
            ("A001",),
            False,
            (Reason((Obstacle(ObstacleKind.AVAILABILITY, (("A001",),)),), True),),
            True,
            (WayOut((Change(ChangeKind.APPLICANT_AVAILABLE, ("A001", "H01")),), 1, 1, True),),
            "There is no session that A001 is available for.",
        ),
    ),
    1.5,
)


def test_explanation_is_read_back_as_it_was() -> None:
    assert explanation_of(json.loads(json.dumps(explanation_record(EXPLANATION)))) == EXPLANATION


def test_forecast_is_read_back_as_it_was() -> None:
    forecast = forecast_sessions(sound_campaign(), None, rate_from("87/106", None), 0.05, 100, 0)
    assert forecast_of(json.loads(json.dumps(forecast_record(forecast)))) == forecast


@pytest.mark.parametrize("record", [None, {}, {"applicants": "many"}, [1]])
def test_what_is_neither_is_refused(record: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (the library's words are its own)
        explanation_of(record)
    with pytest.raises(ValueError):  # noqa: PT011
        forecast_of(record)
