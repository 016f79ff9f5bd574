"""Who takes part, by reference only.

Names, addresses and protected characteristics never enter the scheduler: an applicant here has a
reference, choices and adjustments. What a person's adjustment is *for* is not recorded anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The arrangements made for one applicant. `break_minutes` 0 means that no break is asked for."""

    extra_time_percent: int = 0
    step_free: bool = False
    quiet_room: bool = False
    interpreter: bool = False
    break_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Applicant:
    """An applicant and the councils they listed, most wanted first."""

    reference: str
    choices: tuple[str, ...] = ()
    adjustment: Adjustment = field(default_factory=Adjustment)

    @property
    def first_choice(self) -> str | None:
        return self.choices[0] if self.choices else None


@dataclass(frozen=True, slots=True)
class Assessor:
    """A member of interview panels. `trained_for` holds exercise references."""

    reference: str
    council: str
    trained_for: frozenset[str]
    half_days_max: int
    chair: bool = False
    safer_recruitment: bool = False
    lived_experience: bool = False
    standby: bool = False


@dataclass(frozen=True, slots=True)
class ServiceUserGroup:
    """Service users who work together. `minutes_max` is per session; None means no limit."""

    reference: str
    members: tuple[str, ...]
    minutes_max: int | None = None


@dataclass(frozen=True, slots=True)
class RolePlayer:
    """`minutes_max` is per session; None means no limit."""

    reference: str
    minutes_max: int | None = None


@dataclass(frozen=True, slots=True)
class Interpreter:
    """An interpreter. They work in pairs, one pair for one applicant's whole session."""

    reference: str


@dataclass(frozen=True, slots=True)
class DeclaredInterest:
    """A declared interest between an applicant and anybody who might meet them in an exercise.

    `excluded` is the decision: True keeps the two apart, False records that it was accepted.
    """

    applicant: str
    person: str
    kind: str
    excluded: bool


@dataclass(frozen=True, slots=True)
class Pin:
    """The organiser's word that a person must, or must not, be in a session."""

    person: str
    session: str
    must: bool
