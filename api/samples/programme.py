"""What every half-day of the made-up campaigns holds: settings, venues, rooms, exercises and the matrix.

The exercises are the published ones (interview with role play, service users' speed interviewing, a
written exercise, two self-evaluations); minutes, rooms, criteria and weights are assumed.
Three groups of four rotate: a panel's three interviews take 3 x 60 of 255 minutes, from 10:00 too, and
the service users' three runs 3 x 40 of their 150. Read `people.py` next.
"""

from __future__ import annotations

from api.campaign import Table
from api.samples.anchors import anchor_rows
from api.samples.cases import Case, half_days

# (exercise, criterion): weight. Interview stands for interview and role play together.
MATRIX: dict[tuple[str, str], int] = {
    ("interview", "values"): 2,
    ("interview", "communication"): 2,
    ("interview", "analysis"): 2,
    ("interview", "reflection"): 1,
    ("interview", "motivation"): 2,
    ("service_users", "values"): 1,
    ("service_users", "communication"): 2,
    ("service_users", "motivation"): 1,
    ("written", "analysis"): 2,
    ("written", "writing"): 2,
    ("self_evaluation_1", "reflection"): 1,
    ("self_evaluation_2", "reflection"): 1,
    ("self_evaluation_2", "writing"): 1,
}

_CRITERIA = (
    ("values", "Values, ethics and anti-discriminatory practice"),
    ("communication", "Communication and relationship building"),
    ("analysis", "Analysis and judgement"),
    ("writing", "Written communication"),
    ("reflection", "Self-awareness, reflection and resilience"),
    ("motivation", "Motivation and understanding of child and family social work"),
)
_EXERCISE_COLUMNS = (
    "exercise", "name", "kind", "minutes", "preparation_minutes", "writing_minutes", "group_min", "group_max",
    "station_minutes", "after", "within_minutes", "role_player", "extra_time", "rated",
)  # fmt: skip
_EXERCISES = (
    ("interview", "Interview with role play",
     "panel", "45", "", "15", "", "", "", "", "", "yes", "no", "yes"),
    ("service_users", "Service users' round",
     "group", "40", "", "", "2", "4", "8", "", "", "no", "no", "yes"),
    ("written", "Written exercise", "sitting", "40", "", "", "1", "12", "", "", "", "no", "yes", "yes"),
    ("self_evaluation_1", "Self-evaluation after the interview",
     "solo", "10", "", "", "", "", "", "interview", "60", "no", "yes", "yes"),
    ("self_evaluation_2", "Self-evaluation after the service users' round",
     "solo", "10", "", "", "", "", "", "service_users", "", "no", "yes", "yes"),
)  # fmt: skip
# suffix, name, use, seats, quiet
_ROOMS = (
    ("1", "Interview room 1", "panel", "1", "no"),
    ("2", "Interview room 2", "panel", "1", "no"),
    ("3", "Interview room 3", "panel", "1", "no"),
    ("4", "Interview room 4", "panel", "1", "no"),
    ("L", "Large room", "group", "12", "no"),
    ("W", "Writing room", "sitting", "12", "no"),
    ("S", "Study room", "solo", "6", "no"),
    ("Q", "Quiet room", "sitting;solo", "3", "yes"),
)


def programme_tables(case: Case) -> list[Table]:
    """Settings, councils, venues, rooms, sessions, exercises, criteria, anchors and matrix."""
    return [
        _settings(case),
        Table("councils", ("council", "name", "places", "latitude", "longitude"), _councils(case)),
        Table("venues", ("venue", "name", "latitude", "longitude"), _venues(case)),
        Table("rooms", ("room", "venue", "name", "use", "seats", "step_free", "quiet"), _rooms(case)),
        Table("sessions", ("session", "venue", "date", "start", "end", "panels_max"), _sessions(case)),
        Table("exercises", _EXERCISE_COLUMNS, _EXERCISES),
        Table("criteria", ("criterion", "name"), _CRITERIA),
        Table("anchors", ("criterion", "rating", "anchor"), anchor_rows()),
        Table("matrix", ("exercise", "criterion", "weight"), _matrix()),
    ]


def _settings(case: Case) -> Table:
    values = {
        "format": "1",
        "campaign_name": case.title,
        "lead_council": case.region.lead,
        "time_zone": "Europe/London",
        "grid_minutes": "5",
        "move_minutes": "5",
        "panel_size": str(case.panel_size),
        "panel_lead_members": "1",
        "panel_first_choice_members": "1",
        "panel_first_choice_rule": "soft",
        "panel_one_council_max": "2",
        "panel_safer_recruitment_members": "1",
        "panel_chair_members": "0",
        "panel_lived_experience_members": "0",
        "panel_interviews_max": str(case.interviews_max),
        "assessor_half_days_max": "4",
        "travel_minutes_max_morning": "90",
        "travel_late_start": "10:00",
        "scale_min": "1",
        "scale_max": "5",
        "rating_gap_to_discuss": "2",
        "raters_min": "2",
        "floor_ratings": "1:0;2:2",
        "below_floor": "not_appointable",
        "standard_percent": "60",
        "tie_break": "interview;service_users;written;lot",
        "lot_seed": case.lot_seed,
        "allocation_rule": "merit",
        "offer_hours": "48",
    }
    return Table("settings", ("setting", "value"), tuple(values.items()))


def _councils(case: Case) -> tuple[tuple[str, ...], ...]:
    rows = []
    for reference, places in case.places.items():
        council = case.region.council_by_reference[reference]
        base = council.base
        rows.append((reference, council.name, str(places), f"{base.latitude:.3f}", f"{base.longitude:.3f}"))
    return tuple(rows)


def _venues(case: Case) -> tuple[tuple[str, ...], ...]:
    rows = []
    for venue in case.venues:
        name, spot = case.region.venue_spots[venue]
        rows.append((venue, name, f"{spot.latitude:.3f}", f"{spot.longitude:.3f}"))
    return tuple(rows)


def _rooms(case: Case) -> tuple[tuple[str, ...], ...]:
    steps = case.region.not_step_free
    return tuple(
        (f"{venue}-{suffix}", venue, name, use, seats, _yes(suffix not in steps[venue]), quiet)
        for venue in case.venues
        for suffix, name, use, seats, quiet in _ROOMS
    )


def _sessions(case: Case) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (half.reference, half.venue, half.date.isoformat(), half.start, half.end, str(case.panels_max))
        for half in half_days(case)
    )


def _matrix() -> tuple[tuple[str, ...], ...]:
    return tuple((exercise, criterion, str(weight)) for (exercise, criterion), weight in MATRIX.items())


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"
