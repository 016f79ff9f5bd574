"""What somebody has to rate, and one sheet of it: shown, filled in by its form, taken and given back.

What the page's script sends is in `rating_entries.py`; locking, red flags and declared interests are in
`rating_acts.py`. Nothing of another's ratings is here, until both are locked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from fastapi.responses import Response

from api.campaign import Campaign
from api.errors import BadInput
from api.permissions import Permission
from api.presenters.rating import SheetState, rate_list, session_words, sheet_line
from api.presenters.rating_sheet import criterion_forms, others_ratings, saved_words, sheet_errors
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, on_to, show
from api.services.own_ratings import OwnSheet, give_back_script, others_locked, own_sheets
from api.services.published_timetable import Published, latest_published
from api.services.raise_flag import flags_raised
from api.services.rating_sheets import open_sheet, scripts_for, take_script
from api.services.save_form import form_device, read_form, save_form
from api.storage.tables.ratings import RatingSheet

router = APIRouter(prefix="/campaigns/{campaign}/rate", include_in_schema=False)

Rater = Annotated[Caller, needs(Permission.RATE)]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a rater sits before: the published timetable, the campaign as it is now, and their own sheets."""

    published: Published
    campaign: Campaign
    sheets: tuple[OwnSheet, ...]
    zone: str


def desk_of(caller: Caller) -> Desk | None:
    """None where nothing is published yet."""
    published = latest_published(caller.work, caller.campaign)
    if published is None:
        return None
    campaign = caller.opened().campaign or published.reading.campaign
    person = caller.standing.person
    sheets = own_sheets(caller.work, caller.campaign, campaign, published, person)
    return Desk(published, campaign, sheets, campaign.settings["time_zone"])


def own_sheet(caller: Caller, reference: str) -> tuple[Desk, OwnSheet, RatingSheet]:
    """This sheet, which is on this person's list."""
    desk = desk_of(caller)
    found = next((own for own in desk.sheets if own.facts.sheet == reference), None) if desk else None
    if desk is None or found is None or found.task.sheet is None:
        raise NotYours
    return desk, found, found.task.sheet


@router.get("")
def rate_page(caller: Rater) -> Response:
    desk = desk_of(caller)
    listed = scripts = None
    if desk is not None:
        person = caller.standing.person
        now = caller.now.astimezone(ZoneInfo(desk.zone))
        listed = rate_list(desk.campaign, [own.facts for own in desk.sheets], person, now)
        scripts = scripts_for(caller.work, caller.campaign, desk.campaign, desk.published, person)
    names = desk.campaign.names if desk else {}
    offered = {script.exercise: script for script in reversed(scripts or ())}
    return show(
        caller,
        "rating/list.html",
        "Whom do I have to rate?",
        listed=listed,
        scripts=[
            (script, names.get(("exercises", name)) or name, sum(s.exercise == name for s in scripts or ()))
            for name, script in offered.items()
        ],
        account=caller.standing.account,
        zone=desk.zone if desk else "",
    )


@router.post("/open")
def open_one(caller: Rater, form: Form) -> Response:
    desk = desk_of(caller)
    key = (field(form, "applicant"), field(form, "exercise"), field(form, "rater"))
    if desk is None or not any(own.facts.key == key for own in desk.sheets):
        raise NotYours
    person = caller.standing.person
    sheet = open_sheet(caller.work, caller.campaign, desk.published, person, key, caller.doing)
    if sheet is None:
        raise NotYours
    return on_to(f"{base_of(caller)}/rate/{sheet.id}")


