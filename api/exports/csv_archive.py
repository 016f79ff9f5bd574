"""A whole campaign as one file to keep or to pass on: a .zip of CSV files, one per table.

It reads back to the very same tables (`api.imports.upload`). A workbook of the same is `xlsx.py`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from api.campaign import Table
from api.exports.tables import csv_text

# Without a fixed date the same tables would give other bytes every second.
NOT_DATED = (2000, 1, 1, 0, 0, 0)


def archive_bytes(tables: Iterable[Table]) -> bytes:
    """The archive as the content of a file. The same tables give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            member = zipfile.ZipInfo(f"{table.name}.csv", NOT_DATED)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, csv_text(table))
    return content.getvalue()
