"""The centre manager's running order."""

from __future__ import annotations

from api.exports.packs.legend import signs_of
from api.exports.packs.running_order import ArrangementLine, PanelLine, RunLine, StaffLine, running_order
from tests.api.exports.tiny_campaign import APPLICANT_NAMES, tiny_campaign
from tests.builders import tiny_timetable


def test_running_order_answers_how_many_and_when() -> None:
    order = running_order(tiny_campaign(), tiny_timetable(), "S1")
    assert order.answer == (
        "2 applicants and 1 panel. The first activity starts at 09:00, the last ends at 12:00."
    )


def test_running_order_lists_every_run_with_its_staff() -> None:
    campaign = tiny_campaign()
    signs = signs_of(campaign)
    order = running_order(campaign, tiny_timetable(), "S3")
    assert order.runs == (
        RunLine(
            "17:00 to 17:35",
            signs["interview"],
            "Room 6",
            ("A4",),
            "Panel P1 and Player 3 (role player)",
            "17:35 to 17:45",
        ),
        RunLine("17:40 to 17:55", signs["reflection"], "Room 10", ("A4",), "", ""),
        RunLine("18:00 to 18:10", signs["round"], "Room 9", ("A4",), "Chew group", "18:10 to 18:15"),
        RunLine("18:15 to 18:55", signs["written"], "Room 8", ("A4",), "", ""),
    )


def test_running_order_names_panels_and_other_staff() -> None:
    order = running_order(tiny_campaign(), tiny_timetable(), "S2")
    assert order.panels == (
        PanelLine("P1", "Room 1", ("Member 2 (Devon)", "Member 4 (Somerset)", "Member 6 (Bristol)"), ("A3",)),
    )
    assert order.staff == (
        StaffLine("Service users", "Brue group", "15:25 to 15:40"),
        StaffLine("Role player", "Player 2", "13:05 to 13:35"),
        StaffLine("Interpreter", "Interpreter 1", "13:00 to 15:35"),
        StaffLine("Interpreter", "Interpreter 2", "13:00 to 15:35"),
    )


def test_running_order_keeps_arrangements_and_no_more() -> None:
    campaign, timetable = tiny_campaign(), tiny_timetable()
    assert running_order(campaign, timetable, "S1").arrangements == ()
    assert running_order(campaign, timetable, "S2").arrangements == (
        ArrangementLine(
            "A3",
            (
                "25 per cent extra time for D (already in the times)",
                "step-free access to every room",
                "a quiet room for B and D",
                "two interpreters in every activity: Interpreter 1 and Interpreter 2",
                "a break of at least 30 minutes between two activities",
            ),
        ),
    )


def test_running_order_has_no_applicant_by_name() -> None:
    order = running_order(tiny_campaign(), tiny_timetable(), "S2")
    assert [name for name in APPLICANT_NAMES.values() if name in repr(order)] == []
