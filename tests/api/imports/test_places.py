"""Where a fault lies in its sheet."""

from __future__ import annotations

import pytest

from api.errors import Fault
from api.imports.places import address_of, cell_of, quoted, sheet_of

HEADER = ("Applicant", "Name", "Choice 1", "at")


@pytest.mark.parametrize(
    ("row", "column", "cell", "address"),
    [
        (12, "name", (12, 1), "B12"),
        (12, "choice_1", (12, 2), "C12"),
        (12, None, (12, 0), "A12"),
        (12, "AT", (12, 45), "AT12"),
        (12, "at", (12, 3), "D12"),
        (1, "email", (1, 0), "A1"),
        (None, "email", (1, 0), ""),
        (None, None, (1, 0), ""),
    ],
)
def test_cell_of_a_fault_is_found_by_its_header(
    row: int | None, column: str | None, cell: tuple[int, int], address: str
) -> None:
    fault = Fault("applicants", row, column, "x", "y")
    assert (cell_of(fault, HEADER), address_of(fault, HEADER)) == (cell, address)


def test_cell_of_a_setting_is_its_value() -> None:
    fault = Fault("settings", 4, "panel_size", "0", "a whole number")
    assert address_of(fault, ("Setting", "Value")) == "B4"


def test_cell_by_letters_needs_no_header() -> None:
    assert address_of(Fault("ratings", 7, "C", "x", "y"), None) == "C7"


def test_sheet_is_found_whatever_its_spelling() -> None:
    headers = {"Service Users": ("a",), "pins": ("b",)}
    assert sheet_of(Fault("service_users", 2, None, "x", "y"), headers) == "Service Users"
    assert sheet_of(Fault("Service Users", 2, None, "x", "y"), headers) == "Service Users"
    assert sheet_of(Fault("rooms", 2, None, "x", "y"), headers) is None


@pytest.mark.parametrize(
    ("sheet", "written"),
    [("pins", "pins"), ("Service Users", "'Service Users'"), ("O'Neill", "'O''Neill'"), ("A1", "'A1'")],
)
def test_sheet_is_quoted_where_a_spreadsheet_needs_it(sheet: str, written: str) -> None:
    assert quoted(sheet) == written
