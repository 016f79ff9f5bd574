"""All sessions at a glance, held or not."""

from __future__ import annotations

from api.exports.packs.session_glance import sessions_glance
from api.presenters.breaches import breach_lines
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import tiny_timetable, with_meetings, with_times, without_rows


def sentences(glance: object) -> list[list[list[str]]]:
    rows = glance.rows  # type: ignore[attr-defined]
    return [[[card.sentence for card in cell] for cell in row.cells] for row in rows]


def test_glance_has_venues_across_and_dates_down() -> None:
    glance = sessions_glance(tiny_campaign(), tiny_timetable())
    assert (glance.venues, [row.day for row in glance.rows]) == (
        ("Town Hall", "Old Mill"),
        ["Tuesday 14 July 2015", "Wednesday 15 July 2015"],
    )
    one = "1 applicant, 1 panel; its panels could see 2 more."
    assert sentences(glance) == [
        [["2 applicants, 1 panel; its panels could see 1 more.", one], []],
        [[], [one]],
    ]
    assert (glance.answer, glance.unplaced) == (
        "All 4 applicants have a session; 3 of 3 sessions are held.",
        (),
    )


def test_glance_shows_what_is_not_held_who_is_left_and_where_rules_are_broken() -> None:
    left = without_rows(tiny_timetable(), session="S3")
    left = with_meetings(left, [meeting for meeting in left.meetings if meeting.session != "S3"])
    broken = with_times(left, "A1", "reflection", "09:35", "09:50")
    glance = sessions_glance(tiny_campaign(), broken, breach_lines(tiny_campaign(), broken))
    assert sentences(glance)[0][0][0] == (
        "2 applicants, 1 panel; its panels could see 1 more; 1 breach of the rules."
    )
    assert sentences(glance)[1][1] == ["Not held."]
    assert glance.answer == "3 of 4 applicants have a session; 2 of 3 sessions are held."
    assert glance.unplaced == (("A4", "Dina Dale"),)
