"""Asking for the papers of a draft or of a published version."""

from __future__ import annotations

from dataclasses import dataclass

from api.errors import BadInput, Fault, shown
from api.services.ask_job import ask_job
from api.services.doing import Doing
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.jobs import Job, JobKind
from api.storage.tables.timetables import StoredTimetable
from api.storage.unit_of_work import UnitOfWork
from api.templating import moment

# Of how many sets the papers are kept; of older ones only that they were made.
PAPERS_KEPT = 5
NAME_LETTERS_MAX = 30
DRAFT, VERSION = "draft", "version"
THEN, NOW = "then", "now"
FORMS = "yes"


@dataclass(frozen=True, slots=True)
class Printed:
    """What papers are of: a draft, as such or as what was published under a number.

    `change` is the state of the tables that it was made with, `marked` what every paper says of it.
    """

    draft: StoredTimetable
    change: int
    marked: str
    name: str


def ask_papers(
    work: UnitOfWork,
    record: CampaignRecord,
    of: str,
    tables: str,
    zone: str,
    doing: Doing,
    *,
    with_forms: bool = False,
) -> Job:
    """Ask for the papers of `of` ("draft-3", "version-2").

    `tables` says whether names and places are to be as they were when the timetable was made ("then") or as
    they are now; `with_forms`, whether blank rating forms are wanted too. Raises `BadInput`.
    """
    printed = printed_of(work, record, of, zone)
    if printed is None:
        raise BadInput([Fault("papers", None, "of", shown(of), "a draft or a version of this campaign")])
    asked: dict[str, object] = {
        "draft": printed.draft.number,
        "of": of,
        "marked": printed.marked,
        "forms": FORMS if with_forms else "",
        # As a file's name; unpacked, its folders must not grow too deep for anybody's computer.
        "name": f"{record.name[:NAME_LETTERS_MAX]} {printed.name}",
    }
    change = record.change if tables == NOW else printed.change
    return ask_job(work, record, JobKind.PAPERS, asked, doing, change)


def printed_of(work: UnitOfWork, record: CampaignRecord, of: str, zone: str) -> Printed | None:
    """The draft or version that `of` names, as far as it is this campaign's."""
    kind, _, text = of.partition("-")
    if kind not in (DRAFT, VERSION) or not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    number = int(text)
    if kind == DRAFT:
        draft = work.timetables.by_number(record.id, number)
        if draft is None:
            return None
        said = f"Draft {number}, not published"
        return Printed(draft, draft.campaign_change, said, f"draft {number}")
    published = work.timetables.publication(record.id, number)
    if published is None:
        return None
    draft = work.timetables.by_number(record.id, published.timetable_number)
    if draft is None:
        return None
    said = f"Version {number}, issued {moment(published.published_at, zone)}"
    return Printed(draft, published.campaign_change, said, f"version {number}")
