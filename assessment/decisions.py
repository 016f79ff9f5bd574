"""What named people decided: red flags, applicants below a floor, and ties that the panel settles.

Red flags stand apart from scores: no rating is changed by one. Who raised or decided what, the evidence and
the reasons stay in the campaign's tables: free text may hold names. What a decision does is in `standard.py`
and `ranking.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class FlagDecision(StrEnum):
    """What was decided about a red flag."""

    NO_CONCERN = "no_concern"
    NOT_APPOINTABLE = "not_appointable"


@dataclass(frozen=True, slots=True)
class RedFlag:
    """Something an applicant said or did that no rating should decide.

    `decision` is None until a named person, not the one who raised it, has decided.
    """

    flag: str
    applicant: str
    decision: FlagDecision | None


@dataclass(frozen=True, slots=True)
class StandardDecision:
    """A decision about an applicant below a floor, where the campaign leaves that to the panel."""

    applicant: str
    appointable: bool


@dataclass(frozen=True, slots=True)
class TieDecision:
    """Where an applicant stands among those who are level: 1 comes first."""

    applicant: str
    position: int


@dataclass(frozen=True)
class Decisions:
    """Everything that was decided in a campaign."""

    flags: tuple[RedFlag, ...] = ()
    standards: tuple[StandardDecision, ...] = ()
    ties: tuple[TieDecision, ...] = ()

    @cached_property
    def flags_by_applicant(self) -> dict[str, tuple[RedFlag, ...]]:
        flags: dict[str, tuple[RedFlag, ...]] = {}
        for flag in self.flags:
            flags[flag.applicant] = (*flags.get(flag.applicant, ()), flag)
        return flags

    @cached_property
    def standard_by_applicant(self) -> dict[str, StandardDecision]:
        return {decision.applicant: decision for decision in self.standards}

    @cached_property
    def tie_by_applicant(self) -> dict[str, TieDecision]:
        return {decision.applicant: decision for decision in self.ties}


NO_DECISIONS = Decisions()
