"""Repairs: measured in `tests/benchmarks/repairs.py`, and one of the bars like all others."""

from __future__ import annotations

from tests.benchmarks.report import Part


def measure_repairs(quick: bool) -> Part:
    """300 random absences, lates and lost rooms over the samples."""
    # Loaded when asked for: the other bars need none of it.
    from tests.benchmarks.repairs import repair_part

    return repair_part(quick)
