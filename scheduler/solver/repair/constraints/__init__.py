"""The rules of a repair: those of every running order, some of them in another light, and what has begun.

A rule that is said again here under its own name replaces that of the running order: there, everybody placed
works and everything is still to be done; here staff may be called upon, and some things are done.
"""

from __future__ import annotations

from collections.abc import Callable

from scheduler.solver.repair.constraints import after, campaign, groups, interpreters, panels, presence, runs
from scheduler.solver.repair.variables import RepairVariables
from scheduler.solver.running_order.constraints import CONSTRAINTS as RUNNING_ORDER

Constraint = Callable[[RepairVariables], None]

REPLACED: tuple[Constraint, ...] = (
    runs.applicant_does_every_exercise_once,
    runs.role_player_minutes_are_within_limit,
    panels.applicant_meets_one_panel,
    panels.panel_keeps_its_members_and_room,
    panels.assessor_sits_on_one_panel_a_session,
    panels.panel_has_its_full_size,
    panels.panel_has_lead_authority_members,
    panels.panel_has_safer_recruitment_training,
    panels.panel_has_a_chair,
    panels.panel_has_lived_experience,
    panels.panel_sees_at_most_its_number,
)
ADDED: tuple[Constraint, ...] = (
    campaign.applicant_attends_one_session,
    campaign.assessor_half_days_are_within_limit,
    campaign.person_is_in_one_session_at_a_time,
    campaign.pins_are_kept,
    groups.session_has_one_service_user_group,
    groups.service_user_group_minutes_are_within_limit,
    groups.group_is_kept_apart_from_the_excluded,
    interpreters.interpreters_stay_with_their_applicant,
    interpreters.interpreter_is_kept_apart_from_the_excluded,
    presence.nothing_starts_before_now,
    presence.people_are_there,
    after.what_has_begun_is_done,
    after.rooms_are_left_first,
    after.staff_come_from_what_has_begun,
    after.staff_come_from_the_session_before,
)


def add_rules(r: RepairVariables) -> None:
    """Add every rule: the running orders' that stand, then those above."""
    again = {constraint.__name__ for constraint in REPLACED}
    for v in r.orders:
        for constraint in RUNNING_ORDER:
            if constraint.__name__ not in again:
                constraint(v)
    for rule in (*REPLACED, *ADDED):
        rule(r)
