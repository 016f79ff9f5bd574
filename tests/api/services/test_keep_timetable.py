"""A timetable as text: nothing is lost, and a text that makes no sense is refused in words."""

from __future__ import annotations

import pytest

from api.errors import BadInput
from api.services.keep_timetable import timetable_from_text, timetable_text
from scheduler.timetable import timetable_of
from tests.api.campaigns import said
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import tiny_timetable


def test_timetable_text_reads_back_to_the_same_timetable() -> None:
    for timetable in (tiny_timetable(), timetable_of([])):
        assert timetable_from_text(tiny_campaign(), *timetable_text(timetable)) == timetable


def test_timetable_text_of_another_campaign_is_refused_with_each_fault() -> None:
    rows, rotations = timetable_text(tiny_timetable())
    with pytest.raises(BadInput) as refused:
        timetable_from_text(tiny_campaign(), rows.replace("RP2", "RP9"), rotations)
    assert said(refused.value.faults) == [
        'timetable: row 25, column person: found "RP9"; wanted a person of this campaign'
    ]
