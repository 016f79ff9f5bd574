"""A blank workbook on disk, for whoever fills in a campaign from nothing. It never replaces a file."""

from __future__ import annotations

from pathlib import Path

from api.errors import BadInput, Fault
from api.exports.blank_workbook import blank_workbook
from api.exports.tables import write_files
from api.services.place_campaign import WORKBOOK_ENDING


def write_blank(out: Path, applicant_choices: int) -> None:
    """Write the workbook to `out`, whole or not at all.

    Raises `BadInput` where the name does not end in `.xlsx` or something is there already, `OSError` where it
    cannot be written.
    """
    if out.suffix.lower() != WORKBOOK_ENDING:
        found = f"a name ending in {out.suffix or 'nothing'}"
        raise BadInput([Fault(out.name, None, None, found, f"a name ending in {WORKBOOK_ENDING}")])
    if out.exists():
        raise BadInput([Fault(out.name, None, None, "something of that name", "a new name")])
    write_files({out.name: blank_workbook(applicant_choices)}, out.parent)
