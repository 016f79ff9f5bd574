"""The eight steps of a campaign's home, from nothing at all to everybody told."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from api.errors import Fault
from api.presenters.campaign_home import CampaignState, campaign_home
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


def test_the_last_three_steps_say_that_they_have_no_page_yet() -> None:
    home = campaign_home(replace(SOUND, draft=1, version=1, version_draft=1, is_current=True), "/c", True)
    assert [(step.label, step.url, step.words) for step in home.steps[5:]] == [
        ("Collect the ratings", None, "With the command"),
        ("Order of merit and allocation", None, "With the command"),
        ("Offers and letters", None, "With the command"),
    ]
    assert all("No page yet: " in step.hint and "stepup " in step.hint for step in home.steps[5:])
