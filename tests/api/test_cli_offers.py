"""The commands `freeze`, `offers` and `rehearse`: what they print, write and end with."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import BAD_INPUT, DONE, run
from tests.api.campaigns import SOUND, copy_of_sound

REHEARSED = ["rehearsal.csv", "rehearsal.html", "rehearsal.json", "rehearsal.pdf", "rehearsal_applicants.csv"]


def test_freeze_writes_a_copy_and_tells_the_fingerprint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "frozen"
    code = run(["freeze", str(SOUND), "--by", "Dana Quill", "--now", "2015-06-30 12:00", "--out", str(out)])
    first, second, third = capsys.readouterr().out.splitlines()
    row = (out / "frozen_rules.csv").read_text().splitlines()[1]
    assert (code, first) == (DONE, "Version 1 of the rules is frozen, on 2015-06-30 12:00.")
    assert row.startswith(
        f"1,2015-06-30 12:00,{second.removeprefix('Their fingerprint, to be published: ')},"
    )
    assert third == f"Written to {out}: use that campaign from now on."


def test_freeze_by_nobody_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "frozen"
    code = run(["freeze", str(SOUND), "--by", "", "--now", "2015-06-30 12:00", "--out", str(out)])
    assert (code, out.exists()) == (BAD_INPUT, False)
    assert "wanted the name of whoever fixes the rules" in capsys.readouterr().err


def test_rank_after_a_change_of_frozen_rules_ends_with_2_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frozen = tmp_path / "frozen"
    run(["freeze", str(SOUND), "--by", "Dana Quill", "--now", "2015-06-30 12:00", "--out", str(frozen)])
    with (frozen / "settings.csv").open("a") as settings:
        settings.write("standard_percent,70\n")
    code = run(["rank", str(frozen), "--out", str(tmp_path / "merit")])
    assert (code, (tmp_path / "merit").exists()) == (BAD_INPUT, False)
    assert "found standard_percent was 60 and is 70" in capsys.readouterr().err


def test_offers_before_the_release_tells_the_fingerprint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "offers"
    assert run(["offers", str(SOUND), "--now", "2015-08-03 09:00", "--out", str(out)]) == DONE
    assert capsys.readouterr().out.splitlines()[0] == (
        "No offers have been released yet; the allocation makes 2."
    )
    assert sorted(path.name for path in out.iterdir()) == [
        "next_pass.csv",
        "offer_log.csv",
        "offers.csv",
        "offers.json",
    ]


def test_offers_at_no_moment_at_all_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["offers", str(SOUND), "--now", "3 August", "--out", str(tmp_path / "offers")])
    assert (code, (tmp_path / "offers").exists()) == (BAD_INPUT, False)
    assert 'found "3 August"; wanted a date and time such as 2015-08-03 16:20' in capsys.readouterr().err


def test_offers_without_ratings_is_refused(tmp_path: Path) -> None:
    campaign = copy_of_sound(tmp_path, without=["ratings.csv", "agreed.csv"])
    assert run(["offers", str(campaign), "--out", str(tmp_path / "offers")]) == BAD_INPUT
    assert run(["rehearse", str(campaign), "--out", str(tmp_path / "offers")]) == BAD_INPUT


def test_rehearse_prints_what_it_comes_to_and_writes_the_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rehearsal"
    options = ["--decline", "0", "--withdraw", "0", "--simulations", "100"]
    assert run(["rehearse", str(SOUND), "--out", str(out), *options]) == DONE
    assert capsys.readouterr().out.splitlines()[0] == (
        "Of 4 places, 2.0 are filled on average once all have answered; 2 offers would be released, and 0.0 "
        "passes follow on average."
    )
    assert sorted(path.name for path in out.iterdir()) == REHEARSED


@pytest.mark.parametrize("option", ["--decline", "--upgrade", "--withdraw"])
def test_rehearse_with_a_chance_that_is_none_is_refused(option: str, tmp_path: Path) -> None:
    assert run(["rehearse", str(SOUND), "--out", str(tmp_path / "out"), option, "101"]) == BAD_INPUT
