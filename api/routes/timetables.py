"""The timetable's pages: the drafts, all sessions at a glance, one session as a chart, finding, comparing.

What changes a draft, or pins somebody, is in `moving.py`; what makes one the timetable that holds, in
`publishing.py`.
"""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from api.errors import BadInput, Fault
from api.exports.packs.find_person import find_person
from api.exports.packs.session_chart import By, session_chart
from api.exports.packs.session_glance import sessions_glance
from api.imports.upload import Upload
from api.permissions import Permission, may
from api.presenters.chart_names import named_as_written
from api.presenters.data_table import data_table
from api.presenters.drafts import DRAFT_COLUMNS, DraftsAround, draft_rows, draft_title
from api.presenters.moved_people import MOVED_COLUMNS, moved_rows
from api.presenters.moving import broken_words, run_choices
from api.presenters.tiers import tier_words
from api.presenters.time_scale import time_scale
from api.routes.access import Caller, Form, NotYours, field
from api.routes.answers import base_of, on_to, page_errors, show
from api.routes.downloads import file
from api.routes.drafts import (
    Changer,
    Number,
    Reader,
    address,
    asked,
    draft_of,
    draft_page,
    opened_draft,
    query_of,
    zone_of,
)
from api.services.carry_timetable import FILES_WANTED, bring_in_timetable, files_of_draft, packed
from api.services.change_draft import name_draft
from api.services.compare_timetables import compare_timetables
from api.services.identify_campaign import timetable_input_sha256
from api.services.open_draft import OpenDraft
from api.storage.tables.timetables import StoredTimetable

router = APIRouter(prefix="/campaigns/{campaign}/timetables", include_in_schema=False)

WAYS: tuple[tuple[By, str], ...] = (("room", "Rooms"), ("applicant", "Applicants"), ("assessor", "Staff"))


@router.get("")
def list_page(caller: Reader) -> Response:
    return _list_page(caller)


