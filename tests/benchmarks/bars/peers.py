"""Ours against every peer, tier by tier in order, on the samples and on campaigns of every size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from scheduler.rules import LINK_GROUP, TIERS
from tests.benchmarks.campaigns import SAMPLES, SIZES, SMALL
from tests.benchmarks.measure import apart
from tests.benchmarks.peers.judged import (
    Judged,
    better,
    direct,
    first_come,
    never_worse,
    ours,
    timefold,
)
from tests.benchmarks.report import Line, Part, Table

Peer = Callable[[str, float], Judged]

PEERS: tuple[tuple[str, Peer], ...] = (
    ("first come", first_come),
    ("direct model", direct),
    ("Timefold", timefold),
)
SECONDS, SECONDS_QUICK = 60.0, 10.0
# The largest campaigns get more: in a minute nobody places a thousand applicants.
LARGE = {"size-400": 120.0, "size-1000": 300.0}
HEAD = ("campaign", "who", *(str(number) for number in range(1, 1 + len(TIERS))), "seconds", "MiB", "ours is")
WORDS = (
    "Columns 1 to 9 are the tiers in order: "
    + ", ".join(tier.key for tier in TIERS)
    + ". Every timetable went through the same checks; one with a breach is shown with the rules it breaks "
    "and counts as worse than any sound one. Seconds are until the timetable was in hand. The peers' running "
    "orders are by our own solver too, from nothing; our run starts each from the order it has already."
)


def measure_peers(quick: bool) -> Part:
    """The samples and up to 200 applicants: never worse than any peer in any row; where equal, faster."""
    ordinary = tuple(size for size in SIZES if size not in LARGE)
    return _compared("Peers", SMALL if quick else (*SAMPLES, *ordinary), quick)


def measure_large_peers(quick: bool) -> Part:
    """The same for 400 and 1,000 applicants, with more time."""
    return _compared("Peers, large campaigns", SMALL[-1:] if quick else tuple(LARGE), quick)


def _compared(title: str, campaigns: Sequence[str], quick: bool) -> Part:
    rows: list[tuple[str, ...]] = []
    lost: list[str] = []
    compared = 0
    left_out: set[str] = set()
    allowed = {c: SECONDS_QUICK if quick else LARGE.get(c, SECONDS) for c in campaigns}
    for campaign, seconds in allowed.items():
        mine = _judged("ours", ours, campaign, seconds)
        rows.append(_row(mine, ""))
        for name, peer in PEERS:
            theirs = _judged(name, peer, campaign, seconds)
            if theirs.note.startswith("left out"):
                left_out.add(f"{theirs.peer} {theirs.note}")
                continue
            compared += 1
            rows.append(_row(theirs, _verdict(mine, theirs)))
            if not never_worse(mine, theirs):
                lost.append(f"{campaign} against {theirs.peer}")
    said = f"{compared - len(lost)} of {compared} comparisons" + (f"; not {', '.join(lost)}" if lost else "")
    lines = [
        Line("never worse than any peer; where all tiers are equal, faster", "every row", said, not lost)
    ]
    lines += [Line(each.split(" ")[0], "", each, None) for each in sorted(left_out)]
    times = " or ".join(f"{seconds:g} s" for seconds in sorted(set(allowed.values())))
    table = Table(f"{times} each by size, two workers", HEAD, tuple(rows), WORDS)
    return Part(title, tuple(lines), (table,), quick)


def _judged(name: str, peer: Peer, campaign: str, seconds: float) -> Judged:
    run = apart(seconds * 3 + 400, peer, campaign, seconds)
    if run.value is None:
        return Judged(name, campaign, (), (), run.seconds, note=run.fault)
    return replace(run.value, peak_mib=run.peak_mib)


def _verdict(mine: Judged, theirs: Judged) -> str:
    verdict = better(mine, theirs)
    if verdict is None:
        return "equal, faster" if mine.seconds <= theirs.seconds else "equal, slower"
    if mine.stands and theirs.stands:
        tier = next(n for n, (a, b) in enumerate(zip(mine.values, theirs.values, strict=True), 1) if a != b)
        return f"{'better' if verdict else 'worse'} in tier {tier}"
    return "sound, theirs is not" if verdict else "not sound"


def _row(judged: Judged, verdict: str) -> tuple[str, ...]:
    values = [f"{value:,}" for value in judged.values] or ["none"] * len(TIERS)
    if judged.values:
        groups, repeats = divmod(judged.values[-1], LINK_GROUP)
        values[-1] = f"{groups} + {repeats}"
    said = [verdict, judged.note, *(["breaks " + ", ".join(judged.breaches)] if judged.breaches else [])]
    figures = (f"{judged.seconds:.1f}", f"{judged.peak_mib:.0f}", "; ".join(filter(None, said)))
    return (judged.campaign, judged.peer, *values, *figures)
