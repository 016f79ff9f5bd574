"""A workbook given back as it came, with its faults marked in it.

What is kept is what people see in a sheet: values, formats, notes, drop-downs, links. Macros, pictures,
charts and links to other workbooks stay behind, and a formula that reaches out of the workbook becomes
text. Nothing is computed. What would swell in memory is not kept at all, and `marked_anew.py` takes over.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from api.errors import Fault
from api.exports.keepable import keepable
from api.exports.marks import AUTHOR, FAULTS_SHEET, FILL, HEADINGS, WIDTHS, Line, lines_of, marks_of
from api.imports.raw import RawTables, plain_name
from api.imports.upload import headers_of

if TYPE_CHECKING:
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

# In a formula these lead to another workbook, or to another program.
OUTWARD = ("[", "|", "WEBSERVICE", "HYPERLINK", "RTD(", "CALL(", "REGISTER")
LINKS_KEPT = ("mailto:", "http://", "https://")


def marked_copy(content: bytes, raw: RawTables, faults: Sequence[Fault]) -> bytes | None:
    """The same workbook with marks and a first sheet of faults; None where it cannot be kept safely."""
    try:
        kept = keepable(content)
        return None if kept is None else _marked(kept, raw, faults)
    except Exception:
        # The library raises all manner of things on workbooks that no spreadsheet program made; none of them
        # is the sender's business, who gets their tables back another way.
        return None


def _marked(kept: bytes, raw: RawTables, faults: Sequence[Fault]) -> bytes:
    import openpyxl

    with warnings.catch_warnings():
        # It warns of what it does not keep.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(kept), keep_links=False)
        for sheet in [
            sheet for sheet in book.worksheets if plain_name(sheet.title) == plain_name(FAULTS_SHEET)
        ]:
            book.remove(sheet)
        for sheet in book.worksheets:
            _make_harmless(sheet)
        _drop_outward_names(book)
        headers = {sheet.title: () for sheet in book.worksheets} | headers_of(raw)
        for name, notes in marks_of(faults, headers).items():
            _mark(book[name], notes)
        _write_lines(book, lines_of(faults, headers))
        result = io.BytesIO()
        book.save(result)
    return result.getvalue()


def _make_harmless(sheet: Worksheet) -> None:
    """Also takes away the marks of an earlier time. Only cells that are there are looked at."""
    from openpyxl.cell.cell import MergedCell  # type: ignore[import-untyped]
    from openpyxl.styles import PatternFill  # type: ignore[import-untyped]

    cells: Mapping[tuple[int, int], Any] = sheet._cells
    for cell in list(cells.values()):
        if isinstance(cell, MergedCell):
            continue
        if cell.data_type == "f" and _leads_out(_formula_of(cell.value)):
            _write_text(cell, _formula_of(cell.value))
        link = cell.hyperlink
        if link is not None and link.target and not link.target.lower().startswith(LINKS_KEPT):
            cell.hyperlink = None
        if cell.comment is not None and cell.comment.author == AUTHOR:
            cell.comment = None
            cell.fill = PatternFill()


def _write_text(cell: Any, text: str) -> None:
    """Also what begins like a formula."""
    cell.value = text
    cell.data_type = "s"


def _formula_of(value: object) -> str:
    """A formula's text; those over several cells are objects of their own."""
    return str(getattr(value, "text", value) or "")


def _leads_out(formula: str) -> bool:
    return any(sign in formula.upper() for sign in OUTWARD)


def _drop_outward_names(book: Workbook) -> None:
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in [name for name, defined in names.items() if _leads_out(str(defined.value))]:
            del names[name]


def _mark(sheet: Worksheet, notes: Mapping[tuple[int, int], str]) -> None:
    from openpyxl.comments import Comment  # type: ignore[import-untyped]
    from openpyxl.styles import PatternFill

    fill = PatternFill("solid", start_color=FILL, end_color=FILL)
    first_of_merged = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    for (row, place), note in notes.items():
        cell = sheet.cell(*first_of_merged.get((row, place + 1), (row, place + 1)))
        earlier = "" if cell.comment is None else f"\n\n{cell.comment.text}"
        cell.comment = Comment(f"{note}{earlier}", AUTHOR, height=140, width=280)
        cell.fill = fill


def _write_lines(book: Workbook, lines: Sequence[Line]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
    from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped]

    sheet = book.create_sheet(FAULTS_SHEET, 0)
    book.active = 0
    for place, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), start=1):
        sheet.cell(1, place, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row, line in enumerate(lines, start=2):
        shown = line.cell or ("A1" if line.link else "")
        for place, text in enumerate((line.sheet, shown, line.found, line.wanted), start=1):
            _write_text(sheet.cell(row, place), text)
        if line.link:
            cell = sheet.cell(row, 2)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=line.link)
            cell.style = "Hyperlink"
    sheet.freeze_panes = "A2"
