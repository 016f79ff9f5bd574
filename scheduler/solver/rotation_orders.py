"""In which order a run's applicants meet the service users, in numbers only: even over all runs of a session.

A *design* is one run: for each applicant the service user (from 0) of each round, or `REST`. Small runs have
every design there is to choose from; large ones those made from a cyclic group: its rows are one sequence
of rounds, shifted, so each difference in the sequence is one set of pairs that follow each other (with an
even number of rounds each difference can come once: E. J. Williams, Australian Journal of Scientific
Research A 2 (1949), 149-168). Who the people are is in `rotations.py`; the measure is `scheduler/balance.py`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, permutations, repeat
from operator import add, mul

REST = -1

# Up to this many rounds every design is tried; above, as many made from a cyclic group.
ALL_ROUNDS_MAX = 5
DESIGNS_MAX = 1500
SEQUENCES_MAX = 6
# Beginnings of the search (fewer where many designs are to be looked at), and how often every run's design
# is chosen again, given all the others.
STARTS = 8
DESIGNS_LOOKED_AT = 40_000
PASSES_MAX = 6

Order = tuple[int, ...]
Design = tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What one design adds: pairs that follow, rests of service users by round, and rests in a row."""

    design: Design
    follows: tuple[int, ...]
    rests: tuple[int, ...]
    in_a_row: int


