"""The settings of one run of the solver, and the word to stop it; the campaign itself is in `Problem`."""

from __future__ import annotations

import threading
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


class Stop:
    """Somebody's word to end a run early and keep the best so far; any thread may give it, at any time.

    Once given it is never taken back: a later run needs a `Stop` of its own.
    """

    def __init__(self) -> None:
        self._asked = threading.Event()

    def ask(self) -> None:
        self._asked.set()

    @property
    def asked(self) -> bool:
        return self._asked.is_set()
