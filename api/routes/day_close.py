"""The waiting room's wall while a session is on, and signing it off at its end."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput, Fault
from api.exports.packs.runs import head_of
from api.presenters.arrivals import arrival_rows, arrivals_answer, signed_words
from api.presenters.sign_off_page import open_points
from api.presenters.wall import wall_lines
from api.routes.access import Caller, Form, field
from api.routes.answers import on_to, page_errors, part, show
from api.routes.desk import Reader, Runner, day_at, is_now, may_run, minute_at, names_at, seen_in
from api.routes.drafts import address, asked
from api.services.change_tables import ChangedMeanwhile
from api.services.day_of_session import DayOfSession
from api.services.sign_off import NOTE_MAX, left_open, sign_off
from api.services.waiting_room import places_at
from scheduler.grid import clock

router = APIRouter(prefix="/campaigns/{campaign}/day/{session}", include_in_schema=False)

FIELD_WORDS = {"at": "When it ended", "note": "The note"}
MEANWHILE = (
    "Somebody else signed this session off after this page was shown to you. What you typed is kept below."
)


@router.get("/waiting-room")
def wall_page(caller: Reader, session: str) -> Response:
    return show(
        caller, "day/waiting_room.html", "Where do I go next?", **_wall(caller, day_at(caller, session))
    )


@router.get("/waiting-room/progress")
def wall_part(caller: Reader, session: str) -> Response:
    return part("day/wall.html", **_wall(caller, day_at(caller, session)))


@router.get("/sign-off")
def sign_off_page(caller: Reader, session: str) -> Response:
    return _sign_off_page(caller, day_at(caller, session))


@router.post("/sign-off")
def sign(caller: Runner, form: Form, session: str) -> Response:
    record = caller.hold()
    day = day_at(caller, session)
    sent = {"at": field(form, "at"), "note": field(form, "note")}
    name = caller.account.name if caller.account else ""
    try:
        sign_off(caller.work, record, day, seen_in(form), sent["at"], sent["note"], name, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _sign_off_page(caller, day, sent, bad.faults)
    except ChangedMeanwhile:
        caller.refuse()
        return _sign_off_page(caller, day_at(caller, session), sent, meanwhile=MEANWHILE)
    return on_to(address(caller, f"/day/{session}"), "The session is signed off.")


def _wall(caller: Caller, day: DayOfSession) -> dict[str, Any]:
    minute, session = minute_at(caller, day), day.session.reference
    said = asked(caller, "at")
    at = clock(minute) if said or not is_now(caller, day) else ""
    return {
        "url": address(caller, f"/day/{session}"),
        "part_url": address(caller, f"/day/{session}/waiting-room/progress", at=at),
        "head": head_of(names_at(day), session),
        "now": clock(minute),
        "lines": wall_lines(names_at(day), places_at(day, minute)),
    }


def _sign_off_page(
    caller: Caller,
    day: DayOfSession,
    sent: dict[str, str] | None = None,
    faults: tuple[Fault, ...] = (),
    meanwhile: str = "",
) -> Response:
    errors = page_errors(faults, words=FIELD_WORDS)
    names, session = names_at(day), day.session.reference
    now = minute_at(caller, day)
    ended = now if is_now(caller, day) else max(now, day.session.window.end)
    found = left_open(caller.work, caller.campaign, caller.opened().campaign, day)
    named = may_run(caller)
    return show(
        caller,
        "day/sign_off.html",
        "Is this session done, and what is still open?",
        errors=errors,
        status=409 if meanwhile else 422 if faults else 200,
        url=address(caller, f"/day/{session}"),
        head=head_of(names, session),
        answer=arrivals_answer(day),
        points=open_points(found, names, address(caller, f"/day/{session}"), named=named),
        unknown=arrival_rows(found.applicants, names, now, named=named),
        signed=signed_words(day.signed) if day.signed else "",
        signed_note=day.signed.note if day.signed else "",
        row=day.signed.row_id if day.signed else 0,
        seen=day.signed.since if day.signed else 0,
        sent=sent or {"at": clock(ended), "note": day.signed.note if day.signed else ""},
        most=NOTE_MAX,
        may_run=named,
        meanwhile=meanwhile,
        fields={error.url: error.text for error in errors},
    )
