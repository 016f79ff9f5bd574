"""`stepup explain` from outside: its exit codes, what it says, and the files it writes if it is asked to."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from api.cli import BAD_INPUT, DONE, NOT_ALL_WELL, run
from tests.api.campaigns import SOUND, copy_of_sound, sound

Captured = pytest.CaptureFixture[str]
NO_PANELS = "S01 may have no panels, S02 may have no panels and S03 may have no panels (panels_max)"
QUICK = ("--seconds", "20", "--workers", "1", "--quiet")
# A1 must come to S01, may not meet P2, and of the assessors nobody else is left but P4, on standby.
SAID = [
    "Counted session by session:",
    "  On 14 July 2015 in the afternoon (S02) 1 panel is planned, which needs 3 assessors, and 2 are free.",
    "  On 15 July 2015 in the morning (S03) 1 panel is planned, which needs 3 assessors, and 2 are free.",
    "",
    "2 of 3 applicants can have a session; it is proven that no more can.",
    "",
    "Without a session: A1.",
    "  In the way, all of these together:",
    "    - a panel has 3 members (panel_size)",
    "    - there are 4 assessors and no more",
    "    - on standby, so kept in reserve: P4",
    "    - a declared interest keeps apart A1 and P2",
    "  Ways out, the cheapest first, each tried:",
    "    1. Plan with the standby assessor P4 from the start: gives them a session.",
    "    2. One more Gloucestershire member on Tuesday 14 July 2015 in the morning (S01): gives them a"
    " session.",
    "    3. Set panel_size to 2: gives them a session.",
]


def explain(*arguments: str | Path) -> int:
    return run(["explain", *(str(argument) for argument in arguments), *QUICK])


def test_explain_says_what_is_in_the_way_and_what_would_help(capsys: Captured) -> None:
    assert explain(SOUND) == NOT_ALL_WELL
    output, errors = capsys.readouterr()
    assert (output.splitlines(), errors) == (SAID, "")


def test_explain_writes_what_it_says_where_it_is_asked_to(tmp_path: Path, capsys: Captured) -> None:
    assert explain(SOUND, "--out", tmp_path / "why") == NOT_ALL_WELL
    assert capsys.readouterr().out.splitlines() == [*SAID, f"Written to {tmp_path / 'why'}."]
    assert sorted(file.name for file in (tmp_path / "why").iterdir()) == ["explain.json", "explanation.csv"]
    with (tmp_path / "why" / "explanation.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[:3] for row in rows] == [
        ["applicant", "part", "number"],
        ["A1", "reason", "1"],
        ["A1", "way_out", "1"],
        ["A1", "way_out", "2"],
        ["A1", "way_out", "3"],
    ]
    assert rows[2][3] == "Plan with the standby assessor P4 from the start: gives them a session."
    record = json.loads((tmp_path / "why" / "explain.json").read_text(encoding="utf-8"))
    assert sorted(record) == ["explanation", "input_sha256", "limits", "shortages", "versions"]
    (case,) = record["explanation"]["cases"]
    assert case["reasons"][0]["obstacles"][-1] == {"kind": "interests", "facts": [["A1", "P2"]]}
    assert case["ways_out"][0] == {
        "changes": [{"kind": "standby", "target": ["P4"], "size": 1}],
        "places": 1,
        "of": 1,
        "least": True,
    }


def test_explain_of_a_campaign_that_works_exits_0(tmp_path: Path, capsys: Captured) -> None:
    """P4 is no longer kept in reserve; nothing is said about sessions where not all panels can work."""
    assessors = sound("assessors.csv").replace(b",4,yes,", b",4,no,")
    folder = copy_of_sound(tmp_path, {"assessors.csv": assessors})
    assert explain(folder) == DONE
    assert capsys.readouterr() == ("All applicants can have a session: 3 of 3 placed.\n", "")


def test_explain_counts_before_it_solves(tmp_path: Path, capsys: Captured) -> None:
    lines = sound("sessions.csv").decode().splitlines()
    nothing = "\n".join([lines[0], *(f"{line.rsplit(',', 1)[0]},0" for line in lines[1:])]) + "\n"
    assert explain(copy_of_sound(tmp_path, {"sessions.csv": nothing.encode()})) == NOT_ALL_WELL
    assert capsys.readouterr().out.splitlines() == [
        "Counting alone shows that not everybody can have a session:",
        "  3 applicants need 1 panel, the sessions allow 0.",
        "  3 applicants need 1 panel; with those available in each session at most 0 can be staffed.",
        "",
        "0 of 3 applicants can have a session; it is proven that no more can.",
        "",
        "Without a session: A1.",
        f"  In the way: {NO_PANELS}.",
        "  Also in the way, and enough on its own, all of these together:",
        "    - a panel has 3 members (panel_size)",
        "    - there are 4 assessors and no more",
        "    - on standby, so kept in reserve: P4",
        "    - a declared interest keeps apart A1 and P2",
        "  No way out was found that is one change, or several of one kind.",
        "",
        "Without a session: A2 and A3.",
        f"  In the way: {NO_PANELS}.",
        "  Ways out, the cheapest first, each tried:",
        "    1. One more panel on Tuesday 14 July 2015 in the morning (S01) (panels_max 1): places all 2.",
    ]


def test_explain_to_a_place_that_cannot_be_written_exits_2(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    assert explain(SOUND, "--out", tmp_path / "file" / "out") == BAD_INPUT
    assert capsys.readouterr().err.startswith("Cannot read or write")
