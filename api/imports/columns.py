"""Every column of every table of the campaign format, declared once.

The reader, the blank workbook and the help page all work from these declarations. Settings are in
`settings.py`, tables that the program writes in `outputs.py`, what a declaration means in `kinds.py`;
how a cell is read is in `cells.py`, and what must hold between cells in `checks/`.
"""

from __future__ import annotations

from collections.abc import Mapping

from api.campaign import PEOPLE_TABLES
from api.imports.kinds import MINUTES_A_DAY, Column, Kind, TableSpec

EXERCISE_KINDS = ("panel", "group", "sitting", "solo")
ATTENDANCE_WORDS = (
    "invited",
    "confirmed",
    "declined",
    "withdrew",
    "attended",
    "late",
    "left_early",
    "did_not_attend",
)


def _name(name: str, help: str) -> Column:
    return Column(name, Kind.NAME, help, required=True)


def _to(name: str, help: str, *tables: str, required: bool = True) -> Column:
    return Column(name, Kind.REFERENCE, help, required=required, points_to=tables)


def _text(name: str, help: str, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, help, required=required)


def _minutes(name: str, help: str, *, required: bool = False, default: str = "", least: int = 0) -> Column:
    return Column(name, Kind.WHOLE, help, required, default, least=least, most=MINUTES_A_DAY)


def _yes_no(name: str, help: str, default: str = "no") -> Column:
    return Column(name, Kind.YES_NO, help, default=default)


LATITUDE = Column("latitude", Kind.COORDINATE, "Degrees north, e.g. 51.015.", least=-90, most=90)
LONGITUDE = Column(
    "longitude", Kind.COORDINATE, "Degrees east; west is negative, e.g. -3.103.", least=-180, most=180
)

