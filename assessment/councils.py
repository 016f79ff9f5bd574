"""The councils' side of the allocation: places, and the choices applicants made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Places:
    """Places by council reference, in the order of the campaign's councils table."""

    by_council: Mapping[str, int]
    lead_council: str


@dataclass(frozen=True)
class Choices:
    """Each applicant's listed councils, most wanted first. Nobody is offered a council not listed."""

    by_applicant: Mapping[str, tuple[str, ...]]
