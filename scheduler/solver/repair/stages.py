"""The order in which a repair is looked for: little first, more only where it is needed.

A small campaign is taken whole, and what is then found and proven is so for every possible repair. In a
larger one the touched sessions are taken one after the other, those side by side together:

1. Every applicant who is not touched keeps their own day.
2. Then everybody is free, where most people were left out or changed first: is there anything better?
3. Applicants who still cannot be kept go to other sessions, whose own applicants keep their day.
4. With what has been reached held: least minutes of change, then the campaign's own aims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.changes import difference, people_changed
from scheduler.params import Params
from scheduler.programme import Session
from scheduler.solver.engine import Budget
from scheduler.solver.repair.attempt import LEAST_SECONDS, Attempt, Reached, attempt_at
from scheduler.solver.repair.extract import whole
from scheduler.solver.repair.history import History
from scheduler.solver.repair.scenario import Scenario
from scheduler.solver.running_order.options import clusters
from scheduler.timetable import Entry, Role, timetable_of

# So many applicants, each counted for every session they could be in, are solved whole.
SMALL = 24
# What a stage may take of the time that is left when its turn comes.
HELD_SHARE, FREE_SHARE, ELSEWHERE_SHARE = 0.5, 0.6, 0.7
# Another session is a last resort: so many are tried beside those that are touched.
OTHER_SESSIONS_MAX = 4
# Where hardly anything is open, this is far more than is needed.
AT_ONCE_SECONDS = 1.0


@dataclass(frozen=True)
class Best:
    """The rows left to do, who is left out of them, and how sure that is in the first aims."""

    entries: tuple[Entry, ...]
    left_out: tuple[str, ...]
    elsewhere: int
    bound: int
    proven: bool


def best_repair(history: History, params: Params, budget: Budget) -> Best:
    """The best repair found in the time. There is always one: whoever cannot be kept is left out."""
    if not any(history.is_touched(run) for run in history.left):
        budget.settle()
        return Best(tuple(row for run in history.left for row in run.entries), (), 0, 0, True)
    everywhere = tuple(s.reference for s in history.problem.sessions if _is_ahead(history, s))
    small = Scenario(history, everywhere, movers=None)
    if len(small.aliases) > SMALL:
        return _Steps(history, history, params, budget).best()
    attempt = attempt_at(small, params, budget)
    reached = attempt.insist(budget.left)
    budget.settle()
    reached = attempt.better_in_later_aims(reached, budget.left)
    return Best(
        reached.found.entries, reached.found.left_out, reached.elsewhere, reached.bound, reached.proven
    )


@dataclass
class _Steps:
    """A repair in the making: `now` is the timetable so far, `history` the one that is to change least."""

    history: History
    now: History
    params: Params
    budget: Budget
    reached: dict[tuple[str, ...], Reached] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    elsewhere: int = 0

    def best(self) -> Best:
        groups = touched_clusters(self.history)
        attempts = [self._keep_days(groups, number) for number in range(len(groups))]
        self.budget.settle()
        hardest_first = sorted(groups, key=lambda group: self.reached[group].values, reverse=True)
        for done, group in enumerate(hardest_first):
            known = attempts[0] if len(groups) == 1 else None
            self._free(group, known, self.budget.left * FREE_SHARE / (len(groups) - done))
        self.left_out = frozenset(a for each in self.reached.values() for a in each.found.left_out)
        alone = self.reached[groups[0]] if len(groups) == 1 and not self.left_out else None
        if self.left_out:
            self._go_elsewhere()
        elif alone is not None and alone.people and self.budget.left >= LEAST_SECONDS:
            kept = [a for a in attempts[0].r.scenario.applicants if not alone.choices["changed", a]]
            self._take(attempts[0].better_in_later_aims(alone, self.budget.left, kept))
        rows = tuple(row for run in self.now.left for row in run.entries)
        least = self.history.least_changed(self.history.problem.session_by_reference)
        bound = max((each.bound for each in self.reached.values()), default=0)
        proven = alone is not None and alone.proven
        if not self.left_out and not self.elsewhere:
            bound = max(bound, least)
            proven = proven or self._people() == least
        return Best(rows, tuple(sorted(self.left_out)), self.elsewhere, bound, proven)

    def _keep_days(self, groups: Sequence[tuple[str, ...]], number: int) -> Attempt:
        """A first repair of one cluster in which every applicant who is not touched keeps their own day."""
        attempt = self._attempt(groups[number])
        seconds = self.params.seconds * HELD_SHARE / len(groups)
        hit = _given_up(self.history, {a for a in attempt.r.scenario.applicants if _is_hit(self.history, a)})
        hit = tuple(a for a in hit if a in attempt.r.comes)
        untouched = [a for a in attempt.r.scenario.applicants if a not in hit]
        ahead = tuple(s for group in groups[number + 1 :] for s in group)
        dislike = _less_use_later(self.history, ahead)
        # Without those who are hit there is nearly always an answer at once, and then one to better.
        reached = attempt.solve(AT_ONCE_SECONDS, untouched, given_up=hit, dislike=dislike) if hit else None
        if reached is None:
            reached = attempt.insist(seconds, untouched, dislike)
        else:
            kept = attempt.solve(seconds, untouched, reached.choices, dislike)
            reached = min(kept or reached, reached, key=lambda each: each.values)
        self._take(reached, groups[number])
        return attempt

    def _free(self, group: tuple[str, ...], attempt: Attempt | None, seconds: float) -> None:
        """The same cluster with everybody free, if there is time and anything to gain."""
        before = self.reached[group]
        least = self.history.least_changed(group)
        if before.values == (0, 0, least):
            self.reached[group] = replace(before, bound=least, proven=True)
            return
        if before.people == 0 or self.budget.left < LEAST_SECONDS:
            return
        attempt = attempt or self._attempt(group)
        free = attempt.solve(seconds, guess=before.choices)
        if free is None:
            return
        # Whether somebody left out here could be kept elsewhere, this model cannot tell.
        known = free.unplaced == 0
        best = free if free.values < before.values else before
        best = replace(best, proven=free.proven and known, bound=free.bound if known else 0)
        self._take(best, group)

    def _go_elsewhere(self) -> None:
        """Look for other sessions for those left out, one cluster after the other, nearest first."""
        for group in _other_sessions(self.history, sorted(self.left_out)):
            movers = self.left_out - self.history.begun_rows.keys()
            if not movers or self.budget.left < LEAST_SECONDS:
                return
            attempt = self._attempt(group, movers)
            hosts = [a for a in attempt.r.scenario.applicants if a not in movers]
            reached = attempt.solve(self.budget.left * ELSEWHERE_SHARE, hosts)
            if reached is not None and reached.elsewhere:
                self.left_out = (self.left_out - movers) | frozenset(reached.found.left_out)
                self.elsewhere += reached.elsewhere
                self._take(reached)

    def _attempt(self, group: tuple[str, ...], movers: frozenset[str] = frozenset()) -> Attempt:
        """A model of these sessions as they were at first, beside all others as they are now."""
        rows = [row for run in self.now.left if run.session not in group for row in run.entries]
        rows += [row for run in self.history.left if run.session in group for row in run.entries]
        if movers:
            rows = [row for run in self.now.left for row in run.entries]
        here = replace(self.now, old=timetable_of(whole(self.history, rows), self.history.old.meetings))
        changed = people_changed(difference(self.history.old, here.old))
        applicants = self.history.problem.applicant_by_reference
        staff = frozenset(y for y in changed if y not in applicants)
        return attempt_at(Scenario(here, group, movers), self.params, self.budget, staff)

    def _people(self) -> int:
        """How many have changed so far."""
        problem, force = self.history.problem, self.history.force
        changed = people_changed(difference(self.history.old, self.now.old))
        return sum(not force.is_absent(problem, person) for person in changed)

    def _take(self, reached: Reached, group: tuple[str, ...] | None = None) -> None:
        """Put these sessions into the timetable so far."""
        if group is not None:
            self.reached[group] = reached
        here = {row.session for row in reached.found.entries} if group is None else set(group)
        rows = [row for run in self.now.left if run.session not in here for row in run.entries]
        rows += [row for row in reached.found.entries if row.session in here]
        self.now = replace(self.now, old=timetable_of(whole(self.history, rows), self.history.old.meetings))


def _less_use_later(history: History, ahead: tuple[str, ...]) -> Mapping[str, int]:
    """For each member of staff, in how many of the sessions yet to be repaired they could not help."""
    later = Scenario(history, ahead)
    tables = (later.assessors, later.role_players, later.groups, later.interpreters)
    able = Counter(person for table in tables for people in table.values() for person in people)
    staff = (
        *history.problem.assessor_by_reference,
        *history.problem.role_player_by_reference,
        *history.problem.group_by_reference,
    )
    return {person: len(ahead) - able[person] for person in staff} if ahead else {}


def touched_clusters(history: History) -> list[tuple[str, ...]]:
    """Sessions in which something cannot be held as it is, each with those side by side with it."""
    touched = {run.session for run in history.left if history.is_touched(run)}
    held = [s for s in history.problem.session_by_reference if s in history.old.by_session]
    groups = [group for group in clusters(history.problem, held) if touched & set(group)]
    return sorted(groups, key=lambda group: min(_when(history, s) for s in group))


def _other_sessions(history: History, movers: Sequence[str]) -> list[tuple[str, ...]]:
    """Clusters ahead with room for more: at the same venue before others, nearest in time first."""
    problem = history.problem
    origin = [problem.session_by_reference[history.session_of[a]] for a in movers]

    def room(session: Session) -> int:
        rows = history.old.by_session.get(session.reference, [])
        here = {row.person for row in rows if row.role is Role.APPLICANT}
        return session.panels_max * problem.panel.interviews_max - len(here)

    def distance(session: Session) -> tuple[bool, int, str]:
        days = min(abs((session.date - s.date).days) for s in origin)
        return (all(session.venue != s.venue for s in origin), days, session.reference)

    ahead = [s for s in problem.sessions if _is_ahead(history, s)]
    roomy = [s.reference for s in sorted(ahead, key=distance) if room(s) > 0]
    group_of = {s: group for group in clusters(problem, [s.reference for s in ahead]) for s in group}
    chosen = list(dict.fromkeys(group_of[s] for s in roomy if s not in {x.reference for x in origin}))
    return chosen[:OTHER_SESSIONS_MAX]


def _is_hit(history: History, applicant: str) -> bool:
    """Whether some run left to this applicant cannot be held in the same place at the same time."""
    for run in history.left:
        own = [row for row in run.of(Role.APPLICANT) if row.person == applicant]
        if own and (history.is_displaced(run) or any(history.is_hit(row) for row in own)):
            return True
    return False


def _given_up(history: History, hit: set[str]) -> tuple[str, ...]:
    """Those hit, and those whose shared runs would be too small without them."""
    problem, given_up = history.problem, set(hit)
    shared = [run for run in history.left if problem.exercise_by_reference[run.exercise].is_shared]
    before = -1
    while len(given_up) > before:
        before = len(given_up)
        for run in shared:
            kept = {a for a in run.applicants if a in history.applicants} - given_up
            if hit and len(kept) < problem.exercise_by_reference[run.exercise].group_min:
                given_up |= kept
    return tuple(sorted(given_up & set(history.applicants)))


def _when(history: History, session: str) -> tuple[object, int]:
    found = history.problem.session_by_reference[session]
    return (found.date, found.window.start)


def _is_ahead(history: History, session: Session) -> bool:
    return history.disruption.now.earliest_start(session) < session.window.end
