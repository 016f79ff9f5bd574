"""Sessions, rooms and exercises: what cannot be as it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from api.errors import Fault, shown
from api.imports.checks.draft import Check, Draft
from api.imports.tables import Record


def session_ends_after_its_start(draft: Draft) -> Iterator[Fault]:
    for record in draft.records("sessions"):
        start, end = record.text("start"), record.text("end")
        if start and end and start >= end:
            yield record.fault("end", shown(end), f"a time after the start, {start}")


def any_room_use_stands_alone(draft: Draft) -> Iterator[Fault]:
    for record in draft.records("rooms"):
        if "any" in record.parts("use") and len(record.parts("use")) > 1:
            yield record.fault("use", shown(record.text("use")), "any alone, or a list of kinds")


def exercise_does_not_follow_itself(draft: Draft) -> Iterator[Fault]:
    """No exercise comes after itself, directly or in a circle; a circle is told of once, at its first row."""
    after = {r.text("exercise"): r.text("after") for r in draft.records("exercises")}
    told: set[str] = set()
    for record in draft.records("exercises"):
        start = record.text("exercise")
        path = [start]
        while (following := after.get(path[-1], "")) and following not in path:
            path.append(following)
        if start and following == start and start not in told:
            told.update(path)
            found = "itself" if len(path) == 1 else f"a circle: {' after '.join([*path, start])}"
            yield record.fault("after", found, "an exercise that can come before")


def within_minutes_has_its_after(draft: Draft) -> Iterator[Fault]:
    for record in draft.records("exercises"):
        if record.text("within_minutes") and not record.text("after") and "after" not in record.unread:
            yield record.fault(
                "within_minutes", shown(record.text("within_minutes")), "an exercise in the column after"
            )


def within_minutes_leaves_time_to_move(draft: Draft) -> Iterator[Fault]:
    move = draft.settings.whole("move_minutes")
    for record in draft.records("exercises"):
        within = record.whole_or_none("within_minutes")
        if within is not None and record.text("after") and within < move:
            yield record.fault(
                "within_minutes", shown(str(within)), f"at least move_minutes, which is {move}"
            )


def group_min_is_not_above_group_max(draft: Draft) -> Iterator[Fault]:
    for record in draft.records("exercises"):
        most = record.whole_or_none("group_max")
        if most is not None and record.whole("group_min") > most:
            yield record.fault(
                "group_min", shown(record.text("group_min")), f"at most group_max, which is {most}"
            )


def only_group_exercises_have_stations(draft: Draft) -> Iterator[Fault]:
    for record in draft.records("exercises"):
        kind = record.text("kind")
        if record.text("station_minutes") and kind not in ("group", ""):
            yield record.fault(
                "station_minutes", shown(record.text("station_minutes")), f"none for a {kind} exercise"
            )


def rotation_fits_into_its_minutes(draft: Draft) -> Iterator[Fault]:
    """`minutes` holds the rounds of the smallest run there can be: `group_min`, and the smallest group.

    Larger runs and groups are the timetable's affair: a run is never larger than its minutes allow, and a
    group that is too large for them does not serve.
    """
    members = Counter(r.text("group") for r in draft.records("service_users"))
    for record in draft.records("exercises"):
        station = record.whole_or_none("station_minutes")
        if station is None or record.text("kind") != "group" or not record.text("minutes"):
            continue
        rounds = max(record.whole("group_min"), min(members.values(), default=0), 1)
        if record.whole("minutes") < station * rounds:
            wanted = f"at least {station * rounds}: {rounds} rounds of {station}"
            yield record.fault("minutes", shown(record.text("minutes")), wanted)


def exercise_has_a_room(draft: Draft) -> Iterator[Fault]:
    """Some venue has a room that serves the exercise's kind; with none, nobody could do it."""
    uses = {use for r in draft.records("rooms") for use in r.parts("use")}
    for record in draft.records("exercises"):
        kind = record.text("kind")
        if kind and uses and kind not in uses and "any" not in uses:
            yield record.fault("kind", shown(kind), "a room that serves this kind of exercise")


def exercise_fits_into_a_session(draft: Draft) -> Iterator[Fault]:
    """Some session is long enough for the exercise alone."""
    longest = max((_length(r) for r in draft.records("sessions")), default=0)
    for record in draft.records("exercises"):
        minutes = sum(record.whole(c) for c in ("preparation_minutes", "minutes", "writing_minutes"))
        if 0 < longest < minutes:
            yield record.fault(
                "minutes", f"{minutes} minutes in all", f"at most the longest session, {longest} minutes"
            )


def _length(record: Record) -> int:
    if not (record.text("start") and record.text("end")):
        return 0
    return record.minutes("end") - record.minutes("start")


CHECKS: tuple[Check, ...] = (
    session_ends_after_its_start,
    any_room_use_stands_alone,
    exercise_does_not_follow_itself,
    within_minutes_has_its_after,
    within_minutes_leaves_time_to_move,
    group_min_is_not_above_group_max,
    only_group_exercises_have_stations,
    rotation_fits_into_its_minutes,
    exercise_has_a_room,
    exercise_fits_into_a_session,
)
