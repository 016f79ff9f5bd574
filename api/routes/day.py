"""The arrivals desk: the sessions, who of one of them is here, one tap for each, and the form about one."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput, Fault
from api.exports.packs.runs import head_of
from api.presenters.arrival_form import (
    CERTIFICATE_CHOICES,
    SEEN_CHOICES,
    arrival_form,
    noted_of,
)
from api.presenters.arrivals import (
    STATE_WORDS,
    arrival_row,
    arrival_rows,
    arrivals_answer,
    arrivals_figures,
    arrivals_table,
    session_lines,
    signed_words,
)
from api.presenters.day_terms import Here
from api.presenters.frame import PageError
from api.presenters.makers import maker_name
from api.presenters.repair_form import together_words
from api.routes.access import Caller, Form, field
from api.routes.answers import on_to, show
from api.routes.desk import (
    Reader,
    Runner,
    arrival_at,
    day_at,
    is_now,
    kept_time,
    may_run,
    minute_at,
    names_at,
    seen_in,
    words_of_row,
)
from api.routes.downloads import table_file
from api.routes.drafts import address, asked, zone_of
from api.services.change_tables import ChangedMeanwhile
from api.services.check_in import Seen, check_in, note_arrival
from api.services.day_of_session import (
    ATTENDANCE,
    STAFF_ATTENDANCE,
    DayOfSession,
    days_of,
    is_today,
)
from api.services.note_incident import incidents_of
from api.services.propose_repair import together_in, troubles_of
from scheduler.grid import clock

router = APIRouter(prefix="/campaigns/{campaign}/day", include_in_schema=False)

FIELDS = ("state", "here_at", "late_at", "left_at", "id_seen", "certificates", "certificates_by")
# Which field of the form a column of the table is filled in by.
ARRIVED_FIELD = {Here.LATE.value: "late_at"}
FIELD_OF = {
    "status": "state",
    "left": "left_at",
    "id_seen": "id_seen",
    "certificates_seen": "certificates",
    "certificates_by": "certificates_by",
}
FIELD_WORDS = {
    "state": "How they stand",
    "here_at": "When they came",
    "late_at": "When they are expected",
    "left_at": "When they leave",
    "certificates_by": "Certificates",
}


@router.get("")
def sessions_page(caller: Reader) -> Response:
    days = days_of(caller.work, caller.campaign, caller.opened())
    zone = zone_of(caller)
    today = [day.session.reference for day in days if is_today(day.session, zone, caller.now)]
    return show(
        caller,
        "day/sessions.html",
        "Who has come to which session?",
        lines=session_lines(names_at(days[0]), days, today) if days else (),
    )


@router.get("/{session}")
def arrivals_page(caller: Reader, session: str) -> Response:
    day = day_at(caller, session)
    if asked(caller, "download") == "csv":
        table = arrivals_table(day, names_at(day), named=may_run(caller))
        return table_file(caller, table, "csv", f"arrivals-{session}")
    return _arrivals_page(caller, day)


@router.post("/{session}/people/{person}/here")
def here(caller: Runner, form: Form, session: str, person: str) -> Response:
    """One tap: they are here since now, or since `at` where it is not the session's day."""
    record = caller.hold()
    day = day_at(caller, session)
    arrival_at(day, person)
    minute = minute_at(caller, day, form)
    try:
        check_in(caller.work, record, day, person, seen_in(form), minute, caller.doing)
    except ChangedMeanwhile as meanwhile:
        caller.refuse()
        return _arrivals_page(caller, day_at(caller, session), person, meanwhile, minute)
    back = address(caller, f"/day/{session}", at=kept_time(caller, day, minute))
    return on_to(f"{back}#person-{person}", f"{person} is here, since {clock(minute)}.")


@router.get("/{session}/people/{person}")
def person_page(caller: Runner, session: str, person: str) -> Response:
    day = day_at(caller, session)
    return _person_page(caller, day, person, minute_at(caller, day))


