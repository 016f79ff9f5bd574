"""The wash-up: the agenda, one discrepancy with its ratings side by side, the agreed rating and its reason.

What hangs on a rating is on pages of the chair's alone, `washup_chair.py`. Red flags are in `flags.py`; what
an assessor sees of it in `our_washup.py`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.exports.packs.washup_agenda import washup_agenda_sheet
from api.permissions import Permission, may
from api.presenters.makers import maker_name
from api.presenters.washup_items import Item, OpenWashup
from api.presenters.washup_page import (
    AgreedThen,
    agenda_file,
    agenda_sentences,
    agenda_table,
    agreed_history,
    cell_page,
    cell_path,
    next_to_settle,
    other_choices,
    panels_words,
    too_few,
)
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, on_to, page_errors, show
from api.routes.downloads import file, table_file
from api.routes.drafts import address, asked, query_of, zone_of
from api.routes.table_rows import number_of
from api.services.change_tables import ChangedMeanwhile
from api.services.open_washup import open_washup
from api.services.settle_rating import NotInWashup, agreed_row, settle_rating
from api.services.single_paper import paper_files
from assessment.scoring import CellKey

router = APIRouter(prefix="/campaigns/{campaign}/washup", include_in_schema=False)

Reader = Annotated[Caller, needs(Permission.READ_RESULTS)]
Chair = Annotated[Caller, needs(Permission.CHAIR_WASHUP)]
TITLE = "Where do ratings lie far apart, and what is agreed?"
MEANWHILE = "Somebody else has settled this rating meanwhile. Look at what is there now before you change it."


@router.get("")
def agenda_page(caller: Reader) -> Response:
    opened = opened_or_said(caller, TITLE)
    if isinstance(opened, Response):
        return opened
    if wanted := asked(caller, "download"):
        table = agenda_file(opened)
        return table_file(caller, table, wanted)
    base = base_of(caller)
    first = next_to_settle(opened)
    return show(
        caller,
        "washup/agenda.html",
        TITLE,
        sentences=agenda_sentences(opened),
        table=agenda_table(opened, query_of(caller), base),
        panels=panels_words(opened),
        first_url=cell_path(base, first.key) if first else "",
        too_few=[(" / ".join(key), cell_path(base, key)) for key in too_few(opened)],
        choices=other_choices(opened),
        warnings=opened.washup.warnings,
        may_chair=may(caller.standing, Permission.CHAIR_WASHUP),
    )


@router.get("/agenda.pdf")
def agenda_paper(caller: Reader) -> Response:
    opened = opened_washup(caller)
    files = paper_files("washup", "Wash-up", washup_agenda_sheet(opened.washup), opened.campaign)
    return file(caller, files["washup.pdf"], "washup.pdf")


@router.get("/find")
def find_cell(caller: Reader) -> Response:
    """Any rating, also one that is not on the agenda: `applicant`, and `what` as the agenda's form has it."""
    opened = opened_washup(caller)
    cells = list(opened.campaign.framework.weights)
    number = number_of(asked(caller, "what"))
    applicant = asked(caller, "applicant").strip()
    known = {one.casefold(): one for one in opened.board.applicants}
    key = (known.get(applicant.casefold(), ""), *cells[number]) if number < len(cells) else None
    if key is None or opened.item(key) is None:
        said = f"Nobody is expected as “{applicant[:40]}” there. Look for the reference, such as A012."
        return on_to(address(caller, "/washup"), said)
    return on_to(cell_path(base_of(caller), key))


@router.get("/{applicant}/{exercise}/{criterion}")
def one_page(caller: Reader, applicant: str, exercise: str, criterion: str) -> Response:
    opened = opened_washup(caller)
    return _one_page(caller, opened, item_of(opened, (applicant, exercise, criterion)))


