"""The geometry of charts: nothing overlaps, text stays inside its block."""

from __future__ import annotations

from api.exports.packs.chart import CHARACTER_WIDTH, LABEL_WIDTH, Bar, chart_of, clipped
from api.exports.packs.legend import Sign, signs_of
from api.exports.packs.running_order import people_chart, rooms_chart
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import at, tiny_timetable

SIGN = Sign("interview", "Interview", "A", "rising", "#ffffff")


def bar(start: str, end: str, *words: str, short: str = "") -> Bar:
    return Bar(at(start), at(start), at(end), at(end), SIGN, words, short, "title")


def test_signs_differ_in_letter_and_pattern() -> None:
    signs = signs_of(tiny_campaign()).values()
    assert [(sign.letter, sign.pattern) for sign in signs] == [
        ("A", "rising"),
        ("B", "dots"),
        ("C", "level"),
        ("D", "falling"),
    ]


def test_ticks_run_from_half_hour_to_half_hour() -> None:
    chart = chart_of("c", "t", [("Room 1", [bar("09:10", "09:50")])], (at("09:10"), at("09:50")), 1)
    assert [tick.label for tick in chart.ticks] == ["09:00", "09:30", "10:00"]
    assert chart.ticks[0].x == LABEL_WIDTH


def test_bars_that_overlap_are_drawn_under_each_other() -> None:
    bars = [bar("09:00", "10:00"), bar("09:30", "10:30"), bar("10:00", "11:00")]
    blocks = chart_of("c", "t", [("Room 1", bars)], (at("09:00"), at("11:00")), 1).blocks
    first, second, third = blocks
    assert second.y >= first.y + first.height
    assert third.y == first.y
    assert third.x >= first.x + first.width


def test_words_that_do_not_fit_give_way_to_the_short_form_and_then_to_the_letter() -> None:
    wide, narrow = ("09:00", "10:00"), ("09:00", "09:05")
    window = (at("09:00"), at("13:00"))
    words = ("A001", "A002", "A003")
    fits, short, letter = (
        chart_of("c", "t", [("Room", [one])], window, 1).blocks[0].lines
        for one in (bar(*wide, *words), bar(*wide, *words * 9, short="27 people"), bar(*narrow, *words))
    )
    assert (fits, short, letter) == (("A A001 A002 A003",), ("A 27 people",), ("A",))


def test_label_is_clipped_to_its_width() -> None:
    assert clipped("A very long room name", 10 * CHARACTER_WIDTH) == "A very lo…"


def test_charts_of_a_session_hold_its_rooms_and_its_applicants() -> None:
    campaign, timetable = tiny_campaign(), tiny_timetable()
    rooms = rooms_chart(campaign, timetable, "S1")
    people = people_chart(campaign, timetable, "S1")
    assert [lane.label for lane in rooms.lanes] == ["Room 1", "Room 3", "Room 4", "Room 5"]
    assert [lane.label for lane in people.lanes] == ["A1", "A2"]
    assert [sign.letter for sign in rooms.signs] == ["A", "B", "C", "D"]
    assert (len(rooms.blocks), len(people.blocks)) == (6, 8)