@router.post("/{session}/people/{person}")
def note(caller: Runner, form: Form, session: str, person: str) -> Response:
    record = caller.hold()
    day = day_at(caller, session)
    arrival_at(day, person)
    sent = {name: field(form, name) for name in FIELDS}
    minute = minute_at(caller, day, form)
    try:
        note_arrival(caller.work, record, day, person, seen_in(form), noted_of(sent), caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _person_page(caller, day, person, minute, sent, faults=bad.faults, seen=seen_in(form))
    except ChangedMeanwhile as meanwhile:
        caller.refuse()
        day = day_at(caller, session)
        return _person_page(caller, day, person, minute, sent, meanwhile=meanwhile)
    state = arrival_at(day_at(caller, session), person).state
    back = address(caller, f"/day/{session}", at=kept_time(caller, day, minute))
    return on_to(f"{back}#person-{person}", f"Noted of {person}: {STATE_WORDS[state][0].lower()}.")


def _arrivals_page(
    caller: Caller,
    day: DayOfSession,
    person: str = "",
    meanwhile: ChangedMeanwhile | None = None,
    minute: int | None = None,
) -> Response:
    names, opened, session = names_at(day), caller.opened(), day.session.reference
    now = minute_at(caller, day) if minute is None else minute
    url = address(caller, f"/day/{session}")
    shown, search = asked(caller, "show"), asked(caller, "search")[:100]
    state = shown if shown in {each.value for each in Here} else ""
    named = may_run(caller)
    together = together_in(day, opened, now)
    return show(
        caller,
        "day/arrivals.html",
        "Who is here?",
        status=409 if meanwhile else 200,
        day=day,
        url=url,
        head=head_of(names, session),
        answer=arrivals_answer(day),
        figures=arrivals_figures(day, url),
        applicants=arrival_rows(day.applicants, names, now, named=named, show=state, search=search),
        staff=arrival_rows(day.staff, names, now, named=True, show=state, search=search),
        show_words=STATE_WORDS[Here(state)][0].lower() if state else "",
        search=search,
        is_now=is_now(caller, day),
        now=clock(now),
        at=kept_time(caller, day, now),
        may_run=named,
        signed=signed_words(day.signed) if day.signed else "",
        note=day.signed.note if day.signed else "",
        incidents=len(incidents_of(opened, session)),
        troubles=troubles_of(day, now),
        together=list(together_words(names, together)),
        name_of=names.person_name if named else str,
        meanwhile=_meanwhile_words(caller, day, person, meanwhile) if meanwhile else "",
    )


def _person_page(
    caller: Caller,
    day: DayOfSession,
    person: str,
    now: int,
    sent: dict[str, str] | None = None,
    *,
    faults: tuple[Fault, ...] = (),
    seen: Seen | None = None,
    meanwhile: ChangedMeanwhile | None = None,
) -> Response:
    arrival, names = arrival_at(day, person), names_at(day)
    errors = tuple(_error(fault, sent or {}) for fault in faults)
    return show(
        caller,
        "day/person.html",
        f"What is to be noted of {person}?",
        errors=errors,
        status=409 if meanwhile else 422 if faults else 200,
        url=address(caller, f"/day/{day.session.reference}"),
        head=head_of(names, day.session.reference),
        row=arrival_row(arrival, names, now, named=True),
        form=arrival_form(arrival, now, sent),
        seen=seen or Seen(arrival.row_id, arrival.since),
        identity=SEEN_CHOICES,
        certificates=CERTIFICATE_CHOICES,
        entries=[
            (
                clock(e.start),
                clock(e.end),
                names.name_of("exercises", e.exercise),
                names.name_of("rooms", e.room),
            )
            for e in arrival.entries
        ],
        at=kept_time(caller, day, now),
        fields={error.url: error.text for error in errors},
        meanwhile=_meanwhile_words(caller, day, person, meanwhile) if meanwhile else "",
    )


def _meanwhile_words(caller: Caller, day: DayOfSession, person: str, meanwhile: ChangedMeanwhile) -> str:
    arrival = day.of(person)
    table = caller.opened().tables.get(STAFF_ATTENDANCE if arrival and arrival.is_staff else ATTENDANCE)
    who = maker_name(meanwhile.by, caller.work.accounts.names_of({meanwhile.by}))
    now = words_of_row(meanwhile.now, table.columns) if table else "it is noted no more"
    return f"{who} noted something of {person} after this page was shown to you. It now says: {now}."


def _error(fault: Fault, sent: dict[str, str]) -> PageError:
    column = fault.column or ""
    name = (
        ARRIVED_FIELD.get(sent.get("state", ""), "here_at") if column == "arrived" else FIELD_OF.get(column)
    )
    if name == "state":
        return PageError("Choose how they stand", "#state")
    words = FIELD_WORDS.get(name or "", "This")
    if fault.found == "nothing":
        return PageError(f"Enter {fault.wanted}", f"#{name}")
    return PageError(f"{words}: found {fault.found}; wanted {fault.wanted}", f"#{name or 'main-content'}")
