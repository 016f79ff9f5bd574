"""The smallest part of a list for which something still holds, by halving (Junker's QuickXplain, 2004).

It knows nothing of timetables. For a part of size k of n it asks about k · log(n / k) times.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def minimal(holds: Callable[[list[T]], bool], items: Sequence[T], calls: int | None = None) -> list[T]:
    """A part of `items` for which `holds`, and of which nothing can be spared.

    `holds` must be true of all of them, not of none, and of whatever holds a part of which it is true. Where
    there is a choice, early items are kept rather than late ones. After `calls` questions what was not
    settled is kept.
    """
    left = [calls]

    def asked(part: list[T]) -> bool:
        if left[0] is not None:
            if left[0] <= 0:
                return False
            left[0] -= 1
        return holds(part)

    def needed(beside: list[T], is_new: bool, rest: list[T]) -> list[T]:
        """The part of `rest` that is needed beside `beside`."""
        if is_new and asked(beside):
            return []
        if len(rest) == 1:
            return rest
        early, late = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        from_late = needed([*beside, *early], bool(early), late)
        from_early = needed([*beside, *from_late], bool(from_late), early)
        return [*from_early, *from_late]

    return needed([], False, list(items)) if items else []
