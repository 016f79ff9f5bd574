"""A council's own trainees: who holds a place with it now, and what it may know of each.

That is what it needs to welcome them: name, address, how their offer stands, and once they have accepted the
arrangements to make. Nothing of scores, ranks and reserves is here, nothing of other councils, and nothing
at all before a release. Nor which choice the council was: like a school under equal preference, it should
not treat those who come any differently for it. So whoever has accepted has accepted, whether or not they
asked to be moved up; that they may be, the page says of everybody.
"""

from __future__ import annotations

import datetime

from api.campaign import Campaign, Table
from api.errors import BadInput
from api.exports.packs.arrangements import arrangements_to_make
from api.exports.packs.outcomes import emails_of
from api.presenters.desk_trainees import OwnTrainees, Told, Trainee
from api.services.follow_offers import follow_offers
from api.services.offer_moments import proposed_moment
from assessment.offers.book import OfferBook, OfferLine
from assessment.offers.moves import OfferState

COLUMNS = ("applicant", "name", "email", "state", "answer_by", "arrangements")


def own_trainees(campaign: Campaign | None, council: str, now: datetime.datetime) -> OwnTrainees:
    """The trainees of one council in order of their references."""
    told, book, at = released_book(campaign, now)
    if campaign is None or book is None:
        return OwnTrainees(told)
    emails = emails_of(campaign)
    held = sorted((line for line in book.lines.values() if line.council == council), key=_reference)
    trainees = tuple(_trainee(campaign, line, emails) for line in held)
    return OwnTrainees(told, book.places.get(council, 0), at, trainees)


def released_book(
    campaign: Campaign | None, now: datetime.datetime
) -> tuple[Told, OfferBook | None, datetime.datetime | None]:
    """How the offers stand once they are released; no book before, or where its record does not hold."""
    if campaign is None:
        return Told.HELD_UP, None, None
    if not any(event.kind == "release" for event in campaign.offer_events):
        return Told.NOT_YET, None, None
    at = proposed_moment(campaign, now)
    try:
        book = follow_offers(campaign, at).ledger.book
    except BadInput:
        # What is wrong names people of every council; the organiser is told it, nobody else.
        return Told.HELD_UP, None, None
    return (Told.RELEASED, book, at) if book.released else (Told.NOT_YET, None, None)


def trainees_table(own: OwnTrainees) -> Table:
    """What the page shows, for a file."""
    rows = tuple(
        (
            each.reference,
            each.name,
            each.email,
            each.state,
            f"{each.answer_by:%Y-%m-%d %H:%M}" if each.answer_by else "",
            "; ".join(each.arrangements),
        )
        for each in own.trainees
    )
    return Table("our_trainees", COLUMNS, rows)


def _trainee(campaign: Campaign, line: OfferLine, emails: dict[str, str]) -> Trainee:
    has_accepted = line.state is not OfferState.OFFERED
    adjustment = campaign.problem.applicant_by_reference[line.applicant].adjustment
    return Trainee(
        reference=line.applicant,
        name=campaign.name_of("applicants", line.applicant),
        email=emails.get(line.applicant, ""),
        has_accepted=has_accepted,
        answer_by=None if has_accepted else line.answer_by,
        arrangements=arrangements_to_make(adjustment) if has_accepted else (),
    )


def _reference(line: OfferLine) -> str:
    return line.applicant
