"""The small parts that pages are put together from: steps, figures, bars, faults in groups.

Each is drawn by the macro of its name in `templates/components/service/`. Lists are in `data_table.py`,
curves in `curves.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from api.errors import Fault

LINES_SHOWN = 20

StepState = Literal["done", "next", "to_do", "working", "waiting", "problem"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a campaign. `words` stand in the place of the state's own: "23 faults"."""

    label: str
    state: StepState
    url: str | None = None
    hint: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A big number and what it counts, which `url` leads to. `problem` marks what must not stay so."""

    number: str
    label: str
    url: str | None = None
    note: str = ""
    problem: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """What is needed and what is offered in one place, such as half-days of members in a session."""

    label: str
    needed: int
    offered: int
    url: str | None = None
    note: str = ""

    @property
    def short(self) -> int:
        """How many are wanting; 0 where enough are offered."""
        return max(0, self.needed - self.offered)


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One fault: where it is, what was found, what is wanted."""

    sheet: str
    cell: str
    found: str
    wanted: str


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """Faults of one cause: `count` in all, of which `lines` are shown."""

    cause: str
    count: int
    lines: tuple[FaultLine, ...]


def place_of(fault: Fault) -> str:
    """Where a fault is, in words, where the cell's own name is not known."""
    place = fault.place or "the whole sheet"
    return place[0].upper() + place[1:]


def fault_groups(
    faults: Sequence[Fault],
    cell_of: Callable[[Fault], str] = place_of,
    lines_shown: int = LINES_SHOWN,
) -> tuple[FaultGroup, ...]:
    """Faults by cause, the most frequent cause first: one column of one sheet that wants one thing."""
    groups: dict[tuple[str, str | None, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.table, fault.column, fault.wanted), []).append(fault)
    by_size = sorted(groups.values(), key=len, reverse=True)
    return tuple(_group(group, cell_of, lines_shown) for group in by_size)


def _group(faults: Sequence[Fault], cell_of: Callable[[Fault], str], lines_shown: int) -> FaultGroup:
    first = faults[0]
    where = f"Sheet {first.table}, column {first.column}" if first.column else f"Sheet {first.table}"
    return FaultGroup(
        cause=f"{where}: wanted {first.wanted}",
        count=len(faults),
        lines=tuple(
            FaultLine(fault.table, cell_of(fault), fault.found, fault.wanted)
            for fault in faults[:lines_shown]
        ),
    )
