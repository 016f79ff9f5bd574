"""Every column of every table of the campaign format, declared once; those after the day in their own file.

The reader, the blank workbook and the help page all work from these declarations. What is filled in on the
day and after it is in `columns_after_the_day.py`, settings are in `settings.py`, tables that the program
writes in `outputs.py`, what a declaration means in `kinds.py`; how a cell is read is in `cells.py`, and what
must hold between cells in `checks/`.
"""

from __future__ import annotations

from collections.abc import Mapping

from api.campaign import PEOPLE_TABLES
from api.imports.columns_after_the_day import AFTER_THE_DAY
from api.imports.kinds import (
    Column,
    Kind,
    TableSpec,
    minutes_column,
    name_column,
    reference_to,
    text_column,
    yes_no_column,
)

EXERCISE_KINDS = ("panel", "group", "sitting", "solo")


LATITUDE = Column("latitude", Kind.COORDINATE, "Degrees north, e.g. 51.015.", least=-90, most=90)
LONGITUDE = Column(
    "longitude", Kind.COORDINATE, "Degrees east; west is negative, e.g. -3.103.", least=-180, most=180
)

_BEFORE_THE_DAY: tuple[TableSpec, ...] = (
    TableSpec(
        "settings",
        "The rules of the campaign, one per row; a setting left out has its default.",
        (
            text_column("setting", "The setting's name.", required=True),
            text_column("value", "Its value; empty means the default."),
        ),
        ("setting",),
        required=True,
    ),
    TableSpec(
        "councils",
        "The councils of the consortium and their places.",
        (
            name_column("council", "A short reference, e.g. SOM."),
            text_column("name", "The council's name."),
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
        (
            name_column("venue", "A short reference."),
            text_column("name", "The venue's name."),
            LATITUDE,
            LONGITUDE,
        ),
        ("venue",),
        required=True,
    ),
    TableSpec(
        "rooms",
        "The rooms of each venue.",
        (
            name_column("room", "A short reference."),
            reference_to("venue", "The venue it is in.", "venues"),
            text_column("name", "What is on its door."),
            Column(
                "use",
                Kind.LIST,
                "The kinds of exercise it may serve, e.g. panel;solo, or any.",
                True,
                words=(*EXERCISE_KINDS, "any"),
            ),
            Column("seats", Kind.WHOLE, "How many applicants it seats.", True, least=1, most=10_000),
            yes_no_column("step_free", "Whether it is reached without steps."),
            yes_no_column("quiet", "Whether it is a quiet room."),
        ),
        ("room",),
        required=True,
    ),
    TableSpec(
        "sessions",
        "The half-days; every applicant attends exactly one.",
        (
            name_column("session", "A short reference, e.g. S04."),
            reference_to("venue", "Where it takes place.", "venues"),
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
            name_column("exercise", "A short reference, e.g. interview."),
            text_column("name", "What it is called on paper."),
            Column("kind", Kind.CHOICE, "panel, group, sitting or solo.", True, words=EXERCISE_KINDS),
            minutes_column(
                "minutes", "The applicant's and the staff's time together.", required=True, least=1
            ),
            minutes_column(
                "preparation_minutes", "The applicant's time just before, in the same room.", default="0"
            ),
            minutes_column("writing_minutes", "The staff's time just after, to write up.", default="0"),
            Column("group_min", Kind.WHOLE, "Fewest applicants in a run.", default="1", least=1, most=10_000),
            Column(
                "group_max",
                Kind.WHOLE,
                "Most applicants in a run; empty: the room's seats.",
                least=1,
                most=10_000,
            ),
            minutes_column(
                "station_minutes", "Minutes each applicant spends with each service user.", least=1
            ),
            reference_to("after", "The exercise that must have ended before.", "exercises", required=False),
            minutes_column("within_minutes", "Latest start after the end of that one."),
            yes_no_column("role_player", "Whether a role player takes part."),
            yes_no_column("extra_time", "Whether an applicant's extra time lengthens it."),
            yes_no_column("rated", "Whether ratings are expected."),
        ),
        ("exercise",),
        required=True,
    ),
    TableSpec(
        "criteria",
        "What is rated.",
        (name_column("criterion", "A short reference."), text_column("name", "The criterion in words.")),
        ("criterion",),
    ),
    TableSpec(
        "anchors",
        "What a number of the scale means for a criterion; raters see it beside the number.",
        (
            reference_to("criterion", "The criterion.", "criteria"),
            Column("rating", Kind.WHOLE, "The number, on the campaign's scale.", True),
            text_column("anchor", "What somebody did to be given this number.", required=True),
        ),
        ("criterion", "rating"),
    ),
    TableSpec(
        "matrix",
        "Which exercise is rated on which criterion, with what weight.",
        (
            reference_to("exercise", "A rated exercise.", "exercises"),
            reference_to("criterion", "The criterion.", "criteria"),
            Column("weight", Kind.DECIMAL, "Its weight, not negative.", True, least=0, most=1_000_000),
        ),
        ("exercise", "criterion"),
    ),
    TableSpec(
        "applicants",
        "The applicants, their choices in order, and the arrangements made for them.",
        (
            name_column("applicant", "A short reference, e.g. A017."),
            text_column("name", "The applicant's name."),
            Column("email", Kind.EMAIL, "Where letters go."),
            LATITUDE,
            LONGITUDE,
            Column(
                "extra_time_percent", Kind.WHOLE, "Extra time, in percent.", default="0", least=0, most=300
            ),
            yes_no_column("step_free", "Whether every room must be step-free."),
            yes_no_column("quiet_room", "Whether sitting and solo exercises need a quiet room."),
            yes_no_column("interpreter", "Whether two interpreters are needed."),
            minutes_column("break_minutes", "One break of at least this length.", default="0"),
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
            name_column("assessor", "A short reference."),
            text_column("name", "The assessor's name."),
            Column("email", Kind.EMAIL, "Where timetables go."),
            reference_to("council", "The council that sends them.", "councils"),
            yes_no_column("chair", "Whether they may chair."),
            yes_no_column("safer_recruitment", "Whether they have safer-recruitment training."),
            yes_no_column("lived_experience", "Whether they bring lived experience."),
            Column(
                "trained_for",
                Kind.LIST,
                "The exercises they may assess; empty: all.",
                points_to=("exercises",),
            ),
            Column("half_days_max", Kind.WHOLE, "Most half-days; empty: the setting.", least=0, most=1_000),
            yes_no_column("standby", "Whether they work only after a repair."),
            LATITUDE,
            LONGITUDE,
        ),
        ("assessor",),
    ),
    TableSpec(
        "service_user_groups",
        "Service users who work together.",
        (
            name_column("group", "A short reference."),
            text_column("name", "The group's name."),
            minutes_column("minutes_max", "Most minutes in one session; empty: no limit."),
        ),
        ("group",),
    ),
    TableSpec(
        "service_users",
        "The members of each group.",
        (
            name_column("service_user", "A short reference."),
            reference_to("group", "The group they belong to.", "service_user_groups"),
            text_column("name", "The service user's name."),
        ),
        ("service_user",),
    ),
    TableSpec(
        "role_players",
        "Who plays roles.",
        (
            name_column("role_player", "A short reference."),
            text_column("name", "The role player's name."),
            minutes_column("minutes_max", "Most minutes in one session; empty: no limit."),
        ),
        ("role_player",),
    ),
    TableSpec(
        "interpreters",
        "Interpreters, who work in pairs.",
        (name_column("interpreter", "A short reference."), text_column("name", "The interpreter's name.")),
        ("interpreter",),
    ),
    TableSpec(
        "travel",
        "Real journey times, where they are known.",
        (
            reference_to(
                "from", "An applicant, an assessor or a council.", "applicants", "assessors", "councils"
            ),
            reference_to("venue", "The venue.", "venues"),
            minutes_column("minutes", "Minutes one way.", required=True),
        ),
        ("from", "venue"),
    ),
    TableSpec(
        "availability",
        "When people can and cannot come.",
        (
            reference_to("person", "Anybody of the campaign.", *PEOPLE_TABLES),
            reference_to("session", "The session.", "sessions"),
            Column("available", Kind.YES_NO, "Whether they can come.", True),
        ),
        ("person", "session"),
    ),
    TableSpec(
        "interests",
        "Declared interests and what was decided.",
        (
            reference_to("applicant", "The applicant.", "applicants"),
            reference_to("person", "The person with the interest.", *PEOPLE_TABLES[1:]),
            text_column("kind", "What the interest is."),
            Column("decision", Kind.CHOICE, "exclude or allow.", True, words=("exclude", "allow")),
        ),
        ("applicant", "person", "kind"),
    ),
    TableSpec(
        "pins",
        "Sessions that a person must, or must not, be in.",
        (
            reference_to("person", "An applicant or an assessor.", "applicants", "assessors"),
            reference_to("session", "The session.", "sessions"),
            Column("rule", Kind.CHOICE, "must or must_not.", True, words=("must", "must_not")),
        ),
        ("person", "session"),
    ),
)

TABLES: Mapping[str, TableSpec] = {spec.name: spec for spec in (*_BEFORE_THE_DAY, *AFTER_THE_DAY)}
