"""The ledger of offers: every act in its order, what it changed, and the book that comes of it.

Nothing is kept but the acts; the book is always made anew from them, so that a pass can be replayed and an
act undone without a trace in the book. An act that is not permitted is refused with its reason and changes
nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessment.errors import PanelDecisionNeeded
from assessment.offers.acts import Act, ChangePlaces, Extend, Pass, Release, Response, Undo
from assessment.offers.book import (
    Market,
    OfferBook,
    OfferLine,
    first_book,
    first_offers,
    moved,
    offered,
    upgraded,
)
from assessment.offers.clock import answer_by
from assessment.offers.moves import PERMITTED, Move, OfferState
from assessment.offers.passes import NextPass, next_pass

PEOPLE_WHO_RELEASE = 2
STATE_WORDS = {
    OfferState.WAITING: "has no offer",
    OfferState.OFFERED: "has an offer that is not answered yet",
    OfferState.ACCEPTED: "has accepted",
    OfferState.OPEN_TO_UPGRADE: "has accepted and is open to an upgrade",
    OfferState.DECLINED: "has declined",
    OfferState.EXPIRED: "did not answer in time",
    OfferState.WITHDRAWN: "has withdrawn",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One applicant's line before and after a move."""

    move: Move
    before: OfferLine
    after: OfferLine


