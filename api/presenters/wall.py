"""The waiting room's wall in words: by reference, what is on now, what comes next, and in which room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.campaign import Campaign
from api.presenters.day_terms import Place
from scheduler.grid import clock
from scheduler.timetable import Entry


@dataclass(frozen=True, slots=True)
class WallLine:
    """One applicant. `now` and `next` are what, `now_room` and `next_room` where; or empty."""

    applicant: str
    now: str
    now_room: str
    next_at: str
    next: str
    next_room: str
    is_done: bool


def wall_lines(campaign: Campaign, places: Iterable[Place]) -> tuple[WallLine, ...]:
    return tuple(
        WallLine(
            applicant=place.applicant,
            now=_what(campaign, place.now),
            now_room=_room(campaign, place.now),
            next_at=clock(place.next.start) if place.next else "",
            next=_what(campaign, place.next),
            next_room=_room(campaign, place.next),
            is_done=place.now is None and place.next is None,
        )
        for place in places
    )


def _what(campaign: Campaign, entry: Entry | None) -> str:
    return campaign.name_of("exercises", entry.exercise) if entry else ""


def _room(campaign: Campaign, entry: Entry | None) -> str:
    return campaign.name_of("rooms", entry.room) if entry else ""
