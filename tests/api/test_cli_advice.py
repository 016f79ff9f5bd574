"""`advise` from outside: what is said and written, that it repeats, and what is refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from api.cli import BAD_INPUT, DONE, run
from tests.api.campaigns import SOUND, copy_of_sound

Captured = pytest.CaptureFixture[str]
ADVICE_FILES = [
    "advice.html",
    "advice.json",
    "advice.pdf",
    "cut_line.csv",
    "order_effects.csv",
    "ranks_by_severity.csv",
    "reliability.csv",
    "severity.csv",
]
FIRST = "Advice only. It changes no rating, no score, no rank and no offer."
TIMETABLE = """session,exercise,sitting,room,start,end,person,role,panel
S01,interview,I1,T1,09:00,09:40,A1,applicant,P1
S01,interview,I1,T1,09:00,09:55,P1,assessor,P1
"""


def stepup(*arguments: str | Path) -> int:
    return run([str(argument) for argument in arguments])


def tiny(place: Path) -> Path:
    assert stepup("sample", "tiny", "--out", place / "tiny") == DONE
    return place / "tiny"


def test_advice_names_nobody_and_is_the_same_from_the_same_seed(tmp_path: Path, capsys: Captured) -> None:
    campaign = tiny(tmp_path)
    content = {}
    for name, seed in (("one", "4"), ("again", "4"), ("other", "5")):
        out = tmp_path / name
        assert stepup("advise", campaign, "--out", out, "--simulations", "1000", "--seed", seed) == DONE
        said = capsys.readouterr().out.splitlines()
        assert (said[-6] if len(said) > 6 else said[0], said[-1]) == (FIRST, f"Written to {out}.")
        assert sorted(path.name for path in out.iterdir()) == ADVICE_FILES
        content[name] = [(out / file).read_bytes() for file in ADVICE_FILES if not file.endswith(".pdf")]
    assert content["one"] == content["again"]
    assert content["one"] != content["other"]
    record = json.loads((tmp_path / "one" / "advice.json").read_text())
    assert (record["advice_only"], record["simulations"], record["seed"]) == (FIRST, 1000, 4)
    assert (len(record["input_sha256"]), record["timetable_sha256"]) == (64, None)
    names = [
        row["name"]
        for table in ("applicants", "assessors", "service_users")
        for row in csv.DictReader((campaign / f"{table}.csv").read_text(encoding="utf-8").splitlines())
    ]
    texts = [text.decode() for text in content["one"]]
    assert [name for name in names if any(name in text for text in texts)] == []
    assert sorted(record["versions"]) == ["numpy", "ortools", "program", "python", "scipy"]


def test_timetable_is_read_and_its_identity_kept(tmp_path: Path) -> None:
    plan, out = tmp_path / "timetable.csv", tmp_path / "out"
    plan.write_text(TIMETABLE)
    assert stepup("advise", SOUND, plan, "--out", out, "--simulations", "1000") == DONE
    record = json.loads((out / "advice.json").read_text())
    assert len(record["timetable_sha256"]) == 64
    assert (record["order_effects"]["timetabled"], record["order_effects"]["ratings_with_known_time"]) == (
        True,
        1,
    )


@pytest.mark.parametrize("without", ["ratings.csv", "councils.csv"])
def test_advice_without_what_it_needs_exits_2_and_writes_nothing(without: str, tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path, without=[without, *(["agreed.csv"] if without == "ratings.csv" else [])])
    assert stepup("advise", folder, "--out", tmp_path / "out") == BAD_INPUT
    assert not (tmp_path / "out").exists()


def test_timetable_that_is_not_there_exits_2(tmp_path: Path) -> None:
    assert stepup("advise", SOUND, tmp_path / "none.csv", "--out", tmp_path / "out") == BAD_INPUT
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", [("--simulations", "10"), ("--seed", "-1")])
def test_options_out_of_range_exit_2(option: tuple[str, str], tmp_path: Path) -> None:
    assert stepup("advise", SOUND, "--out", tmp_path / "out", *option) == BAD_INPUT
