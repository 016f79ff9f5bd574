"""The settings of one run of the solver; everything about the campaign itself is in `Problem`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Params:
    """`seconds` bounds the whole run by the wall clock. With `workers` 1 the same seed repeats a run."""

    seconds: float = 60.0
    workers: int = 2
    seed: int = 0
