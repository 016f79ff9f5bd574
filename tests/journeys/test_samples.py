"""The published case and its larger sisters, from `stepup sample` to `stepup verify`, as a person would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import run
from api.imports.read import read_campaign
from api.imports.timetable import read_timetable
from scheduler.checks import tier_values


@pytest.mark.parametrize("name", ["south-west-2015", "south-west-2017", "south-west-bid"])
def test_timetable_of_a_sample_has_no_breach_and_is_what_its_record_says(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign, plan = tmp_path / "campaign", tmp_path / "plan"
    assert run(["sample", name, "--out", str(campaign)]) == 0
    placed = run(["schedule", str(campaign), "--out", str(plan), "--seconds", "40", "--quiet"])
    capsys.readouterr()
    assert run(["verify", str(campaign), str(plan)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "No breaches."
    record = json.loads((plan / "run.json").read_text(encoding="utf-8"))
    found = read_campaign(campaign).campaign
    assert found is not None
    timetable = read_timetable(plan, found).timetable
    assert timetable is not None
    assert {t["name"]: t["value"] for t in record["objective"]} == tier_values(found.problem, timetable)
    assert placed == (1 if record["unplaced"] else 0)
