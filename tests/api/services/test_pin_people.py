"""Pins: one word about a person and a session, the latest; the table with nothing else changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.errors import BadInput
from api.services.pin_people import pin_rows, pins_of
from tests.api.campaigns import said, sound_campaign

COLUMNS = ("person", "session", "rule")


def test_pin_rows_adds_and_replaces_what_was_said_before() -> None:
    campaign = sound_campaign()
    assert campaign.tables["pins"].rows == (("A1", "S01", "must"), ("P3", "S02", "must_not"))
    pinned = pin_rows(campaign, ["A1", "A2", "P3"], "S02", "must")
    assert (pinned.columns, pinned.rows) == (
        COLUMNS,
        (("A1", "S02", "must"), ("A2", "S02", "must"), ("P3", "S02", "must")),
    )


def test_pin_rows_without_a_rule_takes_pins_away() -> None:
    campaign = sound_campaign()
    assert pin_rows(campaign, ["A1", "A2"], "S01", None).rows == (("P3", "S02", "must_not"),)
    assert pin_rows(campaign, ["P3"], "S01", "must").rows[-2:] == (
        ("P3", "S02", "must_not"),
        ("P3", "S01", "must"),
    )


def test_pin_rows_of_a_campaign_without_pins_begins_the_table() -> None:
    campaign = sound_campaign()
    without = replace(campaign, tables={n: t for n, t in campaign.tables.items() if n != "pins"})
    assert pin_rows(without, ["A1"], "S03", "must_not").rows == (("A1", "S03", "must_not"),)
    assert (pins_of(campaign, "P3"), pins_of(without, "P3")) == ((("S02", "must_not"),), ())


def test_pin_rows_refuses_whoever_is_not_in_the_campaign() -> None:
    with pytest.raises(BadInput) as refused:
        pin_rows(sound_campaign(), ["A1", "G1"], "S99", "must")
    assert said(refused.value.faults) == [
        'pins: column session: found "S99"; wanted a session of this campaign',
        'pins: column person: found "G1"; wanted an applicant or an assessor of this campaign',
    ]
