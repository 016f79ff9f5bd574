"""A made-up campaign, written like any other; or a whole made-up country of them.

Answers to an equality form go to a folder of their own: nothing that reads a campaign may see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from api.campaign import Table
from api.errors import BadInput, Fault
from api.exports.tables import write_folder
from api.samples import NAMES_IN_WORDS, NATIONAL, made_up_monitoring, national_tables, sample_tables
from api.services.place_campaign import WORKBOOK_ENDING, place_campaigns

AFTER_ITS_DAY = "attendance"


def write_sample(name: str, seed: int, out: Path, answers: Path | None = None) -> int:
    """Write the sample of that name to `out`; the same seed gives the same files.

    The sample `national` is a folder with a folder for each partnership. With `answers`, made-up answers to
    an equality form are written to that folder as `monitoring.csv`. Returns the number of the campaigns'
    tables. Raises `BadInput` for an unknown name, for answers to a sample that ends before its day, or where
    `out` holds something else, `OSError` where it cannot be written.
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
    if answers is not None:
        refuse_answers(campaigns, out, answers)
    place_campaigns({place: tables.values() for place, tables in campaigns.items()})
    if answers is not None:
        applicants = [row[0] for row in campaigns[out]["applicants"].rows]
        write_folder([made_up_monitoring(name, seed, applicants)], answers)
    return sum(len(tables) for tables in campaigns.values())


def refuse_answers(campaigns: Mapping[Path, Mapping[str, Table]], out: Path, answers: Path) -> None:
    """Answers belong to one campaign after its day, and never among its tables. Raises `BadInput`."""
    if AFTER_ITS_DAY not in campaigns.get(out, {}):
        wanted = "a sample that goes beyond its day: tiny or one of the south-west ones"
        raise BadInput([Fault("--answers", None, None, "a sample that ends before its day", wanted)])
    if answers.resolve() == out.resolve():
        wanted = "a folder apart from the campaign's"
        raise BadInput([Fault("--answers", None, None, "the campaign's own folder", wanted)])
