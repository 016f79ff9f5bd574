"""Settings that must agree with one another and with the exercises."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator

from api.errors import Fault, shown
from api.imports.checks.draft import Check, Draft
from scheduler.rules import FIXED_TIERS, TIERS

FLOOR = re.compile(r"([0-9]{1,4}):([0-9]{1,4})")
NO_FLOORS = ("none",)
LAST_RESORTS = ("lot", "panel")


def time_zone_is_known(draft: Draft) -> Iterator[Fault]:
    name = draft.settings.text("time_zone")
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        yield draft.settings.fault("time_zone", shown(name), "a time zone such as Europe/London")


def scale_goes_up(draft: Draft) -> Iterator[Fault]:
    settings = draft.settings
    if settings.whole("scale_min") >= settings.whole("scale_max"):
        found = f"{settings.text('scale_min')} to {settings.text('scale_max')}"
        yield settings.fault("scale_max", found, "a scale_max above scale_min")


def panel_can_be_filled(draft: Draft) -> Iterator[Fault]:
    """No number of members asked for is larger than the panel, or than one council may send."""
    settings = draft.settings
    size = settings.whole("panel_size")
    for what in ("lead", "first_choice", "safer_recruitment", "chair", "lived_experience"):
        name = f"panel_{what}_members"
        if settings.whole(name) > size:
            yield settings.fault(name, settings.text(name), f"at most panel_size, which is {size}")
    most = settings.whole("panel_one_council_max")
    for what in ("lead", "first_choice"):
        name = f"panel_{what}_members"
        if most < settings.whole(name) <= size:
            yield settings.fault(name, settings.text(name), f"at most panel_one_council_max, which is {most}")


def tie_break_names_rated_exercises(draft: Draft) -> Iterator[Fault]:
    """The default is not held to this: of it, only exercises that exist are used."""
    settings = draft.settings
    *exercises, last = settings.parts("tie_break")
    if not settings.is_given("tie_break") or "exercises" in draft.tables.unread:
        return
    if last not in LAST_RESORTS:
        yield settings.fault("tie_break", shown(last), "lot or panel at the end")
    rated = {r.text("exercise") for r in draft.records("exercises") if r.yes("rated")}
    for exercise in exercises:
        if exercise not in rated:
            yield settings.fault(
                "tie_break", shown(exercise), "a rated exercise, and lot or panel at the end"
            )


def floors_can_be_read(draft: Draft) -> Iterator[Fault]:
    """The default is not held to the scale: of it, only ratings that exist are used."""
    settings = draft.settings
    low, high = settings.whole("scale_min"), settings.whole("scale_max")
    if not settings.is_given("floor_ratings") or settings.parts("floor_ratings") == NO_FLOORS:
        return
    seen: set[int] = set()
    for part in settings.parts("floor_ratings"):
        match = FLOOR.fullmatch(part)
        if not match:
            yield settings.fault("floor_ratings", shown(part), "rating:at most, such as 1:0;2:2, or none")
        elif not low <= int(match[1]) <= high:
            yield settings.fault("floor_ratings", shown(part), f"a rating from {low} to {high}")
        elif int(match[1]) in seen:
            yield settings.fault("floor_ratings", shown(part), "each rating once")
        else:
            seen.add(int(match[1]))


def tiers_are_the_catalogues(draft: Draft) -> Iterator[Fault]:
    """Each aim is known and named once, and nothing comes before the first two."""
    settings = draft.settings
    named = list(settings.parts("tiers"))
    known = [tier.key for tier in TIERS]
    for aim in dict.fromkeys(named):
        if aim not in known:
            yield settings.fault("tiers", shown(aim), f"aims of the timetable: {', '.join(known)}")
        elif named.count(aim) > 1:
            yield settings.fault("tiers", f"{aim} {named.count(aim)} times", "each aim once")
    first = [aim for aim in dict.fromkeys(named) if aim in known][: len(FIXED_TIERS)]
    if first != list(FIXED_TIERS):
        yield settings.fault(
            "tiers", f"{' and '.join(first) or 'nothing'} first", f"{' and '.join(FIXED_TIERS)} first"
        )


CHECKS: tuple[Check, ...] = (
    time_zone_is_known,
    scale_goes_up,
    panel_can_be_filled,
    tie_break_names_rated_exercises,
    floors_can_be_read,
    tiers_are_the_catalogues,
)