@dataclass(frozen=True, slots=True)
class PlacesChanged:
    """A council's places before and after."""

    council: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What one act did. An expiry has no act of its own: `act` is empty, `at` is the offer's last minute.

    `places` is set where the act changed a council's number of places. `given` is what a pass did.
    """

    act: str
    kind: str
    at: datetime.datetime
    changes: tuple[Change, ...] = ()
    places: PlacesChanged | None = None
    given: NextPass | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """An act that is not permitted, and why, in a sentence."""

    act: str
    why: str


class NotPermitted(Exception):
    """Raised inside the ledger where an act is not permitted; it becomes a `Refusal`."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The book at one moment, what led to it, and what was refused.

    `in_force` are the acts that were not undone, and `entries` are theirs; `undone` tells who undid what.
    """

    book: OfferBook
    entries: tuple[Entry, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    in_force: tuple[Act, ...] = ()
    undone: tuple[Undo, ...] = ()
    at: datetime.datetime = datetime.datetime.min


def replay(market: Market, acts: Sequence[Act], until: datetime.datetime) -> Ledger:
    """The ledger after these acts, in their order, with all that has expired by `until`; later acts wait."""
    ledger = Ledger(first_book(market))
    for act in acts:
        if act.at <= until:
            ledger = after(market, ledger, act)
    return advanced(ledger, until)


def after(market: Market, ledger: Ledger, act: Act) -> Ledger:
    """The ledger after one more act; a refused one leaves only its refusal."""
    if act.at < ledger.at:
        return _refused(ledger, act, "It is dated before the act that it follows.")
    ledger = advanced(ledger, act.at)
    try:
        if isinstance(act, Undo):
            return _undone(market, ledger, act)
        return _done(market, ledger, act)
    except NotPermitted as why:
        return _refused(ledger, act, str(why))
    except PanelDecisionNeeded as tie:
        return _refused(ledger, act, tie.faults[0])


def advanced(ledger: Ledger, at: datetime.datetime) -> Ledger:
    """The ledger at a later moment: an offer whose last minute is over has expired."""
    over = sorted(
        (line.answer_by, line.applicant)
        for line in ledger.book.lines.values()
        if line.answer_by is not None and line.answer_by < at
    )
    entries, book = list(ledger.entries), ledger.book
    for ended, applicant in over:
        before = book.lines[applicant]
        change = Change(Move.EXPIRE, before, moved(before, Move.EXPIRE))
        entries.append(Entry("", "expiry", ended, (change,)))
        book = book.with_lines(change.after)
    return replace(ledger, book=book, entries=tuple(entries), at=at)


def _done(market: Market, ledger: Ledger, act: Release | Response | Pass | ChangePlaces | Extend) -> Ledger:
    book = ledger.book
    if not book.released and not isinstance(act, Release):
        raise NotPermitted("No offers have been released yet.")
    match act:
        case Release():
            entry, book = _release(market, book, act)
        case Response():
            entry, book = _response(book, act)
        case Pass():
            entry, book = _pass(market, book, act)
        case ChangePlaces():
            entry, book = _change_places(book, act)
        case Extend():
            entry, book = _extend(book, act)
    return replace(ledger, book=book, entries=(*ledger.entries, entry), in_force=(*ledger.in_force, act))


def _release(market: Market, book: OfferBook, act: Release) -> tuple[Entry, OfferBook]:
    if book.released:
        raise NotPermitted("The offers have been released already.")
    _signed_by_two(act.people)
    ends = answer_by(act.at, market.offer_hours, market.holidays)
    changes = tuple(
        Change(Move.OFFER, book.lines[a], offered(book.lines[a], council, choice, ends))
        for a, (council, choice) in first_offers(market.allocation).items()
    )
    return Entry(act.act, "release", act.at, changes), replace(_with(book, changes), released=True)


def _response(book: OfferBook, act: Response) -> tuple[Entry, OfferBook]:
    line = _line(book, act.applicant)
    if act.move not in PERMITTED[line.state]:
        raise NotPermitted(
            f"{act.applicant} {STATE_WORDS[line.state]}, so {act.move.value!r} cannot be recorded."
        )
    change = Change(act.move, line, moved(line, act.move))
    return Entry(act.act, "response", act.at, (change,)), _with(book, (change,))


def _pass(market: Market, book: OfferBook, act: Pass) -> tuple[Entry, OfferBook]:
    _signed_by_two(act.people)
    given = next_pass(market, book)
    ends = answer_by(act.at, market.offer_hours, market.holidays)
    changes: list[Change] = []
    lines = dict(book.lines)
    for each in given.upgrades:
        change = Change(
            Move.UPGRADE, lines[each.applicant], upgraded(lines[each.applicant], each.council, each.choice)
        )
        lines[each.applicant] = change.after
        changes.append(change)
    for new in given.offers:
        before = lines[new.applicant]
        changes.append(Change(Move.OFFER, before, offered(before, new.council, new.choice, ends)))
    return Entry(act.act, "pass", act.at, tuple(changes), given=given), _with(book, changes)


def _change_places(book: OfferBook, act: ChangePlaces) -> tuple[Entry, OfferBook]:
    if act.council not in book.places:
        raise NotPermitted(f"{act.council} is not a council of the campaign.")
    held = book.held_by_council[act.council]
    if act.places < held:
        raise NotPermitted(
            f"{act.council} cannot go down to {act.places} places: {held} are offered or accepted."
        )
    changed = PlacesChanged(act.council, book.places[act.council], act.places)
    places = {**book.places, act.council: act.places}
    return Entry(act.act, "places", act.at, places=changed), replace(book, places=places)


def _extend(book: OfferBook, act: Extend) -> tuple[Entry, OfferBook]:
    line = _line(book, act.applicant)
    if line.answer_by is None:
        raise NotPermitted(f"{act.applicant} {STATE_WORDS[line.state]}: there is no deadline to extend.")
    if act.until <= line.answer_by:
        raise NotPermitted(f"{act.applicant} has until {line.answer_by:%Y-%m-%d %H:%M} already.")
    change = Change(Move.EXTEND, line, replace(line, answer_by=act.until))
    return Entry(act.act, "extend", act.at, (change,)), _with(book, (change,))


def _undone(market: Market, ledger: Ledger, act: Undo) -> Ledger:
    """As if the act had never been; refused where a later act would then not have done what it did."""
    kept = tuple(each for each in ledger.in_force if each.act != act.undoes)
    if len(kept) == len(ledger.in_force):
        raise NotPermitted(f"There is no act {act.undoes} in force.")
    again = Ledger(first_book(market))
    for each in kept:
        again = after(market, again, each)
    again = advanced(again, act.at)
    was = {entry.act: entry for entry in ledger.entries if entry.act}
    now = {entry.act: entry for entry in again.entries if entry.act}
    for each in kept:
        if now.get(each.act) != was[each.act]:
            raise NotPermitted(f"{each.act} came of it: undo {each.act} first.")
    return replace(again, refusals=ledger.refusals, undone=(*ledger.undone, act))


def _refused(ledger: Ledger, act: Act, why: str) -> Ledger:
    return replace(ledger, refusals=(*ledger.refusals, Refusal(act.act, why)))


def _line(book: OfferBook, applicant: str) -> OfferLine:
    if applicant not in book.lines:
        raise NotPermitted(f"{applicant} is not in the order of merit, so there is no offer to answer.")
    return book.lines[applicant]


def _with(book: OfferBook, changes: Sequence[Change]) -> OfferBook:
    return book.with_lines(*(change.after for change in changes))


def _signed_by_two(people: Sequence[str]) -> None:
    if len(set(people)) < PEOPLE_WHO_RELEASE:
        raise NotPermitted("Two different people have to put their names to it.")
