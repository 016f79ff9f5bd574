"""The index sets of the placement, and the cuts that running orders have sent back.

Read `variables.py` next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from scheduler.people import Applicant, Assessor
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.programme import Session

Need = tuple[int, bool, bool, bool, int, bool]


@dataclass(frozen=True)
class TimingCut:
    """A proof that a session has no time for these people, whoever its staff are.

    In each of `sessions`, with at most `panels` panels, there are never as many applicants with each of the
    `needs` as stated, or more; with `exactly`, never just as many (least sizes of runs can make more people
    easier to fit). Where `needier_is_harder`, anybody counts among those without needs. It holds for all
    sessions of the same venue and times.
    """

    sessions: tuple[str, ...]
    panels: int
    needier_is_harder: bool
    needs: tuple[tuple[Need, int], ...]
    exactly: bool = False


@dataclass(frozen=True)
class StaffedSession:
    """Who was placed in one session, and how many applicants lacked members of their first choice.

    `interpreters` are pairs of interpreter and applicant.
    """

    session: str
    applicants: frozenset[str]
    assessors: frozenset[str]
    role_players: frozenset[str]
    interpreters: frozenset[tuple[str, str]]
    group: str | None
    lacking: int


@dataclass(frozen=True)
class StaffingCut:
    """These very staff and applicants do not go together, with no more lacking their first choice.

    `everybody` says that the applicants must be just these; else others may be there as well.
    """

    sessions: tuple[StaffedSession, ...]
    everybody: bool


@dataclass(frozen=True)
class Options:
    """Who could go where. People that availability or pins rule out are ruled out by constraints."""

    problem: Problem
    timing_cuts: tuple[TimingCut, ...] = ()
    staffing_cuts: tuple[StaffingCut, ...] = ()

    @cached_property
    def assessors(self) -> tuple[Assessor, ...]:
        """Nobody sits where there are no panels."""
        return self.problem.assessors if self.problem.panel_exercises else ()

    @cached_property
    def by_council(self) -> dict[str, tuple[Assessor, ...]]:
        return {c: tuple(x for x in self.assessors if x.council == c) for c in self.problem.councils}

    @cached_property
    def wanted(self) -> dict[str, tuple[Applicant, ...]]:
        """Applicants by first choice, where a panel should hold members of that council."""
        if self.problem.panel.first_choice_rule is FirstChoiceRule.OFF or not self.problem.panel_exercises:
            return {}
        return {
            c: found
            for c in self.problem.councils
            if (found := tuple(a for a in self.problem.applicants if a.first_choice == c))
        }

    @cached_property
    def panel_slots(self) -> tuple[tuple[str, int], ...]:
        """(session, panel number): the panels that could be staffed."""
        if not self.problem.panel_exercises:
            return ()
        return tuple((s.reference, p) for s in self.problem.sessions for p in range(s.panels_max))

    @cached_property
    def interpreted(self) -> tuple[str, ...]:
        return tuple(a.reference for a in self.problem.applicants if a.adjustment.interpreter)

    def panel_capacity(self, session: Session, begins: int | None = None) -> int:
        """Most applicants one panel can see in this session when it is there no earlier than `begins`.

        The first applicant may prepare before the panel is there.
        """
        window = session.window
        block = sum(
            e.preparation_minutes + e.minutes + e.writing_minutes for e in self.problem.panel_exercises
        )
        ahead = max((e.preparation_minutes for e in self.problem.panel_exercises), default=0)
        start = max(window.start, begins - ahead) if begins is not None else window.start
        return max(0, min(self.problem.panel.interviews_max, (window.end - start) // max(1, block)))


def need_of(problem: Problem, applicant: Applicant, venue: str) -> Need:
    """What makes one applicant harder to fit into a session's times than another."""
    has = applicant.adjustment
    return (
        has.extra_time_percent,
        has.step_free,
        has.quiet_room,
        has.interpreter,
        has.break_minutes,
        problem.must_start_late(applicant.reference, venue),
    )


PLAIN: Need = (0, False, False, False, 0, False)
