"""Faults in groups, and what a bar says."""

from __future__ import annotations

from api.errors import Fault
from api.presenters.page_parts import Bar, FaultGroup, FaultLine, fault_groups

DATE = "a date such as 2015-07-14"


def test_faults_are_grouped_by_cause_the_largest_group_first() -> None:
    faults = [
        Fault("venues", None, None, "no rows", "at least one venue"),
        Fault("sessions", 2, "date", '"x"', DATE),
        Fault("sessions", 3, "date", "an empty cell", DATE),
        Fault("sessions", 4, "date", '"y"', DATE),
    ]
    assert fault_groups(faults, lines_shown=2) == (
        FaultGroup(
            f"Sheet sessions, column date: wanted {DATE}",
            3,
            (
                FaultLine("sessions", "Row 2, column date", '"x"', DATE),
                FaultLine("sessions", "Row 3, column date", "an empty cell", DATE),
            ),
        ),
        FaultGroup(
            "Sheet venues: wanted at least one venue",
            1,
            (FaultLine("venues", "The whole sheet", "no rows", "at least one venue"),),
        ),
    )


def test_cell_is_said_as_the_caller_knows_it() -> None:
    (group,) = fault_groups(
        [Fault("sessions", 2, "date", '"x"', DATE)], cell_of=lambda fault: f"D{fault.row}"
    )
    assert group.lines == (FaultLine("sessions", "D2", '"x"', DATE),)


def test_bar_is_short_of_what_is_not_offered() -> None:
    assert [Bar("S1", 9, 4).short, Bar("S1", 4, 9).short] == [5, 0]
