"""The identity of a campaign: the same in every form it comes in, another for every change that matters."""

from __future__ import annotations

from pathlib import Path

from api.campaign import Campaign
from api.exports.xlsx import write_workbook
from api.imports.read import read_campaign
from api.services.identify_campaign import campaign_sha256, timetable_input_sha256
from tests.api.campaigns import copy_of_sound, sound, sound_campaign


def read(path: Path) -> Campaign:
    campaign = read_campaign(path).campaign
    assert campaign is not None
    return campaign


def identities(campaign: Campaign) -> tuple[str, str]:
    return timetable_input_sha256(campaign), campaign_sha256(campaign)


def test_workbook_has_the_identity_of_its_folder(tmp_path: Path) -> None:
    write_workbook(sound_campaign().tables.values(), tmp_path / "book.xlsx")
    assert identities(read(tmp_path / "book.xlsx")) == identities(sound_campaign())


def test_line_ends_and_spelling_make_no_difference(tmp_path: Path) -> None:
    changed = {
        "sessions.csv": sound("sessions.csv").replace(b"2015-07-15", b"15 July 2015"),
        "rooms.csv": sound("rooms.csv").replace(b"\n", b"\r\n").replace(b"yes", b"YES"),
    }
    assert identities(read(copy_of_sound(tmp_path, changed))) == identities(sound_campaign())


def test_ratings_change_the_campaign_but_not_what_its_timetable_was_made_from(tmp_path: Path) -> None:
    timetable, campaign = identities(sound_campaign())
    changed = identities(read(copy_of_sound(tmp_path, without=["agreed.csv"])))
    assert changed[0] == timetable
    assert changed[1] != campaign


def test_any_other_cell_changes_both(tmp_path: Path) -> None:
    changed = {"rooms.csv": sound("rooms.csv").replace(b"Room 1", b"Room one")}
    one, other = identities(sound_campaign()), identities(read(copy_of_sound(tmp_path, changed)))
    assert (one[0] == other[0], one[1] == other[1]) == (False, False)
