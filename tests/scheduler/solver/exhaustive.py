"""Every placement of a tiny campaign: who could be where, before whom and with whose help, listed in full.

Written from the campaign format alone; nothing of the solver is used here. Times are another matter: see
`backtracking.py`. Which placement is best is found in `exhaustive_tiers.py`. Slow, and meant to be plain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations, product

from scheduler.people import Applicant, Assessor
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.programme import Session
from tests.scheduler.solver.backtracking import Staffed, StaffedPanel

Whole = tuple[Staffed, ...]


def all_placements(problem: Problem, unplaced: int) -> Iterator[Whole]:
    """Every choice of session, panel, group and interpreters that leaves out so many and could be."""
    ways_of: dict[tuple[str, tuple[str, ...]], list[Staffed]] = {}
    for where in product((None, *problem.sessions), repeat=len(problem.applicants)):
        if where.count(None) != unplaced:
            continue
        ways: list[list[Staffed]] = []
        for session in problem.sessions:
            people = tuple(a for a, t in zip(problem.applicants, where, strict=True) if t is session)
            key = (session.reference, tuple(a.reference for a in people))
            if people and key not in ways_of:
                ways_of[key] = list(_staffings(problem, session, people))
            if people:
                ways.append(ways_of[key])
        for chosen in product(*ways):
            if _go_together(problem, chosen):
                yield chosen


def by_day(chosen: Whole) -> list[Whole]:
    """Sessions of different days have nothing to do with each other's times."""
    dates = sorted({staffed.session.date for staffed in chosen})
    return [tuple(staffed for staffed in chosen if staffed.session.date == date) for date in dates]


def lacks_first_choice(problem: Problem, applicant: str, councils: Counter[str]) -> bool:
    """Whether a panel with so many members of each council is without the applicant's first choice."""
    first = problem.applicant_by_reference[applicant].first_choice
    return first is not None and councils[first] < problem.panel.first_choice_members


def _staffings(problem: Problem, session: Session, people: tuple[Applicant, ...]) -> Iterator[Staffed]:
    """Every panel, service-user group and pair of interpreters for these people in this session."""
    if not all(_may_be_in(problem, a.reference, session) for a in people):
        return
    references = tuple(a.reference for a in people)
    for panels in _panels(problem, session, references):
        for group in _groups(problem, session, references):
            for pairs in _interpreters(problem, session, people):
                yield Staffed(session, references, panels, group, pairs)


def _panels(
    problem: Problem, session: Session, people: tuple[str, ...]
) -> Iterator[tuple[StaffedPanel, ...]]:
    if not problem.panel_exercises:
        yield ()
        return
    able = [x for x in problem.assessors if _may_sit(problem, x, session)]
    for blocks in _partitions(people):
        if len(blocks) > session.panels_max or max(map(len, blocks)) > problem.panel.interviews_max:
            continue
        yield from _seated(problem, blocks, able)


def _seated(
    problem: Problem, blocks: list[tuple[str, ...]], able: list[Assessor]
) -> Iterator[tuple[StaffedPanel, ...]]:
    """Each block of applicants gets a panel; nobody sits on two."""
    if not blocks:
        yield ()
        return
    for members in combinations(able, problem.panel.size):
        if _is_a_panel(problem, blocks[0], members):
            left = [x for x in able if x not in members]
            for others in _seated(problem, blocks[1:], left):
                yield (StaffedPanel(blocks[0], tuple(x.reference for x in members)), *others)


def _is_a_panel(problem: Problem, applicants: tuple[str, ...], members: tuple[Assessor, ...]) -> bool:
    rules = problem.panel
    councils = Counter(x.council for x in members)

    def number(has: Callable[[Assessor], bool]) -> int:
        return sum(1 for x in members if has(x))

    return (
        councils[problem.lead_council] >= rules.lead_members
        and max(councils.values()) <= rules.one_council_max
        and number(lambda x: x.safer_recruitment) >= rules.safer_recruitment_members
        and number(lambda x: x.chair) >= rules.chair_members
        and number(lambda x: x.lived_experience) >= rules.lived_experience_members
        and not any((a, x.reference) in problem.excluded_pairs for a in applicants for x in members)
        and (
            rules.first_choice_rule is not FirstChoiceRule.HARD
            or not any(lacks_first_choice(problem, a, councils) for a in applicants)
        )
    )


def _groups(problem: Problem, session: Session, people: tuple[str, ...]) -> Iterator[str | None]:
    if not problem.group_exercises:
        yield None
        return
    for group in problem.service_user_groups:
        here = all(_may_be_in(problem, one, session) for one in (group.reference, *group.members))
        apart = any(
            (a, one) in problem.excluded_pairs for a in people for one in (group.reference, *group.members)
        )
        time_for_all = all(
            len(group.members) * e.station_minutes <= e.minutes
            for e in problem.group_exercises
            if e.station_minutes is not None
        )
        if here and time_for_all and not apart:
            yield group.reference


def _interpreters(
    problem: Problem, session: Session, people: tuple[Applicant, ...]
) -> Iterator[tuple[tuple[str, tuple[str, ...]], ...]]:
    """A pair for each who needs one, no interpreter in two pairs."""
    needing = [a.reference for a in people if a.adjustment.interpreter]
    able = [i.reference for i in problem.interpreters if _may_be_in(problem, i.reference, session)]
    for pairs in product(combinations(able, 2), repeat=len(needing)):
        together = [i for pair in pairs for i in pair]
        if len(set(together)) == len(together):
            yield tuple(zip(needing, pairs, strict=True))


def _go_together(problem: Problem, chosen: Whole) -> bool:
    """Half-days, pins of assessors, and nobody in two sessions that clash; times are another matter."""
    sitting = {s.session.reference: {x for panel in s.panels for x in panel.members} for s in chosen}
    worked = Counter(x for members in sitting.values() for x in members)
    if any(worked[x.reference] > x.half_days_max for x in problem.assessors):
        return False
    for person, session in problem.required_pins:
        if person in problem.assessor_by_reference and person not in sitting.get(session, ()):
            return False
    for one, other in problem.session_clashes():
        pair = [s for s in chosen if s.session in (one, other)]
        if len(pair) == 2 and pair[0].staff & pair[1].staff:
            return False
    return True


def _may_be_in(problem: Problem, person: str, session: Session) -> bool:
    if (person, session.reference) in problem.unavailable | problem.forbidden_pins:
        return False
    musts = {s for p, s in problem.required_pins if p == person and p in problem.applicant_by_reference}
    return musts <= {session.reference}


def _may_sit(problem: Problem, assessor: Assessor, session: Session) -> bool:
    trained = {e.reference for e in problem.panel_exercises} <= assessor.trained_for
    return trained and not assessor.standby and _may_be_in(problem, assessor.reference, session)


def _partitions(people: tuple[str, ...]) -> Iterator[list[tuple[str, ...]]]:
    """Every way to split the people into blocks."""
    if not people:
        yield []
        return
    first, rest = people[0], people[1:]
    for number in range(len(rest) + 1):
        for others in combinations(rest, number):
            left = tuple(p for p in rest if p not in others)
            for blocks in _partitions(left):
                yield [(first, *others), *blocks]
