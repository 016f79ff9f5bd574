"""How a long run gets on, shown on standard error: a table that changes in place, or lines.

The work itself runs beside, in a thread of its own, so that Ctrl-C is heard at once.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.table import Table

    from scheduler.result import Progress, Watcher

T = TypeVar("T")


def watched(quiet: bool, work: Callable[[Watcher | None], T]) -> T:
    """Do the long work while showing how it goes. It runs beside, so that Ctrl-C is heard at once."""
    done: list[T] = []
    failed: list[BaseException] = []
    with _progress(quiet) as watch:

        def worker() -> None:
            try:
                done.append(work(watch))
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=worker, daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(timeout=0.2)
    if failed:
        raise failed[0]
    return done[0]


@contextmanager
def _progress(quiet: bool) -> Iterator[Watcher | None]:
    """Whoever is told how the solver gets on: a table that changes in place on a terminal, else lines."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.live import Live

        table = ProgressTable()
        with Live(get_renderable=table.__rich__, console=Console(stderr=True), refresh_per_second=4):
            yield table
    else:
        yield ProgressLines()


def _value(progress: Progress) -> str:
    return "none yet" if progress.value is None else f"{progress.value:,}"


def _bound(progress: Progress) -> str:
    """That nothing is below nought goes without saying."""
    if progress.proven:
        return "proven"
    return f"at least {progress.bound:,}" if progress.bound and progress.bound > 0 else ""


def _tier_sentences() -> dict[str, str]:
    from scheduler.rules import TIERS

    return {tier.key: tier.sentence for tier in TIERS}


class ProgressLines:
    """One line to standard error for each change: elapsed seconds, tier, value, bound.

    Small steps of one tier are told every other second; a proof is told at once.
    """

    STEP_SECONDS = 2.0

    def __init__(self, campaign: str = "") -> None:
        """With several campaigns, each line begins with the name of its `campaign`."""
        from scheduler.result import Progress

        self._head = f"{campaign}  " if campaign else ""
        self._sentences = _tier_sentences()
        self._last = Progress(-self.STEP_SECONDS, "", None, None)

    def __call__(self, progress: Progress) -> None:
        last = self._last
        changed = replace(progress, seconds=last.seconds) != last
        soon = progress.tier == last.tier and progress.seconds < last.seconds + self.STEP_SECONDS
        if changed and (progress.proven or not soon):
            self._last = progress
            standing = ", ".join(filter(None, [_value(progress), _bound(progress)]))
            sentence = self._sentences.get(progress.tier, progress.tier)
            line = f"{self._head}{progress.seconds:7.1f} s  {sentence}: {standing}"
            print(line, file=sys.stderr, flush=True)


class ProgressTable:
    """A row for each tier with its latest value and bound, for a terminal."""

    def __init__(self) -> None:
        self._sentences = _tier_sentences()
        self._latest: dict[str, Progress] = {}

    def __call__(self, progress: Progress) -> None:
        # What was proven once stays so, also when a later stage reports the value alone.
        before = self._latest.get(progress.tier)
        if before is None or not before.proven or progress.proven or progress.value != before.value:
            self._latest[progress.tier] = progress

    def __rich__(self) -> Table:
        from rich.table import Table

        table = Table("Aim", "Value", "Bound", "Seconds")
        for key, sentence in self._sentences.items():
            latest = self._latest.get(key)
            if latest is not None:
                table.add_row(sentence, _value(latest), _bound(latest), f"{latest.seconds:.1f}")
        return table
