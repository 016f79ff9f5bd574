"""The offers of a campaign on disk: from tables to acts, faults with their rows, and the files written."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path

import pytest

from api.campaign import Campaign
from api.errors import BadInput
from api.imports.read import read_campaign
from api.services.allocate_places import allocate_places, offers_sha256
from api.services.follow_offers import follow_offers, write_offers
from api.services.rank_applicants import rank_applicants
from api.services.summarise_offers import offer_lines
from tests.api.campaigns import copy_of_sound, said

EVENTS = "event,at,kind,applicant,council,places,until,undoes,offers_sha256,by,second_by,reason\n"
# The sound campaign with one place at each council, so that A2 is waiting for Gloucestershire or Somerset.
COUNCILS = b"""council,name,places,latitude,longitude
SOM,Somerset,1,51.015,-3.103
GLO,Gloucestershire,0,51.866,-2.243
SWI,Swindon,1,51.558,-1.781
"""
NOON = datetime.datetime(2015, 8, 12, 12)


def campaign_with(place: Path, events: str, answers: str = "") -> Campaign:
    """`events` without their header; FINGERPRINT stands for the one of the allocation."""
    plain = _read(copy_of_sound(place / "plain", {"councils.csv": COUNCILS}))
    ranked = rank_applicants(plain)
    fingerprint = offers_sha256(ranked, allocate_places(plain, ranked))
    return _read(
        copy_of_sound(
            place / "with",
            {
                "councils.csv": COUNCILS,
                "offer_events.csv": (EVENTS + events.replace("FINGERPRINT", fingerprint)).encode(),
                "responses.csv": ("applicant,response,at\n" + answers).encode(),
            },
        )
    )


def _read(folder: Path) -> Campaign:
    reading = read_campaign(folder)
    assert reading.campaign is not None, reading.faults
    return reading.campaign


RELEASE = "E01,2015-08-03 09:00,release,,,,,,FINGERPRINT,Dana Quill,Ines Roe,\n"


def test_before_the_release_there_is_a_fingerprint_to_release_by(tmp_path: Path) -> None:
    campaign = campaign_with(tmp_path, "")
    followed = follow_offers(campaign, NOON)
    assert offer_lines(campaign, followed) == [
        "No offers have been released yet; the allocation makes 1.",
        f"Its fingerprint, for the release: {offers_sha256(followed.ranked, followed.allocated)}",
    ]


def test_answers_and_events_are_replayed_in_the_order_of_time(tmp_path: Path) -> None:
    events = RELEASE + "E02,2015-08-04 10:00,pass,,,,,,,Dana Quill,Ines Roe,\n"
    campaign = campaign_with(tmp_path, events, "A2,accept,2015-08-05 11:00\nA1,decline,2015-08-04 09:30\n")
    followed = follow_offers(campaign, NOON)
    assert offer_lines(campaign, followed) == [
        "On 12 August 2015 at 12:00: 1 accepted, 1 declined.",
        "  Somerset: 1 of 1 held",
        "  Gloucestershire: 0 of 0 held",
        "  Swindon: 0 of 1 held, 1 free",
        "A pass would give out nothing now.",
    ]


def test_events_after_the_moment_wait(tmp_path: Path) -> None:
    campaign = campaign_with(tmp_path, RELEASE, "A1,decline,2015-08-04 09:30\n")
    followed = follow_offers(campaign, datetime.datetime(2015, 8, 4, 9, 0))
    assert offer_lines(campaign, followed)[0] == "On 4 August 2015 at 09:00: 1 not answered yet, 1 waiting."


def test_pass_that_is_due_is_shown_beforehand(tmp_path: Path) -> None:
    campaign = campaign_with(tmp_path, RELEASE, "A1,decline,2015-08-04 09:30\n")
    assert offer_lines(campaign, follow_offers(campaign, NOON))[4:] == [
        "A pass would now give out:",
        "  A2: an offer of choice 2, SOM",
    ]


def test_answer_in_the_minute_of_its_undoing_comes_before_it(tmp_path: Path) -> None:
    events = RELEASE + "E02,2015-08-04 09:30,undo,,,,,A1,,Dana Quill,,Keyed for the wrong person.\n"
    campaign = campaign_with(tmp_path, events, "A1,decline,2015-08-04 09:30\nA1,accept,2015-08-04 09:40\n")
    followed = follow_offers(campaign, NOON)
    assert {a: line.state.value for a, line in followed.ledger.book.lines.items()} == {
        "A1": "accepted",
        "A2": "waiting",
    }


def test_bank_holiday_lengthens_the_time_to_answer(tmp_path: Path) -> None:
    release = RELEASE.replace("2015-08-03 09:00", "2015-08-28 17:00")
    campaign = campaign_with(tmp_path, release)
    followed = follow_offers(campaign, datetime.datetime(2015, 9, 1))
    assert followed.ledger.book.lines["A1"].answer_by == datetime.datetime(2015, 9, 2, 17)


def test_every_act_that_is_not_permitted_is_a_fault_in_its_row(tmp_path: Path) -> None:
    events = RELEASE + "E02,2015-08-04 12:00,places,,SOM,0,,,,Dana Quill,,Fewer funded.\n"
    campaign = campaign_with(tmp_path, events, "A1,accept,2015-08-04 09:30\nA2,accept,2015-08-04 10:00\n")
    with pytest.raises(BadInput) as bad:
        follow_offers(campaign, NOON)
    assert said(bad.value.faults) == [
        "responses: row 3: found an act that is not permitted. A2 has no offer, so 'accept' cannot be "
        "recorded; wanted what is permitted at that time",
        "offer_events: row 3: found an act that is not permitted. SOM cannot go down to 0 places: 1 are "
        "offered or accepted; wanted what is permitted at that time",
    ]


def test_release_of_another_allocation_is_refused(tmp_path: Path) -> None:
    campaign = campaign_with(tmp_path, RELEASE.replace("FINGERPRINT", "abc"))
    with pytest.raises(BadInput) as bad:
        follow_offers(campaign, NOON)
    assert [(fault.table, fault.row, fault.column, fault.found) for fault in bad.value.faults] == [
        ("offer_events", 2, "offers_sha256", '"abc"')
    ]


def test_files_say_how_everybody_stands_and_how_it_came(tmp_path: Path) -> None:
    campaign = campaign_with(tmp_path, RELEASE, "A1,decline,2015-08-04 09:30\n")
    write_offers(campaign, follow_offers(campaign, NOON), tmp_path / "out")
    assert rows(tmp_path / "out/offers.csv") == [
        ["applicant", "state", "council", "choice", "answer_by"],
        ["A1", "declined", "", "", ""],
        ["A2", "waiting", "", "", ""],
    ]
    assert [row[:7] for row in rows(tmp_path / "out/offer_log.csv")[1:]] == [
        ["2015-08-03 09:00", "E01", "release", "offer", "A1", "waiting", ""],
        ["2015-08-04 09:30", "A1's answer in row 2", "response", "decline", "A1", "offered", "SOM"],
    ]
    assert rows(tmp_path / "out/next_pass.csv")[1:] == [["offer", "A2", "", "SOM", "2", ""]]
    record = json.loads((tmp_path / "out/offers.json").read_text())
    assert (record["at"], record["places"]) == ("2015-08-12 12:00", {"SOM": 1, "GLO": 0, "SWI": 1})
    assert "Dana" not in "".join(path.read_text() for path in (tmp_path / "out").iterdir())


def rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


UNDONE = (
    "E01,2015-08-03 09:00,release,,,,,,abc,Dana Quill,Ines Roe,\n"
    "E02,2015-08-03 11:00,undo,,,,,A2,,Dana Quill,,Keyed by mistake.\n"
    "E03,2015-08-03 12:00,undo,,,,,E01,,Dana Quill,,A rating was wrong.\n"
    "E04,2015-08-04 09:00,release,,,,,,FINGERPRINT,Dana Quill,Ines Roe,\n"
)
FORMER_ANSWER = "A2,accept,2015-08-03 10:00\n"


def test_undone_release_of_another_allocation_leaves_no_trace(tmp_path: Path) -> None:
    campaign = campaign_with(tmp_path, UNDONE, f"{FORMER_ANSWER}A1,accept,2015-08-04 10:00\n")
    followed = follow_offers(campaign, NOON)
    assert [entry.act for entry in followed.ledger.entries] == ["E04", "A1's answer in row 3"]


def test_release_of_another_allocation_is_undone_only_with_all_that_came_of_it(tmp_path: Path) -> None:
    without = "".join(line for line in UNDONE.splitlines(keepends=True) if not line.startswith("E02"))
    campaign = campaign_with(tmp_path, without, FORMER_ANSWER)
    with pytest.raises(BadInput) as bad:
        follow_offers(campaign, NOON)
    assert ("offer_events", 2, "offers_sha256") in [(f.table, f.row, f.column) for f in bad.value.faults]
