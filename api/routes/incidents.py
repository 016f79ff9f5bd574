"""Incident notes of a session: read, and added. They are not changed from here."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput, Fault
from api.exports.packs.runs import head_of
from api.routes.access import Caller, Form, field
from api.routes.answers import on_to, page_errors, show
from api.routes.desk import Reader, Runner, day_at, may_run, minute_at, names_at
from api.routes.drafts import address
from api.services.day_of_session import DayOfSession
from api.services.note_incident import WORDS_MAX, incidents_of, note_incident
from scheduler.grid import clock

router = APIRouter(prefix="/campaigns/{campaign}/day/{session}/incidents", include_in_schema=False)

FIELD_WORDS = {"at": "When it happened", "what": "What happened", "applicant": "Whom it concerns"}


@router.get("")
def incidents_page(caller: Reader, session: str) -> Response:
    return _page(caller, day_at(caller, session))


@router.post("")
def note(caller: Runner, form: Form, session: str) -> Response:
    record = caller.hold()
    day = day_at(caller, session)
    sent = {name: field(form, name) for name in ("at", "applicant", "what")}
    name = caller.account.name if caller.account else ""
    try:
        note_incident(
            caller.work,
            record,
            caller.opened(),
            day,
            sent["at"],
            sent["applicant"],
            sent["what"],
            name,
            caller.doing,
        )
    except BadInput as bad:
        caller.refuse()
        return _page(caller, day, sent, bad.faults)
    return on_to(address(caller, f"/day/{session}/incidents"), "The incident is noted.")


def _page(
    caller: Caller, day: DayOfSession, sent: dict[str, str] | None = None, faults: tuple[Fault, ...] = ()
) -> Response:
    errors = page_errors(faults, words=FIELD_WORDS)
    names, session = names_at(day), day.session.reference
    proposed = {"at": clock(minute_at(caller, day)), "applicant": "", "what": ""}
    named = may_run(caller)
    return show(
        caller,
        "day/incidents.html",
        "What happened that somebody may ask about later?",
        errors=errors,
        status=422 if faults else 200,
        url=address(caller, f"/day/{session}"),
        head=head_of(names, session),
        incidents=incidents_of(caller.opened(), session),
        people=[
            (a.person, f"{a.person}, {names.person_name(a.person)}" if named else a.person)
            for a in day.applicants
        ],
        sent=sent or proposed,
        most=WORDS_MAX,
        may_run=named,
        fields={error.url: error.text for error in errors},
    )
