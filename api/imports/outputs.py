"""The columns of the tables that the program writes, as far as their cells are numbers, dates or times.

The workbook writer gives such cells their proper type; `timetable.py` reads the timetable back by them.
The tables a person fills in are in `columns.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from api.imports.kinds import Column, Kind, TableSpec


def _text(name: str, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, "", required)


def _decimal(name: str) -> Column:
    return Column(name, Kind.DECIMAL, "")


def _whole(name: str, required: bool = False) -> Column:
    return Column(name, Kind.WHOLE, "", required)


def _time(name: str) -> Column:
    return Column(name, Kind.TIME, "", True)


ROLES = ("applicant", "assessor", "role_player", "service_user_group", "interpreter")

_OUTPUT_TABLES = (
    TableSpec(
        "timetable",
        "Who is where, when and as what.",
        (
            _text("session", True),
            _text("exercise", True),
            _text("sitting", True),
            _text("room", True),
            _time("start"),
            _time("end"),
            _text("person", True),
            Column("role", Kind.CHOICE, "", True, words=ROLES),
            _text("panel"),
        ),
        ("session", "exercise", "sitting", "person", "start"),
    ),
    TableSpec(
        "rotations",
        "Which applicant meets which service user when.",
        (
            _text("session", True),
            _text("sitting", True),
            _whole("round", True),
            _time("start"),
            _time("end"),
            _text("service_user", True),
            _text("applicant", True),
        ),
        ("session", "sitting", "round", "service_user", "applicant"),
    ),
    TableSpec(
        "scores",
        "Every cell of the matrix for every applicant.",
        (
            _text("applicant"),
            _text("exercise"),
            _text("criterion"),
            _text("ratings"),
            _decimal("final"),
            _text("agreed"),
        ),
        ("applicant", "exercise", "criterion"),
    ),
    TableSpec(
        "order_of_merit",
        "Who comes before whom, and why.",
        (
            _whole("rank"),
            _text("applicant"),
            _decimal("overall"),
            _decimal("percent"),
            _text("appointable"),
            _text("why"),
            _text("tie_break"),
        ),
        ("applicant",),
    ),
    TableSpec(
        "allocation",
        "Who is offered what.",
        (
            _text("applicant"),
            _text("outcome"),
            _text("council"),
            _whole("choice"),
            _whole("reserve_position"),
            _text("why"),
        ),
        ("applicant",),
    ),
)

OUTPUT_TABLES: Mapping[str, TableSpec] = {spec.name: spec for spec in _OUTPUT_TABLES}
