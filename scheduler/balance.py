"""How even a session's rotations are: who follows whom, and who rests when. A measure, no rule and no tier.

It is read from the meetings alone, whoever made them. How even orders are found is in
`solver/rotation_orders.py`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from scheduler.timetable import Meeting


@dataclass(frozen=True, slots=True)
class RotationBalance:
    """One session's rotations, over all its runs.

    `follows_least` and `follows_most`: how often one service user is the next whom an applicant meets after
    another, for the rarest and the commonest of all ordered pairs. `rests` are rounds in which somebody of
    the run, applicant or service user, meets nobody; `rests_in_a_row` those that follow a rest of the same
    person; `rests_same_round_least` and `_most` how often a service user rests in the same round of a run,
    for the rarest and the commonest pair of service user and round.
    """

    session: str
    follows_least: int
    follows_most: int
    rests: int
    rests_in_a_row: int
    rests_same_round_least: int
    rests_same_round_most: int


def rotation_balances(meetings: Sequence[Meeting]) -> tuple[RotationBalance, ...]:
    """One for each session with a rotation, by session."""
    sessions: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in sorted(meetings):
        sessions[meeting.session].append(meeting)
    return tuple(_balance(session, found) for session, found in sorted(sessions.items()))


def follows_of(meetings: Sequence[Meeting]) -> Counter[tuple[str, str]]:
    """How often each service user is the next after each other, over these meetings; rests do not count."""
    follows: Counter[tuple[str, str]] = Counter()
    rows = sorted(meetings, key=lambda m: (m.session, m.sitting, m.applicant, m.round))
    for one, other in pairwise(rows):
        if (one.session, one.sitting, one.applicant) == (other.session, other.sitting, other.applicant):
            follows[one.service_user, other.service_user] += 1
    return follows


def _balance(session: str, meetings: list[Meeting]) -> RotationBalance:
    service_users = sorted({meeting.service_user for meeting in meetings})
    follows = follows_of(meetings)
    pairs = [follows[pair] for pair in permutations(service_users, 2)]
    rests = list(_rests(meetings))
    rounds = {number for _, _, number in rests}
    same = Counter((person, number) for _, person, number in rests if person in service_users)
    often = [same[user, number] for user in service_users for number in sorted(rounds)]
    resting = set(rests)
    return RotationBalance(
        session=session,
        follows_least=min(pairs, default=0),
        follows_most=max(pairs, default=0),
        rests=len(rests),
        rests_in_a_row=sum((run, person, number - 1) in resting for run, person, number in rests),
        rests_same_round_least=min(often, default=0),
        rests_same_round_most=max(often, default=0),
    )


def _rests(meetings: list[Meeting]) -> Iterator[tuple[str, str, int]]:
    """(run, person, round) for every round of a run in which one of its people meets nobody."""
    runs: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        runs[meeting.sitting].append(meeting)
    for run, found in sorted(runs.items()):
        busy = {(person, m.round) for m in found for person in (m.applicant, m.service_user)}
        for person in sorted({person for person, _ in busy}):
            for number in range(1, max(m.round for m in found) + 1):
                if (person, number) not in busy:
                    yield run, person, number
