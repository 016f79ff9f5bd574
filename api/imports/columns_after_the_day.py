"""The tables that are filled in on the day and after it, declared column by column.

`attendance`, `ratings`, `agreed`, `council_lists` and `responses` are the campaign format's own (with some
columns more); the others extend it and are described in the README ("What goes
beyond the campaign format"). A timetable is made without any of them. The tables before the day are in
`columns.py`.
"""

from __future__ import annotations

from api.imports.kinds import (
    Column,
    Kind,
    TableSpec,
    name_column,
    reference_to,
    text_column,
)

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

STAFF_WORDS = ("here", "late", "absent", "left_early")
STAFF_TABLES = ("assessors", "service_user_groups", "role_players", "interpreters")

AFTER_THE_DAY: tuple[TableSpec, ...] = (
    TableSpec(
        "attendance",
        "Who came.",
        (
            reference_to("applicant", "The applicant.", "applicants"),
            reference_to("session", "The session.", "sessions", required=False),
            Column("status", Kind.CHOICE, "How far they came.", True, words=ATTENDANCE_WORDS),
            Column("arrived", Kind.TIME, "When they arrived."),
            Column("id_seen", Kind.YES_NO, "Whether their identity was checked."),
            Column("certificates_seen", Kind.YES_NO, "Whether their certificates were seen."),
            Column("certificates_by", Kind.DATE, "By when certificates not seen yet are to follow."),
            Column("left", Kind.TIME, "When somebody left early."),
        ),
        ("applicant",),
    ),
    TableSpec(
        "staff_attendance",
        "Which staff came to which session.",
        (
            reference_to("person", "Who.", *STAFF_TABLES),
            reference_to("session", "The session.", "sessions"),
            Column("status", Kind.CHOICE, "here, late, absent or left_early.", True, words=STAFF_WORDS),
            Column("arrived", Kind.TIME, "When they arrived, or are expected."),
            Column("left", Kind.TIME, "When somebody left early."),
        ),
        ("person", "session"),
    ),
    TableSpec(
        "incidents",
        "What happened in a session that somebody may ask about later.",
        (
            name_column("incident", "A short reference, e.g. N01."),
            reference_to("session", "The session.", "sessions"),
            Column("at", Kind.MOMENT, "When, e.g. 2015-07-14 11:20.", True),
            reference_to("applicant", "Whom it concerns, if anybody.", "applicants", required=False),
            text_column("what", "What happened, and what was done about it.", required=True),
            text_column("noted_by", "Who wrote it down.", required=True),
        ),
        ("incident",),
    ),
    TableSpec(
        "sign_offs",
        "Sessions that their centre manager has signed off at the end.",
        (
            reference_to("session", "The session.", "sessions"),
            Column("at", Kind.MOMENT, "When.", True),
            text_column("signed_by", "Who.", required=True),
            text_column("note", "Anything left open."),
        ),
        ("session",),
    ),
    TableSpec(
        "ratings",
        "Ratings as first entered.",
        (
            reference_to("applicant", "The applicant.", "applicants"),
            reference_to("exercise", "The exercise.", "exercises"),
            reference_to("criterion", "The criterion.", "criteria"),
            reference_to("assessor", "Who rated.", "assessors", "service_user_groups", "service_users"),
            Column("rating", Kind.WHOLE, "The rating, on the campaign's scale.", True),
            text_column("evidence", "What was seen and heard."),
        ),
        ("applicant", "exercise", "criterion", "assessor"),
    ),
    TableSpec(
        "agreed",
        "Ratings the wash-up settled.",
        (
            reference_to("applicant", "The applicant.", "applicants"),
            reference_to("exercise", "The exercise.", "exercises"),
            reference_to("criterion", "The criterion.", "criteria"),
            Column("rating", Kind.DECIMAL, "The agreed rating, on the campaign's scale.", True),
            text_column("reason", "Why."),
        ),
        ("applicant", "exercise", "criterion"),
    ),
    TableSpec(
        "council_lists",
        "Each council's own order of applicants.",
        (
            reference_to("council", "The council.", "councils"),
            reference_to("applicant", "The applicant.", "applicants"),
            Column("position", Kind.WHOLE, "The place on the council's list, from 1.", True, least=1),
        ),
        ("council", "applicant"),
    ),
    TableSpec(
        "responses",
        "Answers to offers.",
        (
            reference_to("applicant", "The applicant.", "applicants"),
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
    TableSpec(
        "flags",
        "Red flags: what an applicant said or did that no rating should decide, and what was decided.",
        (
            name_column("flag", "A short reference, e.g. F01."),
            reference_to("applicant", "The applicant.", "applicants"),
            text_column("raised_by", "Who raised it.", required=True),
            Column("at", Kind.MOMENT, "When, e.g. 2015-07-14 11:20."),
            text_column("concern", "What the concern is.", required=True),
            text_column("evidence", "What was seen and heard.", required=True),
            Column(
                "decision",
                Kind.CHOICE,
                "no_concern or not_appointable; empty until it is decided.",
                words=("no_concern", "not_appointable"),
            ),
            text_column("decided_by", "Who decided; not who raised it."),
            Column("decided_at", Kind.MOMENT, "When it was decided."),
            text_column("reason", "Why."),
        ),
        ("flag",),
    ),
    TableSpec(
        "decisions",
        "What named people decided about an applicant below a floor, or between applicants who are level.",
        (
            reference_to("applicant", "The applicant.", "applicants"),
            Column("about", Kind.CHOICE, "standard or tie.", True, words=("standard", "tie")),
            Column(
                "decision",
                Kind.CHOICE,
                "About the standard: appointable or not_appointable.",
                words=("appointable", "not_appointable"),
            ),
            Column(
                "position",
                Kind.WHOLE,
                "About a tie: the place among those who are level, from 1.",
                least=1,
                most=10_000,
            ),
            text_column("decided_by", "Who decided.", required=True),
            Column("at", Kind.MOMENT, "When."),
            text_column("reason", "Why.", required=True),
        ),
        ("applicant", "about"),
    ),
    TableSpec(
        "confirmations",
        "Ratings that looked implausible and were found to be right, by a named person.",
        (
            text_column("finding", "The finding, as `stepup rank` names it.", required=True),
            text_column("confirmed_by", "Who looked into it.", required=True),
            Column("at", Kind.MOMENT, "When."),
            text_column("reason", "What was found out.", required=True),
        ),
        ("finding",),
    ),
    TableSpec(
        "frozen_rules",
        "The rules of scoring, ranking and allocation as they were fixed; written by `stepup freeze`.",
        (
            Column("version", Kind.WHOLE, "1, 2, 3 and so on.", True, least=1, most=10_000),
            Column("at", Kind.MOMENT, "When they were fixed.", True),
            text_column("rules_sha256", "The fingerprint of the rules.", required=True),
            text_column("rules", "The rules themselves.", required=True),
            text_column("frozen_by", "Who fixed them.", required=True),
            text_column("reason", "Why they were changed; needed once the first session has begun."),
        ),
        ("version",),
    ),
    TableSpec(
        "offer_events",
        "What was done about offers: releases, passes, changes of places, longer deadlines, undoing.",
        (
            name_column("event", "A short reference, e.g. E01."),
            Column("at", Kind.MOMENT, "When, e.g. 2015-08-03 09:00.", True),
            Column(
                "kind",
                Kind.CHOICE,
                "release, pass, places, extend or undo.",
                True,
                words=("release", "pass", "places", "extend", "undo"),
            ),
            reference_to("applicant", "Whose deadline is extended.", "applicants", required=False),
            reference_to("council", "Whose places change.", "councils", required=False),
            Column("places", Kind.WHOLE, "How many places it has from now on.", least=0, most=10_000),
            Column("until", Kind.MOMENT, "The new deadline."),
            text_column("undoes", "The event that is undone; or an applicant, whose last answer is."),
            text_column("offers_sha256", "For a release: the fingerprint that `stepup allocate` gave."),
            text_column("by", "Who did it.", required=True),
            text_column("second_by", "Who else agreed; a release and a pass need two people."),
            text_column("reason", "Why; needed for everything but a release or a pass."),
        ),
        ("event",),
    ),
    TableSpec(
        "place_requests",
        "What councils ask for about their places, and what the lead authority decided.",
        (
            name_column("request", "A short reference, e.g. R01."),
            reference_to("council", "The council that asks.", "councils"),
            Column(
                "places", Kind.WHOLE, "How many places it would like to have.", True, least=0, most=10_000
            ),
            text_column("reason", "Why.", required=True),
            text_column("asked_by", "Who asked.", required=True),
            Column("at", Kind.MOMENT, "When it was asked.", True),
            Column(
                "decision",
                Kind.CHOICE,
                "granted, refused or withdrawn; empty until it is decided.",
                words=("granted", "refused", "withdrawn"),
            ),
            text_column("decided_by", "Who decided."),
            Column("decided_at", Kind.MOMENT, "When it was decided."),
            text_column("why", "Why it was decided so."),
        ),
        ("request",),
    ),
    TableSpec(
        "council_confirmations",
        "Councils that have confirmed which trainees they were given.",
        (
            reference_to("council", "The council.", "councils"),
            Column("at", Kind.MOMENT, "When.", True),
            text_column("trainees", "The trainees it confirmed, as a list of references."),
            text_column("confirmed_by", "Who confirmed.", required=True),
        ),
        ("council", "at"),
    ),
)
