"""CSV out and in again: the very same cells, nothing a spreadsheet would run, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.campaign import Table
from api.exports.tables import csv_text, neutral, write_files, write_folder
from api.imports.csv_folder import read_csv_file
from api.imports.raw import tidy
from api.imports.read import read_campaign
from tests.api.campaigns import SOUND, sound_campaign

DANGEROUS = ["=1+1", "+44", "-x", "@me", "＝1", "＋1", "－1", "＠1", "|cmd", "%x", "'=1", "''@"]  # noqa: RUF001


def test_csv_text_has_one_line_feed_after_each_row() -> None:
    table = Table("t", ("a", "b"), (("1", "x,y"), ("", 'say "so"'), ("two\nlines", "")))
    assert csv_text(table) == 'a,b\n1,"x,y"\n,"say ""so"""\n"two\nlines",\n'


@pytest.mark.parametrize("cell", DANGEROUS)
def test_cell_that_could_be_a_formula_gets_a_quote_in_front(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-3.103", "-1", "12", "O'Neill", "'tis", "a=b", ""])
def test_plain_cell_stays_as_it_is(cell: str) -> None:
    assert neutral(cell) == cell


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20), min_size=1, max_size=5))
def test_every_cell_reads_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    rows = tuple((f"k{number}", tidy(cell)) for number, cell in enumerate(cells))
    folder = tmp_path_factory.mktemp("tables")
    write_folder([Table("t", ("key", "cell"), rows)], folder)
    raw = read_csv_file(folder / "t.csv", [])
    assert raw is not None
    read = tuple((row.cells[0], row.cells[1] if len(row.cells) > 1 else "") for row in raw.rows)
    assert read == rows


def test_written_campaign_is_byte_for_byte_what_was_read(tmp_path: Path) -> None:
    write_folder(sound_campaign().tables.values(), tmp_path)
    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert written == {file.name: file.read_bytes() for file in SOUND.iterdir()}
    assert read_campaign(tmp_path).campaign == sound_campaign()


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    write_files({"a.csv": b"new"}, tmp_path)
    assert {f.name: f.read_bytes() for f in tmp_path.iterdir()} == {"notes.txt": b"mine", "a.csv": b"new"}


def test_nothing_is_left_behind_where_writing_fails(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_files({"a.csv": b"1", "no/such/folder.csv": b"2"}, tmp_path)
    assert list(tmp_path.iterdir()) == []
