"""`stepup repair` from outside, on the tiny sample: exit codes, what is said and written, further repairs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from api.cli import BAD_INPUT, DONE, NOT_ALL_WELL, run
from api.cli.repairs import one_at_a_time
from scheduler.timetable import Role

Captured = pytest.CaptureFixture[str]
FILES = ["changes.csv", "repair.json", "rotations.csv", "run.json", "timetable.csv"]
Row = dict[str, str]


def stepup(*arguments: str | Path) -> int:
    return run([str(argument) for argument in arguments])


def rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "tiny"
    assert stepup("sample", "tiny", "--out", folder) == DONE
    return folder


@pytest.fixture(scope="module")
def plan(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan")
    assert stepup("schedule", tiny, "--out", folder, "--seconds", "5", "--workers", "1", "--quiet") == DONE
    return folder


@pytest.fixture(scope="module")
def moment(tiny: Path, plan: Path) -> str:
    """Half an hour into the session of the first row."""
    first = rows(plan / "timetable.csv")[0]
    date = {row["session"]: row["date"] for row in rows(tiny / "sessions.csv")}[first["session"]]
    hours, minutes = first["start"].split(":")
    return f"{date} {hours}:{int(minutes) + 30:02d}"


def somebody(plan: Path, role: Role, after: str = "") -> str:
    """The person of the first session's last row of this role."""
    found = [row for row in rows(plan / "timetable.csv") if row["role"] == role]
    return [row for row in found if row["session"] == found[0]["session"]][-1]["person"]


@pytest.fixture(scope="module")
def repaired(tiny: Path, plan: Path, moment: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repaired")
    who = somebody(plan, Role.ASSESSOR)
    code = stepup(
        "repair", tiny, plan, "--now", moment, "--absent", who, "--out", folder, "--workers", "1", "--quiet"
    )
    assert code == DONE
    return folder


def test_repair_writes_the_timetable_the_changes_and_what_was_told(
    tiny: Path, plan: Path, repaired: Path, moment: str
) -> None:
    assert sorted(file.name for file in repaired.iterdir()) == FILES
    record = json.loads((repaired / "repair.json").read_text(encoding="utf-8"))
    told = {
        "now": moment,
        "absent": [somebody(plan, Role.ASSESSOR)],
        "late": [],
        "leaving": [],
        "rooms_lost": [],
        "session_starts": [],
        "left_out": [],
    }
    assert record["repairs"] == [told]
    run_record = json.loads((repaired / "run.json").read_text(encoding="utf-8"))
    assert run_record["repair"] == told
    assert [tier["name"] for tier in run_record["objective"]][:4] == [
        "unplaced",
        "in_another_session",
        "people_changed",
        "minutes_of_change",
    ]


def test_changes_name_everybody_who_is_told_and_nobody_absent(tiny: Path, plan: Path, repaired: Path) -> None:
    changes = rows(repaired / "changes.csv")
    record = json.loads((repaired / "repair.json").read_text(encoding="utf-8"))
    absent = somebody(plan, Role.ASSESSOR)
    assert list(changes[0]) == ["person", "name", "session", "exercise", "what", "old", "new", "tell"]
    assert sorted({row["person"] for row in changes if row["tell"]}) == record["people_changed"]
    assert {row["what"] for row in changes if row["person"] == absent} == {"no longer"}
    assert {row["tell"] for row in changes if row["person"] == absent} == {""}


def test_what_had_begun_is_as_it_was(plan: Path, repaired: Path, moment: str) -> None:
    session = rows(plan / "timetable.csv")[0]["session"]
    runs: dict[tuple[str, str], str] = {}
    for row in rows(plan / "timetable.csv"):
        key = (row["exercise"], row["sitting"])
        if row["session"] == session:
            runs[key] = min(runs.get(key, "99"), row["start"])
    begun = {key for key, start in runs.items() if start <= moment[-5:]}

    def kept(folder: Path) -> list[tuple[str, ...]]:
        found = rows(folder / "timetable.csv")
        of_begun = [r for r in found if r["session"] == session and (r["exercise"], r["sitting"]) in begun]
        return sorted(tuple(row.values()) for row in of_begun)

    assert len(kept(plan)) > 0
    assert kept(repaired) == kept(plan)


def test_verify_knows_a_repaired_timetable_by_its_record(
    tiny: Path, repaired: Path, capsys: Captured
) -> None:
    assert stepup("verify", tiny, repaired) == DONE
    assert capsys.readouterr().out.splitlines()[-1] == "No breaches."


def test_repair_of_a_repair_keeps_the_first_in_mind(
    tiny: Path, plan: Path, repaired: Path, moment: str, tmp_path: Path
) -> None:
    applicant = rows(plan / "timetable.csv")[-1]["person"]
    out = tmp_path / "second"
    later = ("--now", moment, "--absent", applicant, "--out", out, "--workers", "1", "--quiet")
    assert stepup("repair", tiny, repaired / "timetable.csv", *later) == DONE
    record = json.loads((out / "repair.json").read_text(encoding="utf-8"))
    absent = [somebody(plan, Role.ASSESSOR), applicant]
    assert [repair["absent"] for repair in record["repairs"]] == [absent[:1], absent[1:]]
    assert stepup("verify", tiny, out) == DONE


def test_new_timetable_in_the_same_folder_is_no_repair(tiny: Path, repaired: Path, tmp_path: Path) -> None:
    for file in repaired.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert stepup("schedule", tiny, "--out", tmp_path, "--seconds", "1", "--workers", "1", "--quiet") == DONE
    assert sorted(file.name for file in tmp_path.iterdir()) == ["rotations.csv", "run.json", "timetable.csv"]


def test_repair_that_cannot_keep_everybody_exits_1(
    tiny: Path, plan: Path, moment: str, tmp_path: Path, capsys: Captured
) -> None:
    everybody = [row["assessor"] for row in rows(tiny / "assessors.csv")]
    out = tmp_path / "out"
    code = stepup("repair", tiny, plan, "--now", moment, "--absent", *everybody, "--out", out, "--quiet")
    assert code == NOT_ALL_WELL
    assert sorted(file.name for file in out.iterdir()) == FILES
    assert "cannot be kept" in capsys.readouterr().out.splitlines()[0]
    assert stepup("verify", tiny, out) == DONE


def test_repair_lists_every_fault_and_writes_nothing(
    tiny: Path, plan: Path, tmp_path: Path, capsys: Captured
) -> None:
    told = ["--absent", "X1", "--late", "X2", "25:00", "--leaving", "X1", "09:00", "--room-lost", "nowhere"]
    code = stepup("repair", tiny, plan, "--now", "2015-07-32 10:00", *told, "--out", tmp_path / "out")
    assert code == BAD_INPUT
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err.splitlines() == [
        "7 faults; nothing was written.",
        "",
        "--now",
        '  found "2015-07-32 10:00"; wanted a date and a time, e.g. "2015-07-14 10:05"',
        "",
        "--absent",
        '  found "X1"; wanted somebody of this campaign',
        "",
        "--late",
        '  found "X2"; wanted somebody of this campaign',
        '  found "25:00" for X2; wanted a time, e.g. "10:40"',
        "",
        "--leaving",
        '  found "X1"; wanted somebody of this campaign',
        "  found X1, who is also given as absent; wanted one or the other",
        "",
        "--room-lost",
        '  found "nowhere"; wanted a room of this campaign',
    ]


def test_repair_without_anything_that_happened_exits_2(
    tiny: Path, plan: Path, moment: str, tmp_path: Path, capsys: Captured
) -> None:
    assert stepup("repair", tiny, plan, "--now", moment, "--out", tmp_path / "out") == BAD_INPUT
    assert capsys.readouterr().err.splitlines()[-1] == (
        "  found nothing that happened; wanted at least one of --absent, --late, --leaving, --room-lost, "
        "--session-start"
    )


def test_repair_before_the_last_one_exits_2(
    tiny: Path, repaired: Path, moment: str, tmp_path: Path, capsys: Captured
) -> None:
    before = f"{moment[:10]} 00:10"
    code = stepup("repair", tiny, repaired, "--now", before, "--room-lost", "X", "--out", tmp_path / "out")
    assert code == BAD_INPUT
    assert f"  found {before}; wanted not before the last repair, {moment}" in capsys.readouterr().err


def test_record_that_is_no_record_exits_2(
    tiny: Path, repaired: Path, tmp_path: Path, capsys: Captured
) -> None:
    for file in repaired.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "repair.json").write_text('{"repairs": [{"now": "soon"}]}', encoding="utf-8")
    assert stepup("verify", tiny, tmp_path) == BAD_INPUT
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "repair.json",
        '  found "soon"; wanted the file as `stepup repair` wrote it for this campaign',
    ]


