"""A timetable asked every rule, without the solver: also for one made or changed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api.campaign import Campaign
from api.errors import BadInput
from api.imports.timetable import read_timetable
from scheduler.checks import breaches_of
from scheduler.rules import Breach
from scheduler.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Verified:
    """The timetable as read, every breach of it, and what could not be checked.

    An applicant without a place breaks no rule, so `unplaced` names them apart.
    """

    timetable: Timetable
    breaches: tuple[Breach, ...]
    unplaced: tuple[str, ...]
    warnings: tuple[str, ...]


def verify_timetable(campaign: Campaign, path: Path, *, standby_allowed: bool = False) -> Verified:
    """Read the timetable at `path`, `timetable.csv` or its folder, and check it.

    Without `rotations.csv` beside it rotations are not checked, and a warning says so. Raises `BadInput`
    where the timetable cannot be read.
    """
    reading = read_timetable(path, campaign)
    if reading.timetable is None:
        raise BadInput(reading.faults, reading.warnings)
    breaches = breaches_of(
        campaign.problem,
        reading.timetable,
        standby_allowed=standby_allowed,
        check_rotations=reading.rotations_given,
    )
    placed = reading.timetable.session_of_applicant
    unplaced = tuple(a.reference for a in campaign.problem.applicants if a.reference not in placed)
    return Verified(reading.timetable, tuple(breaches), unplaced, reading.warnings)
