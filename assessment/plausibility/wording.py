"""The figures of a finding in words: lists of references, ranges of ratings, means. No names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assessment.plausibility.sheet import Sheet

REFERENCES_SHOWN = 6


def counted(number: int, one: str) -> str:
    """1 rating, 24 ratings."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def references(found: Iterable[str]) -> str:
    """A001, A004 and A007; beyond six, the first six and how many more."""
    items = list(dict.fromkeys(found))
    if len(items) > REFERENCES_SHOWN:
        return f"{', '.join(items[:REFERENCES_SHOWN])} and {len(items) - REFERENCES_SHOWN} more"
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def numbers(sheet: Sheet, rows: Iterable[int]) -> str:
    """The ratings of these rows one after the other: 4 4 5."""
    return " ".join(str(sheet.shown(sheet.given[row])) for row in rows)


def spread(sheet: Sheet, levels: Sequence[int]) -> str:
    """2 to 5; or 3 where all are alike."""
    low, high = sheet.shown(min(levels)), sheet.shown(max(levels))
    return str(low) if low == high else f"{low} to {high}"


def others_gave(sheet: Sheet, rows: Sequence[int]) -> str:
    """What others gave in the same cells, as the end of a sentence."""
    found = sheet.others(rows)
    if not found:
        return "nobody else rated the same"
    return f"others who rated the same gave {spread(sheet, found)}"


def mean(sheet: Sheet, levels: Sequence[int]) -> str:
    """The mean of some levels, as a rating with one decimal."""
    return f"{sum(levels) / len(levels) + sheet.framework.scale_min:.1f}"
