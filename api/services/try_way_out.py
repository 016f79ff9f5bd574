"""A way out that was found for people without a place: brought into the tables, and solved with it."""

from __future__ import annotations

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.imports.read import raw_tables_of, read_tables
from api.presenters.changes import way_out_sentence
from api.presenters.solving import way_record
from api.services.apply_way_out import apply_way_out
from api.services.ask_job import ask_job
from api.services.change_tables import WAY_OUT, put_tables
from api.services.doing import Doing
from api.services.keep_findings import explanation_of
from api.services.open_campaign import open_campaign, plain_tables
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.jobs import Job, JobKind
from api.storage.unit_of_work import UnitOfWork
from scheduler.explanation import WayOut

TRIED_SENTENCE_MAX = 300


class TablesChanged(Exception):
    """The tables have changed since the ways out were looked for, so they may not fit any more."""


def try_way_out(work: UnitOfWork, record: CampaignRecord, job: Job, case: int, way: int, doing: Doing) -> Job:
    """Change the tables as way out `way` of case `case` of an explanation says, and ask for a solve.

    Returns the new solve, which has as long as the explanation had. The campaign must be held. Raises
    `TablesChanged`, and `BadInput` where there is no such way out or the tables would have faults.
    """
    opened = open_campaign(work, record)
    if record.change != job.campaign_change or opened.campaign is None:
        raise TablesChanged
    chosen = way_of_job(job, case, way)
    tables = apply_way_out(opened.campaign, chosen)
    reading = read_tables(raw_tables_of({**plain_tables(opened.tables), **tables}))
    if reading.campaign is None:
        raise BadInput(reading.faults)
    said = _sentence(opened.campaign, chosen)
    put_tables(work, record, tables, WAY_OUT, said, doing, {"way_out": way_record(chosen), "job": job.id})
    asked = {name: value for name, value in job.asked.items() if name in ("seconds", "seed")}
    return ask_job(work, record, JobKind.SCHEDULE, asked, doing)


def way_of_job(job: Job, case: int, way: int) -> WayOut:
    """One of the ways out that an explanation found, both counted from 0. Raises `BadInput`."""
    none = Fault("solve", None, "way", "a way out that is not there", "one of those on the page")
    if "explanation" not in job.result or case < 0 or way < 0:
        raise BadInput([none])
    cases = explanation_of(job.result["explanation"]).cases
    if case >= len(cases) or way >= len(cases[case].ways_out):
        raise BadInput([none])
    return cases[case].ways_out[way]


def _sentence(campaign: Campaign, way: WayOut) -> str:
    said = f"Way out tried: {way_out_sentence(campaign, way)}"
    return said if len(said) <= TRIED_SENTENCE_MAX else f"{said[: TRIED_SENTENCE_MAX - 1]}…"
