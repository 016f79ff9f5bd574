"""Which assessors can be compared: those linked by applicants they both rated, directly or through others.

Two groups of assessors who share no applicant cannot be told apart from two groups of applicants of differing
strength. Whoever compares them all the same assumes what was to be found out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assessment.advice.refusal import references


def linked_groups(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Groups of assessors, from pairs of applicant and assessor; the largest first, then by reference."""
    leader: dict[tuple[str, str], tuple[str, str]] = {}
    assessors: set[str] = set()
    for applicant, assessor in pairs:
        assessors.add(assessor)
        leader[lead(leader, ("applicant", applicant))] = lead(leader, ("assessor", assessor))
    groups: dict[tuple[str, str], list[str]] = {}
    for assessor in sorted(assessors):
        groups.setdefault(lead(leader, ("assessor", assessor)), []).append(assessor)
    return tuple(sorted(map(tuple, groups.values()), key=lambda group: (-len(group), group)))


def unlinked_sentences(groups: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Why groups of assessors cannot be compared, and who is in which; the largest group is the rest."""
    largest, *others = groups
    rest = "the one other assessor" if len(largest) == 1 else f"the other {len(largest)} assessors"
    if len(others) > 1:
        rest = "any assessor of another group"
    said = [
        f"{references(group, len(group))} {'shares' if len(group) == 1 else 'share'} no applicant with {rest}"
        ", directly or through others."
        for group in others
    ]
    last = (
        f"The largest group is {references(largest, len(largest))}. How severe one group is beside another "
        "cannot be told: its applicants may simply be weaker or stronger."
    )
    return (*said, last)


def lead(leader: dict[tuple[str, str], tuple[str, str]], node: tuple[str, str]) -> tuple[str, str]:
    """The node that stands for everything linked to `node` so far; paths are shortened on the way."""
    top = node
    while leader.setdefault(top, top) != top:
        top = leader[top]
    while leader[node] != top:
        leader[node], node = top, leader[node]
    return top
