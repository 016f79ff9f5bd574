"""Lists as pages show them: found, sorted, cut into pages, with addresses that say the same again."""

from __future__ import annotations

import pytest

from api.presenters.data_table import (
    Cell,
    Column,
    DataTable,
    Download,
    Heading,
    TableQuery,
    data_table,
    rows_to_download,
)

COLUMNS = (
    Column("reference", "Reference"),
    Column("name", "Name", sortable=False),
    Column("minutes", "Minutes", number=True),
)
ROWS = (
    ("A10", Cell("Zoë Okafor"), 1200),
    ("A9", Cell("Amina Khan", note="Reserve"), 35),
    ("A1", "Bryn Lee", 40),
)


def references(query: TableQuery) -> list[str]:
    return [row[0].text for row in rows_to_download(COLUMNS, ROWS, query)]


def test_rows_stay_in_their_order_until_sorted() -> None:
    assert references(TableQuery()) == ["A10", "A9", "A1"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (TableQuery(sort="reference"), ["A1", "A9", "A10"]),
        (TableQuery(sort="minutes"), ["A9", "A1", "A10"]),
        (TableQuery(sort="minutes", down=True), ["A10", "A1", "A9"]),
        (TableQuery(sort="name"), ["A10", "A9", "A1"]),
        (TableQuery(sort="nothing"), ["A10", "A9", "A1"]),
    ],
)
def test_rows_are_sorted_by_size_where_the_column_may_be(query: TableQuery, expected: list[str]) -> None:
    assert references(query) == expected


@pytest.mark.parametrize(
    ("search", "expected"),
    [("zoe", ["A10"]), ("OKAFOR a10", ["A10"]), ("reserve", ["A9"]), ("1,200", ["A10"]), ("nobody", [])],
)
def test_search_wants_every_word_and_no_accent(search: str, expected: list[str]) -> None:
    assert references(TableQuery(search=search)) == expected


def test_empty_cells_and_mixed_cells_can_be_sorted() -> None:
    rows = [(text,) for text in ("B", "", "10", "a2", "9")]
    for down, expected in ((False, ["9", "10", "a2", "B", ""]), (True, ["B", "a2", "10", "9", ""])):
        found = rows_to_download([Column("x", "X")], rows, TableQuery(sort="x", down=down))
        assert [row[0].text for row in found] == expected


def test_rows_without_an_order_of_their_own_keep_the_one_they_had() -> None:
    rows = [("b", 1), ("a", 1), ("c", 1)]
    columns = [Column("x", "X"), Column("n", "N", number=True)]
    for down in (False, True):
        found = rows_to_download(columns, rows, TableQuery(sort="n", down=down))
        assert [row[0].text for row in found] == ["b", "a", "c"]


def test_table_says_what_is_shown_and_where_the_rest_is() -> None:
    query = TableQuery(search="a", sort="reference", page=9)
    assert data_table(
        "People",
        COLUMNS,
        ROWS,
        query,
        "/people",
        nouns=("person", "people"),
        kept=[("draft", "4")],
        page_rows=2,
    ) == DataTable(
        caption="People",
        headings=(
            Heading("Reference", False, "/people?draft=4&search=a&sort=reference&order=down", "ascending"),
            Heading("Name", False, None, None),
            Heading("Minutes", True, "/people?draft=4&search=a&sort=minutes", None),
        ),
        rows=((Cell("A10"), Cell("Zoë Okafor"), Cell("1,200", order=1200)),),
        search="a",
        found=3,
        total=3,
        page=2,
        pages=2,
        previous_url="/people?draft=4&search=a&sort=reference",
        next_url=None,
        all_url="/people?draft=4&sort=reference",
        action="/people",
        kept=(("draft", "4"), ("sort", "reference")),
        downloads=(
            Download("CSV", "/people?draft=4&search=a&sort=reference&download=csv"),
            Download("Excel", "/people?draft=4&search=a&sort=reference&download=xlsx"),
        ),
        noun="person",
        nouns="people",
        anchor="table",
    )


def test_query_is_read_from_an_address() -> None:
    address = {"search": "  Zoë   Ok ", "sort": "name", "order": "down", "page": "3"}
    assert TableQuery.read(address) == TableQuery("Zoë Ok", "name", True, 3)


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 5000, ""])
def test_page_that_cannot_be_is_the_first(page: str) -> None:
    assert TableQuery.read({"page": page}) == TableQuery()
