"""What a rater does besides filling in a sheet: locking it, raising a red flag, declaring an interest."""

from __future__ import annotations

import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.permissions import Permission
from api.presenters.frame import PageError
from api.presenters.rating import SheetState, session_words, sheet_line
from api.presenters.rating_sheet import criterion_forms, fault_errors, sheet_errors
from api.routes.access import Caller, Form, NotYours, field, moment, needs
from api.routes.answers import base_of, on_to, page_errors, show
from api.routes.rating import Desk, desk_of, own_sheet
from api.services.declare_interest import declare_interest
from api.services.lock_ratings import lacking, lock_sheet
from api.services.own_ratings import OwnSheet
from api.services.raise_flag import raise_flag
from api.services.rating_sheets import raters_of
from api.services.save_ratings import last_entry
from api.storage.tables.ratings import RatingSheet

router = APIRouter(prefix="/campaigns/{campaign}/rate", include_in_schema=False)

Rater = Annotated[Caller, needs(Permission.RATE)]


@router.get("/{sheet}/lock")
def lock_page(caller: Rater, sheet: str) -> Response:
    desk, own, record = own_sheet(caller, sheet)
    if record.locked_at is not None:
        return on_to(f"{base_of(caller)}/rate/{sheet}", "It is locked already.")
    errors = fault_errors(lacking(record, own.filled, is_partial=False))
    return _lock_page(caller, desk, own, record, errors)


@router.post("/{sheet}/lock")
def lock(caller: Rater, form: Form, sheet: str) -> Response:
    held = caller.hold()
    # Held before it is read, so that nothing is saved between the look over it and the lock.
    kept = caller.work.ratings.sheet(held.id, sheet, held=True)
    desk, own, record = own_sheet(caller, sheet)
    url = f"{base_of(caller)}/rate/{sheet}"
    if kept is None or record.locked_at is not None:
        return on_to(url, "It was locked already. Nothing was changed.")
    if field(form, "seen") != last_entry(caller.work, record):
        errors = fault_errors(lacking(record, own.filled, is_partial=False))
        return _lock_page(caller, desk, own, record, errors, moved=True)
    is_partial = field(form, "partial") == "yes"
    try:
        lock_sheet(caller.work, held, kept, caller.doing, is_partial=is_partial)
    except BadInput as bad:
        caller.refuse()
        errors = fault_errors(bad.faults)
        return _lock_page(caller, desk, own, record, errors, status=422, is_partial=is_partial)
    return on_to(url, "Locked. Nobody can change these ratings any more.")


@router.get("/{sheet}/flag")
def flag_page(caller: Rater, sheet: str) -> Response:
    desk, own, _ = own_sheet(caller, sheet)
    return _flag_page(caller, own, {"at": _proposed(caller, desk, own)})


@router.post("/{sheet}/flag")
def flag(caller: Rater, form: Form, sheet: str) -> Response:
    held = caller.hold()
    _, own, _ = own_sheet(caller, sheet)
    said = {name: field(form, name) for name in ("concern", "evidence")}
    said["at"] = moment(form, "at")
    person, applicant = caller.standing.person, own.facts.applicant
    try:
        number = raise_flag(
            caller.work,
            held,
            person,
            applicant,
            said["at"],
            said["concern"],
            said["evidence"],
            caller.doing,
        )
    except BadInput as bad:
        caller.refuse()
        return _flag_page(caller, own, said, page_errors(bad.faults))
    words = f"Red flag {number} is raised. A named person decides it at the wash-up."
    return on_to(f"{base_of(caller)}/rate/{sheet}", words)


@router.get("/interest/{applicant}")
def interest_page(caller: Rater, applicant: str) -> Response:
    return _interest_page(caller, *_own_of(caller, applicant))


@router.post("/interest/{applicant}")
def interest(caller: Rater, form: Form, applicant: str) -> Response:
    held = caller.hold()
    desk, own = _own_of(caller, applicant)
    who, kind = field(form, "who") or caller.standing.person, field(form, "kind")
    if who not in _people(caller, desk):
        raise NotYours
    if any(each.facts.is_apart for each in own):
        return on_to(f"{base_of(caller)}/rate", f"Your interest in {applicant} was declared already.")
    try:
        declare_interest(caller.work, held, who, applicant, kind, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _interest_page(caller, desk, own, page_errors(bad.faults), who, kind)
    words = f"You are kept apart from {applicant}. The centre manager is asked for a repair of the timetable."
    return on_to(f"{base_of(caller)}/rate", words)


def _own_of(caller: Caller, applicant: str) -> tuple[Desk, list[OwnSheet]]:
    desk = desk_of(caller)
    own = [each for each in desk.sheets if each.facts.applicant == applicant] if desk else []
    if desk is None or not own:
        raise NotYours
    return desk, own


def _people(caller: Caller, desk: Desk) -> tuple[str, ...]:
    """Who may have an interest: an assessor; of a group each member, or all of it."""
    person = caller.standing.person
    return tuple(dict.fromkeys((*raters_of(desk.published.reading.campaign, person), person)))


def _lock_page(
    caller: Caller,
    desk: Desk,
    own: OwnSheet,
    sheet: RatingSheet,
    errors: dict[str, str],
    *,
    status: int = 200,
    moved: bool = False,
    is_partial: bool = False,
) -> Response:
    scale = range(sheet.scale_min, sheet.scale_max + 1)
    forms = criterion_forms(desk.campaign, scale, own.filled, errors=errors)
    return show(
        caller,
        "rating/lock.html",
        f"Is this what I think of {own.facts.applicant}?",
        errors=sheet_errors(forms, errors) if status == 422 else (),
        status=409 if moved else status,
        line=sheet_line(desk.campaign, own.facts, caller.standing.person),
        session=session_words(desk.campaign, own.facts.session),
        sheet=sheet,
        forms=forms,
        lacking=len(errors),
        seen=last_entry(caller.work, sheet),
        moved=moved,
        is_partial=is_partial,
        account=caller.standing.account,
        zone=desk.zone,
    )


def _flag_page(
    caller: Caller, own: OwnSheet, said: dict[str, str], errors: tuple[PageError, ...] = ()
) -> Response:
    return show(
        caller,
        "rating/flag.html",
        f"What is your concern about {own.facts.applicant}?",
        errors=errors,
        status=422 if errors else 200,
        facts=own.facts,
        said=said,
    )


def _interest_page(
    caller: Caller,
    desk: Desk,
    own: list[OwnSheet],
    errors: tuple[PageError, ...] = (),
    who: str = "",
    kind: str = "",
) -> Response:
    applicant = own[0].facts.applicant
    return show(
        caller,
        "rating/interest.html",
        f"How do you know {applicant}?",
        errors=errors,
        status=422 if errors else 200,
        applicant=applicant,
        is_begun=any(each.facts.state is not SheetState.NOT_BEGUN for each in own),
        is_declared=any(each.facts.is_apart for each in own),
        people=_people(caller, desk),
        who=who,
        kind=kind,
    )


def _proposed(caller: Caller, desk: Desk, own: OwnSheet) -> str:
    """The clock's time on the day of the session, else when the applicant was seen."""
    now = caller.now.astimezone(ZoneInfo(desk.zone))
    session = desk.campaign.problem.session_by_reference.get(own.facts.session)
    if session is None or session.date == now.date():
        return f"{now:%Y-%m-%d %H:%M}"
    start = datetime.time(own.facts.start // 60, own.facts.start % 60)
    return f"{datetime.datetime.combine(session.date, start):%Y-%m-%d %H:%M}"
