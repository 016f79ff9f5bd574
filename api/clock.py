"""The only reader of the real clock. Everything else is handed the time it needs."""

from __future__ import annotations

import datetime
import time
import zoneinfo


def now(time_zone: str) -> datetime.datetime:
    """The present moment in the campaign's time zone, to the second."""
    return datetime.datetime.now(zoneinfo.ZoneInfo(time_zone)).replace(microsecond=0)


def stopwatch_seconds() -> float:
    """Seconds on a clock that only goes forward; differences between two calls measure a duration."""
    return time.monotonic()


def utc_now() -> datetime.datetime:
    """The present moment, to the microsecond, as it is kept in the database."""
    return datetime.datetime.now(datetime.UTC)
