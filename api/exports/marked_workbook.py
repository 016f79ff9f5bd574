"""An upload given back with its faults marked: each faulty cell in colour with a note, and all in a list.

A workbook comes back as it was, formats and all, as far as it is safe to keep (`marked_copy.py`); CSV
files, and a workbook too odd or too large for that, come back as a workbook of their tables
(`marked_anew.py`). Corrected and sent again it is read like any other: the reader passes over the sheet
"Faults", and notes mean nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from api.errors import Fault
from api.exports.marked_anew import marked_anew
from api.exports.marked_copy import marked_copy
from api.imports.upload import Upload, raw_of_uploads


def marked_workbook(uploads: Sequence[Upload], faults: Sequence[Fault]) -> bytes:
    """An .xlsx workbook whose first sheet lists the faults. Whatever was uploaded, it never raises."""
    raw = raw_of_uploads(uploads)
    given = [upload for upload in uploads if upload.content]
    if len(given) == 1 and given[0].name.lower().strip().endswith(".xlsx"):
        copy = marked_copy(given[0].content, raw, faults)
        if copy is not None:
            return copy
    return marked_anew(raw, faults)
