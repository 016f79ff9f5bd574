"""Tables out: a folder of CSV files that read back to the very same tables, written whole or not at all.

The workbook is in `xlsx.py`, the reader in `api.imports`. A spreadsheet takes a cell that begins with `=`
and the like for a formula, which somebody's name or evidence must never become; such cells get a single
quote in front, which the reader takes away again.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from api.campaign import Table
from api.exports.xlsx import write_workbook as write_workbook

PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
NEEDS_QUOTE = re.compile(r"'*[=+\-@\t\r＝＋－＠|%]")  # noqa: RUF001  (the wide forms are meant)


def write_folder(tables: Iterable[Table], out: Path) -> None:
    """Write each table to `out`/name.csv: UTF-8, one line feed after each row.

    All files are written beside their places first and then renamed, so that none is ever half there.
    Other files of the folder stay. Raises `OSError` where the folder cannot be written.
    """
    texts = {f"{table.name}.csv": csv_text(table) for table in tables}
    write_files({name: text.encode() for name, text in texts.items()}, out)


def write_files(content_by_name: dict[str, bytes], out: Path) -> None:
    """Write several files into a folder, which is made where it is missing: all of them or none."""
    out.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".writing-", dir=out))
    try:
        for name, content in content_by_name.items():
            (beside / name).write_bytes(content)
        for name in content_by_name:
            os.replace(beside / name, out / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def csv_text(table: Table) -> str:
    """The table as the text of a CSV file, header first."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(table.columns)
    writer.writerows([neutral(cell) for cell in row] for row in table.rows)
    return text.getvalue()


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; plain numbers stay as they are."""
    if NEEDS_QUOTE.match(cell) and not PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
