"""How a breach is put in words: by reference only, with 24-hour times, one sentence each.

Only the turns of phrase that several checks share are in here. Each check writes its own sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from scheduler.grid import Window, clock
from scheduler.timetable import Entry, Sitting


def times(window: Window) -> str:
    """A window as "09:00-09:40"."""
    return f"{clock(window.start)}-{clock(window.end)}"


def activity(entry: Entry) -> str:
    """One row as "written (09:00-09:40, room T5)"."""
    return f"{entry.exercise} ({times(entry.window)}, room {entry.room})"


def run_name(run: Sitting) -> str:
    """One run as "run W1 of written in S1"."""
    return f"run {run.reference} of {run.exercise} in {run.session}"


def sentence_start(words: str) -> str:
    """`words` with a capital first letter, the rest as it is (references keep their spelling)."""
    return words[:1].upper() + words[1:]


def listed(names: Iterable[str]) -> str:
    """References in order as "A001, A002 and A003"; "nobody" where there are none."""
    ordered = sorted(set(names))
    if not ordered:
        return "nobody"
    if len(ordered) == 1:
        return ordered[0]
    return f"{', '.join(ordered[:-1])} and {ordered[-1]}"


def counted(number: int, one: str) -> str:
    """A number with its noun: "no members", "1 member", "2 members"."""
    return f"{number or 'no'} {one if number == 1 else one + 's'}"


def counted_by_name(names: Collection[str], one: str) -> str:
    """How many and who: "2 members (B001 and B002)", "no members"."""
    return f"{counted(len(names), one)} ({listed(names)})" if names else counted(0, one)
