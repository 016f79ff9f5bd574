"""The councils' own lists, for a campaign that allocates by them."""

from __future__ import annotations

from collections.abc import Iterator

from api.errors import Fault, shown
from api.imports.checks.draft import Check, Draft


def position_is_held_once(draft: Draft) -> Iterator[Fault]:
    held: dict[tuple[str, int], int] = {}
    for record in draft.records("council_lists"):
        position = record.whole_or_none("position")
        if position is None:
            continue
        first = held.setdefault((record.text("council"), position), record.row)
        if first != record.row:
            found = f"{position}, already in row {first}"
            yield record.fault("position", found, "a position of its own on the council's list")


def listed_applicant_chose_the_council(draft: Draft) -> Iterator[Fault]:
    choices = {r.text("applicant"): r.choices for r in draft.records("applicants")}
    for record in draft.records("council_lists"):
        applicant, council = record.text("applicant"), record.text("council")
        if council and applicant in choices and council not in choices[applicant]:
            found = f"{shown(applicant)}, who did not list {shown(council)}"
            yield record.fault("applicant", found, "an applicant who listed the council")


CHECKS: tuple[Check, ...] = (position_is_held_once, listed_applicant_chose_the_council)
