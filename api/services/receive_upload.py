"""Taking in what somebody sends by a browser: kept as it came, to be looked at before it is applied.

Nothing is opened here. What is in an upload, and what applying it would change, is in `examine_upload.py`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from api.imports.upload import Upload, file_name
from api.security import new_reference
from api.services.doing import Doing
from api.storage.tables.campaigns import CampaignRecord, StoredUpload
from api.storage.unit_of_work import UnitOfWork

KEPT_DAYS = 7
KEPT_MAX = 20


def receive_upload(
    work: UnitOfWork, record: CampaignRecord, files: Sequence[Upload], doing: Doing
) -> StoredUpload:
    """Keep these files as one upload. Uploads older than a week, and all but the newest 20, are forgotten."""
    work.uploads.forget_before(record.id, doing.at - datetime.timedelta(days=KEPT_DAYS))
    work.uploads.forget_all_but(record.id, KEPT_MAX - 1)
    kept = StoredUpload(id=new_reference(), campaign_id=record.id, made_by=doing.by, made_at=doing.at)
    work.uploads.add(kept, [(file_name(file.name) if file.name else "", file.content) for file in files])
    facts = {"files": len(files), "bytes": sum(len(file.content) for file in files)}
    work.audit.record(record.id, doing.at, doing.by, "upload received", f"upload {kept.id}", facts)
    return kept


def files_of_upload(work: UnitOfWork, upload: StoredUpload) -> list[Upload]:
    """The files of an upload, as they came."""
    return [Upload(name, content) for name, content in work.uploads.files_of(upload)]
