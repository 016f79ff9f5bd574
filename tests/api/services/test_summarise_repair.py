"""The one line in words after a repair."""

from __future__ import annotations

from dataclasses import replace

from api.services.summarise_repair import repair_sentence
from scheduler.changes import difference, minutes_of_change, people_changed
from scheduler.disruption import Disruption, Moment, Repair
from scheduler.result import Result, Status
from scheduler.solver.repair.outcome import Repaired
from scheduler.timetable import Timetable, timetable_of
from tests.builders import at, tiny_problem, tiny_timetable, with_row, with_times, without_rows

DAY = tiny_problem().session_by_reference["S1"].date


def sentence(new: Timetable, absent: tuple[str, ...] = (), left_out: tuple[str, ...] = ()) -> str:
    changes = difference(tiny_timetable(), new)
    told = Repair(Disruption(Moment(DAY, at("09:20")), absent=absent), left_out)
    result = Result(Status.FEASIBLE, new, (), (), 0.0, 0, 1)
    people = people_changed(changes, absent)
    return repair_sentence(Repaired(result, (told,), changes, people, minutes_of_change(changes)))


def test_nothing_changed() -> None:
    assert sentence(tiny_timetable()) == "nobody has to be told."


def test_replacement_names_the_panel_and_the_time() -> None:
    rows = (
        replace(row, person="B9") if (row.person, row.sitting) == ("B1", "I-2") else row
        for row in tiny_timetable().entries
    )
    assert (
        sentence(timetable_of(rows), ("B1",))
        == "B1 is replaced by B9 on panel P1 from 09:50; 1 person is told."
    )


def test_role_player_is_replaced_as_such() -> None:
    new = with_row(
        without_rows(tiny_timetable(), sitting="I-1", person="RP1"), "RP1", "interview", person="RP2"
    )
    assert (
        sentence(new, ("RP1",)) == "RP1 is replaced by RP2 as role player in S1 from 09:50; 1 person is told."
    )


def test_those_who_move_alike_are_named_together() -> None:
    new = with_times(tiny_timetable(), "A1", "reflection", "10:05", "10:20")
    new = with_times(new, "A2", "reflection", "10:50", "11:05")
    assert sentence(new) == "A1 and A2 start 20 minutes later; 2 people are told."


def test_other_sessions_rooms_and_those_left_out_are_named() -> None:
    new = with_row(tiny_timetable(), "A2", "reflection", room="R3")
    new = with_row(new, "A1", "reflection", session="S2")
    new = without_rows(new, person="A3", exercise="reflection")
    assert sentence(new, left_out=("A3",)) == (
        "A1 goes to S2 instead of S1; A2 has another room or panel; A3 cannot be kept; 3 people are told."
    )
