"""Files that somebody takes away: each goes through `file`, and the audit tells of it."""

from __future__ import annotations

from fastapi.responses import Response

from api.campaign import Table
from api.exports.tables import csv_text
from api.exports.xlsx import workbook_bytes
from api.routes.access import Caller
from api.services.note_download import Download

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def file(caller: Caller, content: bytes, name: str) -> Response:
    """A download under this name, whose ending says what it is."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name)
    caller.given.append(Download(plain, content))
    return Response(
        content,
        media_type=KINDS[plain.rpartition(".")[2]],
        headers={"content-disposition": f'attachment; filename="{plain}"'},
    )


def table_file(caller: Caller, table: Table, kind: str, name: str = "") -> Response:
    """One table as a workbook where `kind` is xlsx, else as CSV; under its own name or the one given."""
    if kind == "xlsx":
        return file(caller, workbook_bytes([table]), f"{name or table.name}.xlsx")
    return file(caller, csv_text(table).encode(), f"{name or table.name}.csv")
