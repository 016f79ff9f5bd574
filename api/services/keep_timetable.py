"""A timetable as text and back: the two documents that the database keeps of it, as the CSV files say it.

The readers are those of `api.imports.timetable`, so a text is held to the same rules as a file.
"""

from __future__ import annotations

from api.campaign import Campaign
from api.errors import BadInput
from api.exports.tables import csv_text
from api.imports.timetable import timetable_of_texts
from api.services.schedule_campaign import timetable_tables
from scheduler.timetable import Timetable


def timetable_text(timetable: Timetable) -> tuple[str, str]:
    """What `timetable.csv` and `rotations.csv` say."""
    rows, rotations = timetable_tables(timetable)
    return csv_text(rows), csv_text(rotations)


def timetable_from_text(campaign: Campaign, timetable_csv: str, rotations_csv: str) -> Timetable:
    """The timetable of such texts. Raises `BadInput` where they cannot be read or do not fit the campaign."""
    reading = timetable_of_texts(timetable_csv, rotations_csv, campaign)
    if reading.timetable is None:
        raise BadInput(reading.faults, reading.warnings)
    return reading.timetable
