"""`stepup blank` writes an empty workbook, and never over anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import BAD_INPUT, DONE, run
from api.exports.blank_workbook import blank_workbook


def test_blank_writes_the_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "campaign.xlsx"
    assert run(["blank", "--out", str(out), "--choices", "5"]) == DONE
    assert out.read_bytes() == blank_workbook(5)
    assert capsys.readouterr().out == (
        f"An empty workbook is in {out}. Its first sheet says how to fill it in.\n"
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("there.xlsx", "found something of that name; wanted a new name"),
        ("new.csv", "found a name ending in .csv; wanted a name ending in .xlsx"),
    ],
)
def test_blank_writes_over_nothing(
    name: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there.xlsx").write_bytes(b"mine")
    assert run(["blank", "--out", str(tmp_path / name)]) == BAD_INPUT
    assert capsys.readouterr().err == f"1 fault; nothing was written.\n\n{name}\n  {told}\n"
    assert [file.name for file in tmp_path.iterdir()] == ["there.xlsx"]
