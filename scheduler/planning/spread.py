"""Who would go to which venue: everybody to the nearest, and on from there where it is full.

It is an assumption about people who are not known yet, and a plan to count by; who is invited to which
session is decided by the timetable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Applicants who start from one place. `minutes` is one way to each venue that is open to them."""

    first_choice: str
    applicants: int
    minutes: Mapping[str, int]


@dataclass(frozen=True)
class Spread:
    """How many go where. `at` is by (position of the origin, venue); `nearest` before anybody moved on."""

    origins: tuple[Origin, ...]
    at: Mapping[tuple[int, str], int]
    nearest: Mapping[str, int]

    def applicants_at(self, venue: str) -> int:
        return sum(number for (_, where), number in self.at.items() if where == venue)

    def first_choices_at(self, venue: str) -> dict[str, int]:
        """How many at the venue have which council as their first choice."""
        found: dict[str, int] = {}
        for (position, where), number in self.at.items():
            council = self.origins[position].first_choice
            if where == venue and council and number:
                found[council] = found.get(council, 0) + number
        return found


def shared_out(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """`total` in proportion to `weights`, whole numbers by largest remainder; evenly where all are nought."""
    used = weights if sum(weights.values()) else dict.fromkeys(weights, 1)
    whole = sum(used.values())
    if not whole:
        return {}
    shares = {name: total * weight // whole for name, weight in used.items()}
    by_remainder = sorted(used, key=lambda name: -(total * used[name] % whole))
    for name in by_remainder[: total - sum(shares.values())]:
        shares[name] += 1
    return shares


def spread_over(origins: Sequence[Origin], room_by_venue: Mapping[str, int]) -> Spread:
    """Everybody to the nearest venue; while one is too full, whoever loses least time moves to one with room.

    Where journeys are equally long, to the venue with more room left. Where there is no room left anywhere,
    they stay with the venue that is too full.
    """
    at: dict[tuple[int, str], int] = {}
    load = dict.fromkeys(room_by_venue, 0)
    for position, origin in enumerate(origins):
        for _ in range(origin.applicants if origin.minutes else 0):
            left = {venue: room_by_venue[venue] - load[venue] for venue in origin.minutes}
            venue = min(origin.minutes, key=lambda v: (origin.minutes[v], -left[v]))
            at[position, venue] = at.get((position, venue), 0) + 1
            load[venue] += 1
    nearest = dict(load)
    while move := _cheapest_move(origins, room_by_venue, at, load):
        position, here, there = move
        number = min(at[position, here], load[here] - room_by_venue[here], room_by_venue[there] - load[there])
        at[position, here] -= number
        at[position, there] = at.get((position, there), 0) + number
        load[here] -= number
        load[there] += number
    return Spread(tuple(origins), {key: number for key, number in at.items() if number}, nearest)


def _cheapest_move(
    origins: Sequence[Origin],
    room: Mapping[str, int],
    at: Mapping[tuple[int, str], int],
    load: Mapping[str, int],
) -> tuple[int, str, str] | None:
    moves = [
        (origins[position].minutes[there] - origins[position].minutes[here], position, here, there)
        for (position, here), number in at.items()
        if number and load[here] > room[here]
        for there in origins[position].minutes
        if load[there] < room[there]
    ]
    return min(moves)[1:] if moves else None
