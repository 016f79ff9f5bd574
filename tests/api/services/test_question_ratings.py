"""Implausible ratings at the door of the ranking: what stops it, and what a named person's word lets pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.campaign import Campaign
from api.cli import BAD_INPUT, DONE, run
from api.errors import BadInput
from api.imports.read import read_campaign
from api.services.prepare_washup import prepare_washup
from api.services.rank_applicants import rank_applicants
from tests.api.campaigns import copy_of_sound, said, sound

# In the sound campaign P2 rated A1 though an interest keeps the two apart, and somebody has confirmed it.
FINDING = "kept_apart:A1:P2"
NONE = b"finding,confirmed_by,at,reason\n"
ANOTHER = sound("confirmations.csv") + b"constant_column:P1:interview,Dana Quill,,Read again.\n"


def campaign_with(place: Path, **tables: bytes) -> Path:
    return copy_of_sound(place, {f"{name}.csv": content for name, content in tables.items()})


def read(folder: Path) -> Campaign:
    reading = read_campaign(folder)
    assert reading.campaign is not None, reading.faults
    return reading.campaign


def test_ranking_stops_at_a_finding_and_says_how_it_can_pass(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as bad:
        rank_applicants(read(campaign_with(tmp_path, confirmations=NONE)))
    assert said(bad.value.faults) == [
        "ratings: found kept_apart:A1:P2: P2 gave 1 rating of A1 (interview), though a declared interest "
        "keeps the two apart; wanted the ratings put right or, if they are right, kept_apart:A1:P2 in the "
        "table confirmations, with who and why"
    ]


def test_confirmed_finding_lets_the_ranking_pass(tmp_path: Path) -> None:
    assert len(rank_applicants(read(campaign_with(tmp_path))).order.lines) == 2


def test_confirmation_of_nothing_is_pointed_out(tmp_path: Path) -> None:
    ranked = rank_applicants(read(campaign_with(tmp_path, confirmations=ANOTHER)))
    assert (
        ranked.remarks[-1] == "Confirmed, but no finding about these ratings: constant_column:P1:interview."
    )


def test_changed_rules_and_implausible_ratings_are_told_at_once(tmp_path: Path) -> None:
    frozen = b"version,at,rules_sha256,rules,frozen_by,reason\n1,2015-06-30 12:00,aa,bb,Dana Quill,\n"
    with pytest.raises(BadInput) as bad:
        rank_applicants(read(campaign_with(tmp_path, confirmations=NONE, frozen_rules=frozen)))
    assert [fault.table for fault in bad.value.faults] == ["frozen_rules", "ratings"]


def test_wash_up_goes_on_and_warns(tmp_path: Path) -> None:
    prepared = prepare_washup(read(campaign_with(tmp_path, confirmations=NONE)))
    assert prepared.warnings == (f"implausible ratings stop the ranking until somebody looks: {FINDING}",)


@pytest.mark.parametrize("command", ["rank", "allocate", "offers", "rehearse"])
def test_no_command_gets_past_the_door(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = campaign_with(tmp_path, confirmations=NONE)
    assert run([command, str(folder), "--out", str(tmp_path / "out")]) == BAD_INPUT
    assert (FINDING in capsys.readouterr().err, (tmp_path / "out").exists()) == (True, False)


def test_drill_command_prints_what_stops_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["sample", "south-west-2015", "--out", str(tmp_path / "campaign")])
    capsys.readouterr()
    out = tmp_path / "out"
    assert run(["drill", str(tmp_path / "campaign"), "--seed", "3", "--out", str(out)]) == DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == f"Written to {out}."
    assert lines[-3] == "Before anything was planted nothing was raised."
    assert sorted(path.name for path in out.iterdir()) == ["drill.csv", "drill.json", "planted"]
