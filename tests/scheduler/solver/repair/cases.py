"""Disruptions drawn from a seed, for any campaign and timetable: one or two things go wrong at a moment."""

from __future__ import annotations

import random

from scheduler.disruption import Disruption, Moment, Repair, in_force
from scheduler.problem import Problem
from scheduler.timetable import Timetable


def random_disruption(
    problem: Problem, timetable: Timetable, seed: int, earlier: tuple[Repair, ...] = ()
) -> Disruption:
    """Shortly before, in or after some run of a session; not before the last of the earlier repairs."""
    rng = random.Random(seed)
    gone = in_force(earlier).absent
    after = earlier[-1].disruption.now if earlier else None
    row = rng.choice(timetable.entries)
    session = problem.session_by_reference[row.session]
    now = Moment(session.date, max(0, row.start + rng.choice((-90, -30, -1, 0, 1, 10))))
    if after is not None and now < after:
        now = Moment(after.date, after.minutes + rng.choice((0, 5, 30)))
    rows = [r for r in timetable.entries if problem.session_by_reference[r.session].date == now.date]
    people = sorted({r.person for r in rows or timetable.entries} - gone)
    users = [u for group in problem.service_user_groups for u in group.members if u not in gone]
    rooms = sorted({r.room for r in timetable.entries})
    what: dict[str, tuple[object, ...]] = {}
    kinds = ("absent", "absent", "absent", "late", "leaving", "room", "start")
    for kind in rng.sample(kinds, rng.choice((1, 1, 2))):
        who = rng.choice([*people, *users[:1]]) if people or users else ""
        taken = {w[0] if isinstance(w, tuple) else w for found in what.values() for w in found}
        if kind == "room":
            what["rooms_lost"] = (rng.choice(rooms),)
        elif kind == "start":
            _start(problem, timetable, now, rng, what)
        elif who and who not in taken:
            minutes = min(23 * 60, now.minutes + rng.choice((10, 30, 60, 120)))
            what[kind] = (who,) if kind == "absent" else ((who, minutes),)
    return Disruption(now, **what)  # type: ignore[arg-type]


def _start(
    problem: Problem,
    timetable: Timetable,
    now: Moment,
    rng: random.Random,
    what: dict[str, tuple[object, ...]],
) -> None:
    session = problem.session_by_reference[rng.choice(sorted(timetable.by_session))]
    first = min(row.start for row in timetable.by_session[session.reference])
    new = session.window.start + rng.choice((-30, 10, 30))
    if not now.has_passed(session, first) and not now.has_passed(session, new) and new < session.window.end:
        what["session_starts"] = ((session.reference, new),)
