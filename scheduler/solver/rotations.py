"""Who meets which service user in which round, with the orders balanced over a session.

A rotating run of n applicants and m service users takes max(n, m) rounds. Its orders are rows of a
Williams square: a Latin square in which, for an even number of rounds, each service user directly follows
each other exactly once over all rows (odd numbers need the mirrored square as well). Which rows a run uses
is chosen so that over the session each service user follows each other about equally often.
Source of the square: E. J. Williams, Australian Journal of Scientific Research A 2 (1949), 149-168.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, pairwise, permutations, product

from scheduler.problem import Problem
from scheduler.programme import ExerciseKind
from scheduler.timetable import Entry, Meeting, Role, Sitting, timetable_of

# Choices of rows tried per run and square, and ways to name the rows' columns: all of them where it is small.
ROWS_TRIED_MAX = 80
NAMINGS_TRIED_MAX = 24

Order = tuple[int, ...]
Follows = Counter[tuple[str, str]]


def rotations_of(problem: Problem, entries: Sequence[Entry]) -> tuple[Meeting, ...]:
    """The meetings of all rotating runs; rounds count from 1, and the first starts when contact does."""
    meetings: list[Meeting] = []
    follows: dict[tuple[str, str], Follows] = {}
    for sitting in sorted(timetable_of(entries).sittings, key=lambda s: (s.session, s.window)):
        exercise = problem.exercise_by_reference[sitting.exercise]
        groups = sitting.of(Role.SERVICE_USER_GROUP)
        if exercise.kind is ExerciseKind.GROUP and exercise.station_minutes is not None and groups:
            members = problem.group_by_reference[groups[0].person].members
            counted = follows.setdefault((sitting.session, exercise.reference), Counter())
            orders = _best_orders(len(sitting.applicants), members, counted)
            counted.update(_pairs(orders, members))
            meetings.extend(_meetings(sitting, groups[0].start, exercise.station_minutes, members, orders))
    return tuple(meetings)


def rotation_has_one_meeting_at_a_time(rounds: int) -> list[Order]:
    """The Williams square: row i, column r is whom applicant i meets in round r; no column repeats."""
    zigzag = [(column + 1) // 2 if column % 2 else -(column // 2) for column in range(rounds)]
    return [tuple((row + step) % rounds for step in zigzag) for row in range(rounds)]


def balance_of(meetings: Sequence[Meeting]) -> Follows:
    """How often each service user is directly followed by each other, over these meetings."""
    follows: Follows = Counter()
    rows = sorted(meetings, key=lambda m: (m.session, m.sitting, m.applicant, m.round))
    for one, other in pairwise(rows):
        if (one.sitting, one.applicant) == (other.sitting, other.applicant):
            follows[one.service_user, other.service_user] += 1
    return follows


def _best_orders(applicants: int, members: Sequence[str], counted: Follows) -> tuple[Order, ...]:
    """Rows of one square, chosen so that no pair of service users gets far ahead of the others."""
    rounds = max(applicants, len(members))
    square = rotation_has_one_meeting_at_a_time(rounds)
    mirrored = [row[::-1] for row in square]
    # Only where somebody rests does it matter in whose place the rest comes.
    namings = permutations(range(rounds)) if applicants > len(members) else iter([range(rounds)])

    def unevenness(orders: tuple[Order, ...]) -> int:
        after = counted + Counter(_pairs(orders, members))
        return sum(times * times for times in after.values())

    choices = [
        tuple(tuple(naming[index] for index in row) for row in rows)
        for naming, rows_of in product(islice(namings, NAMINGS_TRIED_MAX), (square, mirrored))
        for rows in islice(combinations(rows_of, applicants), ROWS_TRIED_MAX)
    ]
    return min(choices, key=unevenness)


def _pairs(orders: Sequence[Order], members: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Who directly follows whom in each applicant's order; a rest between two meetings does not count."""
    for order in orders:
        met = [members[index] for index in order if index < len(members)]
        yield from pairwise(met)


def _meetings(
    sitting: Sitting, begins: int, station_minutes: int, members: Sequence[str], orders: Sequence[Order]
) -> Iterator[Meeting]:
    for applicant, order in zip(sitting.applicants, orders, strict=True):
        for number, index in enumerate(order):
            if index < len(members):
                start = begins + number * station_minutes
                yield Meeting(
                    session=sitting.session,
                    sitting=sitting.reference,
                    round=number + 1,
                    start=start,
                    end=start + station_minutes,
                    service_user=members[index],
                    applicant=applicant,
                )
