"""Receipts of whole campaigns: all of the samples are proven; what is published and what is kept."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from api.campaign import Campaign, Table
from api.errors import BadInput
from api.exports.tables import write_folder
from api.imports.read import read_campaign
from api.samples import SAMPLE_NAMES, sample_tables
from api.services.verify_receipt import verify_receipt
from api.services.write_receipts import (
    Issued,
    Secret,
    chosen_receipts,
    issue_receipts,
    keep_secret,
    secret_for,
    write_receipts,
)
from tests.api.campaigns import copy_of_sound, said, sound, sound_campaign

SECRET = Secret(b"a made-up secret of some length", None)


def sample_campaign(name: str, folder: Path) -> Campaign:
    write_folder(sample_tables(name).values(), folder)
    campaign = read_campaign(folder).campaign
    assert campaign is not None
    return campaign


def tiny_issued(tmp_path: Path) -> Issued:
    return issue_receipts(sample_campaign("tiny", tmp_path / "campaign"), SECRET)


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_receipts_of_all_applicants_of_the_samples_are_proven(name: str, tmp_path: Path) -> None:
    campaign = sample_campaign(name, tmp_path)
    issued = issue_receipts(campaign, SECRET)
    came = {who for who, attendance in (campaign.attendance or {}).items() if attendance.came}
    assert issued.faults == ()
    assert set(issued.receipts.by_applicant) == came
    assert issued.receipts.statement.receipts == len(came)


def test_receipts_of_a_campaign_by_council_lists_are_proven(tmp_path: Path) -> None:
    settings = sound("settings.csv") + b"allocation_rule,council_lists\n"
    ratings = sound("ratings.csv").replace(b"A2,interview,values,P1,2,", b"A2,interview,values,P1,4,")
    lists = b"council,applicant,position\nSOM,A2,1\nSOM,A1,2\nGLO,A1,5\n"
    changed = {"settings.csv": settings, "council_lists.csv": lists, "ratings.csv": ratings}
    campaign = read_campaign(copy_of_sound(tmp_path, changed)).campaign
    assert campaign is not None
    issued = issue_receipts(campaign, SECRET)
    results = [receipt.result for receipt in issued.receipts.by_applicant.values()]
    assert issued.faults == ()
    assert [(each.applicant, each.choices, each.positions, each.council) for each in results] == [
        ("A1", ("SOM", "GLO"), (2, 1), "SOM"),
        ("A2", ("GLO", "SOM"), (None, 1), "SOM"),
    ]


def test_write_receipts_publishes_cut_offs_and_gives_each_their_own(tmp_path: Path) -> None:
    issued = tiny_issued(tmp_path)
    chosen = chosen_receipts(issued, None)
    write_receipts(issued, chosen, tmp_path / "out")
    names = {file.relative_to(tmp_path / "out").as_posix() for file in (tmp_path / "out").rglob("*.*")}
    assert names == {
        "cutoffs.csv",
        "cutoffs.json",
        *(
            f"receipts/{each}.{ending}"
            for each in issued.receipts.by_applicant
            for ending in ("json", "html", "pdf")
        ),
    }
    assert (tmp_path / "out" / "cutoffs.csv").read_text(encoding="utf-8") == (
        "council,name,places,offers,last_place_to\n"
        "SOM,Somerset,2,2,2\nNSO,North Somerset,1,1,3\nBAN,Bath and North East Somerset,1,1,4\n"
    )
    for receipt in chosen:
        file = tmp_path / "out" / "receipts" / f"{receipt.result.applicant}.json"
        verified = verify_receipt(file, tmp_path / "out" / "cutoffs.json")
        assert (verified.receipt, verified.faults) == (receipt, ())


def test_receipt_on_paper_is_tagged_and_says_its_language(tmp_path: Path) -> None:
    issued = tiny_issued(tmp_path)
    write_receipts(issued, chosen_receipts(issued, "A005"), tmp_path / "out")
    root: Any = PdfReader(tmp_path / "out" / "receipts" / "A005.pdf").root_object
    assert (bool(root["/MarkInfo"]["/Marked"]), root["/Lang"]) == (True, "en-GB")


def test_published_statement_names_no_applicant(tmp_path: Path) -> None:
    issued = tiny_issued(tmp_path)
    write_receipts(issued, chosen_receipts(issued, "A005"), tmp_path / "out")
    published = (tmp_path / "out" / "cutoffs.json").read_text(encoding="utf-8")
    published += (tmp_path / "out" / "cutoffs.csv").read_text(encoding="utf-8")
    assert [each for each in issued.receipts.by_applicant if each in published] == []
    assert list(json.loads((tmp_path / "out" / "cutoffs.json").read_text(encoding="utf-8"))) == [
        "format",
        "rule",
        "cut_offs",
        "receipts",
        "root",
        "input_sha256",
    ]


def test_receipt_tells_nothing_of_anybody_else(tmp_path: Path) -> None:
    issued = tiny_issued(tmp_path)
    write_receipts(issued, chosen_receipts(issued, "A005"), tmp_path / "out")
    files = [tmp_path / "out" / "receipts" / f"A005.{ending}" for ending in ("json", "html")]
    texts = [file.read_text(encoding="utf-8") for file in files]
    others = [each for each in issued.receipts.by_applicant if each != "A005"]
    names = [issued.campaign.name_of("applicants", each) for each in others]
    assert [found for found in (*others, *names) if any(found in text for text in texts)] == []


def test_receipt_of_somebody_without_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        chosen_receipts(tiny_issued(tmp_path), "A999")
    assert said(refused.value.faults) == [
        '--applicant: found "A999"; wanted the reference of an applicant in the order of merit'
    ]


def test_what_was_published_is_never_overwritten(tmp_path: Path) -> None:
    issued = tiny_issued(tmp_path)
    write_receipts(issued, chosen_receipts(issued, "A005"), tmp_path / "out")
    before = (tmp_path / "out" / "cutoffs.json").read_bytes()
    write_receipts(issued, chosen_receipts(issued, "A001"), tmp_path / "out")
    other = issue_receipts(issued.campaign, Secret(b"another made-up secret", None))
    with pytest.raises(BadInput) as refused:
        write_receipts(other, chosen_receipts(other, "A001"), tmp_path / "out")
    assert said(refused.value.faults) == [
        "cutoffs.json: found the cut-offs of another allocation, or made with another secret; wanted another "
        "folder, because what was published stays as it was"
    ]
    assert (tmp_path / "out" / "cutoffs.json").read_bytes() == before


def test_responses_to_offers_do_not_make_another_allocation(tmp_path: Path) -> None:
    issued = tiny_issued(tmp_path)
    tables = dict(issued.campaign.tables)
    tables["responses"] = Table("responses", ("applicant", "response"), (("A005", "accept"),))
    later = issue_receipts(replace(issued.campaign, tables=tables), SECRET)
    assert later.receipts == issued.receipts


def test_secret_is_made_once_for_its_owners_eyes_and_used_again(tmp_path: Path) -> None:
    first = secret_for(None, tmp_path / "out")
    assert (first.path, len(first.content)) == (tmp_path / "out" / "receipts.secret", 64)
    assert first.path is not None
    assert not first.path.exists()
    keep_secret(first)
    keep_secret(first)
    assert stat.S_IMODE(first.path.stat().st_mode) == 0o600
    assert secret_for(None, tmp_path / "out") == first
    assert secret_for(first.path, None) == first
    assert secret_for(None, None).path is None


def test_secret_that_is_gone_or_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cutoffs.json").write_bytes(b"{}")
    (tmp_path / "short").write_bytes(b"short\n")
    for secret, expected in (
        (
            None,
            "receipts.secret: found no such file, but a cutoffs.json made with it; wanted the secret of "
            "those cut-offs",
        ),
        (
            tmp_path / "short",
            "short: found 5 characters; wanted a secret of at least 16 characters, or no such file yet",
        ),
    ):
        with pytest.raises(BadInput) as refused:
            secret_for(secret, tmp_path)
        assert said(refused.value.faults) == [expected]


def test_receipts_without_ratings_are_refused() -> None:
    campaign = replace(sound_campaign(), ratings=(), agreed=())
    with pytest.raises(BadInput) as refused:
        issue_receipts(campaign, SECRET)
    assert [fault.table for fault in refused.value.faults] == ["ratings"]
