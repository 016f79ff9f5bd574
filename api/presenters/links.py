"""Where each paper lies, as links relative to the folder of `index.html`: the folder can be e-mailed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.exports.documents import Document, Kind

PAPERS_FOLDER = "papers"

ABOUT_KIND = {
    Kind.RUNNING_ORDER: ("Running orders", "For the centre manager: who is where, minute by minute."),
    Kind.REGISTRATION: ("Registration lists", "For the arrivals desk. They hold names."),
    Kind.DOOR_SHEET: ("Door sheets", "One page for each room in use, by reference only."),
    Kind.ROTATION: ("Service users' sheets", "Who meets whom in which round, in large type."),
    Kind.APPLICANT: ("Applicants' timetables", "One for each applicant, to send out."),
    Kind.ASSESSOR: ("Assessors' timetables", "Applicants by reference only."),
    Kind.ROLE_PLAYER: ("Role players' timetables", "Applicants by reference only."),
    Kind.INTERPRETER: ("Interpreters' timetables", "Applicants by reference only."),
    Kind.RATING_FORMS: (
        "Rating forms",
        "A page for each applicant that somebody sees, by reference; large type for service users.",
    ),
    Kind.MERIT: ("Order of merit", "By reference only."),
    Kind.ALLOCATION: ("Allocation, all councils", "For the lead council only."),
    Kind.COUNCIL: ("Allocation sheets", "For each council its own trainees and nobody else's."),
    Kind.LETTER: ("Letters", "Offer, reserve list and regret. Send none before the allocation is signed."),
}


@dataclass(frozen=True, slots=True)
class PaperLinks:
    """One paper in both its forms. `about` tells it from others of its kind."""

    subject: str
    about: str
    title: str
    html: str
    pdf: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """All papers of one kind."""

    kind: Kind
    title: str
    about: str
    papers: tuple[PaperLinks, ...]


def shelves_of(documents: Iterable[Document]) -> tuple[Shelf, ...]:
    """The papers by kind, in the order of the kinds; kinds without papers are left out."""
    by_kind: dict[Kind, list[PaperLinks]] = {kind: [] for kind in Kind}
    for document in documents:
        by_kind[document.kind].append(_links(document))
    return tuple(Shelf(kind, *ABOUT_KIND[kind], tuple(papers)) for kind, papers in by_kind.items() if papers)


def links_by_subject(documents: Iterable[Document]) -> dict[tuple[Kind, str], PaperLinks]:
    """Each paper by its kind and by the reference it is about."""
    return {(document.kind, document.subject): _links(document) for document in documents}


def _links(document: Document) -> PaperLinks:
    path = f"{PAPERS_FOLDER}/{document.stem}"
    return PaperLinks(document.subject, document.about, document.title, f"{path}.html", f"{path}.pdf")
