"""Every folder of `tests/data` is named for its one flaw and holds the faults it must give, word for word.

A case is either a workbook, or files that replace those of the sound campaign; `without.txt` names files
that are left out.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from api.imports.read import read_campaign
from tests.api.campaigns import DATA, SOUND, copy_of_sound, said

FLAWS = sorted(folder for folder in DATA.iterdir() if (folder / "expected.txt").is_file())
BESIDE = ("expected.txt", "without.txt")


def campaign_of(flaw: Path, place: Path) -> Path:
    files = [file for file in flaw.iterdir() if file.name not in BESIDE]
    if files and files[0].name.startswith("campaign."):
        return files[0]
    left_out = flaw / "without.txt"
    without = left_out.read_text(encoding="utf-8").split() if left_out.is_file() else []
    return copy_of_sound(place, {file.name: file.read_bytes() for file in files}, without)


def test_there_are_enough_flaws() -> None:
    assert len(FLAWS) >= 25


def test_sound_campaign_has_no_fault_and_no_warning() -> None:
    reading = read_campaign(SOUND)
    assert (reading.faults, reading.warnings) == ((), ())


@pytest.mark.parametrize("flaw", FLAWS, ids=lambda folder: folder.name)
def test_flaw_gives_exactly_its_faults(flaw: Path, tmp_path: Path) -> None:
    reading = read_campaign(campaign_of(flaw, tmp_path))
    assert said(reading.faults) == (flaw / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert reading.campaign is None
