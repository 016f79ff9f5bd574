"""Who did what, when: in a campaign, for organisers and auditors; outside campaigns, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.permissions import Permission
from api.presenters.audit import AuditLine, audit_file, audit_table, day_words, particulars
from api.presenters.frame import PageError
from api.presenters.typed_times import typed_date
from api.routes.access import Caller, needs
from api.routes.answers import base_of, show
from api.routes.downloads import table_file
from api.services.read_audit import AuditQuestion, Heard, actors_and_acts, audit_answer
from api.services.verify_audit import verify_quickly

router = APIRouter(include_in_schema=False)

CHANGED = "This entry was changed after it was written"
DAYS = {"since": "From", "until": "To"}


@router.get("/campaigns/{campaign}/audit")
def campaign_audit(caller: Annotated[Caller, needs(Permission.READ_AUDIT)]) -> Response:
    return _audit(caller, caller.campaign.id, f"{base_of(caller)}/audit", "Who did what, when?")


@router.get("/administration/audit")
def installation_audit(caller: Annotated[Caller, needs(Permission.ADMINISTER)]) -> Response:
    return _audit(caller, "", "/administration/audit", "Who did what, when, outside campaigns?")


def _audit(caller: Caller, chain: str, action: str, title: str) -> Response:
    parameters = caller.request.query_params
    typed = {name: parameters.get(name, "") for name in DAYS}
    question = AuditQuestion.read({**parameters, **{name: typed_date(typed[name]) for name in DAYS}})
    days = {name: getattr(question, name) for name in DAYS}
    errors = tuple(
        PageError(f"{label}: found {typed[name]}; wanted a day, such as 3 August 2015", f"#{name}")
        for name, label in DAYS.items()
        if typed[name].strip() and not days[name]
    )
    zone, kind = caller.settings.time_zone, "" if errors else parameters.get("download", "")
    answer = audit_answer(caller.work, chain, question, zone, whole=kind in ("csv", "xlsx"))
    lines = [_line(heard, whole=kind != "") for heard in answer.entries]
    if kind in ("csv", "xlsx"):
        return table_file(caller, audit_file(lines, zone), kind)
    actors, acts = actors_and_acts(caller.work, chain)
    asked = {name: getattr(question, name) for name in ("actor", "act", "thing")} | days
    return show(
        caller,
        "audit/audit.html",
        title,
        verified=verify_quickly(caller.work, chain),
        table=audit_table(lines, answer.found, answer.page, answer.pages, action, asked.items(), zone),
        action=action,
        asked=asked,
        days={name: day_words(days[name]) or typed[name] for name in DAYS},
        errors=errors,
        fields={error.url: error.text for error in errors},
        status=422 if errors else 200,
        is_filtered=any(asked.values()),
        actors=actors,
        acts=acts,
    )


def _line(heard: Heard, *, whole: bool) -> AuditLine:
    entry = heard.entry
    return AuditLine(
        entry.number,
        entry.at,
        heard.actor,
        entry.act,
        heard.thing,
        particulars(entry.facts, heard.private, whole=whole),
        "" if heard.is_sound else CHANGED,
    )
