"""A timetable carried in and out as the files of the campaign format: nothing of it is lost on the way.

`timetable.csv`, `rotations.csv` and `run.json`, and `repair.json` where it was repaired; by themselves or in
one zip archive, as it is given out.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, NoReturn

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.imports.archive import DAMAGE, Refused, opened
from api.imports.limits import Allowance
from api.imports.repair_record import REPAIR_JSON, repairs_of
from api.imports.upload import Upload, file_name
from api.presenters.breaches import breach_lines
from api.services.doing import Doing
from api.services.keep_draft import FILE, Origin, keep_draft
from api.services.keep_timetable import timetable_from_text
from api.services.schedule_campaign import json_bytes
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.timetables import StoredTimetable
from api.storage.unit_of_work import UnitOfWork
from scheduler.checks import tier_values

TIMETABLE, ROTATIONS, RUN = "timetable.csv", "rotations.csv", "run.json"
KNOWN = (TIMETABLE, ROTATIONS, RUN, REPAIR_JSON)
FILES_WANTED = "timetable.csv, with rotations.csv and run.json where there are any, or a zip archive of them"
FILE_BYTES_MAX = 3_000_000
# Nothing is lost where one is not brought in along with the timetable.
NO_ROTATIONS = "session,sitting,round,start,end,service_user,applicant\n"
# A moment nobody can mistake; the format of archives begins in 1980.
PACKED_AT = (1980, 1, 1, 0, 0, 0)
MEASURED = "measured"


def files_of_draft(draft: StoredTimetable) -> dict[str, bytes]:
    """The draft as files by name."""
    files = {
        TIMETABLE: draft.timetable_csv.encode(),
        ROTATIONS: draft.rotations_csv.encode(),
        RUN: json_bytes(_run_record(draft)),
    }
    if draft.repairs:
        files[REPAIR_JSON] = json_bytes({"repairs": draft.repairs})
    return files


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files in one zip archive, the same bytes whenever it is made."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, PACKED_AT)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return content.getvalue()


def bring_in_timetable(
    work: UnitOfWork, record: CampaignRecord, campaign: Campaign, uploads: Sequence[Upload], doing: Doing
) -> StoredTimetable:
    """Such files as the campaign's next draft, whether or not it keeps the rules. The campaign must be held.

    Raises `BadInput` with every fault.
    """
    files = _files(uploads)
    if TIMETABLE not in files:
        _refuse("upload", "no timetable.csv", FILES_WANTED)
    texts = {name: _text(name, files[name]) for name in files}
    timetable = timetable_from_text(campaign, texts[TIMETABLE], texts.get(ROTATIONS, NO_ROTATIONS))
    run = _plain(RUN, texts[RUN]) if RUN in texts else {}
    told = _plain(REPAIR_JSON, texts[REPAIR_JSON]).get("repairs") if REPAIR_JSON in texts else []
    if not isinstance(told, list):
        _refuse(REPAIR_JSON, "no list of repairs", "the file as it was given out")
    faults: list[Fault] = []
    repairs = repairs_of(told, campaign, faults)
    if faults:
        raise BadInput(faults)
    breaches = len(breach_lines(campaign, timetable, repairs))
    values = dict(tier_values(campaign.problem, timetable))
    sentence = "Brought in from files"
    made = {**run, MEASURED: {"values": values, "breaches": breaches}}
    origin = Origin(FILE, sentence, None, made, told)
    return keep_draft(work, record, campaign, record.change, timetable, origin, doing)


def _run_record(draft: StoredTimetable) -> dict[str, object]:
    """`run.json`: as it came, or what was measured where no solver ever ran."""
    own = {name: value for name, value in draft.run.items() if name != MEASURED}
    measured = draft.run.get(MEASURED)
    if own or not isinstance(measured, dict):
        return own
    values: dict[str, int] = measured.get("values", {})
    return {
        "status": "by_hand",
        "objective": [{"name": name, "value": value} for name, value in values.items()],
        "input_sha256": draft.input_sha256,
    }


def _files(uploads: Sequence[Upload]) -> dict[str, bytes]:
    """The known files among these by name. A form sent without a file still sends a nameless empty one."""
    given = [upload for upload in uploads if upload.name or upload.content]
    if not given:
        _refuse("upload", "no file", FILES_WANTED)
    found: dict[str, bytes] = {}
    for upload in given:
        name = file_name(upload.name)
        inside = _unpacked(name, upload.content) if name.lower().endswith(".zip") else {name: upload.content}
        for each, content in inside.items():
            plain = each.lower()
            if plain not in KNOWN:
                continue
            if plain in found:
                _refuse(plain, "two files of this name", "one of each")
            if len(content) > FILE_BYTES_MAX:
                _refuse(plain, f"{len(content):,} bytes", f"at most {FILE_BYTES_MAX:,} bytes")
            found[plain] = content
    return found


def _unpacked(name: str, content: bytes) -> dict[str, bytes]:
    try:
        with opened(content, "zip archive", Allowance()) as archive:
            members = [part for part in archive.infolist() if not part.is_dir()]
            known = [part for part in members if _base(part.filename) in KNOWN]
            if len({_base(part.filename) for part in known}) < len(known):
                _refuse(name, "two files of one name", "one of each")
            return {_base(part.filename): archive.read(part) for part in known}
    except Refused as refused:
        _refuse(name, refused.found, refused.wanted)
    except DAMAGE:
        _refuse(name, "a damaged zip archive", FILES_WANTED)


def _base(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).name.lower()


def _text(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(name, "bytes that are not UTF-8", "the file as it was given out, in UTF-8")
    if "\x00" in text:
        _refuse(name, "a character that no text has", "the file as it was given out, in UTF-8")
    return text


def _plain(name: str, text: str) -> dict[str, Any]:
    """What a JSON file says, if it is an object of plain JSON."""
    try:
        record = json.loads(text, parse_constant=_no_constant)
        # What cannot be written again as it was read is refused now, not when it is asked for.
        json.dumps(record, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict) or "\\u0000" in text:
        _refuse(name, "text that is no JSON record", "the file as it was given out")
    return record


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _refuse(table: str, found: str, wanted: str) -> NoReturn:
    raise BadInput([Fault(table, None, None, found, wanted)])
