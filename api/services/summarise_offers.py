"""How the offers stand, in a few plain lines: what the command line prints. By reference, never by name."""

from __future__ import annotations

from collections import Counter

from api.campaign import Campaign
from api.exports.packs.wording import counted, listed
from api.services.allocate_places import offers_sha256
from api.services.follow_offers import Followed
from assessment.offers.moves import OfferState
from assessment.offers.passes import NextPass

STATES = (
    (OfferState.ACCEPTED, "accepted"),
    (OfferState.OPEN_TO_UPGRADE, "accepted and open to an upgrade"),
    (OfferState.OFFERED, "not answered yet"),
    (OfferState.DECLINED, "declined"),
    (OfferState.EXPIRED, "not answered in time"),
    (OfferState.WITHDRAWN, "withdrawn"),
    (OfferState.WAITING, "waiting"),
)


def offer_lines(campaign: Campaign, followed: Followed) -> list[str]:
    """How many offers stand how, the places of each council, and what a pass would do next."""
    book = followed.ledger.book
    if not book.released:
        offers = sum(followed.allocated.offers_by_council.values())
        return [
            f"No offers have been released yet; the allocation makes {offers}.",
            f"Its fingerprint, for the release: {offers_sha256(followed.ranked, followed.allocated)}",
        ]
    count = Counter(line.state for line in book.lines.values())
    stand = [f"{count[state]} {words}" for state, words in STATES if count[state]]
    lines = [f"On {followed.ledger.at:%d %B %Y at %H:%M}: {', '.join(stand)}.".replace("On 0", "On ")]
    for council, places in book.places.items():
        free = book.free_at(council)
        name = campaign.name_of("councils", council)
        lines.append(f"  {name}: {places - free} of {places} held" + (f", {free} free" if free else ""))
    return lines + pass_lines(followed)


def pass_lines(followed: Followed) -> list[str]:
    """What a pass would do now, a line for each move."""
    if followed.coming is None:
        return [f"A pass cannot be made: {followed.why_not}"]
    coming = followed.coming
    if not coming.upgrades and not coming.offers:
        return ["A pass would give out nothing now.", *_held(coming)]
    lines = ["A pass would now give out:"]
    for up in coming.upgrades:
        ahead = f"; {listed(up.ahead)} waiting, and higher there" if up.ahead else ""
        lines.append(f"  {up.applicant}: from {up.left} up to choice {up.choice}, {up.council}{ahead}")
    lines += [f"  {new.applicant}: an offer of choice {new.choice}, {new.council}" for new in coming.offers]
    return lines + _held(coming)


def _held(coming: NextPass) -> list[str]:
    return [
        f"  {held.council}: {counted(held.places, 'free place')} held back until "
        f"{listed(held.until_answered)} answered"
        for held in coming.held_back
    ]
