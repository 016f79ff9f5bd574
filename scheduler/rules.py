"""The catalogue: every hard rule and every tier, each with one name and one sentence.

A rule's name is said three times: here, as a check in `scheduler.checks`, and as a constraint in
`scheduler.solver`. `tests/architecture` holds the three together. "Format" is the campaign format.
"""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.grid import Window
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Rule:
    """A hard rule. `source` says where the rule comes from."""

    key: str
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Tier:
    """An aim. Tiers come in order: a later one never costs an earlier one anything. Least is best."""

    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule broken once: by whom, where and when, and by how much (in the rule's own unit).

    `detail` is the whole matter in one sentence, by reference only.
    """

    rule: str
    who: tuple[str, ...]
    session: str
    window: Window | None
    size: int
    detail: str


RULES: tuple[Rule, ...] = (
    # Who comes when
    Rule("applicant_attends_one_session", "Every applicant attends exactly one session.", "Format, sessions"),
    Rule(
        "applicant_does_every_exercise_once",
        "An attending applicant does every exercise exactly once.",
        "Domain H1",
    ),
    Rule(
        "person_attends_only_when_available",
        "Nobody is in a session they are not available for.",
        "Format, availability",
    ),
    Rule(
        "pins_are_kept",
        "A pinned person is in the session they must be in, and not in one they must not.",
        "Format, pins",
    ),
    Rule(
        "person_is_in_one_session_at_a_time",
        "Nobody is in two sessions that overlap.",
        "Format, availability",
    ),
    Rule("person_works_at_one_venue_a_day", "Nobody is at two venues on one day.", "Format, availability"),
    # Time
    Rule("person_is_in_one_place_at_a_time", "Nobody is in two activities at once.", "Domain H2"),
    Rule(
        "person_has_time_to_move",
        "Between two activities there is time to move; staff who stay in the room need none.",
        "Format, move_minutes",
    ),
    Rule("run_starts_on_the_grid", "Every run starts on the session's time grid.", "Format, grid_minutes"),
    Rule("run_lies_within_the_session", "Every activity lies within its session.", "Format, sessions"),
    Rule(
        "run_has_its_full_length",
        "Everybody in a run is there for as long as the exercise asks, extra time included.",
        "Format, exercises and timetable",
    ),
    Rule(
        "exercise_follows_its_predecessor",
        "An exercise starts after the one it follows has ended, with time to move.",
        "Format, exercises.after",
    ),
    Rule(
        "exercise_starts_soon_enough_after",
        "An exercise starts within the minutes allowed after the one it follows.",
        "Format, exercises.within_minutes",
    ),
    Rule(
        "applicant_has_the_break_they_need",
        "An applicant who needs a break has one of that length between two activities.",
        "Format, applicants.break_minutes",
    ),
    Rule(
        "long_traveller_starts_late",
        "Nobody whose journey is too long starts before the late start.",
        "Format, travel_minutes_max_morning",
    ),
    # Rooms
    Rule(
        "room_suits_the_exercise",
        "A run is in a room of the session's venue that serves its kind of exercise.",
        "Format, rooms.use",
    ),
    Rule(
        "room_holds_one_run_at_a_time",
        "A room holds one run at a time; only solo runs share.",
        "Format, rooms",
    ),
    Rule(
        "room_seats_are_not_exceeded",
        "A room never holds more applicants than it has seats.",
        "Format, rooms.seats",
    ),
    Rule(
        "room_is_step_free_where_needed",
        "An applicant who needs step-free access has it in every room.",
        "Format, applicants.step_free",
    ),
    Rule(
        "room_is_quiet_where_needed",
        "An applicant who needs a quiet room has one when writing.",
        "Format, applicants.quiet_room",
    ),
    # Runs
    Rule(
        "run_keeps_its_people_together",
        "Everybody in a run is in one room, and its applicants start together.",
        "Format, timetable",
    ),
    Rule(
        "run_size_is_within_limits",
        "A run holds as many applicants as the exercise asks.",
        "Format, exercises.group_min and group_max",
    ),
    Rule(
        "excluded_pair_never_meets",
        "Two people whom a declared interest keeps apart never meet in an exercise.",
        "Format, interests",
    ),
    # Panels
    Rule(
        "applicant_meets_one_panel",
        "An applicant meets one panel, with all its members, in every panel exercise.",
        "Format, timetable.panel",
    ),
    Rule(
        "panel_keeps_its_members_and_room",
        "A panel keeps its members and its room for its whole session.",
        "Format, timetable",
    ),
    Rule(
        "assessor_sits_on_one_panel_a_session",
        "An assessor sits on one panel in a session.",
        "Format, timetable",
    ),
    Rule(
        "panel_has_its_full_size", "A panel has as many members as the campaign asks.", "Format, panel_size"
    ),
    Rule(
        "panel_has_lead_authority_members",
        "Every panel has members from the lead authority.",
        "Format, panel_lead_members",
    ),
    Rule(
        "panel_has_first_choice_members",
        "Where the rule is hard, a panel has members from each of its applicants' first-choice councils.",
        "Format, panel_first_choice_members",
    ),
    Rule(
        "panel_is_not_one_councils_alone",
        "No panel has more members of one council than allowed.",
        "Format, panel_one_council_max",
    ),
    Rule(
        "panel_has_safer_recruitment_training",
        "Every panel has members with safer-recruitment training.",
        "Format, panel_safer_recruitment_members",
    ),
    Rule("panel_has_a_chair", "Every panel has members who may chair.", "Format, panel_chair_members"),
    Rule(
        "panel_has_lived_experience",
        "Every panel has members with lived experience.",
        "Format, panel_lived_experience_members",
    ),
    Rule(
        "panel_sees_at_most_its_number",
        "A panel sees no more applicants in a session than allowed.",
        "Format, panel_interviews_max",
    ),
    Rule(
        "session_has_no_more_panels_than_allowed",
        "A session has no more panels than allowed.",
        "Format, sessions.panels_max",
    ),
    Rule(
        "assessor_is_trained_for_the_exercise",
        "An assessor is trained for every exercise they assess.",
        "Format, assessors.trained_for",
    ),
    Rule(
        "assessor_half_days_are_within_limit",
        "An assessor works no more half-days than allowed.",
        "Format, assessors.half_days_max",
    ),
    Rule(
        "standby_assessor_is_kept_in_reserve",
        "A standby assessor works only after a repair.",
        "Format, assessors.standby",
    ),
    # Other staff
    Rule(
        "session_has_one_service_user_group",
        "One service-user group serves all group runs of a session.",
        "Format, service_user_groups",
    ),
    Rule(
        "service_user_group_minutes_are_within_limit",
        "A service-user group works no longer in a session than allowed.",
        "Format, service_user_groups.minutes_max",
    ),
    Rule(
        "role_player_takes_part",
        "Exactly one role player takes part in each run that needs one.",
        "Format, exercises.role_player",
    ),
    Rule(
        "role_player_minutes_are_within_limit",
        "A role player works no longer in a session than allowed.",
        "Format, role_players.minutes_max",
    ),
    Rule(
        "interpreters_stay_with_their_applicant",
        "An applicant who needs interpreters has the same two all session, theirs alone.",
        "Format, applicants.interpreter",
    ),
    # Rotations
    Rule(
        "rotation_brings_everybody_together_once",
        "In a rotating run every applicant meets every service user of the group exactly once.",
        "Format, rotations",
    ),
    Rule(
        "rotation_has_one_meeting_at_a_time",
        "In a rotating run nobody meets two people at once, and every meeting lies within the run.",
        "Format, rotations",
    ),
)

TIERS: tuple[Tier, ...] = (
    Tier("unplaced", "Applicants without a session"),
    Tier("panel_half_days", "Panels staffed, summed over sessions"),
    Tier("sessions_held", "Sessions with anybody in them"),
    Tier("without_first_choice_member", "Applicants whose panel lacks members of their first-choice council"),
    Tier("applicant_travel_minutes", "Applicants' travel, one way, in minutes"),
    Tier("assessor_travel_minutes", "Assessors' travel, one way for each half-day, in minutes"),
    Tier("heaviest_load", "Largest share of their own half-days that an assessor works, in percent"),
    Tier("idle_minutes", "Applicants' waiting between activities, in minutes"),
    Tier("assessor_links", "Assessors in separate groups, then pairs who sit together more than once"),
)

# The first two aims keep their places; the organiser may reorder the others or leave them out.
FIXED_TIERS = ("unplaced", "panel_half_days")

# In the value of `assessor_links` one separate group counts as much as this many repeated pairings.
LINK_GROUP = 1_000_000

RULE_BY_KEY: dict[str, Rule] = {rule.key: rule for rule in RULES}
TIER_BY_KEY: dict[str, Tier] = {tier.key: tier for tier in TIERS}


def tiers_of(problem: Problem) -> tuple[Tier, ...]:
    """The aims of this campaign in its order: those the organiser named, or all of the catalogue."""
    return tuple(TIER_BY_KEY[key] for key in problem.tiers) or TIERS
