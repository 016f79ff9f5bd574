"""`stepup schedule` with several campaigns: each its own result, faults told first, nobody left behind."""

from __future__ import annotations

import csv
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from api.cli import BAD_INPUT, DONE, NOT_ALL_WELL, STOPPED, run
from api.exports.tables import write_folder
from api.samples import sample_tables
from api.services.schedule_many import Finished, Job, schedule_many
from api.services.summarise_many import summary_lines
from scheduler.params import Params
from scheduler.result import Progress
from tests.api.campaigns import SOUND, copy_of_sound

Captured = pytest.CaptureFixture[str]
RESULT = ["rotations.csv", "run.json", "timetable.csv"]
QUICK = ["--seconds", "2", "--workers", "1", "--quiet"]


def stepup(*arguments: str | Path) -> int:
    return run([str(argument) for argument in arguments])


def copies(place: Path, *names: str) -> list[Path]:
    for name in names:
        shutil.copytree(SOUND, place / name)
    return [place / name for name in names]


def files(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def rows(out: Path) -> list[list[str]]:
    """The summary without its seconds."""
    with (out / "summary.csv").open(encoding="utf-8", newline="") as file:
        return [row[:-1] for row in csv.reader(file)]


def status_of(out: Path) -> str:
    return str(json.loads((out / "run.json").read_text(encoding="utf-8"))["status"])


def test_each_campaign_gets_the_result_it_would_have_had_alone(tmp_path: Path, capsys: Captured) -> None:
    """A faulty one is told first, with all its faults, and does not stop the others."""
    north, south = copies(tmp_path, "north", "south")
    bad = copy_of_sound(tmp_path, {"pins.csv": b"person,session,rule\nA1,S09,must\nA2,S08,must\n"})
    out = tmp_path / "out"
    assert stepup("schedule", north, bad, south, "--out", out, "--jobs", "2", *QUICK) == BAD_INPUT
    assert files(out) == sorted(
        ["summary.csv", *(f"{name}/{file}" for name in ("north", "south") for file in RESULT)]
    )
    status = status_of(out / "north")
    assert rows(out) == [
        ["campaign", "applicants", "placed", "status"],
        ["north", "3", "2", status],
        ["campaign", "", "", "faults"],
        ["south", "3", "2", status],
    ]
    said, errors = capsys.readouterr()
    assert said.splitlines()[-2:] == [
        "2 of 3 campaigns have a timetable; 4 of their 6 applicants have a session.",
        f"Written to {out}.",
    ]
    assert errors.splitlines() == [
        "2 faults; 1 of 3 campaigns are left out.",
        "",
        "campaign: pins",
        '  row 2, column session: found "S09"; wanted a reference from sessions',
        '  row 3, column session: found "S08"; wanted a reference from sessions',
    ]
    assert stepup("schedule", north, "--out", tmp_path / "alone", "--jobs", "2", *QUICK) == NOT_ALL_WELL
    assert files(tmp_path / "alone") == RESULT
    alone = (tmp_path / "alone" / "timetable.csv").read_bytes()
    assert [(out / name / "timetable.csv").read_bytes() for name in ("north", "south")] == [alone, alone]


def test_new_timetable_is_nobodys_repair(tmp_path: Path) -> None:
    (north,) = copies(tmp_path, "north")
    out = tmp_path / "out" / "north"
    out.mkdir(parents=True)
    for name in ("repair.json", "changes.csv"):
        (out / name).write_text("of an older timetable", encoding="utf-8")
    (finished,) = schedule_many([Job("north", north, out)], Params(seconds=2, workers=1), at_once=1)
    assert finished.has_timetable
    assert files(out) == RESULT


def test_exit_code_is_the_highest_of_all(tmp_path: Path) -> None:
    (some,) = copies(tmp_path, "some")
    everybody = tmp_path / "everybody"
    write_folder(sample_tables("size-6").values(), everybody)
    assert stepup("schedule", everybody, "--out", tmp_path / "alone", *QUICK) == DONE
    assert stepup("schedule", everybody, some, "--out", tmp_path / "out", *QUICK) == NOT_ALL_WELL


def test_campaigns_that_are_all_faulty_write_nothing(tmp_path: Path, capsys: Captured) -> None:
    before = sorted(tmp_path.iterdir())
    assert stepup("schedule", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "out") == BAD_INPUT
    assert sorted(tmp_path.iterdir()) == before
    assert capsys.readouterr().err.splitlines() == [
        "2 faults; nothing was written.",
        "",
        "a: a",
        "  found nothing there; wanted a folder of CSV files, or an .xlsx workbook",
        "",
        "b: b",
        "  found nothing there; wanted a folder of CSV files, or an .xlsx workbook",
    ]


def test_names_that_clash_are_refused(tmp_path: Path, capsys: Captured) -> None:
    """Also where only capitals tell them apart, and a campaign that would be written into."""
    one, other, own = copies(tmp_path, "x/north", "y/North", "out/own")
    assert stepup("schedule", one, own, other, "--out", tmp_path / "out", *QUICK) == BAD_INPUT
    assert capsys.readouterr().err.splitlines() == [
        "2 faults; nothing was written.",
        "",
        "North",
        f"  found two campaigns of that name: {one} and {other}; wanted a name of its own for each campaign",
        "",
        "own",
        "  found the campaign's own folder, to write its timetable in; wanted another folder after --out",
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["own"]


def test_process_that_dies_fails_alone(tmp_path: Path) -> None:
    jobs = [Job(name, SOUND, tmp_path / name) for name in ("doomed", "spared")]

    def tell(name: str, progress: Progress) -> None:
        if name == "doomed":
            for process in multiprocessing.active_children():
                process.kill()

    outcomes = schedule_many(jobs, Params(seconds=2, workers=1), 1, tell)
    assert [replace(outcome, seconds=0) for outcome in outcomes] == [
        Finished("doomed", "failed", why="its process ended by itself (exit code -9)"),
        Finished("spared", status_of(tmp_path / "spared"), 3, 2),
    ]
    assert files(tmp_path) == [f"spared/{file}" for file in RESULT]


def test_result_that_cannot_be_written_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    (outcome,) = schedule_many([Job("north", SOUND, tmp_path / "file" / "north")], Params(2, 1), 1)
    assert outcome == Finished("north", "failed", why="cannot write: not a directory")


def test_summary_says_what_went_wrong() -> None:
    outcomes = [Finished("north", "feasible", 1200, 1199, 61.25), Finished("s", "failed", why="it ended")]
    assert summary_lines(outcomes) == [
        "campaign  applicants  placed  status    seconds",
        "north           1200    1199  feasible     61.2",
        "s                             failed        0.0",
        "s: it ended.",
        "1 of 2 campaigns have a timetable; 1,199 of their 1,200 applicants have a session.",
    ]


def test_ctrl_c_stops_every_process(tmp_path: Path) -> None:
    """The pipe is closed only when no process holds it any more. Ctrl-C reaches the whole group."""
    north, south = copies(tmp_path, "north", "south")
    command = ["schedule", north, south, "--out", tmp_path / "out", "--jobs", "2", "--seconds", "600"]
    process = subprocess.Popen(
        [sys.executable, "-c", "import api.cli; api.cli.main()", *map(str, command)],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline()[:5] in ("north", "south")
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.splitlines()[-1]) == (STOPPED, "Stopped.")
    assert not any((tmp_path / "out").glob("*/*"))
