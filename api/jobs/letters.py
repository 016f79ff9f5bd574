"""The job that makes all letters after a release, the allocation and each council's sheet: one archive."""

from __future__ import annotations

import tempfile
from pathlib import Path

from api.errors import BadInput, Fault
from api.exports.documents import sheet_html_of
from api.exports.packs.wording import plain_name
from api.exports.pdf import PangoMissing, Sheet, make_pdfs
from api.jobs.papers import Stopped, archive_of
from api.jobs.task import Outcome, Result, Task
from api.services.ask_letters import LETTERS_KEPT
from api.services.doing import Doing
from api.services.look_at_offers import look_at_offers_of
from api.services.outcome_letters import letters_of_release
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.jobs import JobKind
from api.storage.unit_of_work import UnitOfWork


def letters_job(task: Task) -> Outcome:
    """Each letter and list as PDF. `asked`: `name`, the archive's. Raises `BadInput` before a release."""
    now = look_at_offers_of(task.campaign, None)
    if now.followed is None or not now.is_released:
        wanted = "offers that are released"
        raise BadInput(now.faults or [Fault("offers", None, None, "no release", wanted)])
    documents = letters_of_release(task.campaign, now.followed)

    def watch(done: int, of: int) -> None:
        if task.stop.asked:
            raise Stopped
        task.count(done, of)

    with tempfile.TemporaryDirectory(prefix="stepup-letters-") as folder:
        out = Path(folder) / plain_name(task.text("name"))
        sheets = [Sheet(sheet_html_of(d, task.campaign), out / f"{d.stem}.pdf") for d in documents]
        for sheet in sheets:
            sheet.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            make_pdfs(sheets, watch)
        except Stopped:
            return Outcome(lambda work, campaign, doing: {"papers": 0}, is_whole=False)
        except PangoMissing as missing:
            lacking = Fault("papers", None, None, "no text library on this computer", f"one. {missing}")
            raise BadInput([lacking]) from missing
        content = archive_of(out)

    def store(work: UnitOfWork, record: CampaignRecord, doing: Doing) -> Result:
        work.jobs.drop_content(work.jobs.with_content(record.id, JobKind.LETTERS)[LETTERS_KEPT - 1 :])
        return {"papers": len(documents), "bytes": len(content)}

    return Outcome(store, content)
