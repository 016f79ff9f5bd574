"""Before invitations go out: can these dates work, how many to invite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.campaign import Table
from api.errors import BadInput, Fault
from api.exports.packs.forecast_sheet import forecast_sheet
from api.permissions import Permission, may
from api.presenters.capacity_page import COLUMNS as SESSION_COLUMNS
from api.presenters.capacity_page import capacity_page, session_rows
from api.presenters.data_table import TableQuery, data_table
from api.presenters.fault_links import fault_links
from api.presenters.forecast_page import COLUMNS as FORECAST_COLUMNS
from api.presenters.forecast_page import asked_words, forecast_headline, forecast_rows
from api.presenters.job_words import job_words
from api.presenters.solve_page import took_words
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, on_to, page_errors, part, show
from api.routes.downloads import file, table_file
from api.services.ask_forecast import USUAL, ask_forecast
from api.services.ask_job import campaign_of_job, cancel_job
from api.services.before_invitations import campaign_before_invitations
from api.services.forecast_attendance import forecast_papers, forecast_tables
from api.services.keep_findings import forecast_of
from api.services.plan_capacity import (
    CapacityAsked,
    Planned,
    capacity_asked,
    capacity_papers,
    capacity_tables,
    plan_capacity,
)
from api.storage.tables.jobs import Job, JobKind, JobState
from scheduler.planning.members import lead_members_by_session

router = APIRouter(prefix="/campaigns/{campaign}", include_in_schema=False)

Reader = Annotated[Caller, needs(Permission.READ_PLAN)]
Solver = Annotated[Caller, needs(Permission.SOLVE)]
ANYBODY_MAY_COME = "Can these dates work, before anybody is invited?"
HOW_MANY = "How many should be invited and booked?"


@router.get("/capacity")
def capacity_page_(caller: Reader) -> Response:
    asked = caller.request.query_params
    opened, base = caller.opened(), base_of(caller)
    errors: dict[str, Any] = {}
    planned, wanted = None, CapacityAsked()
    faults: tuple[Fault, ...] = ()
    try:
        wanted = capacity_asked(asked.get("applicants", ""), asked.get("interpreters", ""))
    except BadInput as bad:
        errors = {"errors": page_errors(bad.faults), "status": 422}
    try:
        campaign = campaign_before_invitations(opened)
        planned = plan_capacity(campaign, wanted.applicants, wanted.interpreters, None)
    except BadInput as bad:
        faults = bad.faults
    return show(
        caller,
        "planning/capacity.html",
        ANYBODY_MAY_COME,
        **errors,
        faults=fault_links(faults, opened.tables, base),
        has_tables=bool(opened.tables),
        applicants=asked.get("applicants", ""),
        interpreters=asked.get("interpreters", ""),
        own=len(planned.campaign.problem.applicants) if planned else 0,
        **_planned(caller, planned, wanted),
    )


@router.get("/capacity/{capacity_file}")
def capacity_sheet(caller: Reader, capacity_file: str) -> Response:
    asked = caller.request.query_params
    wanted = capacity_asked(asked.get("applicants", ""), asked.get("interpreters", ""))
    campaign = campaign_before_invitations(caller.opened())
    planned = plan_capacity(campaign, wanted.applicants, wanted.interpreters, None)
    if capacity_file == "capacity.pdf":
        return file(caller, capacity_papers(planned)[capacity_file], capacity_file)
    return _table_named(caller, capacity_tables(planned.plan), capacity_file)


@router.get("/forecast")
def forecasts_page(caller: Reader) -> Response:
    return _forecast_page(caller, dict(USUAL))


@router.post("/forecast")
def start_forecast(caller: Solver, form: Form) -> Response:
    typed = {name: field(form, name) for name in USUAL}
    record = caller.hold()
    try:
        job = ask_forecast(caller.work, record, typed, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _forecast_page(caller, typed, bad)
    return on_to(f"{base_of(caller)}/forecast/{job.id}")


@router.get("/forecast/{forecast}")
def forecast_page(caller: Reader, forecast: str) -> Response:
    found = _found(caller, forecast)
    values: dict[str, Any] = {"headline": "", "pack": None}
    if "forecast" in found.result:
        campaign = campaign_of_job(caller.work, caller.campaign, JobKind.FORECAST, found.campaign_change)
        made = forecast_of(found.result["forecast"])
        values = {"headline": forecast_headline(made), "pack": forecast_sheet(campaign, made)}
    return show(
        caller,
        "planning/forecast_job.html",
        HOW_MANY,
        **values,
        **_progress(caller, found),
        asked_words=asked_words(found),
        took=took_words(found),
        change=found.campaign_change,
        now=caller.campaign.change,
    )


@router.get("/forecast/{forecast}/progress")
def forecast_progress(caller: Reader, forecast: str) -> Response:
    return part(
        "planning/forecast_progress.html", base=base_of(caller), **_progress(caller, _found(caller, forecast))
    )


@router.post("/forecast/{forecast}/cancel")
def cancel_forecast(caller: Solver, forecast: str) -> Response:
    record = caller.hold()
    found = _found(caller, forecast)
    done = cancel_job(caller.work, record, found, caller.doing)
    said = "Cancelled." if done else "It had ended already."
    return on_to(f"{base_of(caller)}/forecast/{found.id}", said)


@router.get("/forecast/{forecast}/{forecast_file}")
def forecast_sheets(caller: Reader, forecast: str, forecast_file: str) -> Response:
    found = _found(caller, forecast)
    if "forecast" not in found.result:
        return on_to(f"{base_of(caller)}/forecast/{found.id}")
    made = forecast_of(found.result["forecast"])
    if forecast_file == "forecast.pdf":
        campaign = campaign_of_job(caller.work, caller.campaign, JobKind.FORECAST, found.campaign_change)
        return file(caller, forecast_papers(campaign, made)[forecast_file], forecast_file)
    return _table_named(caller, forecast_tables(made), forecast_file)


def _planned(caller: Caller, planned: Planned | None, wanted: CapacityAsked) -> dict[str, Any]:
    if planned is None:
        return {"page": None, "table": None, "query": ""}
    base, campaign, plan = base_of(caller), planned.campaign, planned.plan
    members = lead_members_by_session(campaign.problem, plan.offer.sessions, plan.lines)
    table = data_table(
        "The most applicants each session can hold, and what limits it",
        SESSION_COLUMNS,
        session_rows(campaign, plan),
        TableQuery.read(caller.request.query_params),
        f"{base}/capacity",
        nouns=("session", "sessions"),
        kept=wanted.parameters,
        downloads=(),
        anchor="sessions",
    )
    page = capacity_page(campaign, plan, members, planned.assumptions, f"{base}/tables")
    return {"page": page, "table": table, "query": wanted.query}


def _forecast_page(caller: Caller, typed: Mapping[str, str], bad: BadInput | None = None) -> Response:
    opened, base = caller.opened(), base_of(caller)
    faults: tuple[Fault, ...] = ()
    try:
        campaign_before_invitations(opened)
    except BadInput as unsound:
        faults = unsound.faults
    jobs = caller.work.jobs.in_campaign(caller.campaign.id, 50, (JobKind.FORECAST,))
    names = caller.work.accounts.names_of({job.made_by for job in jobs})
    return show(
        caller,
        "planning/forecast.html",
        HOW_MANY,
        errors=page_errors(bad.faults) if bad and not faults else (),
        status=422 if bad else 200,
        faults=fault_links(faults, opened.tables, base),
        has_tables=bool(opened.tables),
        typed=typed,
        drafts=[draft.number for draft in caller.work.timetables.all(caller.campaign.id)],
        may_solve=may(caller.standing, Permission.SOLVE),
        table=data_table(
            "Forecasts so far",
            FORECAST_COLUMNS,
            forecast_rows(jobs, names, caller.settings.time_zone, base),
            TableQuery.read(caller.request.query_params),
            f"{base}/forecast",
            nouns=("forecast", "forecasts"),
            downloads=(),
        ),
    )


def _progress(caller: Caller, job: Job) -> dict[str, Any]:
    names = caller.work.accounts.names_of({job.made_by})
    unended = caller.work.jobs.unended() if JobState(job.state) is JobState.WAITING else []
    words = job_words(job, names, caller.settings.time_zone, caller.now, unended)
    return {"job": words, "may_cancel": may(caller.standing, Permission.SOLVE)}


def _table_named(caller: Caller, tables: Iterable[Table], name: str) -> Response:
    found = next((table for table in tables if name == f"{table.name}.csv"), None)
    if found is None:
        raise NotYours
    return table_file(caller, found, "csv")


def _found(caller: Caller, reference: str) -> Job:
    job = caller.work.jobs.of_campaign(caller.campaign.id, reference)
    if job is None or JobKind(job.kind) is not JobKind.FORECAST:
        raise NotYours
    return job
