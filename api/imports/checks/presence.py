"""Tables that must be there, given what the campaign holds."""

from __future__ import annotations

from collections.abc import Iterator

from api.errors import Fault
from api.imports.checks.draft import Check, Draft
from api.imports.columns import TABLES


def required_tables_are_there(draft: Draft) -> Iterator[Fault]:
    """Whoever plans before invitations go out has no applicants yet; every other table is there by then."""
    for name, spec in TABLES.items():
        if spec.required and (draft.applicants_wanted or name != "applicants"):
            yield from _wanted(draft, name, f"the table {name}, with at least one row")


def panels_have_assessors(draft: Draft) -> Iterator[Fault]:
    if any(r.text("kind") == "panel" for r in draft.records("exercises")):
        yield from _wanted(draft, "assessors", "the assessors of the panel exercises")


def group_exercises_have_service_users(draft: Draft) -> Iterator[Fault]:
    groups = [r for r in draft.records("exercises") if r.text("kind") == "group"]
    if groups:
        yield from _wanted(draft, "service_user_groups", "a service-user group for the group exercises")
    if any(r.text("station_minutes") for r in groups):
        yield from _wanted(draft, "service_users", "the members of the groups, for the rotation")


def role_plays_have_role_players(draft: Draft) -> Iterator[Fault]:
    if any(r.yes("role_player") for r in draft.records("exercises")):
        yield from _wanted(draft, "role_players", "a role player for the exercises that need one")


def rated_exercises_have_criteria(draft: Draft) -> Iterator[Fault]:
    if any(r.yes("rated") for r in draft.records("exercises")):
        yield from _wanted(draft, "criteria", "the criteria of the rated exercises")
        yield from _wanted(draft, "matrix", "the weights of the rated exercises")


def council_lists_are_there(draft: Draft) -> Iterator[Fault]:
    """The lists are drawn up after the day, so they are missed only once there are ratings."""
    if draft.settings.text("allocation_rule") == "council_lists" and draft.records("ratings"):
        yield from _wanted(draft, "council_lists", "the councils' lists that allocation_rule asks for")


def _wanted(draft: Draft, table: str, wanted: str) -> Iterator[Fault]:
    if not draft.has(table):
        yield Fault(table, None, None, "no such table", wanted)
    elif not draft.records(table):
        yield Fault(table, None, None, "no rows", wanted)


CHECKS: tuple[Check, ...] = (
    required_tables_are_there,
    panels_have_assessors,
    group_exercises_have_service_users,
    role_plays_have_role_players,
    rated_exercises_have_criteria,
    council_lists_are_there,
)
