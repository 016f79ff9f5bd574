"""One run and one person of a draft, and what can be done: move, swap, exchange, take out, pin, solve again.

Every change is shown first, with the rules it would break, by an address that changes nothing; the same
fields sent as a form then make the next draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput, Fault, shown
from api.exports.packs.find_person import person_day
from api.permissions import Permission
from api.presenters.moving import (
    applicant_choices,
    broken_words,
    person_table,
    place_of_anchor,
    session_choices,
    sitting_view,
    wrong_words,
)
from api.presenters.why_here import pin_sentences, why_here
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import on_to, page_errors
from api.routes.drafts import Changer, Number, Reader, address, asked, draft_page, opened_draft
from api.routes.timetables import show_glance, show_session
from api.services.ask_job import ask_job, seconds_asked
from api.services.change_draft import ACTS, change_of, keep_change, preview_change
from api.services.keep_pins import keep_pins
from api.services.open_draft import OpenDraft
from api.services.pin_people import PinRule
from api.storage.tables.jobs import JobKind

router = APIRouter(prefix="/campaigns/{campaign}/timetables/{draft}", include_in_schema=False)

Solver = Annotated[Caller, needs(Permission.SOLVE)]
FIELDS = (
    "act",
    "session",
    "exercise",
    "sitting",
    "start",
    "room",
    "panel",
    "old",
    "new",
    "applicant",
    "to",
    "other",
)
BUTTONS = {
    "sitting": "Move",
    "applicant": "Move",
    "swap": "Swap",
    "assessor": "Exchange",
    "remove": "Take out",
}
RULES: Mapping[str, PinRule | None] = {"must": "must", "must_not": "must_not", "": None}
PEOPLE_MAX = 2_000


@router.get("/sitting")
def sitting_page(caller: Reader, draft: Number) -> Response:
    return _sitting_page(caller, opened_draft(caller, draft), _address_fields(caller))


@router.get("/person")
def person_page(caller: Reader, draft: Number) -> Response:
    return _person_page(caller, opened_draft(caller, draft), {"applicant": asked(caller, "who")})


@router.get("/change")
def preview_page(caller: Changer, draft: Number) -> Response:
    """What a change would do; nothing is kept."""
    opened = opened_draft(caller, draft)
    fields = _with_run(caller, opened, _address_fields(caller))
    try:
        if not opened.can_change:
            raise BadInput(opened.misfits)
        preview = preview_change(opened, change_of(fields, opened.reading.timetable, opened.reading))
    except BadInput as bad:
        return _place_page(caller, opened, fields, bad)
    new = preview.edited.new_breaches
    button = BUTTONS[fields["act"]]
    campaign = opened.reading.campaign
    named = [(person, campaign.person_name(person)) for person in preview.people]
    return draft_page(
        caller,
        "change.html",
        "What would this change?",
        opened,
        preview=preview,
        fields=[(name, fields[name]) for name in ("act", *ACTS[fields["act"]])],
        button=f"{button} all the same" if new else button,
        breaks=f"This breaks {broken_words(new)}:" if new else "",
        in_all=broken_words(preview.edited.breaches) if preview.edited.breaches else "no rule",
        wrong=wrong_words(new),
        whom=[who if name == who else f"{name} ({who})" for who, name in named],
        back=_place_url(caller, draft, fields),
    )


@router.post("/change")
def change(caller: Changer, form: Form, draft: Number) -> Response:
    record = caller.hold()
    opened = opened_draft(caller, draft)
    fields = {name: field(form, name) for name in FIELDS}
    try:
        preview = preview_change(opened, change_of(fields, opened.reading.timetable, opened.reading))
        kept = keep_change(caller.work, record, opened, preview, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _place_page(caller, opened, fields, bad)
    breaches = preview.edited.breaches
    rules = f"It breaks {broken_words(breaches)}." if breaches else "It breaks no rule."
    said = " ".join([f"Kept as draft {kept.number}: {preview.change.sentence}", *preview.edited.notes, rules])
    where = {"applicant": fields["applicant"]} if fields["applicant"] else {"session": fields["session"]}
    return on_to(_place_url(caller, kept.number, where), said)


@router.post("/pin")
def pin(caller: Changer, form: Form, draft: Number) -> Response:
    """`person` may be there many times: a whole session is pinned at once."""
    record = caller.hold()
    opened = opened_draft(caller, draft)
    people = [str(value) for value in form.getlist("person")][:PEOPLE_MAX]
    session, rule = field(form, "session"), field(form, "rule")
    back = {name: field(form, name) for name in ("session", "exercise", "sitting")}
    back["applicant"] = people[0] if len(people) == 1 else ""
    try:
        if rule not in RULES or not people:
            raise BadInput([Fault("pins", None, "rule", shown(rule), "must, must_not or nothing")])
        pinned = keep_pins(caller.work, record, people, session, RULES[rule], caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _place_page(caller, opened, back, bad)
    after = f" This is change {pinned.change} of the tables." if pinned.change else ""
    end = "" if pinned.sentence.endswith(".") else "."
    return on_to(_place_url(caller, draft, back), f"{pinned.sentence}{end}{after}")


@router.post("/solve")
def solve(caller: Solver, form: Form, draft: Number) -> Response:
    """Solve again with the pins as they are now."""
    record = caller.hold()
    opened = opened_draft(caller, draft)
    try:
        seconds = seconds_asked(field(form, "seconds"), caller.settings.solve_seconds_max)
        job = ask_job(caller.work, record, JobKind.SCHEDULE, {"seconds": seconds, "seed": 0}, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _place_page(caller, opened, {name: field(form, name) for name in FIELDS}, bad)
    return on_to(address(caller, f"/solve/{job.id}"), "The search has begun.")


def _address_fields(caller: Caller) -> dict[str, str]:
    return {name: asked(caller, name) for name in FIELDS}


def _with_run(caller: Caller, opened: OpenDraft, fields: dict[str, str]) -> dict[str, str]:
    """A form over a whole session names the run by its anchor in the table."""
    anchor = asked(caller, "run")
    if not anchor:
        return fields
    place = place_of_anchor(opened.reading.timetable, fields["session"], anchor)
    if place is None:
        raise NotYours
    return {**fields, "exercise": place[1], "sitting": place[2]}


def _place_url(caller: Caller, draft: int, fields: Mapping[str, str]) -> str:
    """Where a change is made: the page of a run, of a person, of a session."""
    path = f"/timetables/{draft}"
    run = {name: fields.get(name, "") for name in ("session", "exercise", "sitting")}
    if all(run.values()):
        return address(caller, f"{path}/sitting", **run)
    if fields.get("applicant"):
        return address(caller, f"{path}/person", who=fields["applicant"])
    return address(caller, f"{path}/session", of=run["session"]) if run["session"] else address(caller, path)


def _place_page(caller: Caller, opened: OpenDraft, fields: Mapping[str, str], bad: BadInput) -> Response:
    """The page on which the form was, with what is wrong; what was typed is kept."""
    if fields.get("applicant") and not fields.get("exercise"):
        return _person_page(caller, opened, fields, bad)
    if fields.get("exercise"):
        return _sitting_page(caller, opened, fields, bad)
    if fields.get("session"):
        return show_session(caller, opened, fields["session"], bad=bad)
    return show_glance(caller, opened, bad)


def _sitting_page(
    caller: Caller, opened: OpenDraft, fields: Mapping[str, str], bad: BadInput | None = None
) -> Response:
    reading = opened.reading
    place = (fields.get("session", ""), fields.get("exercise", ""), fields.get("sitting", ""))
    view = sitting_view(reading.campaign, reading.timetable, place, reading.breaches)
    if view is None:
        raise NotYours
    start, room = fields.get("start") or view.start, fields.get("room") or view.room
    return draft_page(
        caller,
        "sitting.html",
        f"Who is in this {view.sign.name}, and why?",
        opened,
        errors=page_errors(bad.faults) if bad else (),
        status=422 if bad else 200,
        view=view,
        typed={"start": start, "room": room, "old": fields.get("old", ""), "new": fields.get("new", "")},
        session_url=address(caller, f"/timetables/{opened.draft.number}/session", of=place[0]),
    )


def _person_page(
    caller: Caller, opened: OpenDraft, fields: Mapping[str, str], bad: BadInput | None = None
) -> Response:
    campaign, timetable = opened.reading.campaign, opened.reading.timetable
    person = fields.get("applicant", "")
    table = person_table(campaign, person)
    if not table:
        raise NotYours
    day = person_day(campaign, timetable, table, person)
    wrong = [breach for breach in opened.reading.breaches if person in breach.people]
    here = [session.head.reference for session in day.sessions]
    return draft_page(
        caller,
        "person.html",
        f"Where is {day.name}, and why?",
        opened,
        errors=page_errors(bad.faults) if bad else (),
        status=422 if bad else 200,
        day=day,
        why={session: why_here(campaign, timetable, person, session) for session in here},
        wrong=wrong_words(wrong),
        pin_words=pin_sentences(campaign, person, here[0] if here else ""),
        pins=[pin for pin in campaign.problem.pins if pin.person == person],
        is_applicant=table == "applicants",
        can_be_pinned=table in ("applicants", "assessors"),
        sessions=session_choices(campaign, timetable),
        elsewhere=session_choices(campaign, timetable, leaving_out=here[0] if here else ""),
        others=applicant_choices(campaign, timetable, person) if table == "applicants" else (),
        here=here,
        typed={name: fields.get(name, "") for name in ("to", "other", "session", "rule")},
    )
