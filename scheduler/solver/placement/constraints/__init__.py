"""Every rule that a placement must keep, listed in the order in which it is added.

Each function adds one rule of the catalogue (`scheduler.rules`) and bears its name. Rules that are settled
in the running order appear here too where counting alone can rule a placement out.
"""

from __future__ import annotations

from collections.abc import Callable

from scheduler.solver.placement.constraints import attendance, panels, staff, time
from scheduler.solver.placement.variables import Variables

CONSTRAINTS: tuple[Callable[[Variables], None], ...] = (
    attendance.applicant_attends_one_session,
    attendance.person_attends_only_when_available,
    attendance.pins_are_kept,
    attendance.person_is_in_one_session_at_a_time,
    attendance.person_works_at_one_venue_a_day,
    attendance.excluded_pair_never_meets,
    panels.session_has_no_more_panels_than_allowed,
    panels.panel_sees_at_most_its_number,
    panels.panel_has_its_full_size,
    panels.panel_has_lead_authority_members,
    panels.panel_has_first_choice_members,
    panels.panel_is_not_one_councils_alone,
    panels.panel_has_safer_recruitment_training,
    panels.panel_has_a_chair,
    panels.panel_has_lived_experience,
    panels.assessor_is_trained_for_the_exercise,
    panels.assessor_half_days_are_within_limit,
    panels.standby_assessor_is_kept_in_reserve,
    staff.session_has_one_service_user_group,
    staff.rotation_brings_everybody_together_once,
    staff.service_user_group_minutes_are_within_limit,
    staff.role_player_takes_part,
    staff.role_player_minutes_are_within_limit,
    staff.interpreters_stay_with_their_applicant,
    time.run_size_is_within_limits,
    time.run_lies_within_the_session,
    time.long_traveller_starts_late,
    time.room_suits_the_exercise,
    time.room_is_step_free_where_needed,
    time.room_is_quiet_where_needed,
)


def add_constraints(v: Variables) -> None:
    """Add every rule, in the order above."""
    for constraint in CONSTRAINTS:
        constraint(v)
