"""Monitoring: selection rates by group, from a file of answers that is read once and not kept.

For the organiser alone. The report is the answer to the form itself and not a page that one can come back to:
to show it a second time, somebody would have to keep the answers.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from api.errors import BadInput
from api.exports.packs.monitoring_report import MonitoringReport, monitoring_report
from api.imports.upload import file_name
from api.permissions import Permission
from api.presenters.frame import PageError
from api.routes.access import Caller, Form, field, needs
from api.routes.answers import fault_words, show
from api.routes.downloads import table_file
from api.services.monitor_selection import Monitored, monitor_upload, rates_table

router = APIRouter(prefix="/campaigns/{campaign}/merit/monitoring", include_in_schema=False)

Monitor = Annotated[Caller, needs(Permission.MONITOR)]
QUESTION = "How far did each group of applicants come?"
NO_FILE = "Choose the file with the answers first"
FAULTS_SHOWN = 20


@router.get("")
def monitoring_page(caller: Monitor) -> Response:
    return _page(caller)


@router.post("")
def compare_groups(caller: Monitor, form: Form) -> Response:
    sent = next((part for part in form.getlist("answers") if isinstance(part, UploadFile)), None)
    content = sent.file.read() if sent else b""
    if sent is None or not (sent.filename or content):
        caller.refuse()
        return _page(caller, errors=(PageError(NO_FILE, "#answers"),))
    campaign = caller.opened().campaign
    if campaign is None:
        caller.refuse()
        return _page(caller)
    try:
        done = monitor_upload(campaign, file_name(sent.filename or ""), content)
    except BadInput as bad:
        caller.refuse()
        return _page(caller, errors=_errors(bad))
    record = caller.campaign
    facts = {"change": record.change, "tests": done.facts.tests}
    caller.work.audit.record(
        record.id, caller.doing.at, caller.doing.by, "groups compared", "monitoring", facts
    )
    if field(form, "as") == "csv":
        return table_file(caller, rates_table(done.facts), "csv", "monitoring")
    return _page(caller, done, monitoring_report(done.facts))


def _page(
    caller: Caller,
    done: Monitored | None = None,
    report: MonitoringReport | None = None,
    errors: tuple[PageError, ...] = (),
) -> Response:
    campaign = caller.opened().campaign
    return show(
        caller,
        "merit/monitoring.html",
        QUESTION,
        errors=errors,
        status=422 if errors else 200,
        report=report,
        warnings=done.warnings if done else (),
        can_compare=campaign is not None and bool(campaign.ratings or campaign.agreed or campaign.attendance),
    )


def _errors(bad: BadInput) -> tuple[PageError, ...]:
    """Where in the file, and what: never what somebody answered."""
    said = [f"{'' if f.row is None else f'Row {f.row}. '}{fault_words(f)}" for f in bad.faults]
    more = len(said) - FAULTS_SHOWN
    found = [*said[:FAULTS_SHOWN], *([f"And {more:,} more like these"] if more > 0 else [])]
    return tuple(PageError(each, "#answers") for each in found)
