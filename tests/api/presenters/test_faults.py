"""Faults in groups, each with its cell."""

from __future__ import annotations

from api.errors import Fault
from api.presenters.faults import LINES_MAX, FaultGroup, FaultLine, grouped, headline

SHEETS = {"applicants": ("applicant", "name", "email"), "Service Users": ("service_user",), "settings": ()}


def test_faults_with_one_cause_are_one_group() -> None:
    faults = [
        Fault("applicants", 3, "email", '"x"', "an e-mail address"),
        Fault("pins", None, None, "no such table", "the table pins"),
        Fault("service_users", 2, "service_user", '"?"', "a reference"),
        Fault("applicants", 9, "email", '"y"', "an e-mail address"),
        Fault("applicants", 4, None, "no cells", "cells"),
    ]
    assert grouped(faults, SHEETS) == (
        FaultGroup(
            "applicants, column email: 2 cells",
            "applicants",
            "email",
            "an e-mail address",
            2,
            (
                FaultLine("applicants", "C3", "applicants!C3", '"x"', "an e-mail address"),
                FaultLine("applicants", "C9", "applicants!C9", '"y"', "an e-mail address"),
            ),
        ),
        FaultGroup(
            "pins",
            "pins",
            "",
            "the table pins",
            1,
            (FaultLine("pins", "", "pins", "no such table", "the table pins"),),
        ),
        FaultGroup(
            "Service Users, column service_user: 1 cell",
            "Service Users",
            "service_user",
            "a reference",
            1,
            (FaultLine("Service Users", "A2", "'Service Users'!A2", '"?"', "a reference"),),
        ),
        FaultGroup(
            "applicants: 1 row",
            "applicants",
            "",
            "cells",
            1,
            (FaultLine("applicants", "A4", "applicants!A4", "no cells", "cells"),),
        ),
    )


def test_setting_is_called_one() -> None:
    (group,) = grouped([Fault("settings", 4, "panel_size", "0", "more")], {"settings": ("setting", "value")})
    assert (group.heading, group.lines[0].address) == ("settings, setting panel_size: 1 cell", "settings!B4")


def test_very_many_faults_are_counted_and_the_first_shown() -> None:
    faults = [Fault("applicants", row, "email", "x", "y") for row in range(2, LINES_MAX + 12)]
    (group,) = grouped(faults, SHEETS)
    assert (group.heading, group.number, len(group.lines)) == (
        f"applicants, column email: {LINES_MAX + 10} cells",
        LINES_MAX + 10,
        LINES_MAX,
    )


def test_headline_counts_faults_and_sheets() -> None:
    one = Fault("applicants", 3, "email", "x", "y")
    other = Fault("Service Users", 3, "name", "x", "y")
    file = Fault("campaign.pdf", None, None, "a PDF", "a workbook")
    assert [headline([]), headline([one]), headline([one, one, other]), headline([file])] == [
        "No faults",
        "1 fault in 1 sheet",
        "3 faults in 2 sheets",
        "1 fault",
    ]
