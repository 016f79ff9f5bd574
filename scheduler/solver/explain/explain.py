"""The door: `explain` says of everybody who cannot be placed what is in the way and what would help.

1. The best timetable by the first aim shows who has no session.
2. For each of them (all who are alike together) the question is why not even one more can be placed beside
   those who have a session, in whatever way these are placed: the reasons (`cores.py`).
3. For all who share reasons the question is what would place them: the ways out (`ways_out.py`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from scheduler.capacity import reasons_for
from scheduler.explanation import Case, Explanation, Obstacle, ObstacleKind, Reason
from scheduler.params import Params, Stop
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.result import Result, Status, TierOutcome, Unplaced, Watcher
from scheduler.solver.explain.cores import reasons_of
from scheduler.solver.explain.oracle import Oracle, Question, Verdict
from scheduler.solver.explain.placing import AIMS, most_placed
from scheduler.solver.explain.relaxations import only, without
from scheduler.solver.explain.ways_out import ways_out_of
from scheduler.solver.schedule import schedule

# The share of all time for the first timetable, and of what is then left for reasons.
TIMETABLE_SHARE, REASONS_SHARE = 0.25, 0.6
# Obstacles that concern applicants differently, whoever the facts name.
PERSONAL = frozenset({ObstacleKind.FIRST_CHOICE, ObstacleKind.LATE_START})


@dataclass(frozen=True)
class _Finding:
    """Reasons for the first of these applicants, which hold for all of them, or for all `together`."""

    applicants: tuple[str, ...]
    together: bool
    reasons: tuple[Reason, ...]
    complete: bool

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """Those of all reasons, but for the other applicants."""
        return tuple(
            obstacle
            for reason in self.reasons
            for obstacle in reason.obstacles
            if obstacle.kind is not ObstacleKind.OTHERS
        )


def explain(
    problem: Problem, params: Params = Params(), watch: Watcher | None = None, stop: Stop | None = None
) -> Explanation:
    """Why applicants cannot be placed, and ways out, in about `params.seconds` of wall clock.

    What could not be shown in the time is left out or marked, never guessed. `watch` follows the search for
    the first timetable. Once asked to `stop`, what was shown so far is all.
    """
    began = time.monotonic()
    oracle = Oracle(params, params.seconds, stop)
    result = _first_result(problem, params, watch, stop)
    findings = _findings(problem, result, oracle.part(REASONS_SHARE)) if result.unplaced else []
    missing = tuple(each.applicant for each in result.unplaced)
    fallback = {each.applicant: each.reason for each in result.unplaced}
    cases: list[Case] = []
    for number, finding in enumerate(findings):
        mine = oracle.part(1 / (len(findings) - number))
        cases.append(_case(problem, result, finding, fallback[finding.applicants[0]], mine))
    unplaced = next((tier for tier in result.objective if tier.name == "unplaced"), None)
    impossible = result.status is Status.INFEASIBLE
    return Explanation(
        applicants=len(problem.applicants),
        placed=len(problem.applicants) - len(missing),
        proven=impossible or (unplaced is not None and unplaced.proven),
        impossible=impossible,
        cases=tuple(cases),
        seconds=min(params.seconds, time.monotonic() - began),
    )


def _first_result(problem: Problem, params: Params, watch: Watcher | None, stop: Stop | None) -> Result:
    """Who can be placed: at once where the placement proves it, else as `schedule` finds it."""
    first = replace(params, seconds=params.seconds * TIMETABLE_SHARE)
    found = most_placed(problem, params, first.seconds, stop)
    if found is not None:
        timetable, bound = found
        placed = timetable.session_of_applicant
        missing = [a.reference for a in problem.applicants if a.reference not in placed]
        if len(missing) == bound:
            reasons = reasons_for(problem, missing, timetable)
            return Result(
                status=Status.OPTIMAL,
                timetable=timetable,
                objective=(TierOutcome("unplaced", bound, bound, True),),
                unplaced=tuple(Unplaced(applicant, reasons[applicant]) for applicant in missing),
                seconds=0.0,
                seed=params.seed,
                workers=1,
            )
    return schedule(replace(problem, tiers=AIMS), first, watch, stop)


def _findings(problem: Problem, result: Result, oracle: Oracle) -> list[_Finding]:
    missing = [each.applicant for each in result.unplaced]
    if result.status is Status.INFEASIBLE:
        reasons, complete = reasons_of(Question(problem, ()), oracle)
        return [_Finding(tuple(missing), True, reasons, complete)]
    found: list[_Finding] = []
    for applicant in missing:
        home = next((n for n, other in enumerate(found) if _shares(problem, other, applicant)), None)
        if home is None:
            found.append(_finding(problem, result, applicant, oracle))
        else:
            joined = (*found[home].applicants, applicant)
            found[home] = replace(found[home], applicants=joined)
    told = [each for finding in found for each in _completed(problem, result, finding, oracle)]
    few = tuple(a for finding in told if _too_few(problem, finding) for a in finding.applicants)
    if len(few) < 2:
        return told
    rest = [finding for finding in told if not _too_few(problem, finding)]
    reasons, complete = reasons_of(_question(problem, result, few), oracle)
    return [*rest, _Finding(few, True, reasons, complete)]


def _too_few(problem: Problem, finding: _Finding) -> bool:
    """Whether all that is said is that one applicant is no group: others without a session could join."""
    sizes = any(obstacle.kind is ObstacleKind.GROUP_SIZES for obstacle in finding.obstacles)
    return sizes and any(exercise.group_min > 1 for exercise in problem.exercises)


def _finding(problem: Problem, result: Result, applicant: str, oracle: Oracle) -> _Finding:
    reasons, complete = reasons_of(_question(problem, result, (applicant,)), oracle)
    return _Finding((applicant,), False, reasons, complete)


def _question(problem: Problem, result: Result, focus: tuple[str, ...]) -> Question:
    """Whether these can be placed beside everybody who is placed already."""
    there = (*result.timetable.session_of_applicant, *focus)
    return Question(only(problem, there), focus, spare=len(focus))


def _completed(problem: Problem, result: Result, finding: _Finding, oracle: Oracle) -> list[_Finding]:
    """The finding if without its obstacles all of its applicants can be placed.

    Else those for whom that is not so are told apart: there is more in their way than in the first one's.
    """
    first, *others = finding.applicants
    if not others or finding.together or not finding.complete:
        return [finding]
    answer = _is_enough(problem, result, finding, oracle)
    if answer is not Verdict.NO:
        return [replace(finding, complete=answer is Verdict.YES)]
    same, different = [first], list[str]()
    for applicant in others:
        alone = replace(finding, applicants=(applicant,))
        alike = _likeness(problem, first) == _likeness(problem, applicant)
        apart = not alike and _is_enough(problem, result, alone, oracle) is Verdict.NO
        (different if apart else same).append(applicant)
    together = replace(finding, applicants=tuple(same), complete=len(same) == 1)
    return [together, *(_finding(problem, result, applicant, oracle) for applicant in different)]


def _is_enough(problem: Problem, result: Result, finding: _Finding, oracle: Oracle) -> Verdict:
    """Whether without the obstacles all applicants of the finding can be placed."""
    question = _question(problem, result, finding.applicants)
    return oracle.verdict(without(question.problem, finding.obstacles, question.spare))


def _shares(problem: Problem, finding: _Finding, applicant: str) -> bool:
    """Whether what was found for others holds for this applicant too, because nothing tells them apart.

    Either they are alike; or all that is theirs alone is no part of any reason, and a reason is a matter of
    a campaign in which everything else is removed.
    """
    first = finding.applicants[0]
    if _likeness(problem, first) == _likeness(problem, applicant):
        return True
    if not finding.reasons or any(obstacle.kind in PERSONAL for obstacle in finding.obstacles):
        return False
    return all(first not in fact for obstacle in finding.obstacles for fact in obstacle.facts)


def _likeness(problem: Problem, reference: str) -> object:
    """Equal for two applicants whom no rule tells apart."""
    applicant = problem.applicant_by_reference[reference]
    named = any(pin.person == reference for pin in problem.pins) or any(
        reference in pair for pair in problem.excluded_pairs
    )
    hard = problem.panel.first_choice_rule is FirstChoiceRule.HARD
    return (
        reference if named else "",
        applicant.adjustment,
        applicant.first_choice if hard else None,
        tuple(problem.available(reference, session.reference) for session in problem.sessions),
        tuple(problem.must_start_late(reference, session.venue) for session in problem.sessions),
    )


def _case(problem: Problem, result: Result, finding: _Finding, fallback: str, oracle: Oracle) -> Case:
    if result.status is Status.INFEASIBLE:
        everybody = one = Question(problem, ())
    else:
        everybody = _question(problem, result, finding.applicants)
        one = everybody if finding.together else _question(problem, result, finding.applicants[:1])
    ways = ways_out_of(everybody, one, finding.obstacles, oracle) if finding.obstacles else ()
    return Case(finding.applicants, finding.together, finding.reasons, finding.complete, ways, fallback)
