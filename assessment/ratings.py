"""What assessors gave: ratings as first entered, agreed ratings from the wash-up, and attendance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Attendance(StrEnum):
    """How far an applicant came (campaign format, `attendance.status`)."""

    INVITED = "invited"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDREW = "withdrew"
    ATTENDED = "attended"
    LATE = "late"
    LEFT_EARLY = "left_early"
    DID_NOT_ATTEND = "did_not_attend"

    @property
    def came(self) -> bool:
        return self in (Attendance.ATTENDED, Attendance.LATE, Attendance.LEFT_EARLY)


@dataclass(frozen=True, slots=True)
class Rating:
    """One assessor's number for one applicant on one criterion of one exercise, never changed."""

    applicant: str
    exercise: str
    criterion: str
    assessor: str
    rating: Fraction


@dataclass(frozen=True, slots=True)
class AgreedRating:
    """What the wash-up settled for one cell; it takes the place of the mean. `reason` stays with it."""

    applicant: str
    exercise: str
    criterion: str
    rating: Fraction
    reason: str
