"""Every rule that a running order must keep, listed in the order in which it is added.

Each function adds one rule of the catalogue (`scheduler.rules`) and bears its name.
"""

from __future__ import annotations

from collections.abc import Callable

from scheduler.solver.running_order.constraints import moves, panels, people, rooms, runs, staff
from scheduler.solver.running_order.variables import Variables

CONSTRAINTS: tuple[Callable[[Variables], None], ...] = (
    runs.run_starts_on_the_grid,
    runs.run_lies_within_the_session,
    runs.run_has_its_full_length,
    runs.run_keeps_its_people_together,
    runs.run_size_is_within_limits,
    runs.rotation_brings_everybody_together_once,
    runs.applicant_does_every_exercise_once,
    people.person_is_in_one_place_at_a_time,
    moves.person_has_time_to_move,
    people.exercise_follows_its_predecessor,
    people.exercise_starts_soon_enough_after,
    people.applicant_has_the_break_they_need,
    people.long_traveller_starts_late,
    people.excluded_pair_never_meets,
    rooms.room_suits_the_exercise,
    rooms.room_seats_are_not_exceeded,
    rooms.room_holds_one_run_at_a_time,
    rooms.room_is_step_free_where_needed,
    rooms.room_is_quiet_where_needed,
    panels.applicant_meets_one_panel,
    panels.panel_keeps_its_members_and_room,
    panels.assessor_sits_on_one_panel_a_session,
    panels.panel_has_its_full_size,
    panels.panel_has_lead_authority_members,
    panels.panel_has_first_choice_members,
    panels.panel_is_not_one_councils_alone,
    panels.panel_has_safer_recruitment_training,
    panels.panel_has_a_chair,
    panels.panel_has_lived_experience,
    panels.panel_sees_at_most_its_number,
    staff.role_player_takes_part,
    staff.role_player_minutes_are_within_limit,
    staff.service_user_group_minutes_are_within_limit,
)


def add_constraints(v: Variables) -> None:
    """Add every rule, in the order above."""
    for constraint in CONSTRAINTS:
        constraint(v)
