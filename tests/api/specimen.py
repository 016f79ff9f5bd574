"""The specimen page `pages/kit.html`, filled in: every part of the pages with made-up people."""

from __future__ import annotations

from datetime import UTC, date, datetime

from api.errors import Fault
from api.presenters.curves import CurvePoint, TierCurve, tier_curve
from api.presenters.data_table import Cell, Column, DataTable, TableQuery, data_table
from api.presenters.frame import Frame, NavigationItem, PageError
from api.presenters.page_parts import Bar, Figure, Step, fault_groups
from api.templating import page

COLUMNS = (
    Column("reference", "Reference"),
    Column("name", "Name"),
    Column("council", "First choice"),
    Column("session", "Session"),
    Column("minutes", "Travel, minutes", number=True),
    Column("state", "State", sortable=False),
)
NAMES = ("Zoë Okafor", "Amina Khan", "Bryn Llewellyn-Featherstonehaugh", "محمد الأحمد", "Ciara O’Neill")
NAVIGATION = tuple(
    NavigationItem(label, f"/campaigns/1/{label.lower().replace(' ', '-')}", current=label == "Timetable")
    for label in ("Home", "Bring in", "Capacity", "Solve", "Timetable", "Publish", "People", "Audit")
)


def specimen(query: TableQuery | None = None, nonce: str = "") -> str:
    """The page as HTML. `query` is what its list is asked."""
    return page(
        "pages/kit.html",
        frame=frame(nonce),
        steps=steps(),
        numbers=numbers(),
        people=people(query or TableQuery()),
        bars=bars(),
        curves=curves(),
        said="36 panels found; 35 may be possible.",
        faults=fault_groups(faults()),
        told=[f"{name} (A{number:03})" for number, name in enumerate(NAMES * 3)],
        day=date(2015, 7, 14),
        told_at=datetime(2015, 7, 3, 9, 42, tzinfo=UTC),
        typed_in="31 Julember",
    )


def frame(nonce: str = "") -> Frame:
    return Frame(
        title="What are the parts of these pages?",
        signed_in_as="Amina Khan",
        role="organiser",
        navigation=NAVIGATION,
        campaign="South West 2015",
        state="Draft 4 · published version 2, 10:42 on 3 July 2015",
        flash="The timetable was kept as draft 4.",
        nonce=nonce,
        errors=(PageError("Enter a date after today", "#first-date"),),
    )


def steps() -> tuple[Step, ...]:
    return (
        Step("Bring in the spreadsheet", "done", "/bring-in", "106 applicants, 41 assessors"),
        Step("Mend what is wrong in it", "problem", "/faults", words="23 faults"),
        Step("Make the timetable", "next", "/solve", "It takes about two minutes"),
        Step("Look at the forecast", "to_do", "/forecast"),
        Step("Rank the applicants", "working", "/ranking"),
        Step("Send the letters", "waiting", hint="The order of merit must be agreed first"),
    )


def numbers() -> tuple[Figure, ...]:
    return (
        Figure("106", "applicants", "/applicants"),
        Figure("2", "applicants without a session", "/no-place", "Both asked for a Friday", problem=True),
        Figure("12", "days left"),
    )


def people(query: TableQuery) -> DataTable:
    rows = [
        (
            Cell(f"A{number:03}", url=f"/applicants/A{number:03}"),
            Cell(
                name := NAMES[number % len(NAMES)], note="Needs step-free access" if number % 7 == 0 else None
            ),
            "Wiltshire" if number % 2 else "Bath and North East Somerset",
            Cell(
                f"S{number % 9 + 1}",
                url=f"/sessions/S{number % 9 + 1}",
                spoken=f"S{number % 9 + 1} of {name}",
            ),
            number * 37 % 113,
            Cell("No place", tag="red") if number % 11 == 0 else Cell("Placed", tag="green"),
        )
        for number in range(1, 121)
    ]
    return data_table(
        "Applicants and their sessions", COLUMNS, rows, query, "/kit", nouns=("applicant", "applicants")
    )


def bars() -> tuple[Bar, ...]:
    return (
        Bar("Tuesday 14 July, morning", 9, 4, "/sessions/S1", "Bath only"),
        Bar("Tuesday 14 July, afternoon, Trowbridge", 9, 9, "/sessions/S2"),
        Bar("Wednesday 15 July, morning", 6, 14, "/sessions/S3"),
        Bar("Thursday 16 July, morning", 3, 0, "/sessions/S4"),
    )


def curves() -> tuple[TierCurve, ...]:
    panels = (
        CurvePoint(0.2, None, 30),
        CurvePoint(1, 44, 31),
        CurvePoint(3.5, 38, 34),
        CurvePoint(9, 36, 35),
    )
    return (
        tier_curve(
            "Fewest applicants without a session", "proven", [CurvePoint(0.4, 0, 0)], "All 106 have a place."
        ),
        tier_curve("Fewest panels to staff", "looking", panels, "36 found; 35 may be possible."),
        tier_curve("Least travel for applicants", "waiting", (), "Begins when the panels are settled."),
    )


def faults() -> list[Fault]:
    dates = [
        Fault("sessions", row, "date", '"31/02/2015"', "a date such as 2015-07-14") for row in range(2, 30)
    ]
    return [
        Fault("applicants", 5, "email", '"zoe.example.org"', "an e-mail address with one @"),
        *dates,
        Fault("venues", None, None, "no rows", "at least one venue"),
    ]
