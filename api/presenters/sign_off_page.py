"""What is still open at the end of a session, point by point, with whom it concerns and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.wording import counted
from api.presenters.day_terms import Arrival, LeftOpen

Person = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to see to. `people` are (reference, words, address)."""

    what: str
    people: tuple[Person, ...] = ()


def open_points(found: LeftOpen, campaign: Campaign, url: str, *, named: bool) -> tuple[Point, ...]:
    """What is open; nothing where all is done. Ratings are only counted."""
    points = []
    groups: tuple[tuple[Sequence[Arrival], str], ...] = (
        (found.applicants, "it is not known whether {} came."),
        (found.staff, "it is not noted whether {} of the staff came."),
        (found.identity, "the identity of {} was not seen."),
        (found.certificates, "the certificates of {} were not seen."),
    )
    for arrivals, words in groups:
        if arrivals:
            number = counted(
                len(arrivals), "person" if arrivals[0].is_staff else "applicant", _many(arrivals)
            )
            is_later = arrivals is found.certificates
            people = tuple(_person(each, campaign, url, named=named, is_later=is_later) for each in arrivals)
            points.append(Point(_sentence(words.format(number)), people))
    if found.unlocked:
        are = "is" if found.unlocked == 1 else "are"
        sheets = counted(found.sheets, "sheet")
        points.append(Point(f"{found.unlocked:,} of {sheets} of ratings {are} not locked yet."))
    return tuple(points)


def _many(arrivals: Sequence[Arrival]) -> str:
    return "people" if arrivals[0].is_staff else "applicants"


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _person(each: Arrival, campaign: Campaign, url: str, *, named: bool, is_later: bool) -> Person:
    name = campaign.person_name(each.person) if named or each.is_staff else each.person
    words = each.person if name == each.person else f"{name} ({each.person})"
    by = each.cell("certificates_by") if is_later else ""
    return (
        each.person,
        f"{words}, to follow by {'-'.join(reversed(by.split('-')))}" if by else words,
        (f"{url}/people/{each.person}"),
    )
