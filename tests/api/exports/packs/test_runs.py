"""Sittings of the timetable as runs."""

from __future__ import annotations

from api.exports.packs.runs import Run, SessionHead, head_of, held_sessions, runs_of, solo_runs_joined
from scheduler.timetable import timetable_of
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import applicant_row, at, tiny_timetable


def test_session_head_says_day_place_and_hours() -> None:
    assert head_of(tiny_campaign(), "S3") == SessionHead(
        "S3", "Wednesday 15 July 2015", "afternoon", "17:00 to 20:30", "Old Mill"
    )


def test_held_sessions_come_by_date_and_start() -> None:
    assert held_sessions(tiny_campaign(), tiny_timetable()) == ("S1", "S2", "S3")


def test_run_tells_preparation_and_writing_apart() -> None:
    assert runs_of(tiny_campaign(), tiny_timetable(), "S3")[0] == Run(
        session="S3",
        exercise="interview",
        sitting="I-1",
        room="R6",
        panel="P1",
        start=at("17:00"),
        contact_start=at("17:05"),
        contact_end=at("17:35"),
        end=at("17:45"),
        applicants=("A4",),
        assessors=("B3", "B5", "B7"),
        role_players=("RP3",),
        groups=(),
        interpreters=(),
    )


def test_solo_runs_at_one_time_in_one_room_are_joined() -> None:
    rows = [
        applicant_row("S1", "reflection", "S-1", "R5", "A1", "10:00", "10:15"),
        applicant_row("S1", "reflection", "S-2", "R5", "A2", "10:00", "10:15"),
        applicant_row("S1", "reflection", "S-3", "R5", "A3", "10:00", "10:20"),
    ]
    campaign = tiny_campaign()
    runs = runs_of(campaign, timetable_of(rows), "S1")
    exact = solo_runs_joined(campaign, runs)
    by_start = solo_runs_joined(campaign, runs, by_start_only=True)
    assert [(run.applicants, run.end) for run in exact] == [
        (("A1", "A2"), at("10:15")),
        (("A3",), at("10:20")),
    ]
    assert [(run.applicants, run.end) for run in by_start] == [(("A1", "A2", "A3"), at("10:20"))]
