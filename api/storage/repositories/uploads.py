"""Files brought in and not applied yet."""

from __future__ import annotations

import datetime

from sqlmodel import Session, col, delete, select

from api.storage.tables.campaigns import StoredFile, StoredUpload


class Uploads:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, upload: StoredUpload, files: list[tuple[str, bytes]]) -> None:
        self._session.add(upload)
        self._session.flush()
        self._session.add_all(StoredFile(upload_id=upload.id, name=n, content=c) for n, c in files)
        self._session.flush()

    def by_id(self, campaign: str, reference: str) -> StoredUpload | None:
        found = self._session.get(StoredUpload, reference)
        return found if found is not None and found.campaign_id == campaign else None

    def files_of(self, upload: StoredUpload) -> list[tuple[str, bytes]]:
        kept = select(StoredFile).where(StoredFile.upload_id == upload.id).order_by(col(StoredFile.id))
        return [(file.name, file.content) for file in self._session.exec(kept)]

    def save(self, upload: StoredUpload) -> None:
        self._session.add(upload)
        self._session.flush()

    def forget_before(self, campaign: str, at: datetime.datetime) -> None:
        """Uploads that were never applied, and the files of those that were, go after a while."""
        old = select(StoredUpload.id).where(
            StoredUpload.campaign_id == campaign, col(StoredUpload.made_at) < at
        )
        self._forget(list(self._session.exec(old)))

    def of(self, campaign: str, limit: int | None = None) -> list[tuple[StoredUpload, tuple[str, ...]]]:
        """The uploads of a campaign, the newest first, each with the names of its files."""
        made = select(StoredUpload).where(StoredUpload.campaign_id == campaign)
        newest = made.order_by(col(StoredUpload.made_at).desc(), col(StoredUpload.id)).limit(limit)
        uploads = list(self._session.exec(newest))
        files = select(StoredFile.upload_id, StoredFile.name).where(
            col(StoredFile.upload_id).in_([upload.id for upload in uploads])
        )
        names: dict[str, list[str]] = {}
        for upload, name in self._session.exec(files.order_by(col(StoredFile.id))):
            names.setdefault(upload, []).append(name)
        return [(upload, tuple(names.get(upload.id, ()))) for upload in uploads]

    def forget_all_but(self, campaign: str, newest: int) -> None:
        """Only the newest so many uploads of a campaign are kept."""
        made = select(StoredUpload.id).where(StoredUpload.campaign_id == campaign)
        order = (col(StoredUpload.made_at).desc(), col(StoredUpload.id))
        self._forget(list(self._session.exec(made.order_by(*order)))[newest:])

    def _forget(self, references: list[str]) -> None:
        if references:
            self._session.exec(delete(StoredFile).where(col(StoredFile.upload_id).in_(references)))
            self._session.exec(delete(StoredUpload).where(col(StoredUpload.id).in_(references)))
