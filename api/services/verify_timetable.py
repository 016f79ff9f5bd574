"""A timetable asked every rule, without the solver: also for one made or changed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api.campaign import Campaign
from api.errors import BadInput
from api.imports.repair_record import read_repairs
from api.imports.timetable import read_timetable
from scheduler.checks import breaches_of
from scheduler.checks.repaired import without_a_session
from scheduler.disruption import Repair
from scheduler.rules import Breach
from scheduler.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Verified:
    """The timetable as read, every breach of it, and what could not be checked.

    An applicant without a place breaks no rule, so `unplaced` names them apart, but for the absent. `repairs`
    are those recorded beside it.
    """

    timetable: Timetable
    breaches: tuple[Breach, ...]
    unplaced: tuple[str, ...]
    warnings: tuple[str, ...]
    repairs: tuple[Repair, ...] = ()
    rotations_given: bool = True


def verify_timetable(campaign: Campaign, path: Path, *, standby_allowed: bool = False) -> Verified:
    """Read the timetable at `path`, `timetable.csv` or its folder, and check it.

    Without `rotations.csv` beside it rotations are not checked, and a warning says so. With `repair.json` it
    is a repaired timetable, and what the repairs were told is honoured. Raises `BadInput` where the timetable
    cannot be read.
    """
    reading = read_timetable(path, campaign)
    faults = list(reading.faults)
    repairs = read_repairs(path, campaign, faults)
    if reading.timetable is None or faults:
        raise BadInput(faults, reading.warnings)
    breaches = breaches_of(
        campaign.problem,
        reading.timetable,
        standby_allowed=standby_allowed,
        check_rotations=reading.rotations_given,
        repairs=repairs,
    )
    unplaced = without_a_session(campaign.problem, reading.timetable, repairs)
    return Verified(
        reading.timetable, tuple(breaches), unplaced, reading.warnings, repairs, reading.rotations_given
    )