def test_timetable_that_breaks_rules_is_not_repaired(
    tiny: Path, plan: Path, moment: str, tmp_path: Path, capsys: Captured
) -> None:
    head, _, *rest = (plan / "timetable.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "timetable.csv").write_text("\n".join([head, *rest]) + "\n", encoding="utf-8")
    (tmp_path / "rotations.csv").write_bytes((plan / "rotations.csv").read_bytes())
    absent = somebody(plan, Role.ASSESSOR)
    code = stepup("repair", tiny, tmp_path, "--now", moment, "--absent", absent, "--out", tmp_path / "out")
    assert code == BAD_INPUT
    assert not (tmp_path / "out").exists()
    assert "wanted a timetable that keeps every rule" in capsys.readouterr().err


def test_several_references_may_follow_one_flag() -> None:
    given = ["repair", "c", "t", "--absent", "A1", "A2", "--late", "A3", "10:40", "A4", "11:00", "--quiet"]
    assert one_at_a_time(given) == [
        "repair",
        "c",
        "t",
        *("--absent", "A1", "--absent", "A2"),
        *("--late", "A3 10:40", "--late", "A4 11:00"),
        "--quiet",
    ]


def test_verify_says_who_is_absent_and_counts_them_not(
    tiny: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    applicants = [row["person"] for row in rows(plan / "timetable.csv") if row["role"] == "applicant"]
    absent = applicants[-1]
    before = ("--now", "2015-07-06 08:00", "--absent", absent, "--seconds", "10", "--workers", "1", "--quiet")
    assert stepup("repair", tiny, plan, *before, "--out", tmp_path) == DONE
    capsys.readouterr()
    assert stepup("verify", tiny, tmp_path) == DONE
    assert capsys.readouterr().out.splitlines() == [
        f"7 of 8 applicants have a session. Absent: {absent}.",
        "No breaches.",
    ]
