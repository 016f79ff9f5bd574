"""The index sets of the placement, and the cuts that running orders have sent back.

Read `variables.py` next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import combinations_with_replacement, groupby

from scheduler.people import Applicant, Assessor
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.programme import Session

Need = tuple[int, bool, bool, bool, int, bool]

# With more mixes than this, summed over sessions, panels are told apart by number instead.
MIXES_MAX = 10_000


@dataclass(frozen=True)
class TimingCut:
    """A proof that a session has no time for these people, whoever its staff are.

    In each of `sessions`, with at most `panels` panels, there are never as many applicants with each of the
    `needs` as stated, or more; with `exactly`, never just as many (least sizes of runs can make more people
    easier to fit). Where `needier_is_harder`, anybody counts among those without needs. It holds for all
    sessions of the same venue and times. With `waits_minutes` there is time, but these people wait so much
    longer, all together, than each would alone.
    """

    sessions: tuple[str, ...]
    panels: int
    needier_is_harder: bool
    needs: tuple[tuple[Need, int], ...]
    exactly: bool = False
    waits_minutes: int = 0


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

    `everybody` says that the applicants must be just these; else others may be there as well. With
    `waits_minutes` they do go together, but wait so much longer, all together, than each would alone.
    """

    sessions: tuple[StaffedSession, ...]
    everybody: bool
    waits_minutes: int = 0


@dataclass(frozen=True)
class ApplicantClass:
    """Applicants whom no rule tells apart: only how far they travel may differ."""

    number: int
    members: tuple[Applicant, ...]

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(applicant.reference for applicant in self.members)

    def journeys(self, problem: Problem, venues: tuple[str, ...]) -> tuple[tuple[Applicant, ...], ...]:
        """The members by how far they travel to each venue."""
        found: dict[tuple[int, ...], list[Applicant]] = {}
        for applicant in self.members:
            minutes = tuple(problem.travel_of(applicant.reference, v) for v in venues)
            found.setdefault(minutes, []).append(applicant)
        return tuple(tuple(alike) for alike in found.values())


class PanelsApart(Enum):
    """How the panels of one session are told apart in the model.

    By number CP-SAT finds a first placement soonest. By mix of councils nothing is left for fractions that
    mean nothing, which travel needs; where mixes are too many, it is by number all the same. Not at all, all
    panels of a session are one pool of members: for any such pool there are panels, but whom they serve is
    only bounded, so it answers for tiers 1 to 3 alone.
    """

    NOT = "not"
    BY_NUMBER = "by number"
    BY_MIX = "by mix"


@dataclass(frozen=True)
class PanelColumn:
    """Up to `most` panels of one session whose members by council are `mix`; with None it is left open."""

    session: str
    number: int
    most: int
    mix: Mapping[str, int] | None

    @property
    def key(self) -> tuple[str, int]:
        return (self.session, self.number)

    @property
    def is_pool(self) -> bool:
        """Several panels that are not told apart; a single one is itself, whatever it is called."""
        return self.mix is None and self.most > 1