@lru_cache(maxsize=1024)
def balanced_designs(members: int, sizes: tuple[int, ...]) -> tuple[Design, ...]:
    """A design for each run of a session, by its number of applicants.

    First each service user follows each other about equally often over the session; then few people rest two
    rounds running; then nobody's rests fall in the same round every time. Best for one run whose designs are
    all there to choose from; over several, no single run can be made better.
    """
    rounds = max((*sizes, members))
    options = [
        [_tally(design, members, rounds) for design in rotation_has_one_meeting_at_a_time(size, members)]
        for size in sizes
    ]
    rng = random.Random(f"{members} {sizes}")
    starts = [[tallies[0] for tallies in options]]
    more = min(STARTS, DESIGNS_LOOKED_AT // sum(map(len, options))) if len(sizes) > 1 else 0
    starts += [[rng.choice(tallies) for tallies in options] for _ in range(more)]
    best = _improved(options, starts[0])
    for start in starts[1:]:
        if _is_even(best, members) and sum(t.in_a_row for t in best) == 0:
            break
        best = min(best, _improved(options, start), key=_unevenness)
    return tuple(tally.design for tally in best)


def rotation_has_one_meeting_at_a_time(applicants: int, members: int) -> tuple[Design, ...]:
    """Designs for one run: everybody meets everybody once, and nobody meets two people in one round.

    There are as many rounds as the larger of the two numbers.
    """
    return _designs(applicants, members)


@lru_cache(maxsize=256)
def _designs(applicants: int, members: int) -> tuple[Design, ...]:
    rounds = max(applicants, members)
    if rounds <= ALL_ROUNDS_MAX:
        arrangements = sorted(set(permutations((*range(members), *repeat(REST, rounds - members)))))
        designs = list(_all_designs(arrangements, applicants, ()))
        if len(designs) > DESIGNS_MAX:
            designs = random.Random(rounds).sample(designs, DESIGNS_MAX)
        return tuple(designs)
    return tuple(_cyclic_designs(applicants, members, rounds))


def _all_designs(arrangements: Sequence[Order], wanted: int, rows: Design) -> Iterator[Design]:
    """Every set of rows in which no round has a service user twice; each set once, its rows in order.

    `arrangements` are the rows that go with all of `rows` and come after them.
    """
    if len(rows) == wanted:
        yield rows
        return
    for number, row in enumerate(arrangements):
        left = [other for other in arrangements[number + 1 :] if not _meet(row, other)]
        if len(rows) + 1 + len(left) >= wanted:
            yield from _all_designs(left, wanted, (*rows, row))


def _meet(row: Order, other: Order) -> bool:
    """Whether two applicants would be with one service user in the same round."""
    return any(one == user != REST for one, user in zip(row, other, strict=True))


def _cyclic_designs(applicants: int, members: int, rounds: int) -> Iterator[Design]:
    """Rows and names drawn from a seed, the sequences with the most even differences first."""
    rng = random.Random(f"{applicants} {members}")
    sequences = _sequences(rounds)
    for number in range(DESIGNS_MAX):
        sequence = sequences[number % len(sequences)]
        names = [*range(members), *repeat(REST, rounds - members)]
        rng.shuffle(names)
        shifts = sorted(rng.sample(range(rounds), applicants))
        yield tuple(tuple(names[(shift + step) % rounds] for step in sequence) for shift in shifts)


@lru_cache(maxsize=64)
def _sequences(rounds: int) -> list[Order]:
    """Orders of 0 to `rounds` - 1, those with the most different differences first; Williams' is tried."""
    zigzag = tuple((step + 1) // 2 if step % 2 else -(step // 2) % rounds for step in range(rounds))
    rng = random.Random(rounds)
    drawn = [zigzag, zigzag[::-1], *(tuple(rng.sample(range(rounds), rounds)) for _ in range(500))]
    return sorted(dict.fromkeys(drawn), key=lambda order: _sum_of_squares(_differences(order)))[
        :SEQUENCES_MAX
    ]


def _differences(order: Order) -> list[int]:
    return list(Counter((later - earlier) % len(order) for earlier, later in pairwise(order)).values())


def _improved(options: Sequence[Sequence[Tally]], start: list[Tally]) -> list[Tally]:
    """Each run's design chosen again, given all the others, until nothing gets better."""
    chosen, value = start, _unevenness(start)
    for _ in range(PASSES_MAX):
        for number, tallies in enumerate(options):
            chosen[number] = _best(tallies, [*chosen[:number], *chosen[number + 1 :]])
        before, value = value, _unevenness(chosen)
        if value == before:
            break
    return chosen


def _tally(design: Design, members: int, rounds: int) -> Tally:
    follows, rests, in_a_row = [0] * members**2, [0] * members * rounds, 0
    length = len(design[0])
    for row in design:
        for one, other in pairwise(user for user in row if user != REST):
            follows[one * members + other] += 1
        in_a_row += sum(one == other == REST for one, other in pairwise(row))
    for user in range(members):
        free = [all(row[number] != user for row in design) for number in range(length)]
        in_a_row += sum(one and other for one, other in pairwise(free))
        for number in range(length):
            rests[user * rounds + number] += free[number]
    return Tally(design, tuple(follows), tuple(rests), in_a_row)


def _best(tallies: Sequence[Tally], others: Sequence[Tally]) -> Tally:
    """The design that goes best with those of the other runs.

    With the others' counts c and a design's d, the sum of squares of c + d is that of c, the same for every
    design, and 2cd + dd.
    """
    if not others:
        return min(tallies, key=lambda tally: _unevenness([tally]))
    follows = [2 * sum(counts) for counts in zip(*(t.follows for t in others), strict=True)]
    rests = [2 * sum(counts) for counts in zip(*(t.rests for t in others), strict=True)]
    costs = [sum(map(mul, t.follows, map(add, follows, t.follows))) for t in tallies]
    least = min(costs)
    return min(
        (t for t, cost in zip(tallies, costs, strict=True) if cost == least),
        key=lambda t: (t.in_a_row, sum(map(mul, t.rests, map(add, rests, t.rests)))),
    )


def _unevenness(tallies: Sequence[Tally]) -> tuple[int, int, int]:
    return (
        _sum_of_squares(map(sum, zip(*(t.follows for t in tallies), strict=True))),
        sum(t.in_a_row for t in tallies),
        _sum_of_squares(map(sum, zip(*(t.rests for t in tallies), strict=True))),
    )


def _is_even(tallies: Sequence[Tally], members: int) -> bool:
    """Whether no two pairs differ by more than one: then nothing is more even."""
    total = [sum(counts) for counts in zip(*(t.follows for t in tallies), strict=True)]
    pairs = [total[one * members + other] for one, other in permutations(range(members), 2)]
    return not pairs or max(pairs) - min(pairs) <= 1


def _sum_of_squares(counts: Iterator[int] | Sequence[int]) -> int:
    """Of counts with a given sum, the more even ones have the lesser sum of squares."""
    return sum(count * count for count in counts)
