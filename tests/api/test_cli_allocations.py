"""`compare` and `receipt` from outside: exit codes, what is printed and written, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import BAD_INPUT, DONE, NOT_ALL_WELL, run
from tests.api.campaigns import copy_of_sound, sound

Captured = pytest.CaptureFixture[str]
NO_RATINGS = ("ratings.csv", "agreed.csv")
BOTH_RANKED = {
    "ratings.csv": sound("ratings.csv").replace(b"A2,interview,values,P1,2,", b"A2,interview,values,P1,4,")
}


def stepup(*arguments: str | Path) -> int:
    return run([str(argument) for argument in arguments])


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    return copy_of_sound(tmp_path, BOTH_RANKED)


def test_compare_prints_what_could_be_gained_and_writes_it(campaign: Path, capsys: Captured) -> None:
    out = campaign.parent / "out"
    assert stepup("compare", campaign, "--out", out) == DONE
    assert capsys.readouterr().out.splitlines() == [
        "By merit (the rule chosen), 2 of 4 places are filled and 2 get their first choice. Nobody is passed "
        "over.",
        "Most places: nothing could be gained, the rule does as well as can be.",
        "Most first choices: nothing could be gained, the rule does as well as can be.",
        "Best worst choice: nothing could be gained, the rule does as well as can be.",
        "There are no council lists, so the rule council_lists cannot be compared. Add the table "
        "council_lists to see it too.",
        "The figures are of the campaign's own order of merit.",
        f"Written to {out}.",
    ]
    assert sorted(file.suffix for file in out.iterdir()) == [".csv", ".csv", ".html", ".json", ".pdf"]


def test_compare_before_the_ratings_is_the_same_for_the_same_seed(tmp_path: Path, capsys: Captured) -> None:
    campaign = copy_of_sound(tmp_path, without=NO_RATINGS)
    for out in ("one", "two"):
        options = ("--simulations", "20", "--seed", "5", "--appointable", "50")
        assert stepup("compare", campaign, "--out", tmp_path / out, *options) == DONE
    assert "drawn by lot from 2 applicants, of whom the first 50 %" in capsys.readouterr().out
    for name in ("comparison.csv", "comparison.json", "passed_over.csv", "comparison.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize(
    "options", [("--seed", "1"), ("--appointable", "50"), ("--simulations", "0"), ("--appointable", "0")]
)
def test_compare_refuses_options_that_could_do_nothing(campaign: Path, options: tuple[str, str]) -> None:
    out = campaign.parent / "out"
    assert stepup("compare", campaign, "--out", out, *options) == BAD_INPUT
    assert not out.exists()


def test_receipt_of_one_applicant_is_printed_and_proven(campaign: Path, capsys: Captured) -> None:
    assert stepup("receipt", campaign, "--applicant", "A2") == DONE
    output, errors = capsys.readouterr()
    lines = output.splitlines()
    assert lines[:3] == [
        "A2, rank 2: offer, Gloucestershire (first choice).",
        "  First choice, Gloucestershire: Your place. (1 place, the last to number 2; own number 2)",
        "  Second choice, Somerset: Not needed: a higher choice is yours. (2 places, still free; own "
        "number 2)",
    ]
    assert lines[3] == "1 receipt proven: the result follows from the cut-offs,"
    assert errors == (
        "Note: made with a secret for this once, so it belongs to nothing published; "
        "give --out or --secret.\n"
    )


def test_receipts_are_written_and_verified_without_the_campaign(campaign: Path, capsys: Captured) -> None:
    out = campaign.parent / "out"
    assert stepup("receipt", campaign, "--out", out) == DONE
    receipt, cut_offs = out / "receipts" / "A1.json", out / "cutoffs.json"
    published = capsys.readouterr().out.splitlines()[3].removeprefix("and belongs to the statement ")
    assert stepup("receipt", "--verify", receipt, cut_offs) == DONE
    assert capsys.readouterr().out.splitlines() == [
        "A1: this receipt is proven. The result was fixed and follows from the cut-offs.",
        f"Compare this with what was published: {published}",
    ]
    assert stepup("receipt", campaign, "--applicant", "A1", "--out", out) == DONE


def test_altered_receipt_is_not_proven(campaign: Path, capsys: Captured) -> None:
    out = campaign.parent / "out"
    assert stepup("receipt", campaign, "--applicant", "A1", "--out", out) == DONE
    file = out / "receipts" / "A1.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    record["result"]["rank"] = 3
    file.write_text(json.dumps(record), encoding="utf-8")
    capsys.readouterr()
    assert stepup("receipt", "--verify", file, out / "cutoffs.json") == NOT_ALL_WELL
    assert capsys.readouterr().out.splitlines() == [
        "A1: this receipt is not proven.",
        "  The receipt is not one of those that the statement's root fixes.",
    ]


def test_secret_can_be_kept_elsewhere_and_gives_the_same_receipts(campaign: Path) -> None:
    folder = campaign.parent
    for out in ("one", "two"):
        kept = ("--secret", folder / "kept.secret", "--out", folder / out)
        assert stepup("receipt", campaign, *kept) == DONE
    assert not (folder / "one" / "receipts.secret").exists()
    for name in ("cutoffs.json", "cutoffs.csv", "receipts/A1.json", "receipts/A2.html"):
        assert (folder / "one" / name).read_bytes() == (folder / "two" / name).read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("CAMPAIGN", "--verify", "a.json", "b.json"),
        ("--applicant", "A1", "--verify", "a.json", "b.json"),
        ("--verify", "a.json", "b.json"),
        ("--verify", "a.json"),
        ("CAMPAIGN", "--applicant", "A3"),
    ],
)
def test_receipt_refuses_what_does_not_go_together(campaign: Path, arguments: tuple[str, ...]) -> None:
    """A3 did not attend; the files are not there."""
    given = [campaign if each == "CAMPAIGN" else each for each in arguments]
    assert stepup("receipt", *given) == BAD_INPUT


def test_refused_receipt_leaves_no_secret_behind(tmp_path: Path) -> None:
    campaign = copy_of_sound(tmp_path, without=NO_RATINGS)
    assert stepup("receipt", campaign, "--out", tmp_path / "out") == BAD_INPUT
    assert not (tmp_path / "out").exists()
