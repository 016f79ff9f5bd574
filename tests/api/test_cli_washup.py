"""`washup` and `monitor` from outside: exit codes, what is said and written, and no trace of faults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import BAD_INPUT, DONE, NOT_ALL_WELL, run
from tests.api.campaigns import SOUND, copy_of_sound, sound
from tests.api.services.test_prepare_washup import TIMETABLE

Captured = pytest.CaptureFixture[str]
WASHUP_FILES = [
    "completeness.csv",
    "owed.csv",
    "washup.html",
    "washup.json",
    "washup.pdf",
    "washup_agenda.csv",
    "washup_chair.html",
    "washup_chair.pdf",
    "washup_effect.csv",
    "washup_flags.csv",
    "washup_settled.csv",
]
ANSWERS = b"applicant,characteristic,group\nA1,sex,female\nA2,sex,male\n"


def stepup(*arguments: str | Path) -> int:
    return run([str(argument) for argument in arguments])


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_washup_with_something_open_exits_1(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out"
    assert stepup("washup", SOUND, "--out", out) == NOT_ALL_WELL
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Nothing is missing: all 6 cells of the matrix are complete for 2 applicants."
    assert said[1] == "1 discrepancy has to be discussed by 1 panel; the widest is 2 apart."
    assert said[-1] == f"Written to {out}."
    assert files(out) == WASHUP_FILES
    record = json.loads((out / "washup.json").read_text(encoding="utf-8"))
    assert (record["open"], record["with_timetable"]) == (1, False)


def test_washup_with_everything_settled_exits_0(tmp_path: Path) -> None:
    settled = sound("agreed.csv") + b"A1,service_users,values,4,read again\n"
    folder = copy_of_sound(tmp_path, {"agreed.csv": settled})
    assert stepup("washup", folder, "--out", tmp_path / "out") == DONE


def test_washup_takes_a_timetable_and_refuses_a_faulty_one(tmp_path: Path, capsys: Captured) -> None:
    plan = tmp_path / "timetable.csv"
    plan.write_text(TIMETABLE, encoding="utf-8")
    assert stepup("washup", SOUND, plan, "--out", tmp_path / "out") == NOT_ALL_WELL
    captured = capsys.readouterr()
    assert captured.out.splitlines()[1].startswith(
        "Held against the timetable, 1 expected rating was not given"
    )
    assert captured.err == ""
    plan.write_text(TIMETABLE.replace("P3", "P9"), encoding="utf-8")
    assert stepup("washup", SOUND, plan, "--out", tmp_path / "other") == BAD_INPUT
    assert stepup("washup", SOUND, tmp_path / "nothing", "--out", tmp_path / "other") == BAD_INPUT
    assert not (tmp_path / "other").exists()


def test_monitor_of_too_few_tells_nothing_and_exits_0(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "monitoring.csv").write_bytes(ANSWERS)
    out = tmp_path / "out"
    assert stepup("monitor", SOUND, tmp_path / "monitoring.csv", "--out", out) == DONE
    assert capsys.readouterr().out.splitlines() == [
        "No groups can be compared: the numbers are too small.",
        "About sex nothing can be told, for too few gave another answer than the rest.",
        "Stages left out, for too few ended there: attended, met the standard and was offered a place.",
        f"Written to {out}.",
    ]
    assert files(out) == ["monitoring.csv", "monitoring.html", "monitoring.json", "monitoring.pdf"]
    assert len((out / "monitoring.csv").read_text(encoding="utf-8").splitlines()) == 1
    assert json.loads((out / "monitoring.json").read_text(encoding="utf-8"))["people"] is None


def test_monitor_tells_every_fault_and_no_answer(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "monitoring.csv").write_bytes(ANSWERS + b"A9,sex,purple\nA1,sex,purple\nA3,sex,\n")
    assert stepup("monitor", SOUND, tmp_path, "--out", tmp_path / "out") == BAD_INPUT
    captured = capsys.readouterr()
    assert captured.err.splitlines()[0] == "3 faults; nothing was written."
    assert "purple" not in captured.out + captured.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["washup", "monitor"])
def test_faults_of_the_campaign_come_first(command: str, tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path, without=["settings.csv"])
    others = [tmp_path] if command == "monitor" else []
    assert stepup(command, folder, *others, "--out", tmp_path / "out") == BAD_INPUT
