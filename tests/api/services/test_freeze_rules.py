"""Freezing the rules: a copy of the campaign with one row more, and a ranking that holds it to them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from api.campaign import Campaign
from api.errors import BadInput
from api.imports.read import read_campaign
from api.services.freeze_rules import freeze_rules, freezing_remarks, rules_changed
from api.services.rank_applicants import rank_applicants
from tests.api.campaigns import copy_of_sound, said, sound, sound_campaign

BEFORE, AFTER = datetime.datetime(2015, 6, 30, 12), datetime.datetime(2015, 7, 14, 9)


def read(folder: Path) -> Campaign:
    reading = read_campaign(folder)
    assert reading.campaign is not None, reading.faults
    return reading.campaign


def frozen(place: Path, at: datetime.datetime = BEFORE, reason: str = "") -> Campaign:
    freeze_rules(sound_campaign(), "Dana Quill", reason, at, place / "frozen")
    return read(place / "frozen")


def with_standard(campaign: Path, percent: int) -> Campaign:
    settings = (campaign / "settings.csv").read_text() + f"standard_percent,{percent}\n"
    (campaign / "settings.csv").write_text(settings)
    return read(campaign)


def test_freezing_adds_one_row_and_changes_no_other_table(tmp_path: Path) -> None:
    campaign = frozen(tmp_path)
    assert [(row.version, row.at, row.frozen_by) for row in campaign.frozen] == [(1, BEFORE, "Dana Quill")]
    before = {name: table.rows for name, table in sound_campaign().tables.items()}
    after = {name: table.rows for name, table in campaign.tables.items() if name != "frozen_rules"}
    assert after == before


def test_freezing_works_on_a_workbook_too(tmp_path: Path) -> None:
    freeze_rules(sound_campaign(), "Dana Quill", "", BEFORE, tmp_path / "frozen.xlsx")
    assert rules_changed(read(tmp_path / "frozen.xlsx")) == []


def test_ranking_goes_on_while_the_rules_are_kept(tmp_path: Path) -> None:
    campaign = frozen(tmp_path)
    assert (rules_changed(campaign), freezing_remarks(campaign)) == ([], [])
    assert len(rank_applicants(campaign).order.lines) == 2


def test_ranking_stops_where_a_rule_was_changed_and_names_it(tmp_path: Path) -> None:
    frozen(tmp_path)
    with pytest.raises(BadInput) as bad:
        rank_applicants(with_standard(tmp_path / "frozen", 75))
    assert said(bad.value.faults) == [
        "frozen_rules: row 2, column rules: found standard_percent was 60 and is 75; wanted the rules "
        "of version 1, or a new version with its reason (stepup freeze)"
    ]


def test_rules_changed_late_are_frozen_anew_with_a_reason_that_stays_in_sight(tmp_path: Path) -> None:
    frozen(tmp_path)
    changed = with_standard(tmp_path / "frozen", 75)
    freeze_rules(changed, "Ines Roe", "The partners agreed on 13 July.", AFTER, tmp_path / "again")
    again = read(tmp_path / "again")
    assert [row.version for row in again.frozen] == [1, 2]
    assert freezing_remarks(again) == [
        "Version 2 of the rules was frozen on 2015-07-14 09:00, after the first session had begun; the "
        "reason is in the table frozen_rules."
    ]
    assert rank_applicants(again).remarks[-1] == freezing_remarks(again)[0]


def test_rules_that_were_never_frozen_are_pointed_out() -> None:
    assert rank_applicants(sound_campaign()).remarks[-1] == (
        "The rules were not frozen before the first session (stepup freeze does it)."
    )


def test_row_that_was_written_over_is_found(tmp_path: Path) -> None:
    frozen(tmp_path)
    file = tmp_path / "frozen/frozen_rules.csv"
    file.write_text(file.read_text().replace('""standard_percent"":""60""', '""standard_percent"":""75""'))
    assert said(rules_changed(with_standard(tmp_path / "frozen", 75))) == [
        "frozen_rules: row 2, column rules: found rules that do not have the fingerprint in their row; "
        "wanted the rules as they were frozen"
    ]


def test_what_stands_in_the_way_of_freezing_is_told_all_at_once(tmp_path: Path) -> None:
    frozen(tmp_path, AFTER, "Late this year.")
    with pytest.raises(BadInput) as bad:
        freeze_rules(read(tmp_path / "frozen"), " ", "", BEFORE, tmp_path / "again")
    assert said(bad.value.faults) == [
        '--by: found ""; wanted the name of whoever fixes the rules',
        "--at: found 2015-06-30 12:00; wanted a time not before 2015-07-14 09:00, when they were frozen last",
        "frozen_rules: row 2: found the very rules of version 1; wanted something that has changed",
    ]
    assert not (tmp_path / "again").exists()


def test_freezing_without_a_seed_or_late_without_a_reason_is_refused(tmp_path: Path) -> None:
    settings = sound("settings.csv").replace(b"lot_seed,a made-up seed\n", b"")
    campaign = read(copy_of_sound(tmp_path, {"settings.csv": settings}))
    with pytest.raises(BadInput) as bad:
        freeze_rules(campaign, "Dana Quill", "", AFTER, tmp_path / "frozen")
    assert said(bad.value.faults) == [
        "settings: column lot_seed: found an empty cell; wanted a text for the lot: its fingerprint is "
        "frozen with the rules",
        "--reason: found no reason, on 2015-07-14 09:00; wanted a reason: the first session has begun",
    ]
