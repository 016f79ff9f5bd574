"""The order in which a repair is looked for: little first, more only where it is needed.

1. Without a model: nobody's times move (`in_place.py`). Often that is the least there can be (`least.py`).
2. A small campaign is then taken whole: what is found and proven is so for every possible repair.
3. In a larger one the touched sessions are taken one after the other, those side by side together, most left
   out first: only those who are touched, and others before their panel, may move; then everybody may.
4. Applicants who still cannot be kept go to other sessions, whose own applicants keep their day.
5. With what has been reached held: least minutes of change, then the campaign's own aims.

Nothing is taken up that does not better what is there, and nothing begun that the time left is too short for.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scheduler.changes import difference, people_changed
from scheduler.params import Params
from scheduler.programme import ExerciseKind, Session
from scheduler.solver.engine import Budget
from scheduler.solver.repair.attempt import LEAST_SECONDS, Attempt, Reached, attempt_at
from scheduler.solver.repair.extract import whole
from scheduler.solver.repair.history import History
from scheduler.solver.repair.in_place import InPlace, given_up, repaired_in_place
from scheduler.solver.repair.least import least_changed
from scheduler.solver.repair.scenario import Scenario
from scheduler.solver.running_order.options import clusters
from scheduler.timetable import Entry, Role, timetable_of

# So many applicants, each counted for every session they could be in, are solved whole.
SMALL = 24
# What a stage may take of the time that is left when its turn comes.
HELD_SHARE, FREE_SHARE, ELSEWHERE_SHARE = 0.5, 0.6, 0.7
# Of several touched sessions, what is for them before other sessions have their turn.
HOME_SHARE = 0.5
# Another session is a last resort: so many are tried beside those that are touched.
OTHER_SESSIONS_MAX = 4
# What building a model takes, until one has been built; by deterministic time, whenever one is built.
BUILDING_SECONDS = 0.2


@dataclass(frozen=True)
class Best:
    """The rows left to do, who is left out of them, and how sure that is in the first aims."""

    entries: tuple[Entry, ...]
    left_out: tuple[str, ...]
    elsewhere: int
    bound: int
    proven: bool


def best_repair(history: History, params: Params, budget: Budget, in_place: bool = True) -> Best:
    """The best repair found in the time. There is always one: whoever cannot be kept is left out.

    Without `in_place` all of it is the model's.
    """
    first = repaired_in_place(history) if in_place else given_up(history)
    people = _people(history, first.entries)
    least = least_changed(history, history.problem.session_by_reference)
    if not first.left_out and people == least:
        return Best(first.entries, (), 0, least, True)
    budget.settle()
    small = _small(history)
    if small is None:
        return _Steps(history, params, budget, first, least).best()
    return _whole(history, params, budget, small, first, least)


def _whole(
    history: History, params: Params, budget: Budget, scenario: Scenario, first: InPlace, least: int
) -> Best:
    """All at once; what was found in place stands where the time is too short for anything better."""
    attempt = attempt_at(scenario, _with_rows(history, first.entries), params, budget)
    reached = attempt.solve(budget.left)
    values = (len(first.left_out), 0, _people(history, first.entries))
    if reached is None or (values < reached.values and not reached.proven):
        return Best(first.entries, first.left_out, 0, 0 if first.left_out else least, False)
    reached = attempt.better_in_later_aims(reached, budget.left)
    return Best(
        reached.found.entries, reached.found.left_out, reached.elsewhere, reached.bound, reached.proven
    )


def _small(history: History) -> Scenario | None:
    """Everything that is ahead, if that is little enough to be solved whole."""
    if len(history.applicants) > SMALL:
        return None
    everywhere = tuple(s.reference for s in history.problem.sessions if _is_ahead(history, s))
    scenario = Scenario(history, everywhere, movers=None)
    return scenario if len(scenario.aliases) <= SMALL else None


class _Steps:
    """A repair in the making: `now` is the timetable so far, `history` the one that is to change least."""

    def __init__(self, history: History, params: Params, budget: Budget, first: InPlace, least: int) -> None:
        self.history, self.params, self.budget, self.least = history, params, budget, least
        self.now = _with_rows(history, first.entries)
        self.left_out = frozenset(first.left_out)
        self.elsewhere = 0
        self.values = (len(self.left_out), 0, _people(history, first.entries))
        self.building = BUILDING_SECONDS
        # The bounds of single clusters, and whether the only one was proven.
        self.bound, self.proven = 0, False

    def best(self) -> Best:
        groups = touched_clusters(self.history)
        alone = len(groups) == 1
        ends = 0.0 if alone else self.budget.left * (1 - HOME_SHARE)
        for group in self._worst_first(groups):
            if self.budget.left - ends < self.building + LEAST_SECONDS:
                break
            self._better(group, alone, self.budget.left - ends)
        if self.left_out:
            self._go_elsewhere()
        rows = tuple(row for run in self.now.left for row in run.entries)
        bound = 0
        if not self.left_out and not self.elsewhere:
            bound = max(self.bound, self.least)
            self.proven = self.proven or _people(self.history, rows) == bound
        return Best(rows, tuple(sorted(self.left_out)), self.elsewhere, bound, self.proven)

    def _worst_first(self, groups: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Those in which there is anything to gain: most left out first, then most changed."""
        changes = difference(self.history.old, self.now.old)

        def values(group: tuple[str, ...]) -> tuple[int, int]:
            out = sum(self.history.session_of[a] in group for a in self.left_out)
            rows = [change for change in changes if change.row.session in group]
            return (out, len(_there(self.history, people_changed(rows))))

        open_ones = [group for group in groups if values(group) > (0, least_changed(self.history, group))]
        return sorted(open_ones, key=values, reverse=True)

    def _better(self, group: tuple[str, ...], alone: bool, seconds: float) -> None:
        """This cluster by the model: first only those who are touched may move, then everybody."""
        until = self.budget.left - seconds
        attempt = self._attempt(group)
        touched = self._touched()
        untouched = [a for a in attempt.r.scenario.applicants if a not in touched]
        kept = attempt.solve((self.budget.left - until) * HELD_SHARE, untouched)
        if kept is not None:
            self._take(kept, group)
        if kept is not None and kept.values == (0, 0, least_changed(self.history, group)):
            self.bound, self.proven = kept.people, alone
            best: Reached | None = kept
        elif self.budget.left - until < LEAST_SECONDS:
            return
        else:
            guess = None if kept is None else kept.choices
            free = attempt.solve((self.budget.left - until) * FREE_SHARE, guess=guess)
            if free is None:
                return
            taken = self._take(free, group)
            best = free if taken or kept is None else kept
            # Whether somebody left out here could be kept elsewhere, this model cannot tell.
            if free.unplaced == 0:
                self.bound = max(self.bound, free.bound)
                self.proven = alone and free.proven
        if alone and best is not None and best.unplaced == 0 and self.budget.left >= LEAST_SECONDS:
            same = [a for a in attempt.r.scenario.applicants if not best.choices[attempt.r.changed[a].index]]
            self._take(attempt.better_in_later_aims(best, self.budget.left, same), group)

    def _touched(self) -> set[str]:
        """Whoever has changed in place, and those before the same panel, with whom they could exchange."""
        changed = set(people_changed(difference(self.history.old, self.now.old)))
        panels = {
            (row.session, row.panel)
            for a in changed & set(self.history.applicants)
            for row in self.history.left_rows[a]
            if row.panel
        }
        rows = (row for a in self.history.applicants for row in self.history.left_rows[a])
        return changed | {row.person for row in rows if (row.session, row.panel) in panels}

    def _go_elsewhere(self) -> None:
        """Look for other sessions for those left out, one cluster after the other, most room first."""
        for group, room in _other_sessions(self.now, sorted(self.left_out)):
            movers = _nearest(self.history, self.left_out - self.history.begun_rows.keys(), group, room)
            if not movers or self.budget.left < self.building + LEAST_SECONDS:
                return
            attempt = self._attempt(group, movers)
            hosts = [a for a in attempt.r.scenario.applicants if a not in movers]
            reached = attempt.solve(self.budget.left * ELSEWHERE_SHARE, hosts)
            if reached is not None and reached.elsewhere:
                self._take(reached, group, movers)

    def _attempt(self, group: tuple[str, ...], movers: frozenset[str] = frozenset()) -> Attempt:
        """A model of these sessions as they were at first, beside all others as they are now."""
        began = time.monotonic()
        rows = [row for run in self.now.left if run.session not in group for row in run.entries]
        rows += [row for run in self.history.left if run.session in group for row in run.entries]
        if movers:
            rows = [row for run in self.now.left for row in run.entries]
        here = _with_rows(self.now, rows)
        changed = people_changed(difference(self.history.old, here.old))
        applicants = self.history.problem.applicant_by_reference
        staff = frozenset(y for y in changed if y not in applicants)
        attempt = attempt_at(Scenario(here, group, movers), self.now, self.params, self.budget, staff)
        if not self.budget.deterministic:
            self.building = max(self.building, time.monotonic() - began)
        return attempt

    def _take(self, reached: Reached, group: tuple[str, ...], movers: frozenset[str] = frozenset()) -> bool:
        """Put these sessions into the timetable so far, if it is no worse for it."""
        rows = [row for run in self.now.left if run.session not in group for row in run.entries]
        rows += [row for row in reached.found.entries if row.session in group]
        then = _with_rows(self.now, rows)
        here = {a for a in self.left_out if self.history.session_of[a] in group}
        out = (self.left_out - (movers or here)) | frozenset(reached.found.left_out)
        elsewhere = self.elsewhere + reached.elsewhere

        left = (row for run in then.left for row in run.entries)
        values = (len(out), elsewhere, _people(self.history, left))
        if values > self.values:
            return False
        self.now, self.left_out, self.elsewhere, self.values = then, out, elsewhere, values
        return True