@router.post("/{applicant}/{exercise}/{criterion}")
def settle(caller: Chair, form: Form, applicant: str, exercise: str, criterion: str) -> Response:
    record, key = caller.hold(), (applicant, exercise, criterion)
    rating, reason = field(form, "rating"), field(form, "reason")
    seen = number_of(field(form, "seen"))
    try:
        settle_rating(caller.work, record, key, seen, rating, reason, caller.doing)
    except NotInWashup:
        raise NotYours from None
    except (BadInput, ChangedMeanwhile) as stopped:
        caller.refuse()
        opened = opened_washup(caller)
        return _one_page(caller, opened, item_of(opened, key), (rating, reason), stopped)
    opened = opened_washup(caller)
    said = f"Agreed: {rating.strip()} for {applicant}. The first ratings stay as they were."
    return on_to(_way_on(caller, opened, key), said)


def opened_or_said(caller: Caller, title: str) -> OpenWashup | Response:
    """The wash-up, or the page that says why there is none yet."""
    try:
        opened = open_washup(caller.work, caller.campaign)
    except BadInput as bad:
        return show(caller, "washup/nothing.html", title, faults=[fault.found for fault in bad.faults])
    return show(caller, "ratings/faulty.html", title) if opened is None else opened


def opened_washup(caller: Caller) -> OpenWashup:
    """The wash-up of this campaign; where it cannot be held yet there is none."""
    try:
        opened = open_washup(caller.work, caller.campaign)
    except BadInput:
        raise NotYours from None
    if opened is None:
        raise NotYours
    return opened


def item_of(opened: OpenWashup, key: CellKey) -> Item:
    item = opened.item(key)
    if item is None:
        raise NotYours
    return item


def _one_page(
    caller: Caller,
    opened: OpenWashup,
    item: Item,
    typed: tuple[str, str] | None = None,
    stopped: BadInput | ChangedMeanwhile | None = None,
) -> Response:
    page = cell_page(opened, item, base_of(caller))
    errors = page_errors(stopped.faults) if isinstance(stopped, BadInput) else ()
    meanwhile = isinstance(stopped, ChangedMeanwhile)
    row = agreed_row(caller.opened(), item.key)
    rating, reason = typed or (page.agreed, page.reason)
    return show(
        caller,
        "washup/cell.html",
        f"What is the right rating of {page.reference}?",
        errors=errors,
        status=409 if meanwhile else 422 if errors else 200,
        cell=page,
        meanwhile=MEANWHILE if meanwhile else "",
        seen=row.since if row else 0,
        history=_history(caller, item.key),
        zone=zone_of(caller),
        rating=rating,
        reason=reason,
        fields={error.url: error.text for error in errors},
        may_chair=may(caller.standing, Permission.CHAIR_WASHUP),
    )


def _history(caller: Caller, key: CellKey) -> tuple[AgreedThen, ...]:
    """Everything that was ever agreed here, the newest first, with who wrote it down."""
    work, record = caller.work, caller.campaign
    row = agreed_row(caller.opened(), key)
    if row is None:
        return ()
    states = work.campaigns.history_of_row(record, row.row_id)
    changes = {state.since: work.campaigns.change(record, state.since) for state in states}
    names = work.accounts.names_of({change.made_by for change in changes.values() if change})
    made = {n: (c.made_at, maker_name(c.made_by, names)) for n, c in changes.items() if c}
    return agreed_history(states, work.campaigns.headers_since(record, "agreed"), made)


def _way_on(caller: Caller, opened: OpenWashup, key: CellKey) -> str:
    """The next discrepancy to discuss after this one, else the first, else the agenda."""
    open_now = [item.key for item in opened.items if not item.waits and not item.discrepancy.settled]
    keys = [item.key for item in opened.items]
    after = keys[keys.index(key) + 1 :] if key in keys else []
    following = next((one for one in after if one in open_now), open_now[0] if open_now else None)
    return cell_path(base_of(caller), following) if following else address(caller, "/washup")