@router.post("/scripts")
def take_one(caller: Rater, form: Form) -> Response:
    record = caller.hold()
    desk = desk_of(caller)
    if desk is None:
        raise NotYours
    person, applicant, exercise = caller.standing.person, field(form, "applicant"), field(form, "exercise")
    mine = next((own for own in desk.sheets if own.facts.key == (applicant, exercise, person)), None)
    if mine is not None:
        # The button was pressed twice.
        return on_to(f"{base_of(caller)}/rate/{mine.facts.sheet}")
    try:
        sheet = take_script(
            caller.work, record, desk.campaign, desk.published, person, applicant, exercise, caller.doing
        )
    except BadInput:
        caller.refuse()
        return on_to(f"{base_of(caller)}/rate#scripts", "Somebody else was quicker. Take the next one.")
    return on_to(f"{base_of(caller)}/rate/{sheet.id}", "It is on your list now.")


@router.get("/{sheet}")
def sheet_page(caller: Rater, sheet: str) -> Response:
    return _sheet_page(caller, *own_sheet(caller, sheet))


@router.post("/{sheet}")
def save_sheet(caller: Rater, form: Form, sheet: str) -> Response:
    desk, own, record = own_sheet(caller, sheet)
    url = f"{base_of(caller)}/rate/{sheet}"
    if record.locked_at is not None:
        return on_to(url, "It was locked already. Nothing was changed.")
    sent = read_form(record, lambda name: field(form, name))
    saved, errors = save_form(
        caller.work,
        caller.campaign.id,
        record,
        sent,
        field(form, "device"),
        field(form, "first"),
        caller.doing,
    )
    if errors:
        return _sheet_page(caller, desk, own, record, sent.typed, errors)
    if field(form, "then") == "lock":
        return on_to(f"{url}/lock")
    at = caller.now.astimezone(ZoneInfo(desk.zone))
    return on_to(url, f"Saved {at:%H:%M}." if saved.acknowledged else "Nothing had changed.")


@router.post("/{sheet}/back")
def give_back(caller: Rater, sheet: str) -> Response:
    held = caller.hold()
    _, own, _ = own_sheet(caller, sheet)
    url = f"{base_of(caller)}/rate"
    try:
        give_back_script(caller.work, held, own, caller.doing)
    except BadInput:
        caller.refuse()
        return on_to(f"{url}/{sheet}", "It cannot be given back: something is written on it.")
    return on_to(f"{url}#scripts", f"{own.facts.applicant}’s is there for others again.")


def _sheet_page(
    caller: Caller,
    desk: Desk,
    own: OwnSheet,
    sheet: RatingSheet,
    typed: Mapping[str, tuple[int | None, str]] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    scale = range(sheet.scale_min, sheet.scale_max + 1)
    forms = criterion_forms(desk.campaign, scale, own.filled, typed=typed, errors=errors)
    others = others_locked(caller.work, sheet)
    place = desk.sheets.index(own)
    lines = [sheet_line(desk.campaign, each.facts, caller.standing.person) for each in desk.sheets]
    saved_at = max((each.saved_at for each in own.filled if each.saved_at), default=None)
    flags = caller.opened().tables.get("flags")
    return show(
        caller,
        "rating/sheet.html",
        _question(own),
        errors=sheet_errors(forms, errors or {}),
        status=422 if errors else 200,
        line=lines[place],
        session=session_words(desk.campaign, own.facts.session),
        sheet=sheet,
        forms=forms,
        with_evidence=sum(1 for each in forms if each.evidence.strip()),
        rated=sum(1 for each in forms if each.rating is not None),
        saved=saved_words(saved_at, caller.now, desk.zone),
        before=lines[place - 1] if place else None,
        after=lines[place + 1] if place + 1 < len(lines) else None,
        others={form.criterion: others_ratings(form.criterion, others) for form in forms},
        raters=[rater for rater, _ in others],
        flags=flags_raised(flags, caller.standing.person, own.facts.applicant),
        is_copied=bool(sheet.locked_by) and sheet.locked_by != caller.standing.account,
        device=form_device(),
        account=caller.standing.account,
        zone=desk.zone,
    )


def _question(own: OwnSheet) -> str:
    verb = "did" if own.facts.state is SheetState.LOCKED else "do"
    return f"What {verb} I think of {own.facts.applicant}?"
