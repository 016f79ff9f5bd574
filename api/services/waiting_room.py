"""What hangs on the waiting room's wall: by reference, where each applicant is now and where they go next.

No names, nothing of anybody's arrival, and nobody who is not expected any more.
"""

from __future__ import annotations

from api.presenters.day_terms import AWAY, Arrival, Here, Place, SessionDay


def places_at(day: SessionDay, minute: int) -> tuple[Place, ...]:
    """Everybody who is expected or here and has not finished, by reference; then those who have."""
    places = [_place(each, minute) for each in day.applicants if _is_expected(each, minute)]
    return tuple(sorted(places, key=lambda p: (p.now is None and p.next is None, p.applicant)))


def _is_expected(each: Arrival, minute: int) -> bool:
    gone = each.state is Here.LEFT and each.left is not None and each.left <= minute
    return bool(each.entries) and each.state not in AWAY and not gone


def _place(each: Arrival, minute: int) -> Place:
    now = next((e for e in each.entries if e.start <= minute < e.end), None)
    following = next((e for e in each.entries if e.start > minute), None)
    return Place(each.person, now, following)
