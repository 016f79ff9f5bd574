"""The letters and lists that can be had after a release, each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.documents import Document, Kind
from api.exports.letters import LetterKind, OfferLetter, RegretLetter, ReserveLetter
from api.presenters.data_table import Cell, Column
from api.presenters.offers_page import person_cell

LETTER_COLUMNS = (Column("applicant", "Applicant"), Column("letter", "Letter"), Column("file", "PDF"))
KIND_WORDS = {
    LetterKind.OFFER: "Offer of a place",
    LetterKind.RESERVE: "Place on the reserve list",
    LetterKind.REGRET: "No place",
}


@dataclass(frozen=True, slots=True)
class ListLink:
    """One list as a PDF."""

    words: str
    url: str


def letter_rows(
    campaign: Campaign, documents: Sequence[Document], base: str, names: bool
) -> list[tuple[Cell | str | int, ...]]:
    """One row for each letter; the name of a letter's addressee where the reader may see it."""
    return [
        (
            person_cell(campaign, each.subject, base, names),
            letter_words(each.pack),
            Cell("PDF", f"{base}/offers/letters/of/{each.subject}", spoken=f"Letter to {each.subject}, PDF"),
        )
        for each in documents
        if each.kind is Kind.LETTER
    ]


def letter_words(pack: object) -> str:
    if isinstance(pack, OfferLetter | ReserveLetter | RegretLetter):
        council = f", {pack.council}" if isinstance(pack, OfferLetter) else ""
        return f"{KIND_WORDS[pack.kind]}{council}"
    return ""


def lists_of(documents: Sequence[Document], base: str) -> tuple[ListLink, ...]:
    """The whole allocation, then each council's own sheet."""
    return tuple(
        ListLink(each.title, f"{base}/offers/letters/lists/{each.subject or 'all'}")
        for each in documents
        if each.kind in (Kind.ALLOCATION, Kind.COUNCIL)
    )
