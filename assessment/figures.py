"""How an exact number is written down, always from the fraction and never by way of a binary float.

Numbers are rounded only here, and only to be read; nothing is computed from a rounded number.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINAL_WORDS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)


def to_decimals(value: Fraction, places: int = 2) -> str:
    """The number with a fixed count of decimals; an exact half goes up (away from zero)."""
    unit = 10**places
    scaled = floor(abs(value) * unit + Fraction(1, 2))
    sign = "-" if value < 0 and scaled else ""
    whole, rest = divmod(scaled, unit)
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def trimmed(value: Fraction, places: int = 2) -> str:
    """The number with at most `places` decimals and no trailing zeros: 57, 68.4, 66.67."""
    text = to_decimals(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(value: Fraction) -> str:
    """The number without any rounding: 3, 3.5, or 10/3 where no decimal says it."""
    denominator = value.denominator
    places = 0
    while 10**places % denominator and places < denominator.bit_length():
        places += 1
    return str(value) if 10**places % denominator else to_decimals(value, places)


def places_that_tell_apart(value: Fraction, limit: Fraction, least: int = 2) -> int:
    """How many decimals show that two different numbers differ, so that 59.998 is not called 60.

    :raises ValueError: where the two numbers are equal, and no count of decimals would do.
    """
    if value == limit:
        raise ValueError(f"{value} and {limit} are the same number")
    places = least
    while to_decimals(value, places) == to_decimals(limit, places):
        places += 1
    return places


def number_word(count: int) -> str:
    """A count as read out: no, one, ... ten, 11."""
    return NUMBER_WORDS[count] if count < len(NUMBER_WORDS) else str(count)


def choice_words(choice: int) -> str:
    """A choice as read out, counted from 1: first choice, ... tenth choice, choice 11."""
    return f"{ORDINAL_WORDS[choice - 1]} choice" if choice <= len(ORDINAL_WORDS) else f"choice {choice}"
