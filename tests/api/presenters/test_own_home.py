"""What assessors and officers are told first."""

from __future__ import annotations

import datetime

import pytest

from api.presenters.desk_trainees import Confirmation, OwnTrainees, Receipt, Told, Trainee
from api.presenters.own_home import OwnDay, assessor_words, council_words

MORNING = OwnDay(datetime.date(2015, 7, 14), 540, 525, "Taunton")
AFTERNOON = OwnDay(datetime.date(2015, 7, 14), 810, 795, "Taunton")
LATER = OwnDay(datetime.date(2015, 7, 16), 540, 525, "Gloucester")
ONE = OwnTrainees(
    Told.RELEASED, 2, datetime.datetime(2015, 8, 3, 9), (Trainee("A1", "Ada Alder", "", False, None, ()),)
)


@pytest.mark.parametrize(
    ("days", "due", "begun", "today", "answer", "more", "act"),
    [
        (
            (MORNING, AFTERNOON, LATER),
            6,
            2,
            14,
            "Today in the morning you are needed at Taunton: please arrive by 08:45. Today in the afternoon "
            "you are needed at Taunton: please arrive by 13:15.",
            ("You have 6 sheets to rate and lock, 2 of them begun.",),
            "See my day",
        ),
        (
            (MORNING, AFTERNOON, LATER),
            6,
            0,
            10,
            "You are next needed on Tuesday 14 July 2015 in the morning at Taunton: please arrive by 08:45.",
            ("You have 6 sheets to rate and lock. 3 half-days in all are still to come.",),
            "See my day",
        ),
        (
            (MORNING,),
            1,
            1,
            20,
            "You have 1 sheet to rate and lock, and have begun it.",
            ("Your last half-day was on Tuesday 14 July 2015.",),
            "Rate",
        ),
        (
            (),
            0,
            0,
            20,
            "You are not needed in any session.",
            ("You have no sheet to rate now.",),
            "See my day",
        ),
    ],
)
def test_assessors_are_told_today_or_their_next_half_day_or_what_they_owe(
    days: tuple[OwnDay, ...], due: int, begun: int, today: int, answer: str, more: tuple[str, ...], act: str
) -> None:
    home = assessor_words(True, days, due, begun, datetime.date(2015, 7, today))
    assert (home.answer, home.more, home.act) == (answer, more, act)


@pytest.mark.parametrize(
    ("receipt", "answer"),
    [
        (Receipt(None), "Your 1 trainee is here: please confirm that you have received word of them."),
        (
            Receipt(Confirmation(datetime.datetime(2015, 8, 3, 10), ("A2",), "Olu"), ("A1",), ("A2",)),
            "Your 1 trainee is here: please confirm that you have received word of them again, because they "
            "have changed.",
        ),
        (
            Receipt(Confirmation(datetime.datetime(2015, 8, 3, 10), ("A1",), "Olu")),
            "Your 1 trainee is here, and you have confirmed them.",
        ),
    ],
)
def test_officers_are_told_of_their_trainees_first(receipt: Receipt, answer: str) -> None:
    home = council_words("5 of your 8 are needed.", 2, ONE, receipt, is_published=True)
    assert (home.answer, home.more, home.path) == (
        answer,
        ("5 of your 8 are needed.", "2 times somebody is needed who cannot come."),
        "/our-trainees",
    )


def test_before_the_release_officers_are_told_of_their_people() -> None:
    home = council_words("5 of your 8 are needed.", 0, OwnTrainees(Told.NOT_YET), None, is_published=True)
    assert (home.answer, home.more, home.act) == ("5 of your 8 are needed.", (), "See our people")