# The form is read first: a slow upload must not keep the database waiting for it.
@router.post("/files")
def bring_in(form: Form, caller: Changer) -> Response:
    uploads = _uploads(form)
    record = caller.hold()
    campaign = caller.opened().campaign
    try:
        if campaign is None:
            raise BadInput(caller.opened().faults)
        kept = bring_in_timetable(caller.work, record, campaign, uploads, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _list_page(caller, bad)
    return on_to(address(caller, f"/timetables/{kept.number}"), f"Kept as draft {kept.number}.")


@router.get("/compare")
def compare_page(caller: Reader) -> Response:
    drafts = caller.work.timetables.all(caller.campaign.id)
    numbers = {str(draft.number): draft for draft in drafts}
    old, new = numbers.get(asked(caller, "old")), numbers.get(asked(caller, "new"))
    compared: dict[str, object] | None = None
    misfits: tuple[Fault, ...] = ()
    if old is not None and new is not None:
        compared, misfits = _compared(caller, old, new)
    return show(
        caller,
        "timetables/compare.html",
        "What is different between these two?",
        wide=compared is not None,
        compared=compared,
        misfits=misfits,
        choices=[(str(draft.number), draft_title(draft)) for draft in drafts],
        old=asked(caller, "old"),
        new=asked(caller, "new"),
    )


@router.get("/{draft}")
def glance_page(caller: Reader, draft: Number) -> Response:
    return show_glance(caller, opened_draft(caller, draft))


@router.post("/{draft}/name")
def name(caller: Changer, form: Form, draft: Number) -> Response:
    record = caller.hold()
    try:
        name_draft(caller.work, record, draft_of(caller, draft), field(form, "name"), caller.doing)
    except BadInput as bad:
        caller.refuse()
        return show_glance(caller, opened_draft(caller, draft), bad, field(form, "name"))
    return on_to(address(caller, f"/timetables/{draft}"), "The name is kept.")


@router.get("/{draft}/files.zip")
def files(caller: Reader, draft: Number) -> Response:
    content = packed(files_of_draft(draft_of(caller, draft)))
    return file(caller, content, f"timetable-draft-{draft}.zip")


@router.get("/{draft}/find")
def find_page(caller: Reader, draft: Number) -> Response:
    opened = opened_draft(caller, draft)
    wanted = asked(caller, "who")
    found = find_person(opened.reading.campaign, opened.reading.timetable, wanted)
    return draft_page(caller, "find.html", "Where is this person?", opened, wanted=wanted, found=found)


@router.get("/{draft}/session")
def session_page(caller: Reader, draft: Number) -> Response:
    return show_session(caller, opened_draft(caller, draft), asked(caller, "of"), asked(caller, "by"))


def show_session(
    caller: Caller, opened: OpenDraft, session: str, way: str = "", bad: BadInput | None = None
) -> Response:
    """The page of one session, where something could not be done with what is wrong."""
    campaign, timetable = opened.reading.campaign, opened.reading.timetable
    if session not in campaign.problem.session_by_reference:
        raise NotYours
    by: By = next((each for each, _ in WAYS if each == way), "room")
    path = f"/timetables/{opened.draft.number}"

    def link(session: str, exercise: str, sitting: str) -> str:
        return address(caller, f"{path}/sitting", session=session, exercise=exercise, sitting=sitting)

    view = named_as_written(session_chart(campaign, timetable, session, by, opened.reading.breaches, link))
    return draft_page(
        caller,
        "session.html",
        f"Who is where in session {session}, minute by minute?",
        opened,
        errors=page_errors(bad.faults) if bad else (),
        status=422 if bad else 200,
        wide=True,
        view=view,
        ways=[(each, label, address(caller, f"{path}/session", of=session, by=each)) for each, label in WAYS],
        runs=run_choices(campaign, timetable, session),
        scale=time_scale(view.drawing, campaign.problem.grid_minutes),
        name_of=campaign.person_name,
    )


def show_glance(
    caller: Caller, opened: OpenDraft, bad: BadInput | None = None, typed: str | None = None
) -> Response:
    """The page of a whole draft, where something could not be done with what is wrong."""
    reading = opened.reading
    return draft_page(
        caller,
        "glance.html",
        "Where is everybody, in which half-day?",
        opened,
        errors=page_errors(bad.faults) if bad else (),
        status=422 if bad else 200,
        wide=True,
        glance=sessions_glance(reading.campaign, reading.timetable, reading.breaches),
        lines=[tier_words(key, value) for key, value in reading.values.items()],
        broken=broken_words(reading.breaches),
        name=opened.draft.name if typed is None else typed,
        pins=reading.campaign.problem.pins,
        name_of=reading.campaign.person_name,
        may_publish=may(caller.standing, Permission.PUBLISH),
    )


def _uploads(form: FormData) -> list[Upload]:
    uploads = []
    for sent in form.getlist("files"):
        if isinstance(sent, UploadFile):
            with sent.file:
                uploads.append(Upload(sent.filename or "", sent.file.read()))
    return uploads


def _compared(
    caller: Caller, old: StoredTimetable, new: StoredTimetable
) -> tuple[dict[str, object] | None, tuple[Fault, ...]]:
    """What the page says of the two; or why not, where different tables are needed to read them."""
    one, other = opened_draft(caller, old.number), opened_draft(caller, new.number)
    if one.reading.change != other.reading.change:
        return None, (*one.misfits, *other.misfits)
    comparison = compare_timetables(one.reading.campaign, one.reading.timetable, other.reading.timetable)
    people = data_table(
        "People who move",
        MOVED_COLUMNS,
        moved_rows(comparison.people, address(caller, f"/timetables/{new.number}/person")),
        query_of(caller),
        address(caller, "/timetables/compare"),
        nouns=("person", "people"),
        kept=[("old", str(old.number)), ("new", str(new.number))],
        downloads=(),
        anchor="people",
    )
    titles = (draft_title(old), draft_title(new))
    return {"comparison": comparison, "people": people, "titles": titles}, ()


def _list_page(caller: Caller, bad: BadInput | None = None) -> Response:
    drafts = caller.work.timetables.all(caller.campaign.id)
    published = caller.work.timetables.publications(caller.campaign.id)
    opened = caller.opened()
    around = DraftsAround(
        base=base_of(caller),
        zone=zone_of(caller),
        names=caller.work.accounts.names_of({draft.made_by for draft in drafts}),
        versions={p.timetable_number: p.number for p in reversed(published)},
        changes={change.number: change for change in caller.work.campaigns.changes(caller.campaign)},
        change_now=caller.campaign.change,
        sha256_now=timetable_input_sha256(opened.campaign) if opened.campaign else "",
    )
    table = data_table(
        "Drafts, the newest first",
        DRAFT_COLUMNS,
        draft_rows(drafts, around),
        query_of(caller),
        address(caller, "/timetables"),
        nouns=("draft", "drafts"),
        downloads=(),
        anchor="drafts",
    )
    return show(
        caller,
        "timetables/list.html",
        "Which timetables are there?",
        errors=page_errors(bad.faults[:1], "files") if bad else (),
        status=422 if bad else 200,
        drafts=drafts,
        table=table,
        published=published[0] if published else None,
        faults=bad.faults if bad else (),
        files_wanted=FILES_WANTED,
        has_campaign=opened.campaign is not None,
        choices=[(str(draft.number), draft_title(draft)) for draft in drafts],
        may_change=may(caller.standing, Permission.CHANGE_TIMETABLES),
        may_solve=may(caller.standing, Permission.SOLVE),
    )
