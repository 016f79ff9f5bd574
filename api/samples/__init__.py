"""Made-up campaigns to try the program on: published facts fixed, everything else illustrative.

`sample_tables` makes all tables of one; the same name and seed always make the same tables, and every
seed makes a campaign that can be timetabled. Reading order: `regions.py`, `cases.py`, `sizes.py`,
`programme.py`, `people.py`, `applicants.py`, `plan.py`, `adjustments.py`, `staff.py`, `availability.py`,
`attendance.py`, `ratings.py`; `campaign.py` puts them together. `monitoring.py` makes a table beside them.
"""

from __future__ import annotations

import re

from api.campaign import Table
from api.samples.campaign import made_up_campaign
from api.samples.cases import CASE_BY_NAME, CASES, Case
from api.samples.monitoring import made_up_monitoring as made_up_monitoring
from api.samples.sizes import NATIONAL as NATIONAL
from api.samples.sizes import SIZE_MAX, SIZE_MIN, SIZES, case_of_size, national_cases

SAMPLE_NAMES: tuple[str, ...] = tuple(case.name for case in CASES)
SIZE_NAMES: tuple[str, ...] = tuple(f"size-{size}" for size in SIZES)
# How the names that may be asked for are told to people.
NAMES_IN_WORDS = f"{', '.join(SAMPLE_NAMES)}, size-N with N from {SIZE_MIN} to {SIZE_MAX}, or {NATIONAL}"


def sample_tables(name: str, seed: int = 0) -> dict[str, Table]:
    """All tables of the made-up campaign `name`, by table name.

    `name` is one of `SAMPLE_NAMES`, or `size-N` for a campaign of N applicants before its day. Raises
    `KeyError` where no sample has that name.
    """
    return _tables(case_named(name), seed)


def national_tables(seed: int = 0) -> dict[str, dict[str, Table]]:
    """The tables of the 22 partnerships of a made-up country, by partnership: 4,391 applicants in all."""
    return {case.name: _tables(case, seed) for case in national_cases()}


def case_named(name: str) -> Case:
    """What the campaign `name` is made from. Raises `KeyError` where no sample has that name."""
    size = re.fullmatch(r"size-([1-9][0-9]{0,3})", name)
    if size and SIZE_MIN <= int(size[1]) <= SIZE_MAX:
        return case_of_size(int(size[1]))
    return CASE_BY_NAME[name]


def _tables(case: Case, seed: int) -> dict[str, Table]:
    return {table.name: table for table in made_up_campaign(case, seed)}
