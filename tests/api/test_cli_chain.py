"""The long commands from outside: schedule, verify and run on the tiny sample, and Ctrl-C in between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from api.cli import DONE, NOT_ALL_WELL, ProgressLines, ProgressTable, run
from api.exports.tables import write_folder
from api.samples import sample_tables
from scheduler.result import Progress
from tests.api.campaigns import SOUND

Captured = pytest.CaptureFixture[str]


def stepup(*arguments: str | Path) -> int:
    return run([str(argument) for argument in arguments])


def subprocess_of(arguments: Sequence[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "import api.cli; api.cli.main()", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "tiny"
    assert stepup("sample", "tiny", "--out", folder) == DONE
    return folder


@pytest.fixture(scope="module")
def timetable(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("timetable")
    assert stepup("schedule", tiny, "--out", folder, "--seconds", "10", "--workers", "1", "--quiet") == DONE
    return folder


def test_sample_is_the_same_for_the_same_seed(tiny: Path, tmp_path: Path) -> None:
    assert stepup("sample", "tiny", "--out", tmp_path / "again", "--seed", "0") == DONE
    again = {file.name: file.read_bytes() for file in (tmp_path / "again").iterdir()}
    assert again == {file.name: file.read_bytes() for file in tiny.iterdir()}


def test_schedule_writes_timetable_rotations_and_run(timetable: Path) -> None:
    assert sorted(file.name for file in timetable.iterdir()) == ["rotations.csv", "run.json", "timetable.csv"]
    record = json.loads((timetable / "run.json").read_text(encoding="utf-8"))
    assert list(record) == [
        "status",
        "objective",
        "unplaced",
        "rotations",
        "seconds",
        "seed",
        "workers",
        "input_sha256",
        "versions",
    ]
    assert [record["unplaced"], record["seed"], record["workers"]] == [[], 0, 1]
    assert sorted(record["versions"]) == ["ortools", "program", "python"]


def test_schedule_that_cannot_place_everybody_exits_1_with_the_rest_and_the_reason(
    tmp_path: Path, capsys: Captured
) -> None:
    """A1 is pinned into a session to which one of the only three assessors cannot be with them."""
    out = tmp_path / "out"
    assert (
        stepup("schedule", SOUND, "--out", out, "--seconds", "5", "--workers", "1", "--quiet") == NOT_ALL_WELL
    )
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert [each["applicant"] for each in record["unplaced"]] == ["A1"]
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 of 3 applicants have a session. Without one:"
    assert lines[1].strip() == record["unplaced"][0]["reason"]
    assert stepup("verify", SOUND, out) == DONE
    assert capsys.readouterr().out.splitlines() == [
        "2 of 3 applicants have a session. Without one: A1.",
        "No breaches.",
    ]


def test_run_does_all_of_it_and_names_the_page_to_open(tiny: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out"
    assert stepup("run", tiny, "--out", out, "--seconds", "5", "--quiet") == DONE
    assert sorted(file.name for file in out.iterdir() if file.suffix in (".csv", ".json", ".xlsx")) == [
        "allocation.csv",
        "allocation_checks.json",
        "order_of_merit.csv",
        "rank.json",
        "result.xlsx",
        "rotations.csv",
        "run.json",
        "scores.csv",
        "timetable.csv",
    ]
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[-1]) == (
        "All applicants have a session: 8 of 8 placed.",
        f"Open this in a browser: {out / 'index.html'}",
    )
    assert (out / "index.html").is_file()


def test_verify_of_a_sound_timetable_exits_0(tiny: Path, timetable: Path, capsys: Captured) -> None:
    assert stepup("verify", tiny, timetable) == DONE
    assert capsys.readouterr() == ("All applicants have a session: 8 of 8 placed.\nNo breaches.\n", "")


def test_verify_without_rotations_says_so(
    tiny: Path, timetable: Path, tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "timetable.csv").write_bytes((timetable / "timetable.csv").read_bytes())
    assert stepup("verify", tiny, tmp_path) == DONE
    note = "Note: there is no rotations.csv beside the timetable: rotations were not checked.\n"
    assert capsys.readouterr() == ("All applicants have a session: 8 of 8 placed.\nNo breaches.\n", note)


def test_verify_prints_each_breach_and_exits_1(
    tiny: Path, timetable: Path, tmp_path: Path, capsys: Captured
) -> None:
    """One applicant's self-evaluations are struck out: nothing else in the timetable hangs on them."""
    head, *rows = (timetable / "timetable.csv").read_text(encoding="utf-8").splitlines()
    struck = next(row for row in rows if ",self_evaluation_2," in row and ",applicant," in row)
    exercise, person = struck.split(",")[1], struck.split(",")[6]
    kept = [row for row in rows if row != struck]
    (tmp_path / "timetable.csv").write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")
    (tmp_path / "rotations.csv").write_bytes((timetable / "rotations.csv").read_bytes())
    assert stepup("verify", tiny, tmp_path) == NOT_ALL_WELL
    assert capsys.readouterr().out.splitlines() == [
        "All applicants have a session: 8 of 8 placed.",
        "An attending applicant does every exercise exactly once.",
        f"  {person} does {exercise} not at all instead of once.",
        "1 breach.",
    ]


def test_verify_names_applicants_without_a_place(timetable: Path, tmp_path: Path, capsys: Captured) -> None:
    for name in ("timetable.csv", "rotations.csv"):
        head = (timetable / name).read_text(encoding="utf-8").splitlines()[0]
        (tmp_path / name).write_text(head + "\n", encoding="utf-8")
    assert stepup("verify", SOUND, tmp_path) == DONE
    assert capsys.readouterr().out.splitlines() == [
        "0 of 3 applicants have a session. Without one: A1, A2, A3.",
        "No breaches.",
    ]


def test_interrupted_schedule_exits_130_and_writes_nothing(tmp_path: Path) -> None:
    campaign = tmp_path / "campaign"
    write_folder(sample_tables("south-west-2015").values(), campaign)
    process = subprocess_of(["schedule", str(campaign), "--out", str(tmp_path / "out"), "--seconds", "100"])
    assert process.stderr is not None
    assert process.stderr.readline() != ""
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert os.listdir(tmp_path / "out") == []


def test_progress_says_each_change_once_and_small_steps_now_and_then(capsys: Captured) -> None:
    lines = ProgressLines()
    for seconds, value, bound in ((0.1, None, -3), (0.2, 37, 34), (2.2, 36, 34), (4.3, 36, 34)):
        lines(Progress(seconds, "panel_half_days", value, bound))
    lines(Progress(4.4, "panel_half_days", 36, 36, proven=True))
    assert capsys.readouterr().err.splitlines() == [
        "    0.1 s  Panels staffed, summed over sessions: none yet",
        "    2.2 s  Panels staffed, summed over sessions: 36, at least 34",
        "    4.4 s  Panels staffed, summed over sessions: 36, proven",
    ]


def test_progress_table_keeps_the_latest_of_each_tier_and_every_proof() -> None:
    table = ProgressTable()
    for progress in (
        Progress(0.5, "panel_half_days", 37, 36),
        Progress(1.0, "panel_half_days", 36, 36, proven=True),
        Progress(2.0, "idle_minutes", 300, 0),
        Progress(3.0, "panel_half_days", 36, None),
    ):
        table(progress)
    cells = [list(column.cells) for column in table.__rich__().columns]
    assert cells == [
        ["Panels staffed, summed over sessions", "Applicants' waiting between activities, in minutes"],
        ["36", "300"],
        ["proven", ""],
        ["1.0", "2.0"],
    ]
