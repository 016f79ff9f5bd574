"""The door: `repair` gives the timetable that changes least, and nothing that has begun moves.

The solver never has the last word: what comes out goes through `scheduler.checks`, and what it counts as
changed is measured by `scheduler.changes`.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.changes import difference, minutes_of_change, people_changed
from scheduler.checks import breaches_of, tier_values
from scheduler.checks.wording import listed
from scheduler.disruption import Disruption, Repair, told_in_words
from scheduler.params import Params, Stop
from scheduler.problem import Problem
from scheduler.result import Result, Status, TierOutcome, Unplaced
from scheduler.rules import tiers_of
from scheduler.solver.engine import Budget
from scheduler.solver.repair.extract import whole
from scheduler.solver.repair.history import History, history_of
from scheduler.solver.repair.outcome import Repaired
from scheduler.solver.repair.rotations import rotations_after
from scheduler.solver.repair.stages import Best, best_repair
from scheduler.solver.search import UnsoundTimetable
from scheduler.timetable import Timetable, timetable_of

# People are waiting: a repair is a matter of seconds.
REPAIR_PARAMS = Params(seconds=1.2)


def repair(
    problem: Problem,
    old: Timetable,
    disruption: Disruption,
    earlier: Sequence[Repair] = (),
    params: Params = REPAIR_PARAMS,
    stop: Stop | None = None,
) -> Repaired:
    """The sound timetable nearest to `old` after `disruption`; `earlier` repairs made `old` what it is.

    `old` must be without a breach, as `breaches_of` with `earlier` sees it. There is always an answer:
    whoever cannot be kept is named. Once asked to `stop`, it is the nearest found so far. Raises
    `UnsoundTimetable` if the checks find a breach in what was made.
    """
    budget = Budget(params, stop)
    history = history_of(problem, old, tuple(earlier), disruption)
    for in_place in (True, False):
        best = best_repair(history, params, budget, in_place)
        repairs = (*earlier, Repair(disruption, best.left_out))
        entries = whole(history, best.entries)
        new = timetable_of(entries, rotations_after(history, entries))
        breaches = breaches_of(problem, new, repairs=repairs)
        if not breaches:
            break
    else:
        raise UnsoundTimetable(breaches)
    changes = difference(old, new)
    absent = {p for p in old.by_person if history.force.is_absent(history.problem, p)}
    people = people_changed(changes, absent)
    minutes = minutes_of_change(changes)
    objective = _objective(history, new, repairs, best, len(people), minutes)
    result = Result(
        status=Status.OPTIMAL if all(tier.proven for tier in objective) else Status.FEASIBLE,
        timetable=new,
        objective=objective,
        unplaced=_unplaced(history, new, best),
        seconds=budget.elapsed,
        seed=params.seed,
        workers=params.workers,
    )
    return Repaired(result, repairs, changes, people, minutes)


def _objective(
    history: History,
    new: Timetable,
    repairs: Sequence[Repair],
    best: Best,
    people: int,
    minutes: int,
) -> tuple[TierOutcome, ...]:
    """The repair's own aims first; of the usual ones after them, only that nothing is below nought."""
    measured = tier_values(history.problem, new, repairs)
    stuck = measured["unplaced"] - len(best.left_out)
    first = (
        _tier("unplaced", measured["unplaced"], measured["unplaced"] if best.proven else stuck),
        _tier("in_another_session", best.elsewhere, best.elsewhere if best.proven else 0),
        _tier("people_changed", people, people if best.proven else min(people, best.bound)),
        _tier("minutes_of_change", minutes, 0),
    )
    usual = (_tier(t.key, measured[t.key], 0) for t in tiers_of(history.problem) if t.key != "unplaced")
    return (*first, *usual)


def _tier(name: str, value: int, bound: int) -> TierOutcome:
    return TierOutcome(name, value, bound, value == bound)


def _unplaced(history: History, new: Timetable, best: Best) -> tuple[Unplaced, ...]:
    force = history.force
    found = []
    for applicant in history.problem.applicants:
        a = applicant.reference
        if a in force.absent:
            continue
        if a in best.left_out:
            found.append(Unplaced(a, _reason(history, a, history.session_of[a])))
        elif a in force.left_out:
            found.append(Unplaced(a, f"{a} could not be kept by an earlier repair."))
        elif a not in new.applicant_entries:
            found.append(Unplaced(a, f"{a} had no session before the repair."))
    return tuple(found)


def _reason(history: History, applicant: str, session: str) -> str:
    begun = any(row.session == session for row in history.begun_rows.get(applicant, []))
    lost = sorted({row.exercise for row in history.left_rows[applicant]})
    why = ", ".join(told_in_words(history.disruption)) or "an interest was declared"
    what = f"{applicant} can no longer be given {listed(lost)} in {session} ({why})"
    if begun:
        return f"{what}, and having begun there cannot go to another session."
    return f"{what}, and no other session was found for them."
