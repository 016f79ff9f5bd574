"""Who came, in the made-up campaigns: as many as were published to have come, the rest in the other states.

Non-attendance was published as one number; how it falls into declined, withdrew and did not attend is
made up. The session is that of the planted plan. Read `ratings.py` next.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from api.samples.applicants import MadeUpApplicant
from api.samples.cases import Case
from api.samples.plan import PlantedPlan

_CAME = ("attended", "late", "left_early")
_AWAY = ("did_not_attend", "withdrew", "declined", "did_not_attend", "withdrew")


def attendance_of(case: Case, applicants: Sequence[MadeUpApplicant], rng: random.Random) -> dict[str, str]:
    """The status of each applicant; exactly `case.attended` of them came."""
    references = [a.reference for a in applicants]
    rng.shuffle(references)
    came, away = references[: case.attended], references[case.attended :]
    status = dict.fromkeys(came, "attended")
    for reference in came[: max(1, case.attended // 25)]:
        status[reference] = "late"
    if case.attended > 20:
        status[came[-1]] = "left_early"
    for index, reference in enumerate(away):
        status[reference] = _AWAY[index % len(_AWAY)]
    return status


def came(status: str) -> bool:
    """Whether somebody with this status was there, and so is rated."""
    return status in _CAME


def attendance_rows(
    applicants: Sequence[MadeUpApplicant],
    plan: PlantedPlan,
    status_of: Mapping[str, str],
    rng: random.Random,
) -> tuple[tuple[str, ...], ...]:
    """The attendance table's rows, in order of applicant."""
    start_of = {half.reference: half.start for half in plan.sessions}
    session_of = plan.session_by_applicant
    rows = []
    for applicant in applicants:
        session, status = session_of[applicant.reference], status_of[applicant.reference]
        if came(status):
            offset = rng.randint(10, 25) if status == "late" else -rng.randint(5, 30)
            seen = ("yes", "no" if rng.random() < 0.04 else "yes")
            rows.append((applicant.reference, session, status, _clock(start_of[session], offset), *seen))
        else:
            rows.append((applicant.reference, session, status, "", "", ""))
    return tuple(rows)


def _clock(start: str, offset: int) -> str:
    minutes = int(start[:2]) * 60 + int(start[3:]) + offset
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
