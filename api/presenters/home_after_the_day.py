"""The last three steps of a campaign's home: the day itself, ratings and wash-up, results and offers.

How far each has come is an `AfterTheDay`, found out by `api.services.look_after_the_day`; the steps before
are in `campaign_home.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from api.exports.packs.wording import counted
from api.presenters.page_parts import Step, StepState


@dataclass(frozen=True, slots=True)
class AfterTheDay:
    """What is known of the day and what comes after it.

    `ratings` of `ratings_due` are locked; `differences` are still to be settled. `waiting` offers are not
    answered yet. `doubts` says that ratings or offers cannot be followed as the tables stand.
    """

    sessions: int = 0
    signed_off: int = 0
    checked_in: int = 0
    ratings: int = 0
    ratings_due: int = 0
    differences: int = 0
    is_released: bool = False
    offers: int = 0
    waiting: int = 0
    councils: int = 0
    confirmed: int = 0
    doubts: bool = False


def steps_after_the_day(
    after: AfterTheDay, is_published: bool, base: str, may_change: bool, may_read_results: bool
) -> tuple[Step, ...]:
    """Three steps. They can begin once a timetable is published, each when there is something to do in it.

    Who may not read results is told only how far they are, and only whoever chairs is led to the wash-up.
    """
    ratings, results = _ratings(after, is_published, base), _results(after, base)
    if not may_change and ratings.url:
        ratings = replace(ratings, url=f"{base}/ratings")
    if not may_read_results:
        results = Step(results.label, results.state, None, "For the organiser.", results.words)
    return (_day(after, is_published, f"{base}/day"), ratings, results)


def next_after_the_day(after: AfterTheDay, base: str, has_begun: bool, is_over: bool) -> tuple[str, str]:
    """The next thing to do once everybody is told of the timetable, empty before the first session's day.

    `is_over`: the last session was on an earlier day.
    """
    if after.signed_off < after.sessions and (has_begun or after.checked_in):
        left = counted(after.sessions - after.signed_off, "session")
        act = f"Sign off {left}" if is_over else "See who has arrived"
        return act if after.checked_in else "Check people in", f"{base}/day"
    if after.ratings and after.ratings < after.ratings_due:
        return "See which ratings are owed", f"{base}/ratings"
    if after.ratings and after.differences:
        return f"Settle {counted(after.differences, 'difference')}", f"{base}/washup"
    if after.ratings and not after.is_released:
        return "Look at the order of merit", f"{base}/merit"
    if after.waiting:
        return f"See {counted(after.waiting, 'offer')} not answered yet", f"{base}/offers"
    if after.is_released and after.confirmed < after.councils:
        return "See which councils have confirmed", f"{base}/offers/councils"
    return "", ""


def _day(after: AfterTheDay, is_published: bool, url: str) -> Step:
    label = "Run the day"
    if not is_published:
        return Step(label, "waiting", None, "Arrivals, absences, repairs and signing off.")
    if after.sessions and after.signed_off >= after.sessions:
        return Step(label, "done", url, f"{_all(after.sessions, 'session')} signed off.")
    if not after.checked_in:
        return Step(label, "to_do", url, "Nobody has been checked in yet.")
    of = f"{after.signed_off} of {counted(after.sessions, 'session')} signed off."
    return Step(label, "working", url, of)


def _ratings(after: AfterTheDay, is_published: bool, base: str) -> Step:
    label, url = "Ratings and wash-up", f"{base}/ratings"
    if not after.ratings:
        hint = "No rating is locked yet."
        return Step(label, "to_do" if is_published else "waiting", url if is_published else None, hint)
    if after.doubts:
        return Step(label, "problem", url, "Ratings cannot be read as they stand.")
    if after.ratings < after.ratings_due:
        return Step(label, "working", url, f"{after.ratings:,} of {after.ratings_due:,} ratings are in.")
    if after.differences:
        hint = f"All {after.ratings:,} ratings are in; {counted(after.differences, 'difference')} to settle."
        return Step(label, "working", f"{base}/washup", hint)
    return Step(label, "done", f"{base}/washup", f"All {after.ratings:,} ratings are in, all is settled.")


def _results(after: AfterTheDay, base: str) -> Step:
    label = "Results, offers and letters"
    if not after.ratings:
        return Step(label, "waiting", None, "Order of merit, allocation, release by two people, answers.")
    if not after.is_released:
        complete = after.ratings >= after.ratings_due and not after.differences
        state: StepState = "to_do" if complete else "waiting"
        words = "" if complete else "Not complete yet"
        return Step(label, state, f"{base}/merit", "Nothing is released yet.", words)
    confirmed = f"{after.confirmed} of {counted(after.councils, 'council')} confirmed."
    if after.waiting:
        hint = f"{after.waiting} of {counted(after.offers, 'offer')} not answered yet; {confirmed}"
        return Step(label, "working", f"{base}/offers", hint)
    if after.confirmed < after.councils:
        hint = f"{counted(after.offers, 'place')} held, none waits for an answer; {confirmed}"
        return Step(label, "working", f"{base}/offers/councils", hint)
    return Step(label, "done", f"{base}/offers", f"{counted(after.offers, 'place')} held; {confirmed}")


def _all(number: int, one: str) -> str:
    return f"All {counted(number, one)} are" if number != 1 else f"The one {one} is"