def touched_clusters(history: History) -> list[tuple[str, ...]]:
    """Sessions in which something cannot be held as it is, each with those side by side with it."""
    touched = {run.session for run in history.left if history.is_touched(run)}
    held = [s for s in history.problem.session_by_reference if s in history.old.by_session]
    groups = [group for group in clusters(history.problem, held) if touched & set(group)]
    return sorted(groups, key=lambda group: min(_when(history, s) for s in group))


def _other_sessions(history: History, movers: Sequence[str]) -> list[tuple[tuple[str, ...], int]]:
    """Clusters ahead with room for more, and for how many: most, same venue, nearest first."""
    problem = history.problem
    origin = [problem.session_by_reference[history.session_of[a]] for a in movers if a in history.session_of]

    def room(session: Session) -> int:
        rows = history.old.by_session.get(session.reference, [])
        here = {row.person for row in rows if row.role is Role.APPLICANT}
        rooms = [
            r
            for r in problem.rooms
            if r.venue == session.venue
            and ExerciseKind.PANEL in r.use
            and r.reference not in history.force.rooms_lost
        ]
        panels = min(session.panels_max, len(rooms) or session.panels_max)
        return panels * problem.panel.interviews_max - len(here)

    def distance(group: tuple[str, ...]) -> tuple[int, bool, int, tuple[str, ...]]:
        sessions = [problem.session_by_reference[s] for s in group]
        days = min((abs((s.date - o.date).days) for s in sessions for o in origin), default=0)
        same = any(s.venue == o.venue for s in sessions for o in origin)
        return (-min(len(movers), rooms[group]), not same, days, group)

    ahead = [s for s in problem.sessions if _is_ahead(history, s)]
    groups = clusters(problem, [s.reference for s in ahead])
    rooms = {group: sum(max(0, room(problem.session_by_reference[s])) for s in group) for group in groups}
    roomy = sorted((group for group in groups if rooms[group] > 0), key=distance)
    return [(group, rooms[group]) for group in roomy[:OTHER_SESSIONS_MAX]]


