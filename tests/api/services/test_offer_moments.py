"""Which moment a page proposes, and which an act may have: after what came before, not in the future."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from api.campaign import Answer, Campaign, OfferEvent
from api.errors import BadInput
from api.imports.read import read_campaign
from api.services.offer_moments import (
    ANSWER,
    UNDO,
    campaign_clock,
    earliest_moment,
    last_session_ends,
    moment_to_record,
    proposed_moment,
)
from tests.api.campaigns import SOUND


def campaign(*events: tuple[str, str], answers: tuple[str, ...] = ()) -> Campaign:
    found = read_campaign(SOUND).campaign
    assert found is not None
    made = tuple(
        OfferEvent(2 + row, f"E{row}", _at(at), kind, "", "", None, None, "", "", "Dana Quill", "", "")
        for row, (kind, at) in enumerate(events)
    )
    given = tuple(Answer(2 + row, "A1", "accept", _at(at)) for row, at in enumerate(answers))
    return replace(found, offer_events=made, answers=given)


def _at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"2015-08-{text}")


def utc(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def test_the_clock_is_the_campaigns_own() -> None:
    assert campaign_clock(campaign(), utc("2015-08-03 08:20:41")) == _at("03 09:20")


def test_before_any_act_the_clock_or_the_end_of_the_sessions_is_proposed() -> None:
    ends = last_session_ends(campaign())
    assert proposed_moment(campaign(), utc("2015-08-03 08:20")) == _at("03 09:20")
    assert proposed_moment(campaign(), utc("2015-01-03 08:20")) == ends
    assert proposed_moment(campaign(), utc("2026-08-03 08:20")) == ends


def test_a_campaign_of_long_ago_goes_on_from_what_was_recorded_last() -> None:
    played = campaign(("release", "03 09:00"), answers=("04 10:00",))
    assert proposed_moment(played, utc("2026-08-03 08:20"), ANSWER) == _at("04 10:00")
    assert proposed_moment(played, utc("2026-08-03 08:20"), "pass") == _at("04 10:01")
    assert proposed_moment(played, utc("2015-08-05 08:00"), "pass") == _at("05 09:00")


def test_in_one_minute_an_answer_comes_after_a_pass_and_before_an_undoing() -> None:
    passed = campaign(("release", "03 09:00"), ("pass", "04 10:00"))
    assert earliest_moment(passed, ANSWER) == _at("04 10:00")
    undone = campaign(("release", "03 09:00"), (UNDO, "04 10:00"))
    assert earliest_moment(undone, ANSWER) == _at("04 10:01")
    assert earliest_moment(undone, "pass") == _at("04 10:00")
    answered = campaign(("release", "03 09:00"), answers=("04 10:00",))
    assert earliest_moment(answered, UNDO) == _at("04 10:00")
    assert earliest_moment(answered, "places") == _at("04 10:01")


@pytest.mark.parametrize("text", ["", "soon", "2015-07-01 09:00", "2015-08-03 08:59", "2015-08-04 09:30"])
def test_other_moments_are_refused(text: str) -> None:
    with pytest.raises(BadInput) as bad:
        moment_to_record(campaign(("release", "03 09:00")), text, utc("2015-08-04 08:20"), ANSWER)
    assert [fault.column for fault in bad.value.faults] == ["at"]


def test_acts_one_right_after_the_other_have_their_own_minutes() -> None:
    now = utc("2015-08-04 08:20")
    assert moment_to_record(campaign(), "2015-08-04 09:24", now, ANSWER) == _at("04 09:24")


def test_before_its_sessions_are_over_a_campaign_can_be_tried_out() -> None:
    assert moment_to_record(campaign(), "2015-08-04 09:24", utc("2015-01-01 08:00"), ANSWER) == _at(
        "04 09:24"
    )
