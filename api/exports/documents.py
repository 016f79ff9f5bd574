"""Every paper of a campaign: its pack, its template, its title and its file name; as HTML and as PDF.

What a paper says is decided in `packs/` and `letters.py`; how it looks in `templates/documents/`.
`api.services.make_papers` writes them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from api.campaign import Campaign
from api.exports.letters import LetterKind, letters_of
from api.exports.packs.outcomes import council_sheet, merit_sheet, overall_allocation
from api.exports.packs.personal import ROLE_NAMES, applicant_pack, staff_pack
from api.exports.packs.rating_forms import plain_forms, rater_forms, raters_in
from api.exports.packs.receipt import ReceiptPaper
from api.exports.packs.running_order import running_order
from api.exports.packs.runs import held_sessions
from api.exports.packs.sheets import door_sheets, registration_list, rotation_sheet
from api.exports.packs.wording import plain_name
from api.templating import paper_styles, render
from assessment.allocation.result import Allocation
from assessment.ranking import OrderOfMerit
from scheduler.timetable import Role, Timetable


class Kind(StrEnum):
    """The kinds of paper; the value is the folder they go to."""

    RUNNING_ORDER = "running-orders"
    REGISTRATION = "registration-lists"
    DOOR_SHEET = "door-sheets"
    ROTATION = "rotation-sheets"
    APPLICANT = "applicants"
    ASSESSOR = "assessors"
    ROLE_PLAYER = "role-players"
    INTERPRETER = "interpreters"
    RATING_FORMS = "rating-forms"
    MERIT = "order-of-merit"
    ALLOCATION = "allocation"
    COUNCIL = "councils"
    LETTER = "letters"
    RECEIPT = "receipts"


TEMPLATE_BY_KIND = {
    Kind.RUNNING_ORDER: "documents/running_order.html",
    Kind.REGISTRATION: "documents/registration_list.html",
    Kind.DOOR_SHEET: "documents/door_sheets.html",
    Kind.ROTATION: "documents/rotation_sheet.html",
    Kind.APPLICANT: "documents/applicant.html",
    Kind.ASSESSOR: "documents/staff.html",
    Kind.ROLE_PLAYER: "documents/staff.html",
    Kind.INTERPRETER: "documents/staff.html",
    Kind.RATING_FORMS: "documents/rating_forms.html",
    Kind.MERIT: "documents/order_of_merit.html",
    Kind.ALLOCATION: "documents/allocation.html",
    Kind.COUNCIL: "documents/council.html",
    Kind.LETTER: "documents/letter.html",
    Kind.RECEIPT: "documents/receipt.html",
}
LETTER_TITLES = {
    LetterKind.OFFER: "Your offer of a place",
    LetterKind.RESERVE: "Your place on the reserve list",
    LetterKind.REGRET: "The outcome of your assessment",
}
STAFF_KINDS = {
    Role.ASSESSOR: Kind.ASSESSOR,
    Role.ROLE_PLAYER: Kind.ROLE_PLAYER,
    Role.INTERPRETER: Kind.INTERPRETER,
}


@dataclass(frozen=True)
class Document:
    """One paper. `subject` is the reference it is about; `stem` is its path without the ending.

    `about` tells it from others of its kind in a list: a day, a person's or a council's name, the outcome.
    """

    kind: Kind
    subject: str
    stem: str
    title: str
    about: str
    pack: object


def documents_of(
    campaign: Campaign,
    timetable: Timetable,
    order: OrderOfMerit | None,
    allocation: Allocation | None,
    *,
    with_forms: bool = False,
) -> tuple[Document, ...]:
    """Every paper there is to make, in a fixed order, with file names that no two share.

    Rating forms only where they are asked for: they are several hundred pages.
    """
    found = [*_timetable_papers(campaign, timetable), *_outcome_papers(campaign, order, allocation)]
    if with_forms:
        found += _rating_forms(campaign, timetable)
    own = _file_names(campaign)
    return tuple(replace(document, stem=_stem(document, own)) for document in found)


def outcome_documents(
    campaign: Campaign, order: OrderOfMerit, allocation: Allocation
) -> tuple[Document, ...]:
    """The papers after the day alone: order of merit, allocation, councils' sheets, letters."""
    own = _file_names(campaign)
    found = _outcome_papers(campaign, order, allocation)
    return tuple(replace(document, stem=_stem(document, own)) for document in found)


def receipt_documents(campaign: Campaign, papers: Iterable[ReceiptPaper]) -> tuple[Document, ...]:
    """A paper for each receipt. They are made by themselves: they need a secret that no other paper needs."""
    own = _file_names(campaign)
    found = (
        _document(Kind.RECEIPT, paper.reference, f"Your receipt, {paper.reference}", paper.name, paper)
        for paper in papers
    )
    return tuple(replace(document, stem=_stem(document, own)) for document in found)