def _nearest(history: History, movers: frozenset[str], group: tuple[str, ...], room: int) -> frozenset[str]:
    """As many movers as there is room for and may come, those with the shortest way first."""
    problem = history.problem
    barred = problem.unavailable | problem.forbidden_pins
    venue = problem.session_by_reference[group[0]].venue
    able = [a for a in movers if any((a, s) not in barred for s in group)]
    return frozenset(sorted(able, key=lambda a: (problem.travel_of(a, venue), a))[:room])


def _with_rows(history: History, rows: Iterable[Entry]) -> History:
    """The history with these rows for everything left to do."""
    return replace(history, old=timetable_of(whole(history, rows), history.old.meetings))


def _people(history: History, rows: Iterable[Entry]) -> int:
    """How many change with these rows for everything left to do."""
    changed = people_changed(difference(history.old, timetable_of(whole(history, rows))))
    return len(_there(history, changed))


def _there(history: History, people: Iterable[str]) -> list[str]:
    return [p for p in people if not history.force.is_absent(history.problem, p)]


def _when(history: History, session: str) -> tuple[object, int]:
    found = history.problem.session_by_reference[session]
    return (found.date, found.window.start)


def _is_ahead(history: History, session: Session) -> bool:
    return history.disruption.now.earliest_start(session) < session.window.end
