"""`python -m scheduler` on JSON: a problem in, a timetable out, and back through the checks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scheduler.__main__ import main
from scheduler.serialise import problem_record, timetable_record
from tests.builders import tiny_problem, tiny_timetable


@pytest.fixture
def problem(tmp_path: Path) -> str:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(problem_record(tiny_problem())), encoding="utf-8")
    return str(path)


def test_schedule_gives_a_timetable_that_verify_accepts(
    problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schedule", problem, "--seconds", "5", "--workers", "1"]) == 0
    (tmp_path / "timetable.json").write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["verify", problem, str(tmp_path / "timetable.json")]) == 0
    assert capsys.readouterr().out == ""


def test_verify_prints_each_breach(problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = timetable_record(tiny_timetable())
    record["meetings"] = record["meetings"][1:]
    (tmp_path / "timetable.json").write_text(json.dumps(record), encoding="utf-8")
    assert main(["verify", problem, str(tmp_path / "timetable.json")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["rotation_brings_everybody_together_once"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"lead_council": 3}'])
def test_problem_that_cannot_be_read_exits_2(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "problem.json").write_text(text, encoding="utf-8")
    assert main(["schedule", str(tmp_path / "problem.json")]) == 2
    assert capsys.readouterr().err.startswith("cannot be read: ")
