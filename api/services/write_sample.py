"""A made-up campaign, written like any other; or a whole made-up country of them."""

from __future__ import annotations

from pathlib import Path

from api.errors import BadInput, Fault
from api.samples import NAMES_IN_WORDS, NATIONAL, national_tables, sample_tables
from api.services.place_campaign import WORKBOOK_ENDING, place_campaigns


def write_sample(name: str, seed: int, out: Path) -> int:
    """Write the sample of that name to `out`; the same seed gives the same files.

    The sample `national` is a folder with a folder for each partnership. Returns the number of tables.
    Raises `BadInput` for an unknown name or where `out` holds something else, `OSError` where it cannot be
    written.
    """
    if name == NATIONAL:
        if out.suffix.lower() == WORKBOOK_ENDING or out.is_file():
            raise BadInput([Fault(out.name, None, None, "one file for many campaigns", "a folder's name")])
        campaigns = {out / campaign: tables for campaign, tables in national_tables(seed).items()}
    else:
        try:
            campaigns = {out: sample_tables(name, seed)}
        except KeyError:
            wanted = f"one of {NAMES_IN_WORDS}"
            raise BadInput([Fault("sample", None, None, f'"{name}"', wanted)]) from None
    place_campaigns({place: tables.values() for place, tables in campaigns.items()})
    return sum(len(tables) for tables in campaigns.values())
