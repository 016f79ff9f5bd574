"""The jobs that make a timetable: anew, or as a repair of a draft."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from api.errors import BadInput, Fault
from api.imports.disruption import Told
from api.imports.repair_record import REPAIR_JSON, repairs_record
from api.jobs.task import Outcome, Result, Task
from api.services.doing import Doing
from api.services.identify_campaign import timetable_input_sha256, versions
from api.services.keep_draft import REPAIR, SOLVE, Origin, keep_draft
from api.services.repair_timetable import repair_timetable
from api.services.schedule_campaign import schedule_campaign
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.timetables import StoredTimetable
from api.storage.unit_of_work import UnitOfWork
from scheduler.params import Params
from scheduler.serialise import run_record


def schedule_job(task: Task) -> Outcome:
    """A timetable. `asked`: `seconds`, `seed`."""
    result = schedule_campaign(task.campaign, _params(task), task.watch, task.stop)
    record = run_record(result, timetable_input_sha256(task.campaign), versions())
    placed = len(result.timetable.session_of_applicant)
    counts: dict[str, object] = {
        "status": result.status.value,
        "placed": placed,
        "unplaced": [u.applicant for u in result.unplaced],
        "seconds": round(result.seconds, 1),
    }
    if not result.timetable.entries:
        return Outcome(lambda work, campaign, doing: counts, is_whole=False)
    said = f"Solved: {placed} of {len(task.campaign.problem.applicants)} applicants have a place"

    def store(work: UnitOfWork, campaign: CampaignRecord, doing: Doing) -> Result:
        origin = Origin(SOLVE, said, run=record)
        kept = keep_draft(
            work, campaign, task.campaign, task.job.campaign_change, result.timetable, origin, doing
        )
        return {**counts, "draft": kept.number}

    return Outcome(store)


def repair_job(task: Task) -> Outcome:
    """The nearest timetable to a draft after what happened.

    `asked`: `draft`, `seconds`, `seed`, and what happened: `now` ("2015-07-14 10:05"), `absent` and
    `rooms_lost` (references), `late`, `leaving` and `session_starts` (each "REF=10:40").
    """
    draft = task.draft
    if draft is None:
        raise BadInput([Fault("repair", None, "draft", "no such draft", "a draft of this campaign")])
    with tempfile.TemporaryDirectory(prefix="stepup-repair-") as folder:
        path = _as_files(draft, Path(folder))
        repaired = repair_timetable(task.campaign, path, _told(task), _params(task), stop=task.stop)
    result = repaired.result
    record = run_record(result, timetable_input_sha256(task.campaign), versions())
    repairs = repairs_record(repaired.repairs)
    said = f"Repair of draft {draft.number}: {len(repaired.people_changed)} people change"

    def store(work: UnitOfWork, campaign: CampaignRecord, doing: Doing) -> Result:
        origin = Origin(REPAIR, said, draft.number, record, repairs)
        kept = keep_draft(
            work, campaign, task.campaign, task.job.campaign_change, result.timetable, origin, doing
        )
        return {
            "draft": kept.number,
            "status": result.status.value,
            "people_changed": list(repaired.people_changed),
            "minutes_of_change": repaired.minutes_of_change,
            "unplaced": [u.applicant for u in result.unplaced],
        }

    return Outcome(store)


def _params(task: Task) -> Params:
    asked = task.job.asked.get("seconds", 60)
    # A repair on the day asks for less than two seconds; all others for whole ones.
    wanted = asked if isinstance(asked, int | float) else 60
    seconds = min(wanted, task.settings.solve_seconds_max)
    return Params(seconds=seconds, workers=task.settings.solve_workers, seed=task.number("seed", 0))


def _as_files(draft: StoredTimetable, folder: Path) -> Path:
    """The draft as the files that the campaign format names."""
    (folder / "timetable.csv").write_text(draft.timetable_csv, encoding="utf-8")
    (folder / "rotations.csv").write_text(draft.rotations_csv, encoding="utf-8")
    if draft.repairs:
        (folder / REPAIR_JSON).write_text(json.dumps({"repairs": draft.repairs}), encoding="utf-8")
    return folder


def _told(task: Task) -> Told:
    return Told(
        task.text("now"),
        task.texts("absent"),
        _pairs(task, "late"),
        _pairs(task, "leaving"),
        task.texts("rooms_lost"),
        _pairs(task, "session_starts"),
    )


def _pairs(task: Task, name: str) -> tuple[tuple[str, str], ...]:
    return tuple((who, when) for who, _, when in (text.partition("=") for text in task.texts(name)))
