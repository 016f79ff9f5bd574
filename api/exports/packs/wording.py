"""Dates, times and counts in the words that papers and pages use. No sentences about people are here."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from scheduler.grid import clock

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NOON = 720


def long_date(date: datetime.date) -> str:
    """14 July 2015, whatever the computer's language."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def day_and_time(at: datetime.datetime) -> str:
    """14 July 2015, 16:20."""
    return f"{long_date(at.date())}, {at:%H:%M}"


def day_and_date(date: datetime.date) -> str:
    """Tuesday 14 July 2015."""
    return f"{WEEKDAYS[date.weekday()]} {long_date(date)}"


def half_day(start: int) -> str:
    """Which half of the day something belongs to that starts at `start` minutes after midnight."""
    return "morning" if start < NOON else "afternoon"


def hours(start: int, end: int) -> str:
    """09:00 to 09:45."""
    return f"{clock(start)} to {clock(end)}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """1 place, 26 places; thousands with a comma."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(items: Sequence[str]) -> str:
    """A, B and C."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def plain_name(reference: str) -> str:
    """A reference as part of a file name: anything but A-Z, a-z, 0-9, - and _ is a hyphen."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", reference).strip("-") or "unnamed"


def anchor_name(reference: str) -> str:
    """A reference as part of an anchor. No two are alike: `H.1` and `H 1` must not lead to one place."""
    return re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0]):x}_", reference)


def percent_of(part: int, whole: int) -> int:
    """Whole percent, rounded half up; 0 of nothing is 0."""
    return (200 * part + whole) // (2 * whole) if whole else 0
