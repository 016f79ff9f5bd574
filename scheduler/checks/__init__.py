"""Every rule and every tier in plain Python, without the solver: the last word on any timetable.

Each function of a rule bears the rule's name and yields one breach for each way it is broken; each
function of a tier bears the tier's name and returns its value. They take the rows as they stand and
assume only that every session, exercise and room they name is the campaign's (the readers see to that).
Read `scheduler/rules.py` for the sentences, `attendance.py` for the first checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from scheduler.checks import attendance, panels, repaired, rooms, rotations, runs, staff, tiers, time
from scheduler.disruption import Repair
from scheduler.problem import Problem
from scheduler.rules import RULES, TIERS, Breach
from scheduler.timetable import Timetable

Check = Callable[[Problem, Timetable], Iterator[Breach]]
Measure = Callable[[Problem, Timetable], int]

_GROUPS = (attendance, time, rooms, runs, panels, staff, rotations)

CHECKS: dict[str, Check] = {
    rule.key: getattr(group, rule.key) for rule in RULES for group in _GROUPS if hasattr(group, rule.key)
}
MEASURES: dict[str, Measure] = {tier.key: getattr(tiers, tier.key) for tier in TIERS}

ROTATION_RULES = frozenset({"rotation_brings_everybody_together_once", "rotation_has_one_meeting_at_a_time"})
MEMBERS_TIERS = ("without_first_choice_member", "assessor_links")
STANDBY_RULE = "standby_assessor_is_kept_in_reserve"


def breaches_of(
    problem: Problem,
    timetable: Timetable,
    *,
    standby_allowed: bool = False,
    check_rotations: bool = True,
    repairs: Sequence[Repair] = (),
) -> list[Breach]:
    """Every breach of every rule, in the order of the catalogue; none for a sound timetable.

    `repairs` are what a repaired timetable was told, oldest first: after them standby assessors may work,
    and the absent need not (`checks/repaired.py`). `standby_allowed` lets standby assessors work anywhere.
    Without `check_rotations` a timetable that came without its rotations is judged by the other rules.
    """
    left_out = {STANDBY_RULE} if standby_allowed else set()
    if not check_rotations:
        left_out |= ROTATION_RULES
    if repairs:
        asked = {key: check for key, check in CHECKS.items() if key not in left_out}
        return repaired.breaches_by_rule(problem, timetable, repairs, asked)
    return [
        breach for key, check in CHECKS.items() if key not in left_out for breach in check(problem, timetable)
    ]


def tier_values(problem: Problem, timetable: Timetable, repairs: Sequence[Repair] = ()) -> dict[str, int]:
    """The value of every tier, in the order of the tiers.

    On a repaired timetable a panel counts as one, but its members as they were at each interview; and
    whoever could not be kept to the end is without a session, but nobody who is absent.
    """
    values = {key: measure(problem, timetable) for key, measure in MEASURES.items()}
    if repairs:
        split = repaired.by_members(problem, timetable, repairs)
        values |= {key: MEASURES[key](problem, split) for key in MEMBERS_TIERS}
        values["unplaced"] = len(repaired.without_a_session(problem, timetable, repairs))
    return values
