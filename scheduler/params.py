"""The settings of one run of the solver; everything about the campaign itself is in `Problem`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Params:
    """`seconds` bounds a run, but that a first timetable has at least ten seconds (`solver.engine.Budget`).

    They are the wall clock's; with `workers` 1 they are counted by the solver's work, so that the same seed
    repeats a run.
    """

    seconds: float = 60.0
    workers: int = 2
    seed: int = 0