@dataclass(frozen=True)
class Options:
    """Who could go where. People that availability or pins rule out are ruled out by constraints."""

    problem: Problem
    timing_cuts: tuple[TimingCut, ...] = ()
    staffing_cuts: tuple[StaffingCut, ...] = ()
    apart: PanelsApart = PanelsApart.BY_MIX

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
    def classes(self) -> tuple[ApplicantClass, ...]:
        """Applicants whom no rule tells apart, whoever they are; those with interpreters each alone."""
        found: dict[object, list[Applicant]] = {}
        for applicant in self.problem.applicants:
            found.setdefault(self._likeness(applicant), []).append(applicant)
        return tuple(ApplicantClass(k, tuple(members)) for k, members in enumerate(found.values()))

    @cached_property
    def class_of(self) -> dict[str, ApplicantClass]:
        return {applicant.reference: k for k in self.classes for applicant in k.members}

    def _likeness(self, applicant: Applicant) -> object:
        problem, a = self.problem, applicant.reference
        return (
            applicant.first_choice if applicant.first_choice in self.wanted else None,
            applicant.adjustment,
            a if applicant.adjustment.interpreter else "",
            tuple(v for v in self.venues if problem.must_start_late(a, v)),
            tuple(s.reference for s in problem.sessions if not self.may_be_in(a, s.reference)),
            self._excluded_by_applicant.get(a, ()),
        )

    @cached_property
    def _excluded_by_applicant(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for a, person in sorted(self.problem.excluded_pairs):
            found.setdefault(a, []).append(person)
        return {a: tuple(people) for a, people in found.items()}

    def excluded_from(self, k: ApplicantClass) -> tuple[str, ...]:
        """Whom declared interests keep this class from meeting."""
        return self._excluded_by_applicant.get(k.members[0].reference, ())

    def may_be_in(self, person: str, session: str) -> bool:
        """Whether availability and pins let somebody be there."""
        problem = self.problem
        elsewhere = self._pinned_applicants.get(person, session) != session
        return problem.available(person, session) and not (
            elsewhere or (person, session) in problem.forbidden_pins
        )

    @cached_property
    def _pinned_applicants(self) -> dict[str, str]:
        """With two different pins nobody is anywhere: the second counts as another place still."""
        found: dict[str, str] = {}
        for person, s in sorted(self.problem.required_pins):
            if person in self.problem.applicant_by_reference:
                found[person] = s if found.get(person, s) == s else ""
        return found

    @cached_property
    def venues(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(session.venue for session in self.problem.sessions))

    def sessions_at(self, venue: str) -> tuple[str, ...]:
        return tuple(s.reference for s in self.problem.sessions if s.venue == venue)

    @cached_property
    def mixes(self) -> tuple[dict[str, int], ...] | None:
        """Every way to make up a panel of councils: members by council. None where there are too many."""
        if self.apart is not PanelsApart.BY_MIX:
            return None
        rules, councils = self.problem.panel, self.problem.councils
        most = MIXES_MAX // max(1, len(self.problem.sessions))
        found: list[dict[str, int]] = []
        for tried, members in enumerate(combinations_with_replacement(councils, rules.size)):
            counted = Counter(members)
            if tried > 50 * MIXES_MAX or len(found) > most:
                return None
            if (
                counted[self.problem.lead_council] >= rules.lead_members
                and max(counted.values()) <= rules.one_council_max
                and all(number <= len(self.by_council[c]) for c, number in counted.items())
            ):
                found.append(dict(counted))
        return tuple(found)

    @cached_property
    def columns(self) -> tuple[PanelColumn, ...]:
        """What panels there could be: so many of each mix, one of each number, or so many in all."""
        if not self.problem.panel_exercises:
            return ()
        if self.apart is PanelsApart.NOT:
            return tuple(PanelColumn(s.reference, 0, s.panels_max, None) for s in self.problem.sessions)
        if self.mixes is None:
            return tuple(
                PanelColumn(s.reference, p, 1, None)
                for s in self.problem.sessions
                for p in range(s.panels_max)
            )
        return tuple(
            PanelColumn(s.reference, number, s.panels_max, mix)
            for s in self.problem.sessions
            for number, mix in enumerate(self.mixes)
        )

    @cached_property
    def _columns_by_session(self) -> dict[str, tuple[PanelColumn, ...]]:
        by_session = groupby(self.columns, key=lambda column: column.session)
        return {s: tuple(columns) for s, columns in by_session}

    def columns_of(self, session: str) -> tuple[PanelColumn, ...]:
        return self._columns_by_session.get(session, ())

    @cached_property
    def _journeys_by_class(self) -> tuple[tuple[tuple[Applicant, ...], ...], ...]:
        return tuple(k.journeys(self.problem, self.venues) for k in self.classes)

    def journeys_of(self, k: ApplicantClass) -> tuple[tuple[Applicant, ...], ...]:
        """The members of a class by how far they travel to each venue."""
        return self._journeys_by_class[k.number]

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
