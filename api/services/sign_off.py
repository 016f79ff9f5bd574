"""Signing a session off at its end: what is still open, and a row of `sign_offs` with who says so.

Nothing is locked by it: what becomes known later is noted later, and the arrivals page then tells so.
"""

from __future__ import annotations

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.imports.disruption import minutes_of
from api.presenters.day_terms import Here, LeftOpen
from api.services.change_tables import DAY, ChangedMeanwhile, RowChanged, add_row, change_row
from api.services.check_in import Seen
from api.services.day_of_session import SIGN_OFFS, DayOfSession
from api.services.doing import Doing
from api.services.rating_sheets import rated_exercises, raters_of
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from scheduler.grid import clock
from scheduler.timetable import Role, Sitting

NOTE_MAX = 2_000
UNKNOWN = (Here.NOT_YET, Here.LATE)
CAME = (Here.HERE, Here.LEFT)


def left_open(
    work: UnitOfWork, record: CampaignRecord, campaign: Campaign | None, day: DayOfSession
) -> LeftOpen:
    """`campaign` is the campaign as it stands now, None where its tables cannot be read."""
    came = [each for each in day.applicants if each.state in CAME]
    sheets, locked = _sheets(work, record, campaign, day, {each.person for each in came})
    return LeftOpen(
        applicants=tuple(each for each in day.applicants if each.state in UNKNOWN),
        staff=tuple(each for each in day.staff if each.state in UNKNOWN),
        identity=tuple(each for each in came if each.cell("id_seen") != "yes"),
        certificates=tuple(each for each in came if each.cell("certificates_seen") != "yes"),
        sheets=sheets,
        locked=locked,
    )


def sign_off(
    work: UnitOfWork,
    record: CampaignRecord,
    day: DayOfSession,
    seen: Seen,
    at: str,
    note: str,
    name: str,
    doing: Doing,
) -> RowChanged:
    """Sign the session off as `name`, or once more after changes. The campaign must be held.

    Raises `BadInput`, and `ChangedMeanwhile` where somebody else has signed it off since it was shown.
    """
    said, minutes, faults = " ".join(note.split()), minutes_of(at.strip()), []
    if minutes is None:
        faults.append(Fault(SIGN_OFFS, None, "at", at.strip() or "nothing", "a time, e.g. 13:10"))
    if len(said) > NOTE_MAX:
        found, wanted = f"{len(said):,} characters", f"at most {NOTE_MAX:,} characters"
        faults.append(Fault(SIGN_OFFS, None, "note", found, wanted))
    if faults or minutes is None:
        raise BadInput(faults)
    cells = {"at": f"{day.session.date.isoformat()} {clock(minutes)}", "signed_by": name, "note": said}
    if seen.row_id:
        return change_row(work, record, SIGN_OFFS, seen.row_id, seen.since, cells, doing, DAY)
    if day.signed:
        row = work.campaigns.tables(record)[SIGN_OFFS].row(day.signed.row_id)
        change = work.campaigns.change(record, day.signed.since)
        raise ChangedMeanwhile(row, change.made_by if change else "")
    return add_row(work, record, SIGN_OFFS, {"session": day.session.reference, **cells}, doing, DAY)


def _sheets(
    work: UnitOfWork, record: CampaignRecord, campaign: Campaign | None, day: DayOfSession, came: set[str]
) -> tuple[int, int]:
    """How many sheets this session owes, and how many of them are locked or brought in."""
    if campaign is None:
        return 0, 0
    done = {(s.applicant, s.exercise, s.rater) for s in work.ratings.sheets(record.id) if s.locked_at}
    done |= {(r.applicant, r.exercise, r.assessor) for r in campaign.ratings}
    rated = rated_exercises(campaign.framework)
    owed = locked = 0
    for run in day.published.reading.timetable.sittings:
        if run.session != day.session.reference or run.exercise not in rated:
            continue
        raters = _raters(campaign, run)
        for applicant in came.intersection(run.applicants):
            theirs = {rater for a, exercise, rater in done if (a, exercise) == (applicant, run.exercise)}
            # Written work that the timetable gives to nobody is rated by as many as the campaign wants.
            number = len(raters) or campaign.framework.raters_min
            owed += number
            locked += len(theirs & raters) if raters else min(number, len(theirs))
    return owed, locked


def _raters(campaign: Campaign, run: Sitting) -> set[str]:
    staff = (*run.of(Role.ASSESSOR), *run.of(Role.SERVICE_USER_GROUP))
    return {rater for entry in staff for rater in raters_of(campaign, entry.person)}
