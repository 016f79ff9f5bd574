"""`capacity` and `forecast` from outside: exit codes, what is said and written, and no trace of faults."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from api.cli import BAD_INPUT, DONE, NOT_ALL_WELL, run
from tests.api.campaigns import SOUND, copy_of_sound, sound

Captured = pytest.CaptureFixture[str]
NAME_APPLICANTS = ("interests.csv", "attendance.csv", "ratings.csv", "agreed.csv", "travel.csv")
CAPACITY_FILES = ["capacity.csv", "capacity.html", "capacity.json", "capacity.pdf", "capacity_sessions.csv"]
FORECAST_FILES = ["forecast.csv", "forecast.html", "forecast.json", "forecast.pdf", "forecast_sessions.csv"]


TIMETABLE = """session,exercise,sitting,room,start,end,person,role,panel
S01,interview,I1,T1,09:00,09:40,A1,applicant,P1
S01,interview,I2,T1,10:00,10:30,A2,applicant,P1
S01,interview,I1,T1,09:00,09:55,P1,assessor,P1
S02,interview,I3,T1,14:00,14:30,A3,applicant,P1
"""


def stepup(*arguments: str | Path) -> int:
    return run([str(argument) for argument in arguments])


def before_invitations(place: Path, header_only: bool = False) -> Path:
    """The sound campaign before anybody has applied."""
    changed = {
        "availability.csv": b"person,session,available\nP2,S01,yes\nP2,S02,yes\n",
        "pins.csv": b"person,session,rule\nP3,S02,must_not\n",
    }
    if header_only:
        changed["applicants.csv"] = sound("applicants.csv").splitlines()[0] + b"\n"
    without = NAME_APPLICANTS if header_only else (*NAME_APPLICANTS, "applicants.csv")
    return copy_of_sound(place, changed, without)


def rows_of(table: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("header_only", [False, True])
def test_campaign_without_applicants_is_read_for_capacity_only(
    header_only: bool, tmp_path: Path, capsys: Captured
) -> None:
    folder = before_invitations(tmp_path, header_only)
    assert stepup("capacity", folder, "--count-only") == DONE
    assert capsys.readouterr().out.splitlines()[0] == (
        "3 sessions are offered and can hold 3 applicants at most, by counting."
        " Fewer may fit: no trial was made."
    )
    assert stepup("check", folder) == BAD_INPUT
    assert stepup("schedule", folder, "--out", tmp_path / "plan") == BAD_INPUT
    assert stepup("forecast", folder, tmp_path / "plan", "--out", tmp_path / "plan") == BAD_INPUT
    assert not (tmp_path / "plan").exists()


def test_reference_to_an_applicant_nobody_knows_is_still_a_fault(tmp_path: Path, capsys: Captured) -> None:
    folder = copy_of_sound(tmp_path, without=["applicants.csv"])
    assert stepup("capacity", folder) == BAD_INPUT
    assert '  row 2, column applicant: found "A1"; wanted a reference from applicants' in (
        capsys.readouterr().err.splitlines()
    )


def test_capacity_says_what_is_lacking_and_exits_1(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out"
    folder = before_invitations(tmp_path)
    assert stepup("capacity", folder, "--applicants", "9", "--count-only", "--out", out) == NOT_ALL_WELL
    said = capsys.readouterr().out.splitlines()
    assert said[1:4] == [
        "9 applicants need at least 3 sessions (3 offered), 3 panels (1 offered) and 3 lead-authority"
        " half-days (3 offered). What is offered is not enough.",
        "What is lacking:",
        "- In all, applicants: at least 9 needed, at most 3 offered.",
    ]
    assert files(out) == CAPACITY_FILES
    assert json.loads((out / "capacity.json").read_text())["enough"] is False


def test_capacity_is_shown_by_a_trial(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out"
    arguments = ("--applicants", "2", "--workers", "1", "--seconds", "4", "--quiet", "--out", out)
    assert stepup("capacity", before_invitations(tmp_path), *arguments) == DONE
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("at most, by counting; a trial timetable did place 3.")
    assert said[2] == "A trial timetable placed all 2 in 1 session with 1 panel."
    record = json.loads((out / "capacity.json").read_text())
    assert (record["counted_most"], record["shown_most"], record["trial"]["placed"]) == (3, 3, 2)
    rows = rows_of(out / "capacity_sessions.csv")
    assert [(row["session"], row["applicants_max"], row["in_trial"]) for row in rows] == [
        ("S01", "3", "2"),
        ("S02", "0", "0"),
        ("S03", "0", "0"),
    ]


def test_capacity_counts_the_campaigns_own_applicants(capsys: Captured) -> None:
    assert stepup("capacity", SOUND, "--count-only") == DONE
    assert capsys.readouterr().out.splitlines()[1] == (
        "3 applicants need at least 1 session (3 offered), 1 panel (1 offered) and 1 lead-authority half-day"
        " (3 offered). By counting, what is offered is enough."
    )


def test_forecast_without_a_timetable_is_by_counted_capacity(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out"
    assert stepup("forecast", before_invitations(tmp_path), "--simulations", "500", "--out", out) == DONE
    said = capsys.readouterr().out.splitlines()
    assert said[0] == (
        "With an accepted risk of 5 % that more come to a session than it can interview, book 3 for the"
        " session that can interview 3: 3 invitations in all."
    )
    assert said[-1] == f"Written to {out}."
    assert files(out) == FORECAST_FILES


def test_forecast_of_a_timetable_is_the_same_from_the_same_seed(tmp_path: Path) -> None:
    plan = tmp_path / "timetable.csv"
    plan.write_text(TIMETABLE)
    for name, seed in (("one", "4"), ("again", "4"), ("other", "5")):
        arguments = ("--rate", "0.74..0.88", "--seed", seed, "--simulations", "500", "--out", tmp_path / name)
        assert stepup("forecast", SOUND, plan, *arguments) == DONE
    content = {
        name: [(tmp_path / name / file).read_bytes() for file in FORECAST_FILES if not file.endswith(".pdf")]
        for name in ("one", "again", "other")
    }
    assert content["one"] == content["again"]
    assert content["one"] != content["other"]
    record = json.loads((tmp_path / "one" / "forecast.json").read_text())
    assert (record["timetabled"], record["booked"], record["interviews"]) == (True, 3, 6)
    assert [row["session"] for row in rows_of(tmp_path / "one" / "forecast_sessions.csv")] == ["S01", "S02"]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--rate", "107/106"], '"107/106"'),
        (["--rate", "5/0"], '"5/0"'),
        (["--rate", "0.82"], '"0.82"'),
        (["--rate", "87/106", "--of", "106"], '"87/106"'),
        (["--rate", "0.88..0.74"], '"0.88..0.74"'),
        (["--rate", "most of them"], '"most of them"'),
    ],
)
def test_rate_that_says_nothing_exits_2(
    arguments: list[str], found: str, tmp_path: Path, capsys: Captured
) -> None:
    assert stepup("forecast", SOUND, "--out", tmp_path / "out", *arguments) == BAD_INPUT
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"  found {found}; wanted a rate such as 87/106, or 0.82 with --of 106, or an interval such as"
        " 0.74..0.88"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["capacity", "forecast"])
def test_planning_with_faults_exits_2_and_writes_nothing(command: str, tmp_path: Path) -> None:
    broken = sound("councils.csv").replace(b"Swindon,1", b"Swindon,none")
    folder = copy_of_sound(tmp_path, {"councils.csv": broken})
    before = sorted(tmp_path.rglob("*"))
    assert stepup(command, folder, "--out", tmp_path / "out") == BAD_INPUT
    assert sorted(tmp_path.rglob("*")) == before


def test_interpreters_without_a_number_of_applicants_exit_2(tmp_path: Path) -> None:
    assert stepup("capacity", SOUND, "--interpreters", "2", "--out", tmp_path / "out") == BAD_INPUT
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["capacity", "forecast"])
def test_planning_into_a_file_exits_2(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    assert stepup(command, SOUND, "--out", tmp_path / "file" / "out") == BAD_INPUT
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("file", b"mine")]


def test_campaign_whose_sessions_hold_nobody_cannot_be_forecast(tmp_path: Path, capsys: Captured) -> None:
    sessions = sound("sessions.csv").replace(b",1\n", b",0\n")
    folder = copy_of_sound(tmp_path, {"sessions.csv": sessions})
    assert stepup("forecast", folder, "--out", tmp_path / "out") == BAD_INPUT
    assert "no session that can hold anybody" in capsys.readouterr().err
    assert stepup("capacity", folder, "--count-only") == NOT_ALL_WELL
