"""The list of what is to be rated, by the clock; when something was saved, in words."""

from __future__ import annotations

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from api.campaign import Campaign
from api.imports.read import raw_tables_of, read_tables
from api.presenters.rating import RateList, SheetFacts, SheetState, rate_list
from api.presenters.rating_sheet import anchors_of, saved_words
from tests.service import tables_before_the_day

LONDON = ZoneInfo("Europe/London")
EARLY = SheetFacts("A007", "interview", "S01", "H01", 545, 605, "TAU-1", "", SheetState.NOT_BEGUN, 5, 0)
LATE = replace(EARLY, applicant="A003", start=615, end=675)
NEXT = replace(EARLY, applicant="A006", session="H02", start=810, end=870)


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    campaign = read_tables(raw_tables_of(tables_before_the_day())).campaign
    assert campaign is not None
    return campaign


def groups(listed: RateList) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    return [
        (s.label, [(g.label, [line.facts.applicant for line in g.lines]) for g in s.groups])
        for s in listed.sessions
    ]


def at(hour: int, minute: int = 0, day: int = 6) -> datetime.datetime:
    return datetime.datetime(2015, 7, day, hour, minute, tzinfo=LONDON)


def test_sheets_are_to_be_rated_once_the_applicant_is_seen(campaign: Campaign) -> None:
    sheets = [EARLY, LATE, NEXT]
    morning, afternoon = "Monday 6 July 2015, morning", "Monday 6 July 2015, afternoon"
    before = rate_list(campaign, sheets, "S01", at(23, day=5))
    assert groups(before) == [
        (morning, [("Still to come", ["A007", "A003"])]),
        (afternoon, [("Still to come", ["A006"])]),
    ]
    assert (before.first, before.answer) == (None, "0 of 3 sheets locked.")
    during = rate_list(campaign, sheets, "S01", at(10))
    assert groups(during)[0] == (morning, [("To rate now", ["A007"]), ("Still to come", ["A003"])])
    assert during.first is not None
    assert (during.first.facts, during.first.when) == (EARLY, "09:05 to 10:05, Interview room 1")


def test_sheet_begun_is_gone_on_with_and_sessions_all_done_come_last(campaign: Campaign) -> None:
    sheets = [
        replace(EARLY, state=SheetState.LOCKED),
        replace(LATE, is_absent=True),
        NEXT,
        replace(NEXT, applicant="A005", start=965, state=SheetState.BEGUN, rated=2, sheet="s"),
    ]
    listed = rate_list(campaign, sheets, "S01", at(14))
    assert groups(listed) == [
        ("Monday 6 July 2015, afternoon", [("To rate now", ["A006", "A005"])]),
        ("Monday 6 July 2015, morning", [("Locked", ["A007"]), ("Nothing to do", ["A003"])]),
    ]
    assert listed.first is not None
    assert (listed.first.facts.applicant, listed.first.state) == ("A005", "2 of 5")
    assert (listed.locked, listed.wanted) == (1, 3)


def test_answer_counts_what_is_ready_and_thanks_at_the_end(campaign: Campaign) -> None:
    now = at(18)
    ready = replace(EARLY, state=SheetState.READY)
    locked = replace(EARLY, state=SheetState.LOCKED)
    answers = [
        rate_list(campaign, sheets, "S01", now).answer
        for sheets in ([], [locked, ready], [ready, ready, LATE], [locked, locked], [locked])
    ]
    assert answers == [
        "You have nothing to rate.",
        "1 of 2 sheets locked. 1 more is ready to lock.",
        "0 of 3 sheets locked. 2 more are ready to lock.",
        "All 2 sheets locked. Thank you.",
        "Your sheet is locked. Thank you.",
    ]


def test_moment_of_saving_is_told_as_the_campaigns_clocks_show_it() -> None:
    saved = datetime.datetime(2015, 7, 6, 9, 42, tzinfo=datetime.UTC)
    assert saved_words(None, at(11), "Europe/London") == "Nothing written yet"
    assert saved_words(saved, at(11), "Europe/London") == "Saved 10:42"
    assert saved_words(saved, at(11, day=7), "Europe/London") == "Saved 6 July 2015, 10:42"


def test_campaign_without_anchors_has_none(campaign: Campaign) -> None:
    assert anchors_of(campaign)["values", 1] == "Says something that demeans people, or sees no wrong in it."
    tables = {name: table for name, table in campaign.tables.items() if name != "anchors"}
    assert anchors_of(replace(campaign, tables=tables)) == {}
