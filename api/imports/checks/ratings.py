"""The matrix, and the ratings given by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from api.errors import Fault, shown
from api.imports.checks.draft import Check, Draft
from api.imports.tables import Record


def matrix_holds_rated_exercises_only(draft: Draft) -> Iterator[Fault]:
    exercises = {r.text("exercise"): r for r in draft.records("exercises")}
    for record in draft.records("matrix"):
        exercise = exercises.get(record.text("exercise"))
        if exercise is not None and not exercise.yes("rated") and "rated" not in exercise.unread:
            yield record.fault("exercise", shown(record.text("exercise")), "an exercise that is rated")


def rated_exercise_has_its_row(draft: Draft) -> Iterator[Fault]:
    with_row = {r.text("exercise") for r in draft.records("matrix")}
    for record in draft.records("exercises"):
        if record.yes("rated") and draft.records("matrix") and record.text("exercise") not in with_row:
            found = f"{shown(record.text('exercise'))}, rated but not in the matrix"
            yield record.fault("rated", found, "at least one row of the matrix")


def some_weight_is_not_zero(draft: Draft) -> Iterator[Fault]:
    records = draft.records("matrix")
    if records and not any(r.number("weight") or "weight" in r.unread for r in records):
        yield Fault("matrix", None, "weight", "no weight above 0", "at least one weight above 0")


def rating_is_on_the_scale(draft: Draft) -> Iterator[Fault]:
    low, high = draft.settings.whole("scale_min"), draft.settings.whole("scale_max")
    for table in ("ratings", "agreed", "anchors") if low < high else ():
        for record in draft.records(table):
            if record.text("rating") and not low <= record.number("rating") <= high:
                yield record.fault("rating", shown(record.text("rating")), f"a rating from {low} to {high}")


def rating_is_in_the_matrix(draft: Draft) -> Iterator[Fault]:
    matrix = {(r.text("exercise"), r.text("criterion")) for r in draft.records("matrix")}
    exercises, criteria = draft.tables.keys("exercises"), draft.tables.keys("criteria")
    for table in ("ratings", "agreed"):
        for record in draft.records(table):
            exercise, criterion = record.text("exercise"), record.text("criterion")
            if (exercise, criterion) not in matrix and exercise in exercises and criterion in criteria:
                found = f"{shown(criterion)} for {shown(exercise)}"
                yield record.fault("criterion", found, "a criterion that the matrix has for the exercise")


def rater_may_rate_the_exercise(draft: Draft) -> Iterator[Fault]:
    """Assessors rate; a group exercise is rated by its service-user group or a member of one."""
    kinds = {r.text("exercise"): r.text("kind") for r in draft.records("exercises")}
    raters = {
        "assessors": draft.tables.keys("assessors"),
        "service users": draft.tables.keys("service_user_groups", "service_users"),
    }
    for record in draft.records("ratings"):
        kind, rater = kinds.get(record.text("exercise"), ""), record.text("assessor")
        wanted = "service users" if kind == "group" else "assessors"
        if kind and rater in raters["assessors"] | raters["service users"] and rater not in raters[wanted]:
            yield record.fault("assessor", shown(rater), _rater_in_words(kind))


def group_rates_as_a_whole_or_by_member(draft: Draft) -> Iterator[Fault]:
    """Of one cell, a group and its members do not both give ratings: they would count twice."""
    group_of = {r.text("service_user"): r.text("group") for r in draft.records("service_users")}
    groups = draft.tables.keys("service_user_groups")
    by_cell: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in draft.records("ratings"):
        by_cell[tuple(record.text(c) for c in ("applicant", "exercise", "criterion"))].append(record)
    for records in by_cell.values():
        whole = {r.text("assessor") for r in records} & groups
        for record in records:
            if group_of.get(record.text("assessor")) in whole:
                yield record.fault(
                    "assessor", f"{shown(record.text('assessor'))} beside the whole group", "one of the two"
                )


def _rater_in_words(kind: str) -> str:
    if kind == "group":
        return "a service-user group or a member of one, for a group exercise"
    return f"an assessor, for a {kind} exercise"


CHECKS: tuple[Check, ...] = (
    matrix_holds_rated_exercises_only,
    rated_exercise_has_its_row,
    some_weight_is_not_zero,
    rating_is_on_the_scale,
    rating_is_in_the_matrix,
    rater_may_rate_the_exercise,
    group_rates_as_a_whole_or_by_member,
)
