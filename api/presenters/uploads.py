"""Uploads as pages show them: those kept lately, and what is wrong with one, by cause and with its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.errors import Fault
from api.presenters.faults import line_of
from api.presenters.makers import maker_name
from api.presenters.page_parts import FaultGroup, fault_groups, place_of
from api.storage.tables.campaigns import StoredUpload
from api.templating import moment


@dataclass(frozen=True, slots=True)
class UploadLine:
    """One upload: its files, when it was sent and by whom, and what became of it."""

    url: str
    files: str
    when: str
    who: str
    state: str


def upload_lines(
    uploads: Iterable[tuple[StoredUpload, Sequence[str]]], names: Mapping[str, str], base: str, zone: str
) -> tuple[UploadLine, ...]:
    return tuple(
        UploadLine(
            url=f"{base}/bring-in/{upload.id}",
            files=_listed(files),
            when=moment(upload.made_at, zone),
            who=maker_name(upload.made_by, names),
            state="not applied" if upload.applied_as is None else f"applied as change {upload.applied_as}",
        )
        for upload, files in uploads
    )


def upload_faults(faults: Sequence[Fault], sheets: Mapping[str, Sequence[str]]) -> tuple[FaultGroup, ...]:
    """The faults by cause, each with its cell as the spreadsheet names it."""
    return fault_groups(faults, lambda fault: line_of(fault, sheets).cell or place_of(fault))


def marked_name(files: Sequence[str]) -> str:
    """What the workbook with the faults marked is called."""
    stem = files[0].rpartition(".")[0] if len(files) == 1 else "upload"
    return f"{stem or 'upload'}-faults-marked.xlsx"


def _listed(files: Sequence[str]) -> str:
    shown = ", ".join(name or "no name" for name in files[:3])
    return shown + (f" and {len(files) - 3} more" if len(files) > 3 else "")
