"""Letters and lists that go out once offers are released: which there are, and one of them as a PDF.

All of them as one archive are a job (`api.jobs.letters`). Somebody who was offered a place in a pass gets the
letter of that offer; everybody else gets what the release gave them.
"""

from __future__ import annotations

from dataclasses import replace

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.exports.documents import Document, Kind, outcome_documents, sheet_html_of
from api.exports.pdf import PangoMissing, pdf_bytes
from api.services.follow_offers import Followed
from assessment.allocation.result import Allocation, AllocationLine, Outcome
from assessment.offers.moves import Move

GO_OUT = (Kind.LETTER, Kind.ALLOCATION, Kind.COUNCIL)


def letters_of_release(campaign: Campaign, followed: Followed) -> tuple[Document, ...]:
    """The letter of everybody with a settled outcome, the whole allocation, and each council's sheet."""
    found = outcome_documents(campaign, followed.ranked.order, followed.allocated.allocation)
    return tuple(document for document in found if document.kind in GO_OUT)


def letter_of(campaign: Campaign, followed: Followed, applicant: str) -> Document | None:
    """One applicant's letter; None for whom no letter may go out."""
    allocation = _with_later_offer(followed, applicant)
    found = outcome_documents(campaign, followed.ranked.order, allocation)
    return next((d for d in found if d.kind is Kind.LETTER and d.subject == applicant), None)


def pdf_of(campaign: Campaign, document: Document) -> bytes:
    """Raises `BadInput` where this computer cannot make PDF."""
    try:
        return pdf_bytes(sheet_html_of(document, campaign))
    except PangoMissing as missing:
        found = Fault("papers", None, None, "no text library on this computer", f"one. {missing}")
        raise BadInput([found]) from missing


def _with_later_offer(followed: Followed, applicant: str) -> Allocation:
    """The allocation, where a pass has offered this applicant a place: with that offer."""
    allocation = followed.allocated.allocation
    offer = latest_offer(followed, applicant)
    if offer is None:
        return allocation
    council, choice = offer
    lines = tuple(
        _offered(line, council, choice) if line.applicant == applicant else line for line in allocation.lines
    )
    return replace(allocation, lines=lines)


def latest_offer(followed: Followed, applicant: str) -> tuple[str, int] | None:
    """Council and choice of the latest offer that somebody was made, in the release or a pass."""
    for entry in reversed(followed.ledger.entries):
        for change in entry.changes:
            after = change.after
            if change.move is Move.OFFER and after.applicant == applicant and after.council and after.choice:
                return after.council, after.choice
    return None


def _offered(line: AllocationLine, council: str, choice: int) -> AllocationLine:
    return replace(line, outcome=Outcome.OFFER, council=council, choice=choice, reserve_position=None)
