"""Whether a counted number is really reached: made-up applicants are timetabled by the real solver.

Counting alone promises nothing. A trial places so many plain applicants, who have no adjustments and may
come to any session, among the campaign's own rooms, sessions and staff, with every rule. What it shows is
shown; where it falls short within its time, more may still be possible up to its bound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from scheduler.params import Params
from scheduler.people import Applicant
from scheduler.planning.plan import Held, Trial
from scheduler.planning.spread import Origin
from scheduler.planning.usage import usage_of
from scheduler.problem import Problem
from scheduler.result import Result, Watcher
from scheduler.rules import FIXED_TIERS
from scheduler.solver.schedule import schedule
from scheduler.timetable import Timetable

# Who travels how far does not change what fits.
TIERS = ("unplaced", "panel_half_days", "sessions_held", "without_first_choice_member")
# How many fit is asked by the first aim alone; the second always goes with it.
TIERS_FOR_MOST = FIXED_TIERS


def trial_of(problem: Problem, params: Params, watch: Watcher | None = None, *, most: bool = False) -> Trial:
    """Timetable the problem's own applicants, with the first four aims only; with `most`, the first two."""
    tiers = TIERS_FOR_MOST if most else TIERS
    return _trial(problem, schedule(replace(problem, tiers=tiers), params, watch))


def with_plain_applicants(problem: Problem, origins: Iterable[Origin]) -> Problem:
    """The campaign with made-up applicants in place of its own, who ask for nothing but their first choice.

    What was declared, pinned or said about its own applicants is left out with them.
    """
    applicants: list[Applicant] = []
    minutes = dict(problem.travel_minutes)
    for origin in origins:
        for _ in range(origin.applicants):
            reference = f"made-up-{len(applicants) + 1:04d}"
            choices = (origin.first_choice,) if origin.first_choice else ()
            applicants.append(Applicant(reference, choices))
            minutes.update({(reference, venue): taken for venue, taken in origin.minutes.items()})
    own = set(problem.applicant_by_reference)
    return replace(
        problem,
        applicants=tuple(applicants),
        travel_minutes=minutes,
        interests=(),
        pins=tuple(pin for pin in problem.pins if pin.person not in own),
    )


def _trial(problem: Problem, result: Result) -> Trial:
    unplaced = {tier.name: tier for tier in result.objective}.get("unplaced")
    number = len(problem.applicants)
    table = result.timetable
    lacking = {tier.name: tier.value for tier in result.objective}.get("without_first_choice_member", 0)
    return Trial(
        applicants=number,
        placed=len(table.session_of_applicant),
        placed_max=number - (unplaced.bound if unplaced else 0),
        held=_held(problem, table),
        used=usage_of(problem, table),
        without_first_choice=lacking,
    )


def _held(problem: Problem, table: Timetable) -> tuple[Held, ...]:
    people = Counter(table.session_of_applicant.values())
    panels = Counter(panel.session for panel in table.panels)
    return tuple(
        Held(s.reference, people[s.reference], panels[s.reference])
        for s in problem.sessions
        if people[s.reference]
    )