def html_of(document: Document, campaign: Campaign) -> str:
    """The paper as a page that stands by itself: styles inside, nothing fetched."""
    return _rendered(document, campaign, paper_styles())


def sheet_html_of(document: Document, campaign: Campaign) -> str:
    """The paper for `api.exports.pdf`, which brings the styles itself."""
    return _rendered(document, campaign, "")


def _rendered(document: Document, campaign: Campaign, styles: str) -> str:
    return render(
        TEMPLATE_BY_KIND[document.kind],
        title=document.title,
        campaign_name=campaign.settings["campaign_name"],
        pack=document.pack,
        styles=styles,
    )


def _timetable_papers(campaign: Campaign, timetable: Timetable) -> Iterator[Document]:
    for session in held_sessions(campaign, timetable):
        order = running_order(campaign, timetable, session)
        when = f"{order.head.day}, {order.head.half_day}"
        packs: tuple[tuple[Kind, str, object], ...] = (
            (Kind.RUNNING_ORDER, "Running order", order),
            (Kind.REGISTRATION, "Registration list", registration_list(campaign, timetable, session)),
            (Kind.DOOR_SHEET, "Door sheets", door_sheets(campaign, timetable, session)),
            (Kind.ROTATION, "Service users' sheet", rotation_sheet(campaign, timetable, session)),
        )
        for kind, name, pack in packs:
            if pack is not None:
                yield _document(kind, session, f"{name}, session {session}, {when}", when, pack)
    for applicant in sorted(timetable.applicant_entries):
        own = applicant_pack(campaign, timetable, applicant)
        yield _document(Kind.APPLICANT, applicant, f"Your timetable, {applicant}", own.name, own)
    yield from _staff_papers(campaign, timetable)


def _staff_papers(campaign: Campaign, timetable: Timetable) -> Iterator[Document]:
    for role, kind in STAFF_KINDS.items():
        for person in sorted({row.person for row in timetable.entries if row.role is role}):
            title = f"{ROLE_NAMES[role]}'s timetable, {person}"
            pack = staff_pack(campaign, timetable, person)
            yield _document(kind, person, title, pack.name, pack)


def _rating_forms(campaign: Campaign, timetable: Timetable) -> Iterator[Document]:
    if plain := plain_forms(campaign):
        yield _document(Kind.RATING_FORMS, "", plain.title, "to copy", plain)
    for person in raters_in(campaign, timetable):
        if own := rater_forms(campaign, timetable, person):
            yield _document(Kind.RATING_FORMS, person, own.title, campaign.person_name(person), own)


def _outcome_papers(
    campaign: Campaign, order: OrderOfMerit | None, allocation: Allocation | None
) -> Iterator[Document]:
    if order is not None:
        sheet = merit_sheet(campaign, order)
        yield _document(Kind.MERIT, "", "Order of merit", "", sheet)
    if order is None or allocation is None:
        return
    overall = overall_allocation(campaign, order, allocation)
    yield _document(Kind.ALLOCATION, "", "Allocation, all councils", "", overall)
    for council in campaign.places.by_council:
        own = council_sheet(campaign, allocation, council)
        yield _document(Kind.COUNCIL, council, f"Allocation, {own.council}", own.council, own)
    for letter in letters_of(campaign, order, allocation):
        title = LETTER_TITLES[letter.kind]
        about = f"{letter.name}, {letter.kind}"
        yield _document(Kind.LETTER, letter.reference, f"{title}, {letter.reference}", about, letter)


def _document(kind: Kind, subject: str, title: str, about: str, pack: object) -> Document:
    return Document(kind, subject, "", title, about, pack)


def _stem(document: Document, own: Mapping[str, str]) -> str:
    if not document.subject:
        return f"{document.kind}/{document.kind}"
    ending = "-allocation" if document.kind is Kind.COUNCIL else ""
    return f"{document.kind}/{own[document.subject]}{ending}"


def _file_names(campaign: Campaign) -> dict[str, str]:
    """A file name for each reference, the same in every folder and every run, that no other has.

    Where two would fall together (`A.1` and `A 1`, or capitals alone apart) they are numbered; a reference
    that is a file name as it stands keeps it.
    """
    problem = campaign.problem
    people = (
        problem.applicants,
        problem.assessors,
        problem.role_players,
        problem.interpreters,
        problem.service_user_groups,
    )
    references = {each.reference for found in people for each in found}
    references |= {session.reference for session in problem.sessions} | set(campaign.places.by_council)
    names: dict[str, str] = {}
    taken: set[str] = set()
    for reference in sorted(references, key=lambda each: (plain_name(each) != each, each)):
        name, number = plain_name(reference), 1
        while name.lower() in taken:
            number += 1
            name = f"{plain_name(reference)}-{number}"
        taken.add(name.lower())
        names[reference] = name
    return names
