"""The job that makes every paper of a draft or of a published version, as one archive."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from api.errors import BadInput, Fault
from api.exports.packs.wording import plain_name
from api.exports.pdf import PangoMissing
from api.imports.repair_record import repairs_of
from api.jobs.task import Outcome, Result, Task
from api.services.ask_papers import FORMS, PAPERS_KEPT
from api.services.doing import Doing
from api.services.keep_draft import timetable_of_draft
from api.services.make_papers import make_papers
from api.services.read_run import result_of_run
from api.services.session_paper import marked
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.jobs import JobKind
from api.storage.unit_of_work import UnitOfWork

BYTES_MAX = 100_000_000
# An archive of the same papers is the same whenever it was made.
NOT_DATED = (1980, 1, 1, 0, 0, 0)


class Stopped(Exception):
    """Somebody cancelled; half of the papers are of no use."""


def papers_job(task: Task) -> Outcome:
    """Each paper as PDF and HTML, with pages that lead to them. `asked`: `draft`, `marked`, `name`, `forms`.

    `marked` stands on each paper beside the campaign's name ("Draft 3, not published"); `name` is the
    archive's. `forms` is "yes" where blank rating forms are wanted too.
    """
    draft = task.draft
    if draft is None:
        raise BadInput([Fault("papers", None, "draft", "no such draft", "a draft of this campaign")])
    timetable = timetable_of_draft(task.campaign, draft)
    result = result_of_run(draft.run, timetable) if "objective" in draft.run else None
    faults: list[Fault] = []
    repairs = repairs_of(draft.repairs, task.campaign, faults)
    if faults:
        raise BadInput(faults)
    campaign = marked(task.campaign, task.text("marked"))
    folder_name = plain_name(task.text("name"))

    def watch(done: int, of: int) -> None:
        if task.stop.asked:
            raise Stopped
        task.count(done, of)

    with tempfile.TemporaryDirectory(prefix="stepup-papers-") as folder:
        out = Path(folder) / folder_name
        try:
            forms = task.text("forms") == FORMS
            made = make_papers(
                campaign, timetable, result, None, None, None, out, watch, repairs, with_forms=forms
            )
        except Stopped:
            return Outcome(lambda work, campaign, doing: {"papers": 0}, is_whole=False)
        except PangoMissing as missing:
            lacking = Fault("papers", None, None, "no text library on this computer", f"one. {missing}")
            raise BadInput([lacking]) from missing
        content = archive_of(out)

    def store(work: UnitOfWork, record: CampaignRecord, doing: Doing) -> Result:
        """Only the latest few sets are kept: they are large, and can be made again."""
        work.jobs.drop_content(work.jobs.with_content(record.id, JobKind.PAPERS)[PAPERS_KEPT - 1 :])
        return {"papers": made.papers, "bytes": len(content)}

    return Outcome(store, content)


def archive_of(folder: Path) -> bytes:
    """All files of the folder, below its own name. Raises `BadInput` where they are too large to keep."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = zipfile.ZipInfo(str(path.relative_to(folder.parent)), NOT_DATED)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, path.read_bytes())
            if held.tell() > BYTES_MAX:
                found = f"papers of more than {BYTES_MAX // 1_000_000} million bytes"
                raise BadInput([Fault("papers", None, None, found, "fewer; make them session by session")])
    return held.getvalue()
