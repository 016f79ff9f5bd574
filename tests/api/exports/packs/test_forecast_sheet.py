"""What the forecast says, as data, and where its chart draws it."""

from __future__ import annotations

import pytest

from api.exports.packs.booking_chart import FIRST_BASE, WIDTH, booking_chart, percent_words
from api.exports.packs.forecast_sheet import Forecast, forecast_answers, forecast_sheet, kinds_in_words
from scheduler.forecast.advice import advice_for
from scheduler.forecast.rate import AttendanceRate
from scheduler.forecast.simulate import BookedSession, play_campaign
from tests.api.campaigns import sound_campaign

RATE = AttendanceRate(87, 106)


def forecast(risk: float = 0.09, timetabled: bool = True) -> Forecast:
    sessions = [BookedSession("S01", 12, 12, 4, (3, 3, 3, 3)), BookedSession("S02", 12, 12, 4, (3, 3, 3, 3))]
    return Forecast(
        RATE,
        risk,
        0,
        timetabled,
        play_campaign(sessions, RATE, 300, 0),
        advice_for(sessions, RATE, risk, 300, 0),
    )


def test_answers_begin_with_how_many_to_book_and_invite() -> None:
    first, planned, rate, absence = forecast_answers(forecast())
    assert first == (
        "With an accepted risk of 9 % that more come to a session than it can interview, book 13 for each of"
        " the 2 sessions that can interview 12: 26 invitations in all."
    )
    assert planned.startswith("As timetabled, 24 are invited to 2 sessions with 24 interviews. About 2")
    assert rate == (
        "The rate of attendance is taken as 82 %, as if 87 of 106 had come; it may well lie anywhere from"
        " 73.7 % to 88.2 %, and that is allowed for."
    )
    assert absence.startswith("In a session of twelve the chance that at least one does not come is 91 %")


def test_sheet_marks_the_recommended_line_only() -> None:
    (kind,) = forecast_sheet(sound_campaign(), forecast()).kinds
    assert [(line.booked, line.overflow) for line in kind.lines if line.book] == [("13", "8.5 %")]
    assert [column.label for column in kind.chart.columns if column.book] == ["13"]
    assert (kind.title, kind.sessions) == ("Sessions that can interview 12 with 4 panels", "S01 and S02")


def test_forecast_without_a_timetable_says_so() -> None:
    counted = forecast(timetabled=False)
    assert forecast_answers(counted)[1].startswith(
        "With every session booked to what it can hold by counting"
    )
    assert not forecast_sheet(sound_campaign(), counted).timetabled


def test_lines_for_a_terminal_are_those_near_the_recommended_one() -> None:
    lines = kinds_in_words(forecast().advice)
    assert [line.split()[0] for line in lines] == ["10", "11", "12", "13", "14", "15", "16"]
    assert lines[3] == "   13 booked for 12: overflow       8.5 %,  1.5 interviews empty  <- recommended"


def test_chart_stays_inside_its_frame_and_draws_chances_to_scale() -> None:
    (advice,) = forecast(risk=0.05).advice
    chart = booking_chart("c", advice, 0.05)
    bars = [bar for column in chart.columns for bar in (column.overflow, column.empty)]
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.words_y > 12 for bar in bars)
    half = next(c.overflow for c in chart.columns if c.label == "15")
    assert half.height == pytest.approx(0.4772 * 110, abs=0.1)
    assert half.y + half.height == pytest.approx(FIRST_BASE, abs=0.11)
    assert chart.risk_y == FIRST_BASE - 5.5


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0 %"),
        (0.0001, "under 0.1 %"),
        (0.0849, "8.5 %"),
        (0.2644, "26 %"),
        (0.9999, "over 99 %"),
        (1, "100 %"),
    ],
)
def test_chances_are_whole_percents_but_where_small(share: float, words: str) -> None:
    assert percent_words(share) == words
