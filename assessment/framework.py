"""The frame in which ratings are read: scale, criteria, matrix, standard and tie-break.

All of it is fixed before the first session. Read `ratings.py` next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class BelowFloor(StrEnum):
    """What happens to an applicant who breaks a floor."""

    NOT_APPOINTABLE = "not_appointable"
    PANEL_DISCUSSION = "panel_discussion"


class LastResort(StrEnum):
    """What separates applicants whom every named exercise leaves level."""

    LOT = "lot"
    PANEL = "panel"


@dataclass(frozen=True, slots=True)
class Floor:
    """At most `at_most` final ratings of `rating`, after rounding down."""

    rating: int
    at_most: int


@dataclass(frozen=True)
class Framework:
    """How ratings become an order of merit.

    `weights` maps (exercise, criterion) to a non-negative weight, for each cell of the matrix.
    `standard_percent` is the least overall score as a percentage of the highest possible.
    `tie_break` names exercises in order; `last_resort` follows them.
    """

    scale_min: int
    scale_max: int
    criteria: tuple[str, ...]
    weights: Mapping[tuple[str, str], Fraction]
    raters_min: int
    rating_gap_to_discuss: int
    floors: tuple[Floor, ...]
    below_floor: BelowFloor
    standard_percent: Fraction
    tie_break: tuple[str, ...]
    last_resort: LastResort
    lot_seed: str
