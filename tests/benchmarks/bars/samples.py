"""The three samples: the first complete timetable, and what is proven of each tier."""

from __future__ import annotations

from scheduler.result import Result, TierOutcome
from scheduler.rules import TIERS
from tests.benchmarks.campaigns import SAMPLES
from tests.benchmarks.measure import Apart, apart
from tests.benchmarks.report import Line, Part, Table, within
from tests.benchmarks.traced import Trace, solve_traced

FIVE = tuple(tier.key for tier in TIERS[:5])
START_SECONDS = 60.0
GAP = 0.01  # tiers 6 to 9: how far the value may be above the bound

Run = Apart[tuple[Result, Trace]]


def measure_samples(quick: bool) -> Part:
    """2015: a first timetable in 5 s and every tier proven in 60 s. 2017 and the bid: in 15 s and 180 s."""
    lines: list[Line] = []
    tables: list[Table] = []
    for name in SAMPLES:
        small = name == SAMPLES[0]
        first, whole = (5.0, 60.0) if small else (15.0, 180.0)
        seconds = 15.0 if quick else whole
        run: Run = apart(seconds * 2 + START_SECONDS, solve_traced, name, seconds)
        if run.value is None:
            lines.append(Line(name, "a timetable", run.fault, False))
            continue
        result, trace = run.value
        lines.append(within(f"{name}: first complete timetable", first, trace.complete, not result.unplaced))
        lines.append(_proven(name, result, trace, whole, small))
        tables.append(_table(name, result, trace, run))
    return Part("The samples: first timetable and proofs", tuple(lines), tuple(tables), quick)


def _proven(name: str, result: Result, trace: Trace, whole: float, small: bool) -> Line:
    if small:
        missing = [tier.name for tier in result.objective if not tier.proven]
        what, bar = f"{name}: all tiers proven", f"at most {whole:g} s"
    else:
        missing = [tier.name for tier in result.objective if not _near_enough(tier)]
        what, bar = f"{name}: tiers 1 to 5 proven, 6 to 9 within 1 %", f"at most {whole:g} s"
    if missing:
        return Line(what, bar, f"not so: {', '.join(missing)}", False)
    return Line(what, bar, f"{result.seconds:.1f} s", result.seconds <= whole * 1.05)


def _near_enough(tier: TierOutcome) -> bool:
    return tier.proven or (tier.name not in FIVE and tier.value <= (1 + GAP) * tier.bound)


def _table(name: str, result: Result, trace: Trace, run: Run) -> Table:
    def when(tier: str) -> str:
        return f"{trace.proven[tier]:.1f}" if tier in trace.proven else ""

    rows = tuple(
        (t.name, f"{t.value:,}", f"{t.bound:,}", "yes" if t.proven else t.note or "no", when(t.name))
        for t in result.objective
    )
    words = (
        f"Status {result.status}, {result.seconds:.1f} s, peak memory {run.peak_mib:.0f} MiB. The last "
        "column is when a proof was first had; later rounds may have had to find it anew."
    )
    return Table(name, ("tier", "value", "bound", "proven", "after seconds"), rows, words)
