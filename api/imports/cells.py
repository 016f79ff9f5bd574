"""One cell at a time: from what somebody typed to the one spelling of the campaign format.

Numbers keep their digits as written (weights are exact); dates, times, yes/no and words from a choice
are respelled. A day and a month are never guessed: `14/07/2015` is a fault in every row, also where the
day could not be a month. Whether a reference is defined is checked later, in `checks/references.py`.
"""

from __future__ import annotations

import datetime
import re
from fractions import Fraction

from api.errors import shown
from api.imports.kinds import Column, Kind

YEAR_FIRST, YEAR_LAST = 2000, 2099
REFERENCE = re.compile(r"\w[\w .\-]{0,39}")
WHOLE = re.compile(r"-?[0-9]{1,15}")
DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})( 00:00(:00)?)?")
WORDED_DATE = re.compile(r"([0-9]{1,2}) ([A-Za-z]{3,9}),? ([0-9]{4})")
WORDED_MOMENT = re.compile(rf"({WORDED_DATE.pattern})(?:,| at)? ([0-9:]+)")
CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(:00)?")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class Unreadable(Exception):
    """A cell cannot be what its column holds. `found` and `wanted` are as in a fault."""

    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(f"found {found}; wanted {wanted}")
        self.found = found
        self.wanted = wanted


def spelled(column: Column, text: str) -> str:
    """The cell in the format's own spelling; an empty cell stays empty. Raises `Unreadable`."""
    if text == "":
        if column.required:
            raise Unreadable(shown(text), wanted_of(column))
        return ""
    match column.kind:
        case Kind.NAME | Kind.REFERENCE:
            return _matching(REFERENCE, column, text)
        case Kind.TEXT:
            return text
        case Kind.EMAIL:
            return _matching(EMAIL, column, text)
        case Kind.WHOLE:
            return _within(column, _matching(WHOLE, column, text))
        case Kind.DECIMAL | Kind.COORDINATE:
            return _within(column, _matching(DECIMAL, column, text))
        case Kind.YES_NO:
            return _one_of(("yes", "no"), column, text)
        case Kind.CHOICE:
            return _one_of(column.words, column, text)
        case Kind.DATE:
            return _date(column, text)
        case Kind.TIME:
            return _time(column, text)
        case Kind.MOMENT:
            return _moment(column, text)
        case Kind.LIST:
            return _list(column, text)


def list_of(text: str) -> tuple[str, ...]:
    """The parts of a list in one cell, without empty ones."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def minutes_of(clock_face: str) -> int:
    """Minutes after midnight of a time as this module spells it."""
    hours, minutes = clock_face.split(":")
    return int(hours) * 60 + int(minutes)


def wanted_of(column: Column) -> str:
    """What a cell of this column must hold, in words."""
    match column.kind:
        case Kind.NAME:
            return "a reference: letters, digits, spaces, dots, - and _, at most 40"
        case Kind.REFERENCE:
            return f"a reference from {_joined(column.points_to)}"
        case Kind.TEXT:
            return "some text"
        case Kind.EMAIL:
            return "an e-mail address"
        case Kind.WHOLE:
            return f"a whole number{_limits(column)}"
        case Kind.DECIMAL | Kind.COORDINATE:
            return f"a number{_limits(column)}"
        case Kind.YES_NO:
            return "yes or no"
        case Kind.CHOICE:
            return _joined(column.words)
        case Kind.DATE:
            return f"a date such as 2015-07-14, from {YEAR_FIRST} to {YEAR_LAST}"
        case Kind.TIME:
            return "a 24-hour time such as 09:00"
        case Kind.MOMENT:
            return "a date and time such as 2015-08-03 16:20 or 3 August 2015, 16:20"
        case Kind.LIST if column.words:
            return f"a list, separated by ;, of {_joined(column.words)}, each once"
        case Kind.LIST if column.points_to:
            return f"a list of references from {_joined(column.points_to)}, separated by ;, each once"
        case Kind.LIST:
            return "a list, separated by ;, each part once"


def _matching(pattern: re.Pattern[str], column: Column, text: str) -> str:
    if not pattern.fullmatch(text):
        raise Unreadable(shown(text), wanted_of(column))
    return text


def _within(column: Column, text: str) -> str:
    number = Fraction(text)
    if (column.least is not None and number < column.least) or (
        column.most is not None and number > column.most
    ):
        raise Unreadable(shown(text), wanted_of(column))
    return text


def _one_of(words: tuple[str, ...], column: Column, text: str) -> str:
    if text.lower() not in words:
        raise Unreadable(shown(text), wanted_of(column))
    return text.lower()


def _date(column: Column, text: str) -> str:
    year, month, day = 0, 0, 0
    if match := ISO_DATE.fullmatch(text):
        year, month, day = (int(match[i]) for i in (1, 2, 3))
    elif match := WORDED_DATE.fullmatch(text):
        year, month, day = int(match[3]), _month(match[2]), int(match[1])
    try:
        if not YEAR_FIRST <= year <= YEAR_LAST:
            raise ValueError
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        raise Unreadable(shown(text), wanted_of(column)) from None


def _month(word: str) -> int:
    """The month of "July" or "Jul"; 0 for any other word."""
    for number, month in enumerate(MONTHS, start=1):
        if word.lower() in (month, month[:3]):
            return number
    return 0


def _time(column: Column, text: str) -> str:
    match = CLOCK.fullmatch(text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise Unreadable(shown(text), wanted_of(column))
    return f"{int(match[1]):02d}:{match[2]}"


def _moment(column: Column, text: str) -> str:
    if worded := WORDED_MOMENT.fullmatch(text):
        date, time = worded[1], worded[5]
    else:
        date, _, time = text.replace("T", " ", 1).partition(" ")
    try:
        return f"{_date(column, date)} {_time(column, time)}"
    except Unreadable:
        raise Unreadable(shown(text), wanted_of(column)) from None


def _list(column: Column, text: str) -> str:
    parts = list_of(text)
    if column.words:
        parts = tuple(_one_of(column.words, column, part) for part in parts)
    if not parts or len(set(parts)) < len(parts):
        raise Unreadable(shown(text), wanted_of(column))
    return ";".join(parts)


def _limits(column: Column) -> str:
    if column.least is not None and column.most is not None:
        return f" from {column.least} to {column.most}"
    if column.least is not None:
        return f" of at least {column.least}"
    return ""


def _joined(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
