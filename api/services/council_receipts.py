"""Every council's trainees beside what it has confirmed, for the lead authority alone."""

from __future__ import annotations

import datetime

from api.campaign import Campaign
from api.exports.packs.wording import counted
from api.presenters.council_receipts import CouncilReceipt
from api.presenters.desk_trainees import Told
from api.services.ask_for_places import requests_of
from api.services.confirm_trainees import receipt_of
from api.services.own_trainees import released_book
from assessment.offers.book import OfferBook


def council_receipts(
    campaign: Campaign | None, now: datetime.datetime
) -> tuple[Told, tuple[CouncilReceipt, ...]]:
    """In the campaign's order of councils; none before a release."""
    told, book, _ = released_book(campaign, now)
    return told, receipts_of(campaign, book) if campaign and book else ()


def receipts_of(campaign: Campaign, book: OfferBook) -> tuple[CouncilReceipt, ...]:
    """The same from offers that are followed already."""
    found = []
    for council, places in book.places.items():
        trainees = tuple(sorted(line.applicant for line in book.lines.values() if line.council == council))
        open_requests = [each for each in requests_of(campaign, council) if each.is_open]
        asked = "; ".join(f"{each.reference}: {counted(each.places, 'place')}" for each in open_requests)
        receipt = receipt_of(campaign, council, trainees)
        name = campaign.name_of("councils", council)
        found.append(CouncilReceipt(council, name, places, trainees, receipt, asked))
    return tuple(found)
