"""The tiers measured on a timetable: one function each, named like its tier. Least is best in all of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

from scheduler.checks.panels import applicants_without_first_choice
from scheduler.checks.views import panels_of, rows_by_applicant_and_session
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.rules import LINK_GROUP
from scheduler.timetable import Role, Timetable


def unplaced(problem: Problem, timetable: Timetable) -> int:
    """Applicants without any row."""
    return sum(1 for a in problem.applicants if a.reference not in timetable.applicant_entries)


def panel_half_days(problem: Problem, timetable: Timetable) -> int:
    """Panels, each counted once in every session it works in."""
    return len(panels_of(problem, timetable))


def sessions_held(problem: Problem, timetable: Timetable) -> int:
    """Sessions with anybody in them."""
    return len(timetable.by_session)


def without_first_choice_member(problem: Problem, timetable: Timetable) -> int:
    """Applicants whose panel lacks members of their first choice; 0 unless the rule is `soft`."""
    if problem.panel.first_choice_rule is not FirstChoiceRule.SOFT:
        return 0
    lacking = {
        applicant.reference
        for panel in panels_of(problem, timetable)
        for applicant in applicants_without_first_choice(problem, panel)
    }
    return len(lacking)


def applicant_travel_minutes(problem: Problem, timetable: Timetable) -> int:
    """One way, once for each placed applicant."""
    return sum(
        problem.travel_of(person, problem.session_by_reference[session].venue)
        for person, session in timetable.session_of_applicant.items()
    )


def assessor_travel_minutes(problem: Problem, timetable: Timetable) -> int:
    """One way, for each half-day that an assessor works."""
    return sum(
        problem.travel_of(person, problem.session_by_reference[session].venue)
        for person, sessions in _half_days(timetable).items()
        for session in sessions
    )


def heaviest_load(problem: Problem, timetable: Timetable) -> int:
    """The largest share of their own half-days that any assessor works, in percent, rounded up.

    An assessor who may work none but does (a breach) counts as having had one.
    """
    worked = _half_days(timetable)
    return max(
        (
            -(-100 * len(worked[a.reference]) // max(a.half_days_max, 1))
            for a in problem.assessors
            if a.reference in worked
        ),
        default=0,
    )


def idle_minutes(problem: Problem, timetable: Timetable) -> int:
    """Each applicant's last end less first start, less their activities and one move between each two."""
    total = 0
    for rows in rows_by_applicant_and_session(timetable):
        span = max(row.end for row in rows) - rows[0].start
        busy = sum(row.window.minutes for row in rows) + problem.move_minutes * (len(rows) - 1)
        total += span - busy
    return total


def assessor_links(problem: Problem, timetable: Timetable) -> int:
    """Separate groups of assessors, counted as `LINK_GROUP` each, plus repeated pairings.

    Two assessors are linked when they sit on one panel in some session; whoever can be reached over such
    links is in one group. A pair that sits together n times repeats n - 1 times.
    """
    groups, repeats = links_of(problem, timetable)
    return LINK_GROUP * groups + repeats


def links_of(problem: Problem, timetable: Timetable) -> tuple[int, int]:
    """(separate groups of assessors, repeated pairings)."""
    members = [sorted(panel.members) for panel in panels_of(problem, timetable)]
    together = Counter(pair for panel in members for pair in combinations(panel, 2))
    group_of = {x: x for panel in members for x in panel}

    def leader(x: str) -> str:
        while group_of[x] != x:
            x = group_of[x]
        return x

    for one, other in together:
        group_of[leader(one)] = leader(other)
    groups = sum(leader(x) == x for x in group_of)
    return groups, sum(times - 1 for times in together.values())


def _half_days(timetable: Timetable) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in timetable.entries:
        if row.role is Role.ASSESSOR:
            found[row.person].add(row.session)
    return found
