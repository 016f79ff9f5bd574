"""Made-up campaigns to try the program on: published facts fixed, everything else illustrative.

`sample_tables` makes all tables of one; the same name and seed always make the same tables, and every
seed makes a campaign that can be timetabled. Reading order: `regions.py`, `cases.py`, `programme.py`,
`people.py`, `applicants.py`, `plan.py`, `adjustments.py`, `staff.py`, `availability.py`, `attendance.py`,
`ratings.py`; `campaign.py` puts them together.
"""

from __future__ import annotations

from api.campaign import Table
from api.samples.campaign import made_up_campaign
from api.samples.cases import CASE_BY_NAME, CASES

SAMPLE_NAMES: tuple[str, ...] = tuple(case.name for case in CASES)


def sample_tables(name: str, seed: int = 0) -> dict[str, Table]:
    """All tables of the made-up campaign `name`, by table name.

    Raises `KeyError` where no sample has that name (`SAMPLE_NAMES` holds them all).
    """
    tables = made_up_campaign(CASE_BY_NAME[name], seed)
    return {table.name: table for table in tables}
