"""The command line from outside: exit codes, what is said and where, and that bad input leaves no trace."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import BAD_INPUT, DONE, NOT_ALL_WELL, run
from api.imports.read import read_campaign
from tests.api.campaigns import SOUND, copy_of_sound, sound, sound_campaign

BROKEN_COUNCILS = sound("councils.csv").replace(b"Swindon,1", b"Swindon,none").replace(b"GLO,", b"SOM,")
Captured = pytest.CaptureFixture[str]
COMMANDS: dict[str, Callable[[str, str], list[str]]] = {
    "check": lambda campaign, out: ["check", campaign],
    "convert": lambda campaign, out: ["convert", campaign, out],
    "schedule": lambda campaign, out: ["schedule", campaign, "--out", out],
    "verify": lambda campaign, out: ["verify", campaign, out],
    "rank": lambda campaign, out: ["rank", campaign, "--out", out],
    "allocate": lambda campaign, out: ["allocate", campaign, "--out", out],
    "run": lambda campaign, out: ["run", campaign, "--out", out],
    "repair": lambda campaign, out: [
        "repair",
        campaign,
        out,
        "--now",
        "2015-07-14 10:05",
        "--absent",
        "P1",
        "--out",
        out,
    ],
    "explain": lambda campaign, out: ["explain", campaign],
}


def stepup(*arguments: str | Path) -> int:
    return run([str(argument) for argument in arguments])


def test_check_of_a_sound_campaign_says_what_it_is(capsys: Captured) -> None:
    assert stepup("check", SOUND) == DONE
    said = "Made-up Campaign 2015: 3 applicants, 3 sessions, 4 assessors, 4 places. No faults.\n"
    assert capsys.readouterr() == (said, "")


def test_check_lists_every_fault_by_table(tmp_path: Path, capsys: Captured) -> None:
    folder = copy_of_sound(
        tmp_path, {"councils.csv": BROKEN_COUNCILS, "pins.csv": b"person,session,rule\nA1,S09,must\n"}
    )
    assert stepup("check", folder) == BAD_INPUT
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.splitlines()[:5] == [
        "7 faults; nothing was written.",
        "",
        "councils",
        '  row 3, column council: found "SOM" again, first in row 2; wanted each only once',
        '  row 4, column places: found "none"; wanted a whole number from 0 to 10000',
    ]
    assert errors.splitlines()[-2:] == [
        "pins",
        '  row 2, column session: found "S09"; wanted a reference from sessions',
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_bad_input_exits_2_and_writes_nothing(command: str, tmp_path: Path, capsys: Captured) -> None:
    folder = copy_of_sound(tmp_path, {"councils.csv": BROKEN_COUNCILS})
    before = sorted(tmp_path.rglob("*"))
    assert run(COMMANDS[command](str(folder), str(tmp_path / "out"))) == BAD_INPUT
    assert sorted(tmp_path.rglob("*")) == before
    output, errors = capsys.readouterr()
    assert output == ""
    assert "faults; nothing was written." in errors


@pytest.mark.parametrize("command", COMMANDS)
def test_campaign_that_is_not_there_exits_2(command: str, tmp_path: Path, capsys: Captured) -> None:
    assert run(COMMANDS[command](str(tmp_path / "nowhere"), str(tmp_path / "out"))) == BAD_INPUT
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr() == (
        "",
        "1 fault; nothing was written.\n\nnowhere\n"
        "  found nothing there; wanted a folder of CSV files, or an .xlsx workbook\n",
    )


@pytest.mark.parametrize("command", ["convert", "schedule", "rank", "allocate", "run"])
def test_out_that_cannot_be_written_exits_2(command: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    assert run(COMMANDS[command](str(SOUND), str(tmp_path / "file" / "out"))) == BAD_INPUT
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("file", b"mine")]
    assert capsys.readouterr().err.startswith("Cannot read or write")


@pytest.mark.parametrize(
    "options",
    [
        ["--seconds", "0"],
        ["--seconds", "-3"],
        ["--seconds", "soon"],
        ["--seconds", "nan"],
        ["--workers", "0"],
        ["--seed", "-1"],
    ],
    ids=" ".join,
)
def test_option_out_of_range_exits_2(options: list[str], tmp_path: Path) -> None:
    assert stepup("schedule", SOUND, "--out", tmp_path / "out", *options) == BAD_INPUT
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [["fly"], ["schedule", str(SOUND)], ["check"], ["check", "--colour", "red"]]
)
def test_command_that_makes_no_sense_exits_2(arguments: list[str]) -> None:
    assert run(arguments) == BAD_INPUT


def test_help_exits_0_and_loads_nothing_heavy() -> None:
    heavy = "{'ortools', 'weasyprint', 'numpy', 'xlsxwriter'}"
    code = f"import sys, api.cli; code = api.cli.run(['--help']); print(code, {heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 set()"


def test_convert_goes_there_and_back(tmp_path: Path, capsys: Captured) -> None:
    assert stepup("convert", SOUND, tmp_path / "book.xlsx") == DONE
    assert stepup("convert", tmp_path / "book.xlsx", tmp_path / "back") == DONE
    written = {file.name: file.read_bytes() for file in (tmp_path / "back").iterdir()}
    assert written == {file.name: file.read_bytes() for file in SOUND.iterdir()}
    assert capsys.readouterr().out.splitlines()[0] == f"20 tables written to {tmp_path / 'book.xlsx'}."


def test_convert_replaces_a_campaign_of_the_same_tables(tmp_path: Path) -> None:
    changed = copy_of_sound(tmp_path, {"criteria.csv": sound("criteria.csv").replace(b"ethics", b"morals")})
    assert stepup("convert", changed, tmp_path / "book.xlsx") == DONE
    assert stepup("convert", SOUND, tmp_path / "book.xlsx") == DONE
    assert stepup("convert", SOUND, changed) == DONE
    assert (
        read_campaign(changed).campaign == read_campaign(tmp_path / "book.xlsx").campaign == sound_campaign()
    )


def test_convert_does_not_write_over_anything_else(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_bytes(b"mine")
    (tmp_path / "mine.xlsx").write_bytes(b"mine")
    for name in ("letters", "mine.xlsx", "letters/mine.txt", "other.ods"):
        assert stepup("convert", SOUND, tmp_path / name) == BAD_INPUT
    files = {file.name: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert files == {"mine.txt": b"mine", "mine.xlsx": b"mine"}


def test_convert_does_not_mix_two_campaigns(tmp_path: Path, capsys: Captured) -> None:
    """Tables of the older campaign would be read as part of the newer one."""
    smaller = copy_of_sound(tmp_path, without=["pins.csv", "agreed.csv"])
    target = tmp_path / "target"
    assert stepup("convert", SOUND, target) == DONE
    assert stepup("convert", smaller, target) == BAD_INPUT
    assert "found a campaign with other tables: agreed, pins" in capsys.readouterr().err


def test_sample_of_an_unknown_name_exits_2(tmp_path: Path, capsys: Captured) -> None:
    assert stepup("sample", "north-east", "--out", tmp_path / "out") == BAD_INPUT
    assert list(tmp_path.iterdir()) == []
    wanted = (
        "one of south-west-2015, south-west-2017, south-west-bid, tiny, size-N with N from 6 to 2000, "
        "or national"
    )
    assert capsys.readouterr().err.splitlines()[-1] == f'  found "north-east"; wanted {wanted}'


def test_verify_without_a_timetable_exits_2(tmp_path: Path, capsys: Captured) -> None:
    assert stepup("verify", SOUND, tmp_path) == BAD_INPUT
    assert capsys.readouterr().err.splitlines()[-1] == (
        "  found no such file or directory; wanted a file that can be read"
    )


def test_rank_writes_scores_order_and_their_identity(tmp_path: Path, capsys: Captured) -> None:
    assert stepup("rank", SOUND, "--out", tmp_path / "out") == DONE
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "order_of_merit.csv",
        "rank.json",
        "scores.csv",
    ]
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "2 of 3 applicants came, 2 are rated; 2 are appointable and ranked."


def test_rank_with_a_missing_rating_exits_1(tmp_path: Path, capsys: Captured) -> None:
    content = sound("ratings.csv").replace(b"A1,written,writing,P3,4,\n", b"")
    folder = copy_of_sound(tmp_path, {"ratings.csv": content})
    assert stepup("rank", folder, "--out", tmp_path / "out") == NOT_ALL_WELL
    assert "1 cannot be ranked, ratings are missing: A1." in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("command", ["rank", "allocate"])
def test_ranking_without_ratings_exits_2(command: str, tmp_path: Path, capsys: Captured) -> None:
    folder = copy_of_sound(tmp_path, without=["ratings.csv", "agreed.csv"])
    assert stepup(command, folder, "--out", tmp_path / "out") == BAD_INPUT
    assert not (tmp_path / "out").exists()
    assert capsys.readouterr().err.splitlines()[-1] == "  found no ratings; wanted the ratings, to rank by"


@pytest.mark.parametrize("command", ["rank", "allocate", "run"])
def test_tie_that_comes_to_the_lot_without_a_seed_exits_2(
    command: str, tmp_path: Path, capsys: Captured
) -> None:
    rows = [row for row in sound("ratings.csv").splitlines() if not row.startswith(b"A2")]
    same = [row.replace(b"A1,", b"A2,") for row in rows[1:]]
    folder = copy_of_sound(
        tmp_path,
        {
            "ratings.csv": b"\n".join([*rows, *same]) + b"\n",
            "settings.csv": sound("settings.csv").replace(b"lot_seed,a made-up seed\n", b""),
        },
        without=["agreed.csv"],
    )
    assert stepup(command, folder, "--out", tmp_path / "out") == BAD_INPUT
    assert not (tmp_path / "out").exists()
    assert "A1, A2 are level" in capsys.readouterr().err


def test_allocate_writes_what_rank_writes_and_the_allocation(tmp_path: Path, capsys: Captured) -> None:
    assert stepup("rank", SOUND, "--out", tmp_path / "rank") == DONE
    assert stepup("allocate", SOUND, "--out", tmp_path / "all") == DONE
    ranked = {file.name: file.read_bytes() for file in (tmp_path / "rank").iterdir()}
    allocated = {file.name: file.read_bytes() for file in (tmp_path / "all").iterdir()}
    assert sorted(set(allocated) - set(ranked)) == ["allocation.csv", "allocation_checks.json"]
    assert {name: allocated[name] for name in ranked} == ranked
    record = json.loads(allocated["allocation_checks.json"])
    assert record["order_of_merit_sha256"] == json.loads(ranked["rank.json"])["order_of_merit_sha256"]
    assert "2 offers for 4 places:" in capsys.readouterr().out.splitlines()
