"""Every setting of the campaign format, declared once: its kind, default and limits.

Each is a `Column`, so a setting's value is read exactly like a cell. Read `columns.py` for the tables.
"""

from __future__ import annotations

from collections.abc import Mapping

from api.imports.kinds import MINUTES_A_DAY, Column, Kind
from scheduler.rules import TIERS

FORMAT_VERSION = "1"


def _whole(name: str, default: str, help: str, least: int = 0, most: int = 1_000) -> Column:
    return Column(name, Kind.WHOLE, help, default=default, least=least, most=most)


def _choice(name: str, default: str, help: str, *words: str) -> Column:
    return Column(name, Kind.CHOICE, help, default=default, words=words)


_SETTINGS: tuple[Column, ...] = (
    Column("format", Kind.CHOICE, "The version of the campaign format.", True, words=(FORMAT_VERSION,)),
    Column("campaign_name", Kind.TEXT, "What the campaign is called on paper.", True),
    Column("lead_council", Kind.REFERENCE, "The lead authority.", True, points_to=("councils",)),
    Column("time_zone", Kind.TEXT, "The time zone of all times.", default="Europe/London"),
    _whole("grid_minutes", "5", "Every start is a multiple of this after the session's start.", 1, 60),
    _whole("move_minutes", "5", "Least gap between two activities.", 0, 240),
    _whole("panel_size", "3", "Assessors on each panel.", 1, 20),
    _whole("panel_lead_members", "1", "Least number from the lead authority on every panel.", 0, 20),
    _whole("panel_first_choice_members", "1", "Least number from the applicant's first choice.", 0, 20),
    _choice("panel_first_choice_rule", "soft", "How strict that is.", "hard", "soft", "off"),
    _whole("panel_one_council_max", "2", "Most members of one panel from one council.", 1, 20),
    _whole("panel_safer_recruitment_members", "1", "Least number with safer-recruitment training.", 0, 20),
    _whole("panel_chair_members", "0", "Least number who may chair.", 0, 20),
    _whole("panel_lived_experience_members", "0", "Least number with lived experience.", 0, 20),
    _whole("panel_interviews_max", "3", "Most applicants one panel sees in a session.", 1, 100),
    _whole("assessor_half_days_max", "4", "Most half-days of an assessor over the campaign."),
    Column(
        "travel_minutes_max_morning",
        Kind.WHOLE,
        "Nobody who travels longer starts before travel_late_start; empty: no such rule.",
        least=0,
        most=MINUTES_A_DAY,
    ),
    Column("travel_late_start", Kind.TIME, "The late start.", default="10:00"),
    Column(
        "tiers",
        Kind.LIST,
        "The timetable's aims in order; those left out are not aimed for. The first two keep their places.",
        default=";".join(tier.key for tier in TIERS),
    ),
    _whole("scale_min", "1", "The lowest rating."),
    _whole("scale_max", "5", "The highest rating.", 1),
    _whole("rating_gap_to_discuss", "2", "Ratings this far apart go to the wash-up.", 1),
    _whole("raters_min", "2", "Ratings needed before a cell counts as complete.", 1, 20),
    Column("floor_ratings", Kind.LIST, "At most so many ratings of each low value.", default="1:0;2:2"),
    _choice(
        "below_floor", "not_appointable", "What a broken floor means.", "not_appointable", "panel_discussion"
    ),
    Column(
        "standard_percent", Kind.DECIMAL, "Least overall score in percent.", default="60", least=0, most=100
    ),
    Column(
        "tie_break",
        Kind.LIST,
        "Exercises in order, then lot or panel.",
        default="interview;service_users;written;lot",
    ),
    Column("lot_seed", Kind.TEXT, "Text for the seeded lot; its SHA-256 is published beforehand."),
    _choice("allocation_rule", "merit", "Who gets which place.", "merit", "council_lists"),
    _whole("offer_hours", "48", "Working-day hours to answer an offer.", 1),
)

SETTINGS: Mapping[str, Column] = {setting.name: setting for setting in _SETTINGS}
