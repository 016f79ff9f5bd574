"""Who has which adjustment: about 8 % extra time, 3 % step-free, a quiet room, one interpreter pair, breaks.

They are spread over the planted sessions, one of a kind in each, and kept from applicants who must start
late, so that every planted session can be run. Only the arrangement exists, never a reason.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from api.samples.applicants import MadeUpApplicant
from api.samples.cases import Case, HalfDay
from api.samples.plan import PlantedPlan


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One applicant's cells from `extra_time_percent` on; empty is the default."""

    extra_time_percent: str = ""
    step_free: str = ""
    quiet_room: str = ""
    interpreter: str = ""
    break_minutes: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return (
            self.extra_time_percent, self.step_free, self.quiet_room, self.interpreter, self.break_minutes
        )  # fmt: skip


def arrangements(
    case: Case, applicants: Sequence[MadeUpApplicant], plan: PlantedPlan, rng: random.Random
) -> dict[str, Arrangement]:
    """The arrangement of each applicant who has one, by reference."""
    people = len(applicants)
    kinds = (
        [Arrangement(interpreter="yes")] * (people > 20)
        + [Arrangement(extra_time_percent="25", quiet_room="yes")] * max(1, people // 100)
        + [Arrangement(break_minutes="15")] * max(1, people // 70)
        + [Arrangement(step_free="yes")] * max(1, round(people * 0.03))
        + [Arrangement(extra_time_percent="25")] * max(1, round(people * 0.075))
    )
    session_of = plan.session_by_applicant
    halves = {half.reference: half for half in plan.sessions}
    open_to = [a for a in applicants if not _starts_late(case, a, halves[session_of[a.reference]])]
    rng.shuffle(open_to)
    given: dict[str, Arrangement] = {}
    load = dict.fromkeys(halves, 0)
    for kind in kinds:
        free = [a for a in open_to if a.reference not in given]
        if not free:
            break
        chosen = min(free, key=lambda a: load[session_of[a.reference]])
        load[session_of[chosen.reference]] += 1
        given[chosen.reference] = kind
    return given


def _starts_late(case: Case, applicant: MadeUpApplicant, half: HalfDay) -> bool:
    return half.is_morning and case.region.minutes(applicant.home, half.venue) > 90