_INPUT_TABLES: tuple[TableSpec, ...] = (
    TableSpec(
        "settings",
        "The rules of the campaign, one per row; a setting left out has its default.",
        (
            _text("setting", "The setting's name.", required=True),
            _text("value", "Its value; empty means the default."),
        ),
        ("setting",),
        required=True,
    ),
    TableSpec(
        "councils",
        "The councils of the consortium and their places.",
        (
            _name("council", "A short reference, e.g. SOM."),
            _text("name", "The council's name."),
            Column("places", Kind.WHOLE, "How many places it has.", True, least=0, most=10_000),
            LATITUDE,
            LONGITUDE,
        ),
        ("council",),
        required=True,
    ),
    TableSpec(
        "venues",
        "Where sessions take place.",
        (_name("venue", "A short reference."), _text("name", "The venue's name."), LATITUDE, LONGITUDE),
        ("venue",),
        required=True,
    ),
    TableSpec(
        "rooms",
        "The rooms of each venue.",
        (
            _name("room", "A short reference."),
            _to("venue", "The venue it is in.", "venues"),
            _text("name", "What is on its door."),
            Column(
                "use",
                Kind.LIST,
                "The kinds of exercise it may serve, e.g. panel;solo, or any.",
                True,
                words=(*EXERCISE_KINDS, "any"),
            ),
            Column("seats", Kind.WHOLE, "How many applicants it seats.", True, least=1, most=10_000),
            _yes_no("step_free", "Whether it is reached without steps."),
            _yes_no("quiet", "Whether it is a quiet room."),
        ),
        ("room",),
        required=True,
    ),
    TableSpec(
        "sessions",
        "The half-days; every applicant attends exactly one.",
        (
            _name("session", "A short reference, e.g. S04."),
            _to("venue", "Where it takes place.", "venues"),
            Column("date", Kind.DATE, "Its date, e.g. 2015-07-14.", True),
            Column("start", Kind.TIME, "When it starts, e.g. 09:00.", True),
            Column("end", Kind.TIME, "When it ends, e.g. 13:00.", True),
            Column("panels_max", Kind.WHOLE, "Most panels at work in it.", True, least=0, most=1_000),
        ),
        ("session",),
        required=True,
    ),
    TableSpec(
        "exercises",
        "What every applicant does, once each.",
        (
            _name("exercise", "A short reference, e.g. interview."),
            _text("name", "What it is called on paper."),
            Column("kind", Kind.CHOICE, "panel, group, sitting or solo.", True, words=EXERCISE_KINDS),
            _minutes("minutes", "The applicant's and the staff's time together.", required=True, least=1),
            _minutes(
                "preparation_minutes", "The applicant's time just before, in the same room.", default="0"
            ),
            _minutes("writing_minutes", "The staff's time just after, to write up.", default="0"),
            Column("group_min", Kind.WHOLE, "Fewest applicants in a run.", default="1", least=1, most=10_000),
            Column(
                "group_max",
                Kind.WHOLE,
                "Most applicants in a run; empty: the room's seats.",
                least=1,
                most=10_000,
            ),
            _minutes("station_minutes", "Minutes each applicant spends with each service user.", least=1),
            _to("after", "The exercise that must have ended before.", "exercises", required=False),
            _minutes("within_minutes", "Latest start after the end of that one."),
            _yes_no("role_player", "Whether a role player takes part."),
            _yes_no("extra_time", "Whether an applicant's extra time lengthens it."),
            _yes_no("rated", "Whether ratings are expected."),
        ),
        ("exercise",),
        required=True,
    ),
    TableSpec(
        "criteria",
        "What is rated.",
        (_name("criterion", "A short reference."), _text("name", "The criterion in words.")),
        ("criterion",),
    ),
    TableSpec(
        "matrix",
        "Which exercise is rated on which criterion, with what weight.",
        (
            _to("exercise", "A rated exercise.", "exercises"),
            _to("criterion", "The criterion.", "criteria"),
            Column("weight", Kind.DECIMAL, "Its weight, not negative.", True, least=0, most=1_000_000),
        ),
        ("exercise", "criterion"),
    ),
    TableSpec(
        "applicants",
        "The applicants, their choices in order, and the arrangements made for them.",
        (
            _name("applicant", "A short reference, e.g. A017."),
            _text("name", "The applicant's name."),
            Column("email", Kind.EMAIL, "Where letters go."),
            LATITUDE,
            LONGITUDE,
            Column(
                "extra_time_percent", Kind.WHOLE, "Extra time, in percent.", default="0", least=0, most=300
            ),
            _yes_no("step_free", "Whether every room must be step-free."),
            _yes_no("quiet_room", "Whether sitting and solo exercises need a quiet room."),
            _yes_no("interpreter", "Whether two interpreters are needed."),
            _minutes("break_minutes", "One break of at least this length.", default="0"),
        ),
        ("applicant",),
        required=True,
        open_ended=Column(
            "choice_1, choice_2, …",
            Kind.REFERENCE,
            "The councils the applicant would go to, most wanted first.",
            points_to=("councils",),
        ),
    ),
    TableSpec(
        "assessors",
        "The members of interview panels.",
        (
            _name("assessor", "A short reference."),
            _text("name", "The assessor's name."),
            Column("email", Kind.EMAIL, "Where timetables go."),
            _to("council", "The council that sends them.", "councils"),
            _yes_no("chair", "Whether they may chair."),
            _yes_no("safer_recruitment", "Whether they have safer-recruitment training."),
            _yes_no("lived_experience", "Whether they bring lived experience."),
            Column(
                "trained_for",
                Kind.LIST,
                "The exercises they may assess; empty: all.",
                points_to=("exercises",),
            ),
            Column("half_days_max", Kind.WHOLE, "Most half-days; empty: the setting.", least=0, most=1_000),
            _yes_no("standby", "Whether they work only after a repair."),
            LATITUDE,
            LONGITUDE,
        ),
        ("assessor",),
    ),
    TableSpec(
        "service_user_groups",
        "Service users who work together.",
        (
            _name("group", "A short reference."),
            _text("name", "The group's name."),
            _minutes("minutes_max", "Most minutes in one session; empty: no limit."),
        ),
        ("group",),
    ),
    TableSpec(
        "service_users",
        "The members of each group.",
        (
            _name("service_user", "A short reference."),
            _to("group", "The group they belong to.", "service_user_groups"),
            _text("name", "The service user's name."),
        ),
        ("service_user",),
    ),
    TableSpec(
        "role_players",
        "Who plays roles.",
        (
            _name("role_player", "A short reference."),
            _text("name", "The role player's name."),
            _minutes("minutes_max", "Most minutes in one session; empty: no limit."),
        ),
        ("role_player",),
    ),
    TableSpec(
        "interpreters",
        "Interpreters, who work in pairs.",
        (_name("interpreter", "A short reference."), _text("name", "The interpreter's name.")),
        ("interpreter",),
    ),
    TableSpec(
        "travel",
        "Real journey times, where they are known.",
        (
            _to("from", "An applicant, an assessor or a council.", "applicants", "assessors", "councils"),
            _to("venue", "The venue.", "venues"),
            _minutes("minutes", "Minutes one way.", required=True),
        ),
        ("from", "venue"),
    ),
    TableSpec(
        "availability",
        "When people can and cannot come.",
        (
            _to("person", "Anybody of the campaign.", *PEOPLE_TABLES),
            _to("session", "The session.", "sessions"),
            Column("available", Kind.YES_NO, "Whether they can come.", True),
        ),
        ("person", "session"),
    ),
    TableSpec(
        "interests",
        "Declared interests and what was decided.",
        (
            _to("applicant", "The applicant.", "applicants"),
            _to("person", "The person with the interest.", *PEOPLE_TABLES[1:]),
            _text("kind", "What the interest is."),
            Column("decision", Kind.CHOICE, "exclude or allow.", True, words=("exclude", "allow")),
        ),
        ("applicant", "person", "kind"),
    ),
    TableSpec(
        "pins",
        "Sessions that a person must, or must not, be in.",
        (
            _to("person", "An applicant or an assessor.", "applicants", "assessors"),
            _to("session", "The session.", "sessions"),
            Column("rule", Kind.CHOICE, "must or must_not.", True, words=("must", "must_not")),
        ),
        ("person", "session"),
    ),
    TableSpec(
        "attendance",
        "Who came.",
        (
            _to("applicant", "The applicant.", "applicants"),
            _to("session", "The session.", "sessions", required=False),
            Column("status", Kind.CHOICE, "How far they came.", True, words=ATTENDANCE_WORDS),
            Column("arrived", Kind.TIME, "When they arrived."),
            Column("id_seen", Kind.YES_NO, "Whether their identity was checked."),
            Column("certificates_seen", Kind.YES_NO, "Whether their certificates were seen."),
        ),
        ("applicant",),
    ),
    TableSpec(
        "ratings",
        "Ratings as first entered.",
        (
            _to("applicant", "The applicant.", "applicants"),
            _to("exercise", "The exercise.", "exercises"),
            _to("criterion", "The criterion.", "criteria"),
            _to("assessor", "Who rated.", "assessors", "service_user_groups", "service_users"),
            Column("rating", Kind.WHOLE, "The rating, on the campaign's scale.", True),
            _text("evidence", "What was seen and heard."),
        ),
        ("applicant", "exercise", "criterion", "assessor"),
    ),
    TableSpec(
        "agreed",
        "Ratings the wash-up settled.",
        (
            _to("applicant", "The applicant.", "applicants"),
            _to("exercise", "The exercise.", "exercises"),
            _to("criterion", "The criterion.", "criteria"),
            Column("rating", Kind.DECIMAL, "The agreed rating, on the campaign's scale.", True),
            _text("reason", "Why."),
        ),
        ("applicant", "exercise", "criterion"),
    ),
    TableSpec(
        "council_lists",
        "Each council's own order of applicants.",
        (
            _to("council", "The council.", "councils"),
            _to("applicant", "The applicant.", "applicants"),
            Column("position", Kind.WHOLE, "The place on the council's list, from 1.", True, least=1),
        ),
        ("council", "applicant"),
    ),
    TableSpec(
        "responses",
        "Answers to offers.",
        (
            _to("applicant", "The applicant.", "applicants"),
            Column(
                "response",
                Kind.CHOICE,
                "What they answered.",
                True,
                words=("accept", "accept_and_upgrade", "decline", "withdraw"),
            ),
            Column("at", Kind.MOMENT, "When, e.g. 2015-08-03 16:20."),
        ),
        ("applicant", "response", "at"),
    ),
)

TABLES: Mapping[str, TableSpec] = {spec.name: spec for spec in _INPUT_TABLES}
