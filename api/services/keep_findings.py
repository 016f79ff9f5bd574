"""What a job found, as plain data for its row, and read back: an explanation, a forecast.

Both hold references and numbers only. Names are joined on when somebody looks, so that no job's row has any.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from api.exports.packs.forecast_sheet import Forecast
from scheduler.explanation import Explanation

_EXPLANATION = TypeAdapter(Explanation)
_FORECAST = TypeAdapter(Forecast)


def explanation_record(explanation: Explanation) -> dict[str, Any]:
    """Fit for JSON; `explanation_of` reads it back to an equal explanation."""
    record: dict[str, Any] = _EXPLANATION.dump_python(explanation, mode="json")
    return record


def explanation_of(record: object) -> Explanation:
    """Raises `ValueError` where it is none."""
    return _EXPLANATION.validate_python(_plain(record))


def forecast_record(forecast: Forecast) -> dict[str, Any]:
    """Fit for JSON; `forecast_of` reads it back to an equal forecast."""
    record: dict[str, Any] = _FORECAST.dump_python(forecast, mode="json")
    return record


def forecast_of(record: object) -> Forecast:
    """Raises `ValueError` where it is none."""
    return _FORECAST.validate_python(_plain(record))


def _plain(record: object) -> object:
    return dict(record) if isinstance(record, Mapping) else record
