"""Reasons: the smallest sets of obstacles that leave no session, found by removing whatever is not needed.

First whole sorts of facts are tried, then the facts of the sorts that are needed. In the end each obstacle
is removed alone, and only a timetable shows that it was needed. Read `relaxations.py` for what removing is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scheduler.explanation import Obstacle, ObstacleKind, Reason
from scheduler.problem import Problem
from scheduler.solver.explain.minimal import minimal
from scheduler.solver.explain.obstacles import obstacles_of, split
from scheduler.solver.explain.oracle import Oracle, Question, Verdict
from scheduler.solver.explain.relaxations import without

# Reasons are told apart until the campaign would work without them all, but nobody reads more than these.
REASONS_MAX = 3
# Facts of one sort that are named one by one; more of them are one obstacle. And what finding them may cost.
FACTS_MAX = 4
FACT_QUESTIONS = 24
# What is short in most campaigns: where these alone leave no session, nothing else has to be asked about.
USUAL = frozenset(
    {
        ObstacleKind.LEAD_MEMBERS,
        ObstacleKind.INTERVIEWS_MAX,
        ObstacleKind.PANELS_MAX,
        ObstacleKind.ASSESSORS,
        ObstacleKind.HALF_DAYS,
        ObstacleKind.STANDBY,
        ObstacleKind.STAFF_AVAILABILITY,
        ObstacleKind.AVAILABILITY,
        ObstacleKind.OTHERS,
    }
)


def reasons_of(question: Question, oracle: Oracle) -> tuple[tuple[Reason, ...], bool]:
    """Reasons that share no obstacle, each enough on its own; and whether without them all it can be.

    The other applicants may be part of each, and are never removed for that. Empty where time ran out.
    """
    found: list[Reason] = []
    removed: list[Obstacle] = []
    while len(found) < REASONS_MAX:
        reason = _reason(question, removed, oracle)
        if reason is None:
            return tuple(found), False
        found.append(reason)
        more = [obstacle for obstacle in reason.obstacles if obstacle.kind is not ObstacleKind.OTHERS]
        removed += more
        everybody = bool(question.focus)
        answer = oracle.verdict(without(question.problem, removed, question.spare), everybody)
        if answer is not Verdict.NO or not more:
            return tuple(found), answer is Verdict.YES
    return tuple(found), False


def kept_alone(question: Question, kept: Iterable[Obstacle], universe: Iterable[Obstacle]) -> Problem:
    """The campaign in which nothing is an obstacle but what is kept."""
    staying = {(obstacle.kind, fact) for obstacle in kept for fact in obstacle.facts}
    gone: list[Obstacle] = []
    for obstacle in universe:
        facts = tuple(fact for fact in obstacle.facts if (obstacle.kind, fact) not in staying)
        if facts:
            gone.append(Obstacle(obstacle.kind, facts))
    return without(question.problem, gone, question.spare)


def _reason(question: Question, removed: list[Obstacle], oracle: Oracle) -> Reason | None:
    """One reason made of what is not removed already; None where nothing proves that there is one."""
    everybody = bool(question.focus)
    universe = obstacles_of(question.problem, question.focus)
    gone = {(obstacle.kind, fact) for obstacle in removed for fact in obstacle.facts}
    able = [
        Obstacle(o.kind, facts)
        for o in universe
        if (facts := tuple(fact for fact in o.facts if (o.kind, fact) not in gone))
    ]

    def problem_of(kept: list[Obstacle]) -> Problem:
        return kept_alone(question, kept, universe)

    def by_proof(kept: list[Obstacle]) -> bool:
        return oracle.verdict(problem_of(kept), everybody) is Verdict.NO

    def by_placement(kept: list[Obstacle]) -> bool:
        return oracle.ruled_out(problem_of(kept), everybody)

    alone = [obstacle for obstacle in able if obstacle.kind is not ObstacleKind.OTHERS]
    usual = [obstacle for obstacle in able if obstacle.kind in USUAL]
    if by_placement(usual) and not by_placement([o for o in usual if o in alone]):
        return _smallest(problem_of, by_placement, usual, oracle, everybody)
    for choice in (alone, able):
        for impossible in (by_placement, by_proof):
            if impossible(choice):
                return _smallest(problem_of, impossible, choice, oracle, everybody)
    return None


def _smallest(
    problem_of: Callable[[list[Obstacle]], Problem],
    impossible: Callable[[list[Obstacle]], bool],
    able: list[Obstacle],
    oracle: Oracle,
    everybody: bool,
) -> Reason:
    if impossible([]):
        return Reason((), True)
    core = minimal(impossible, able)
    for obstacle in list(core):
        if len(obstacle.facts) > 1:
            beside = [other for other in core if other is not obstacle]
            core = beside + _needed_facts(impossible, beside, obstacle)
    kept, settled = _needed(problem_of, core, oracle, everybody)
    order = [obstacle.kind for obstacle in able]
    return Reason(tuple(sorted(kept, key=lambda o: (order.index(o.kind), o.facts))), settled)


def _needed_facts(
    impossible: Callable[[list[Obstacle]], bool], beside: list[Obstacle], obstacle: Obstacle
) -> list[Obstacle]:
    """The facts of an obstacle that matter: one by one if they are few, else as one obstacle."""
    facts = minimal(lambda part: impossible([*beside, *part]), split(obstacle), FACT_QUESTIONS)
    if len(facts) <= FACTS_MAX:
        return facts
    return [Obstacle(obstacle.kind, tuple(fact for each in facts for fact in each.facts))]


def _needed(
    problem_of: Callable[[list[Obstacle]], Problem], core: list[Obstacle], oracle: Oracle, everybody: bool
) -> tuple[list[Obstacle], bool]:
    """What is left when every obstacle that can be spared is gone, and whether each of them was shown."""
    kept, settled = list(core), True
    for obstacle in core:
        beside = [other for other in kept if other is not obstacle]
        answer = oracle.verdict(problem_of(beside), everybody)
        if answer is Verdict.NO:
            kept = beside
        settled = settled and answer is not Verdict.UNKNOWN
    return kept, settled
