"""The bar of repairs: 300 random absences, lates and lost rooms over the three samples.

Each sample is timetabled once and kept in a temporary folder for the next run. A repair is timed in process,
and held against the checks and against what had begun; what happens depends on the seed alone.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from api.campaign import Campaign
from api.exports.tables import write_folder
from api.imports.read import read_campaign
from api.samples import sample_tables
from scheduler.checks import breaches_of
from scheduler.disruption import Disruption, Moment
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.serialise import timetable_of_record, timetable_record
from scheduler.solver.repair.door import repair
from scheduler.solver.repair.history import history_of
from scheduler.solver.schedule import schedule
from scheduler.timetable import Entry, Role, Timetable
from tests.benchmarks.report import Line, Part, Table

SAMPLES = ("south-west-2015", "south-west-2017", "south-west-bid")
KINDS = ("absent", "late", "room lost")
REPAIRS_EACH = 100
SECONDS_MAX = 2.0
KEPT = Path(tempfile.gettempdir()) / "stepup-benchmark-timetables"


def repair_part(quick: bool) -> Part:
    """Every repair of every sample; with `quick`, few of the first sample."""
    names, number = (SAMPLES[:1], 10) if quick else (SAMPLES, REPAIRS_EACH)
    seconds: list[float] = []
    broken = moved = 0
    rows = []
    for name in names:
        problem, timetable = timetabled(name)
        found = list(_repairs(problem, timetable, number))
        seconds += [each.seconds for each in found]
        broken += sum(each.breaches for each in found)
        moved += sum(each.moved for each in found)
        rows.append(_row(name, found))
    lines = (
        Line(
            f"{len(seconds)} random repairs, 95th percentile in process",
            f"at most {SECONDS_MAX:g} s",
            f"{_percentile(seconds, 95):.2f} s",
            _percentile(seconds, 95) <= SECONDS_MAX,
        ),
        Line("breaches after a repair", "none", str(broken), broken == 0),
        Line("rows of begun runs that moved", "none", str(moved), moved == 0),
    )
    head = (
        "sample",
        "repairs",
        "50 %",
        "95 %",
        "longest",
        "proven",
        "could not keep everybody",
        "people changed",
    )
    words = "Proven: as few people not kept, elsewhere and changed as can be. People changed: the median."
    return Part("Repairs", lines, (Table("Repairs by sample", head, tuple(rows), words),), quick=quick)


class _Measured:
    """One repair: how long it took and what came of it."""

    def __init__(self, problem: Problem, old: Timetable, disruption: Disruption) -> None:
        began = time.monotonic()
        repaired = repair(problem, old, disruption)
        self.seconds = time.monotonic() - began
        new = repaired.result.timetable
        self.breaches = len(breaches_of(problem, new, repairs=repaired.repairs))
        begun = {row for run in history_of(problem, old, (), disruption).begun for row in run.entries}
        self.moved = len(begun - set(new.entries))
        first = [
            t
            for t in repaired.result.objective
            if t.name in ("unplaced", "in_another_session", "people_changed")
        ]
        self.proven = all(tier.proven for tier in first)
        self.left_out = len(repaired.repairs[-1].left_out)
        self.people = len(repaired.people_changed)


def _repairs(problem: Problem, timetable: Timetable, number: int) -> Iterator[_Measured]:
    for seed in range(number):
        yield _Measured(problem, timetable, random_disruption(problem, timetable, seed))


def random_disruption(problem: Problem, timetable: Timetable, seed: int) -> Disruption:
    """One thing that goes wrong from an hour before a session to half an hour before its end."""
    rng = random.Random(seed)
    session = problem.session_by_reference[rng.choice(sorted(timetable.by_session))]
    now = Moment(session.date, rng.randrange(session.window.start - 60, session.window.end - 30, 5))
    rows = timetable.by_session[session.reference]
    kind = KINDS[seed % len(KINDS)]
    if kind == "room lost":
        return Disruption(now, rooms_lost=(rng.choice(sorted({row.room for row in rows})),))
    person = rng.choice(_people(rows))
    if kind == "absent":
        return Disruption(now, absent=(person,))
    return Disruption(
        now, late=((person, max(now.minutes, session.window.start) + rng.choice((10, 20, 40))),)
    )


def _people(rows: list[Entry]) -> list[str]:
    """Everybody in a session but interpreters, whom few sessions have."""
    return sorted({row.person for row in rows if row.role is not Role.INTERPRETER})


def timetabled(name: str) -> tuple[Problem, Timetable]:
    KEPT.mkdir(exist_ok=True)
    write_folder(sample_tables(name).values(), KEPT / name)
    campaign = read_campaign(KEPT / name).campaign
    assert isinstance(campaign, Campaign)
    file = KEPT / f"{name}.json"
    if file.exists():
        timetable = timetable_of_record(json.loads(file.read_text(encoding="utf-8")))
        if timetable.entries and not breaches_of(campaign.problem, timetable):
            return campaign.problem, timetable
    for seconds in (12, 120):
        timetable = schedule(campaign.problem, Params(seconds=seconds)).timetable
        if timetable.entries:
            break
    file.write_text(json.dumps(timetable_record(timetable)), encoding="utf-8")
    return campaign.problem, timetable


def _row(name: str, found: list[_Measured]) -> tuple[str, ...]:
    seconds = [each.seconds for each in found]
    people = sorted(each.people for each in found)
    return (
        name,
        str(len(found)),
        f"{_percentile(seconds, 50):.2f} s",
        f"{_percentile(seconds, 95):.2f} s",
        f"{max(seconds):.2f} s",
        f"{sum(each.proven for each in found)}",
        f"{sum(each.left_out > 0 for each in found)}",
        f"{people[len(people) // 2]}",
    )


def _percentile(values: list[float], percent: int) -> float:
    """The least value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
