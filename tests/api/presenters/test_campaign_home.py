"""The eight steps of a campaign's home, from nothing at all to everybody told."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from api.errors import Fault
from api.presenters.campaign_home import CampaignState, campaign_home
from api.presenters.home_after_the_day import AfterTheDay
from api.storage.repositories.campaigns import KeptRow, KeptTable

COUNCILS = KeptTable(
    "councils",
    ("council", "name", "places"),
    (KeptRow(1, 1, ("SOM", "Somerset", "3"), 1), KeptRow(2, 2, ("NSO", "", "2"), 1)),
)
APPLICANTS = KeptTable(
    "applicants", ("applicant", "choice_1"), tuple(KeptRow(n, n, (f"A{n}", "SOM"), 1) for n in range(3, 7))
)
SOUND = CampaignState(
    tables={"councils": COUNCILS, "applicants": APPLICANTS},
    missing=(),
    faults=(),
    is_sound=True,
    shortages=(),
    draft=0,
    is_current=False,
    version=0,
    version_draft=0,
    to_tell=0,
    dates=(datetime.date(2027, 7, 14), datetime.date(2027, 7, 16)),
    today=datetime.date(2027, 6, 21),
)
EMPTY = replace(SOUND, tables={}, missing=("councils",), is_sound=False, dates=())
RELEASED = AfterTheDay(
    sessions=9,
    signed_off=9,
    checked_in=87,
    ratings=300,
    ratings_due=300,
    is_released=True,
    offers=26,
    councils=6,
    confirmed=6,
)
PUBLISHED = replace(
    SOUND,
    draft=1,
    version=1,
    version_draft=1,
    is_current=True,
    dates=(datetime.date(2027, 6, 14),),
)
FAULTY = replace(SOUND, is_sound=False, faults=(Fault("councils", 2, "places", '"x"', "a number"),))


@pytest.mark.parametrize(
    ("state", "states", "act", "url"),
    [
        (EMPTY, "next waiting waiting waiting waiting", "Bring in the tables", "/c/bring-in"),
        (
            replace(SOUND, missing=("sessions",), is_sound=False),
            "next waiting waiting waiting waiting",
            "Bring in the tables",
            "/c/bring-in",
        ),
        (FAULTY, "problem waiting waiting waiting waiting", "Mend 1 fault", "/c/tables"),
        (SOUND, "done done next waiting waiting", "Make the timetable", "/c/solve"),
        (
            replace(SOUND, shortages=("36 panels need 36.",)),
            "done problem to_do waiting waiting",
            "See what there is too little of",
            "/c/capacity",
        ),
        (
            replace(SOUND, draft=4, is_current=True),
            "done done done next to_do",
            "Look at draft 4",
            "/c/timetables",
        ),
        (replace(SOUND, draft=4), "done done next to_do to_do", "Make the timetable anew", "/c/solve"),
        (
            replace(SOUND, draft=4, is_current=True, version=2, version_draft=3),
            "done done done next to_do",
            "Look at draft 4",
            "/c/timetables",
        ),
        (
            replace(SOUND, draft=4, is_current=True, version=2, version_draft=4, to_tell=14),
            "done done done done next",
            "Tell 14 people",
            "/c/publish",
        ),
        (
            replace(SOUND, draft=4, is_current=True, version=2, version_draft=4),
            "done done done done done",
            "",
            "",
        ),
    ],
)
def test_steps_have_their_state_and_one_thing_is_next(
    state: CampaignState, states: str, act: str, url: str
) -> None:
    home = campaign_home(state, "/c", may_change=True)
    assert (" ".join(step.state for step in home.steps[:5]), home.act, home.url) == (states, act, url)
    assert sum(step.state == "next" for step in home.steps) <= 1


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ((2027, 6, 21), "23 days until the first session, on Wednesday 14 July 2027."),
        ((2027, 7, 13), "The first session is tomorrow, Wednesday 14 July 2027."),
        ((2027, 7, 14), "The first session is today."),
        ((2027, 7, 15), "The sessions have begun; the last is on Friday 16 July 2027."),
        ((2027, 7, 17), "The last session was on Friday 16 July 2027."),
    ],
)
def test_days_left_are_said_in_words(today: tuple[int, int, int], said: str) -> None:
    assert campaign_home(replace(SOUND, today=datetime.date(*today)), "/c", True).days == said


def test_numbers_lead_to_what_they_count() -> None:
    home = campaign_home(FAULTY, "/c", may_change=True)
    assert [(f.number, f.label, f.url, f.problem) for f in home.figures] == [
        ("4", "applicants", "/c/tables/applicants", False),
        ("0", "assessors", "/c/tables/assessors", False),
        ("0", "sessions", "/c/tables/sessions", False),
        ("5", "places", "/c/tables/councils", False),
        ("1", "fault", "/c/tables", True),
    ]
    assert [(bar.label, bar.needed, bar.offered) for bar in home.bars] == [("Somerset", 3, 4), ("NSO", 2, 0)]
    assert [(p.where, p.url) for cause in home.faults for p in cause.places] == [
        ("councils SOM, places", "/c/tables/councils/rows/1#cell-places")
    ]


@pytest.mark.parametrize(
    ("after", "states", "paths", "act"),
    [
        (AfterTheDay(sessions=9), "to_do to_do waiting", ["day", "ratings", ""], "Check people in"),
        (
            AfterTheDay(sessions=9, checked_in=40, signed_off=3, ratings=20, ratings_due=300),
            "working working waiting",
            ["day", "ratings", "merit"],
            "Sign off 6 sessions",
        ),
        (
            AfterTheDay(sessions=9, checked_in=87, signed_off=9, ratings=300, ratings_due=300, differences=4),
            "done working waiting",
            ["day", "washup", "merit"],
            "Settle 4 differences",
        ),
        (
            AfterTheDay(sessions=9, checked_in=87, signed_off=9, ratings=300, ratings_due=300),
            "done done to_do",
            ["day", "washup", "merit"],
            "Look at the order of merit",
        ),
        (
            replace(RELEASED, waiting=5, confirmed=2),
            "done done working",
            ["day", "washup", "offers"],
            "See 5 offers not answered yet",
        ),
        (
            replace(RELEASED, confirmed=2),
            "done done working",
            ["day", "washup", "offers/councils"],
            "See which councils have confirmed",
        ),
        (RELEASED, "done done done", ["day", "washup", "offers"], ""),
    ],
)
def test_last_three_steps_lead_to_their_pages(
    after: AfterTheDay, states: str, paths: list[str], act: str
) -> None:
    home = campaign_home(replace(PUBLISHED, after=after), "/c", may_change=True)
    assert " ".join(step.state for step in home.steps[5:]) == states
    assert [(step.url or "").removeprefix("/c/") for step in home.steps[5:]] == paths
    assert home.act == act


def test_whoever_may_not_read_results_is_not_led_to_them() -> None:
    home = campaign_home(replace(PUBLISHED, after=RELEASED), "/c", may_change=False, may_read_results=False)
    assert [(step.url, step.hint) for step in home.steps[6:]] == [
        ("/c/ratings", "All 300 ratings are in, all is settled."),
        (None, "For the organiser."),
    ]


def test_once_somebody_has_arrived_the_timetable_is_not_made_anew() -> None:
    begun = replace(PUBLISHED, is_current=False, after=AfterTheDay(sessions=9, checked_in=1))
    home = campaign_home(begun, "/c", may_change=True)
    assert (home.steps[2].state, home.act, home.wrong) == ("done", "Sign off 9 sessions", ())
    before = campaign_home(replace(begun, after=AfterTheDay()), "/c", may_change=True)
    assert (before.act, before.wrong) == (
        "Make the timetable anew",
        ("Draft 1 was made from earlier tables.",),
    )


def test_people_who_are_needed_and_cannot_come_are_said_first() -> None:
    home = campaign_home(replace(PUBLISHED, away=("Sam cannot come.",)), "/c", may_change=True)
    assert home.wrong == ("Sam cannot come.",)
