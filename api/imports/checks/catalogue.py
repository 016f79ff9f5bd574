"""What must hold between cells and between tables: one small function per kind of fault.

Every check takes the `Draft` and yields faults; `every_fault` runs all of them. A cell that could not be
read, or a column that is not there, is a fault already, so checks pass over empty cells. How a single
cell is read is in `api.imports.cells`.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.errors import Fault
from api.imports.checks import (
    councils,
    decisions,
    offers,
    people,
    presence,
    programme,
    ratings,
    references,
    rules,
)
from api.imports.checks.draft import Check, Draft

CHECKS: tuple[Check, ...] = (
    *presence.CHECKS,
    *references.CHECKS,
    *rules.CHECKS,
    *programme.CHECKS,
    *people.CHECKS,
    *councils.CHECKS,
    *ratings.CHECKS,
    *decisions.CHECKS,
    *offers.CHECKS,
)


def every_fault(draft: Draft) -> Iterator[Fault]:
    """All faults between cells, check by check."""
    for check in CHECKS:
        yield from check(draft)
