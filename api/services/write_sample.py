"""A made-up campaign, written like any other."""

from __future__ import annotations

from pathlib import Path

from api.errors import BadInput, Fault
from api.samples import SAMPLE_NAMES, sample_tables
from api.services.place_campaign import place_campaign


def write_sample(name: str, seed: int, out: Path) -> int:
    """Write the sample of that name to `out`; the same seed gives the same files.

    Returns the number of tables. Raises `BadInput` for an unknown name or where `out` holds something
    else, `OSError` where it cannot be written.
    """
    if name not in SAMPLE_NAMES:
        raise BadInput([Fault("sample", None, None, f'"{name}"', f"one of {', '.join(SAMPLE_NAMES)}")])
    tables = sample_tables(name, seed)
    place_campaign(tables.values(), out)
    return len(tables)
