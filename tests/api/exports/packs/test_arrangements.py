"""An applicant's arrangements in words."""

from __future__ import annotations

from dataclasses import replace

from api.exports.packs.arrangements import arrangements_of, interpreters_of
from scheduler.timetable import Role, timetable_of
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import tiny_timetable


def test_every_arrangement_is_said_and_no_reason() -> None:
    assert arrangements_of(tiny_campaign(), tiny_timetable(), "A3") == (
        "25 per cent extra time for Written exercise (already in the times)",
        "step-free access to every room",
        "a quiet room for Reflection and Written exercise",
        "two interpreters in every activity: Interpreter 1 and Interpreter 2",
        "a break of at least 30 minutes between two activities",
    )
    assert arrangements_of(tiny_campaign(), tiny_timetable(), "A1") == ()


def test_interpreter_who_shares_only_one_run_is_somebody_elses() -> None:
    rows = tiny_timetable().entries
    theirs = [row for row in rows if row.role is Role.INTERPRETER and row.person == "I1"]
    beside = replace(theirs[0], person="I3")
    assert interpreters_of(timetable_of([*rows, beside]), "A3") == ("I1", "I2")
