"""Every paper of a campaign: its pack, its template, its title and its file name; as HTML and as PDF.

What a paper says is decided in `packs/` and `letters.py`; how it looks in `templates/documents/`.
`api.services.make_papers` writes them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from api.campaign import Campaign
from api.exports.letters import letters_of
from api.exports.packs.outcomes import council_sheet, merit_sheet, overall_allocation
from api.exports.packs.personal import ROLE_NAMES, applicant_pack, staff_pack
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
    MERIT = "order-of-merit"
    ALLOCATION = "allocation"
    COUNCIL = "councils"
    LETTER = "letters"


TEMPLATE_BY_KIND = {
    Kind.RUNNING_ORDER: "documents/running_order.html",
    Kind.REGISTRATION: "documents/registration_list.html",
    Kind.DOOR_SHEET: "documents/door_sheets.html",
    Kind.ROTATION: "documents/rotation_sheet.html",
    Kind.APPLICANT: "documents/applicant.html",
    Kind.ASSESSOR: "documents/staff.html",
    Kind.ROLE_PLAYER: "documents/staff.html",
    Kind.INTERPRETER: "documents/staff.html",
    Kind.MERIT: "documents/order_of_merit.html",
    Kind.ALLOCATION: "documents/allocation.html",
    Kind.COUNCIL: "documents/council.html",
    Kind.LETTER: "documents/letter.html",
}
STAFF_KINDS = {
    Role.ASSESSOR: Kind.ASSESSOR,
    Role.ROLE_PLAYER: Kind.ROLE_PLAYER,
    Role.INTERPRETER: Kind.INTERPRETER,
}


@dataclass(frozen=True)
class Document:
    """One paper. `subject` is the reference it is about; `stem` is its path without the ending."""

    kind: Kind
    subject: str
    stem: str
    title: str
    pack: object


def documents_of(
    campaign: Campaign,
    timetable: Timetable,
    order: OrderOfMerit | None,
    allocation: Allocation | None,
) -> tuple[Document, ...]:
    """Every paper there is to make, in a fixed order, with file names that no two share."""
    found = [*_timetable_papers(campaign, timetable), *_outcome_papers(campaign, order, allocation)]
    return tuple(_with_own_names(found))


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
        about = f"session {session}, {order.head.day}, {order.head.half_day}"
        yield _document(Kind.RUNNING_ORDER, session, f"Running order, {about}", order)
        yield _document(
            Kind.REGISTRATION,
            session,
            f"Registration list, {about}",
            registration_list(campaign, timetable, session),
        )
        yield _document(
            Kind.DOOR_SHEET, session, f"Door sheets, {about}", door_sheets(campaign, timetable, session)
        )
        rotation = rotation_sheet(campaign, timetable, session)
        if rotation is not None:
            yield _document(Kind.ROTATION, session, f"Service users' sheet, {about}", rotation)
    for applicant in sorted(timetable.applicant_entries):
        yield _document(
            Kind.APPLICANT,
            applicant,
            f"Your timetable, {applicant}",
            applicant_pack(campaign, timetable, applicant),
        )
    yield from _staff_papers(campaign, timetable)


def _staff_papers(campaign: Campaign, timetable: Timetable) -> Iterator[Document]:
    for role, kind in STAFF_KINDS.items():
        for person in sorted({row.person for row in timetable.entries if row.role is role}):
            title = f"{ROLE_NAMES[role]}'s timetable, {person}"
            yield _document(kind, person, title, staff_pack(campaign, timetable, person))


def _outcome_papers(
    campaign: Campaign, order: OrderOfMerit | None, allocation: Allocation | None
) -> Iterator[Document]:
    if order is not None:
        sheet = merit_sheet(campaign, order)
        yield Document(Kind.MERIT, "", f"{Kind.MERIT}/order-of-merit", "Order of merit", sheet)
    if order is None or allocation is None:
        return
    overall = overall_allocation(campaign, order, allocation)
    yield Document(Kind.ALLOCATION, "", f"{Kind.ALLOCATION}/allocation", "Allocation, all councils", overall)
    for council in campaign.places.by_council:
        yield Document(
            Kind.COUNCIL,
            council,
            f"{Kind.COUNCIL}/{plain_name(council)}-allocation",
            f"Allocation, {campaign.name_of('councils', council)}",
            council_sheet(campaign, allocation, council),
        )
    for letter in letters_of(campaign, order, allocation):
        title = f"Letter of {letter.kind}, {letter.reference}"
        yield _document(Kind.LETTER, letter.reference, title, letter)


def _document(kind: Kind, subject: str, title: str, pack: object) -> Document:
    return Document(kind, subject, f"{kind}/{plain_name(subject)}", title, pack)


def _with_own_names(documents: list[Document]) -> Iterator[Document]:
    """Number the file names that would fall together, also where capitals do not count."""
    taken: set[str] = set()
    for document in documents:
        stem, number = document.stem, 1
        while stem.lower() in taken:
            number += 1
            stem = f"{document.stem}-{number}"
        taken.add(stem.lower())
        yield Document(document.kind, document.subject, stem, document.title, document.pack)
