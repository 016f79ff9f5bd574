"""Up to three ways out, the cheapest first, each shown by a timetable before it is told.

Kinds are taken in their order of cost, sizes from the smallest. What all changes of a kind and size together
cannot do, none of them can: so whole kinds are ruled out by one proof, and what is left is halved until one
change remains. Where no single change does it for everybody, several of one kind are looked for, and single
ones that do it for some.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.checks import breaches_of
from scheduler.explanation import Change, ChangeKind, Fact, Obstacle, WayOut
from scheduler.solver.explain.changes import IN_MINUTES, applied, candidates, sizes_of, traits_of
from scheduler.solver.explain.minimal import minimal
from scheduler.solver.explain.oracle import Oracle, Question, Verdict

WAYS_MAX = 3
# More changes than these at once are no way out that anybody would take.
CHANGES_MAX = 4
CHANGE_QUESTIONS = 40
# A kind may take this many times its even share of the time left.
KIND_SHARES = 1.5


def ways_out_of(
    everybody: Question, one: Question, obstacles: Sequence[Obstacle], oracle: Oracle
) -> tuple[WayOut, ...]:
    """Ways out for all applicants of `everybody`, whose reasons are made of `obstacles`.

    `one` asks for the first of them only. Empty where none was found in the time, or there is none.
    """
    of = len(everybody.focus)
    found: list[WayOut] = []
    proven: set[ChangeKind] = set()
    for kind, mine in _turns(everybody, obstacles, oracle):
        change, sure = _cheapest(kind, everybody, obstacles, mine)
        if change is not None:
            found.append(WayOut((change,), of, of, sure))
        elif sure:
            proven.add(kind)
        if len(found) == WAYS_MAX:
            return tuple(found)
    if not found:
        for kind, mine in _turns(everybody, obstacles, oracle):
            several = _several(kind, everybody, obstacles, mine)
            if several:
                found.append(WayOut(several, of, of, kind in proven))
            if len(found) == WAYS_MAX:
                return tuple(found)
    if of > 1:
        taken = {way.changes[0].kind for way in found}
        found += _for_some(everybody, one, obstacles, oracle, taken)[: WAYS_MAX - len(found)]
    return tuple(found)


def _turns(
    question: Question, obstacles: Sequence[Obstacle], oracle: Oracle
) -> Iterator[tuple[ChangeKind, Oracle]]:
    """The kinds that touch an obstacle at all, in their order, each with its share of the time left."""
    kinds = [
        kind
        for kind in ChangeKind
        if any(candidates(kind, question.problem, s, obstacles) for s in sizes_of(kind, question.problem))
    ]
    for number, kind in enumerate(kinds):
        yield kind, oracle.part(min(1.0, KIND_SHARES / (len(kinds) - number)))


def _cheapest(
    kind: ChangeKind, question: Question, obstacles: Sequence[Obstacle], oracle: Oracle
) -> tuple[Change | None, bool]:
    """The smallest single change of this kind that is enough, and whether smaller ones are ruled out."""
    if kind in IN_MINUTES:
        return _fewest_minutes(kind, question, obstacles, oracle)
    sure = True
    for size in sizes_of(kind, question.problem):
        changes = candidates(kind, question.problem, size, obstacles)
        change, certain = _first(question, changes, oracle)
        sure = sure and certain
        if change is not None:
            return _plain(question, change, oracle), sure
    return None, sure


def _fewest_minutes(
    kind: ChangeKind, question: Question, obstacles: Sequence[Obstacle], oracle: Oracle
) -> tuple[Change | None, bool]:
    """The same for minutes, by halving: what so many minutes cannot do, fewer cannot."""
    ladders: dict[Fact, list[Change]] = {}
    for size in sizes_of(kind, question.problem):
        for change in candidates(kind, question.problem, size, obstacles):
            ladders.setdefault(change.target, []).append(change)
    best: Change | None = None
    verdicts: list[Verdict] = []

    def works(change: Change) -> bool:
        verdicts.append(oracle.verdict(applied(question.problem, [change]), bool(question.focus)))
        return verdicts[-1] is Verdict.YES

    for ladder in ladders.values():
        shorter = [change for change in ladder if best is None or change.size < best.size]
        if shorter and works(shorter[-1]):
            best = shorter[bisect_left(shorter[:-1], True, key=works)]
    return best, Verdict.UNKNOWN not in verdicts


def _first(question: Question, changes: list[Change], oracle: Oracle) -> tuple[Change | None, bool]:
    """The first of the changes that is enough alone; and whether those before it are proven not to be."""
    everybody = bool(question.focus)
    if not changes:
        return None, True
    if len(changes) == 1:
        answer = oracle.verdict(applied(question.problem, changes), everybody)
        return (changes[0] if answer is Verdict.YES else None), answer is not Verdict.UNKNOWN
    if _ruled_out(question, changes, oracle):
        return None, True
    half = len(changes) // 2
    change, sure = _first(question, changes[:half], oracle)
    if change is not None:
        return change, sure
    change, also_sure = _first(question, changes[half:], oracle)
    return change, sure and also_sure


def _plain(question: Question, change: Change, oracle: Oracle) -> Change:
    """The same change, asking no more of a new person or room than what is needed."""
    target = change.target[: len(change.target) - len(traits_of(change))]
    traits = list(traits_of(change))
    for trait in traits_of(change):
        less = replace(change, target=(*target, *(other for other in traits if other != trait)))
        changed = applied(question.problem, [less])
        if oracle.verdict(changed, bool(question.focus)) is Verdict.YES:
            traits.remove(trait)
    return replace(change, target=(*target, *traits))


def _several(
    kind: ChangeKind, question: Question, obstacles: Sequence[Obstacle], oracle: Oracle
) -> tuple[Change, ...]:
    """A few changes of one kind and size that are enough together, none of which can be spared."""
    for size in sizes_of(kind, question.problem)[:1]:
        changes = candidates(kind, question.problem, size, obstacles)
        if len(changes) < 2 or _ruled_out(question, changes, oracle):
            continue
        few = minimal(lambda part: not _ruled_out(question, part, oracle), changes, CHANGE_QUESTIONS)
        if len(few) > CHANGES_MAX:
            continue
        answer = oracle.verdict(applied(question.problem, few), bool(question.focus))
        if answer is Verdict.YES:
            return tuple(few)
    return ()


def _for_some(
    everybody: Question,
    one: Question,
    obstacles: Sequence[Obstacle],
    oracle: Oracle,
    taken: set[ChangeKind],
) -> list[WayOut]:
    """Single changes that give a session to the first applicant, and how many more they do it for."""
    found: list[WayOut] = []
    for kind, mine in _turns(one, obstacles, oracle):
        if kind in taken:
            continue
        change, sure = _cheapest(kind, one, obstacles, mine)
        if change is not None:
            found.append(
                WayOut((change,), _number_placed(everybody, change, oracle), len(everybody.focus), sure)
            )
        if len(found) == WAYS_MAX:
            break
    return found


def _number_placed(everybody: Question, change: Change, oracle: Oracle) -> int:
    """How many the change places, as a timetable shows: one at least, by the timetable that found it."""
    changed = applied(everybody.problem, [change])
    result = oracle.placing_most(changed)
    if result is None or breaches_of(changed, result.timetable):
        return 1
    return max(1, len(everybody.focus) - len(result.unplaced))


def _ruled_out(question: Question, changes: Sequence[Change], oracle: Oracle) -> bool:
    return oracle.ruled_out(applied(question.problem, changes), bool(question.focus))
