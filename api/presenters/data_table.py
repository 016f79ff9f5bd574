"""A table as a page shows it: searched, sorted and cut into pages by what its address says.

Every list of the service is made by `data_table` and drawn by `templates/components/service/data_table.html`.
All rows are handed in; only those of one page are drawn. `rows_to_download` gives a file the same rows.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

PAGE_ROWS = 50
SEARCH_LETTERS_MAX = 100
PAGE_MAX = 1_000_000
NUMBERS_IN = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is how the address names it. Numbers stand to the right; `sortable` offers to sort by it."""

    key: str
    label: str
    number: bool = False
    sortable: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says. `url` leads to what it counts or names; `note` stands small below it.

    `order` is what to sort by where that is not the text; `spoken` is what a screen reader says of a link
    that is only a number; `tag` shows the text as a tag of that colour: green, red, yellow, blue or grey.
    """

    text: str
    url: str | None = None
    order: str | float | None = None
    note: str | None = None
    spoken: str | None = None
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class TableQuery:
    """What the reader asked of a table."""

    search: str = ""
    sort: str = ""
    down: bool = False
    page: int = 1

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> TableQuery:
        """From an address; anything it cannot understand it passes over."""
        number = parameters.get("page", "")
        known = number.isascii() and number.isdigit() and len(number) <= len(str(PAGE_MAX))
        return cls(
            search=" ".join(parameters.get("search", "").split())[:SEARCH_LETTERS_MAX],
            sort=parameters.get("sort", ""),
            down=parameters.get("order", "") == "down",
            page=max(1, int(number)) if known else 1,
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head. `url` sorts by it, the other way round where it is sorted already."""

    label: str
    number: bool
    url: str | None
    direction: str | None


@dataclass(frozen=True, slots=True)
class Download:
    """One file with all rows that were found: "CSV" or "Excel", and where it is."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table ready to be drawn. `found` of `total` rows match; `rows` are those of this `page` of `pages`.

    `kept` are the other parts of the address, to be handed on by the search box.
    """

    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    search: str
    found: int
    total: int
    page: int
    pages: int
    previous_url: str | None
    next_url: str | None
    all_url: str
    action: str
    kept: tuple[tuple[str, str], ...]
    downloads: tuple[Download, ...]
    noun: str
    nouns: str
    anchor: str


def data_table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | str | int]],
    query: TableQuery,
    action: str,
    *,
    nouns: tuple[str, str] = ("row", "rows"),
    kept: Sequence[tuple[str, str]] = (),
    downloads: Sequence[tuple[str, str]] = (("CSV", "csv"), ("Excel", "xlsx")),
    page_rows: int = PAGE_ROWS,
    anchor: str = "table",
) -> DataTable:
    """The rows that the query finds, in its order, one page of them.

    `action` is the path of this page; `kept` are parameters of its address that are not the table's.
    `downloads` are pairs of a label and a format; each leads to the same address with `download=<format>`.
    """
    found = rows_to_download(columns, rows, query)
    pages = max(1, -(-len(found) // page_rows))
    shown = replace(query, page=min(query.page, pages))

    def address(asked: TableQuery, download: str = "") -> str:
        return _address(action, kept, asked, download)

    return DataTable(
        caption=caption,
        headings=tuple(_heading(column, shown, address(_sorted_by(column, shown))) for column in columns),
        rows=tuple(found[(shown.page - 1) * page_rows : shown.page * page_rows]),
        search=shown.search,
        found=len(found),
        total=len(rows),
        page=shown.page,
        pages=pages,
        previous_url=address(replace(shown, page=shown.page - 1)) if shown.page > 1 else None,
        next_url=address(replace(shown, page=shown.page + 1)) if shown.page < pages else None,
        all_url=address(replace(shown, search="", page=1)),
        action=action,
        kept=(*kept, *_parameters(replace(shown, search="", page=1))),
        downloads=tuple(Download(label, address(replace(shown, page=1), kind)) for label, kind in downloads),
        noun=nouns[0],
        nouns=nouns[1],
        anchor=anchor,
    )


def rows_to_download(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell | str | int]], query: TableQuery
) -> list[tuple[Cell, ...]]:
    """Every row that the query finds, in its order, not cut into pages."""
    cells = [tuple(_cell(value) for value in row) for row in rows]
    words = _folded(query.search).split()
    if words:
        cells = [row for row in cells if _holds(row, words)]
    places = {column.key: place for place, column in enumerate(columns) if column.sortable}
    if query.sort in places:
        place = places[query.sort]
        told = [row for row in cells if _order_value(row[place]) != ""]
        told.sort(key=lambda row: _order(row[place]), reverse=query.down)
        # What is empty comes last, whichever way round.
        cells = told + [row for row in cells if _order_value(row[place]) == ""]
    return cells


def _cell(value: Cell | str | int) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell(f"{value:,}", order=value) if isinstance(value, int) else Cell(value)


def _holds(row: Sequence[Cell], words: Sequence[str]) -> bool:
    text = _folded(" ".join(f"{cell.text} {cell.note or ''}" for cell in row))
    return all(word in text for word in words)


def _order(cell: Cell) -> tuple[float, list[tuple[int, int, str]]]:
    """Numbers by size, A9 before A10, Zoë beside Zoe, digits before letters."""
    value = _order_value(cell)
    if not isinstance(value, str):
        return (value, [])
    parts = [part for part in NUMBERS_IN.split(_folded(value)) if part]
    return (math.inf, [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts])


def _order_value(cell: Cell) -> str | float:
    return cell.text if cell.order is None else cell.order


def _folded(text: str) -> str:
    """In small letters and without accents, as people type when they look for a name."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _heading(column: Column, query: TableQuery, url: str) -> Heading:
    here = column.sortable and query.sort == column.key
    direction = ("descending" if query.down else "ascending") if here else None
    return Heading(column.label, column.number, url if column.sortable else None, direction)


def _sorted_by(column: Column, query: TableQuery) -> TableQuery:
    turned = query.sort == column.key and not query.down
    return replace(query, sort=column.key, down=turned, page=1)


def _parameters(query: TableQuery) -> list[tuple[str, str]]:
    """Only what is not as it would be without saying."""
    pairs = (
        ("search", query.search),
        ("sort", query.sort),
        ("order", "down" if query.down else ""),
        ("page", str(query.page) if query.page > 1 else ""),
    )
    return [(name, value) for name, value in pairs if value]


def _address(action: str, kept: Sequence[tuple[str, str]], query: TableQuery, download: str) -> str:
    pairs = [*kept, *_parameters(query), *([("download", download)] if download else [])]
    return f"{action}?{urlencode(pairs)}" if pairs else action
