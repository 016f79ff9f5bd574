"""What is rated and what is still owed: for each applicant and exercise who has locked, begun, or not begun.

Never a value. What hangs on the tables and the published timetable alone is worked out once for each of their
states; the sheets that are being written on are looked up each time. Several screens ask for this every few
seconds. How the number of ratings makes a cell complete is in `assessment/completeness.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.campaign import Campaign
from api.presenters.board_cells import (
    NEVER_TO_LOCK,
    STILL_TO_LOCK,
    Board,
    BoardCell,
    Filling,
    Hand,
    Rater,
    Where,
)
from api.services.lately import Lately
from api.services.open_campaign import open_campaign
from api.services.prepare_washup import expected_raters, sheet_of
from api.services.published_timetable import Published, latest_published
from api.services.rating_sheets import criteria_of, kept_apart, rated_exercises, raters_of
from api.storage.repositories.ratings import SheetLine
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from assessment.completeness import ANYBODY, CellState, ExpectedRaters, RatingDue, RatingState, completeness
from assessment.ratings import Attendance
from assessment.scoring import ScoreSheet

KEPT_MAX = 6


NOT_COMING = frozenset({Attendance.DECLINED, Attendance.WITHDREW, Attendance.DID_NOT_ATTEND})


def follow_ratings(work: UnitOfWork, record: CampaignRecord) -> Board | None:
    """How it stands now; None where the tables have faults. Raises `BadInput` for ratings in doubt."""
    base = _base(work, record)
    if base is None:
        return None
    lines = tuple(work.ratings.lines(record.id))
    begun = work.ratings.begun_and_open(record.id)
    key = (work.database_address, record.id, record.change, base.version)
    state = (lines, tuple(sorted(begun.items())))
    last = _BOARDS.get(key)
    if last is not None and last[0] == state:
        return last[1]
    board = _board(base, lines, begun)
    if not work.writes:
        _BOARDS.put(key, (state, board))
    return board


@dataclass(frozen=True, slots=True)
class _Due:
    """What the tables say of one cell: by rater how many criteria are locked and how many are missing."""

    session: str
    given: Mapping[str, int]
    missing: Mapping[str, int]
    expected: frozenset[str]
    apart: frozenset[str]
    is_complete: bool
    unnamed: int
    lacking: int
    criteria: int
    came: bool
    is_over: bool


@dataclass(frozen=True)
class _Base:
    """Everything that only a change of the tables, or another published version, can change."""

    campaign: Campaign
    version: int
    due: Mapping[Where, _Due]
    session_of: Mapping[str, str]
    absent: frozenset[tuple[str, str]]
    group_of: Mapping[str, str] = field(default_factory=dict)


_BASES = Lately[tuple[str, str, int, int], _Base](KEPT_MAX)
_State = tuple[tuple[SheetLine, ...], tuple[tuple[str, int], ...]]
_BOARDS = Lately[tuple[str, str, int, int], tuple[_State, Board]](KEPT_MAX)


def _base(work: UnitOfWork, record: CampaignRecord) -> _Base | None:
    latest = work.timetables.latest_publication(record.id)
    version = latest.number if latest else 0
    key = (work.database_address, record.id, record.change, version)
    opened = open_campaign(work, record)
    if (campaign := opened.campaign) is None:
        return None

    def make() -> _Base:
        return _made_base(campaign, latest_published(work, record))

    return (_BASES.get(key) or make()) if work.writes else _BASES.get_or_make(key, make)


def _made_base(campaign: Campaign, published: Published | None) -> _Base:
    sheet = sheet_of(campaign)
    session_of = _sessions(campaign, published)
    expected = None
    if published is not None:
        expected = expected_raters(published.reading.campaign.problem, published.reading.timetable)
    signed = {row["session"] for row in _rows(campaign, "sign_offs")}
    present = _present(campaign, sheet, session_of if published else {}, signed)
    found = completeness(campaign.framework, sheet, present, campaign.ratings, expected)
    by_cell: dict[Where, list[RatingDue]] = {}
    for due in found.due:
        by_cell.setdefault((due.applicant, due.exercise), []).append(due)
    apart = kept_apart(campaign)
    groups = campaign.problem.service_user_groups
    return _Base(
        campaign=campaign,
        version=published.publication.number if published else 0,
        due={
            where: _due_of(campaign, where, dues, expected or {}, session_of, signed, apart)
            for where, dues in by_cell.items()
        },
        session_of=session_of,
        absent=frozenset(
            (row["person"], row["session"])
            for row in _rows(campaign, "staff_attendance")
            if row["status"] == "absent"
        ),
        group_of={member: group.reference for group in groups for member in group.members},
    )


def _due_of(
    campaign: Campaign,
    where: Where,
    dues: Sequence[RatingDue],
    expected: Mapping[Where, ExpectedRaters],
    session_of: Mapping[str, str],
    signed: set[str],
    apart: Mapping[str, frozenset[str]],
) -> _Due:
    applicant, exercise = where
    given: dict[str, int] = {}
    missing: dict[str, int] = {}
    lacking: dict[str, int] = {}
    for due in dues:
        count = given if due.state is not RatingState.MISSING else missing
        count[due.rater] = count.get(due.rater, 0) + 1
        if due.rater == ANYBODY:
            lacking[due.criterion] = lacking.get(due.criterion, 0) + 1
    unnamed = missing.pop(ANYBODY, 0)
    raters = expected.get(where, ExpectedRaters())
    came = (campaign.attendance or {}).get(applicant)
    session = session_of.get(applicant, "")
    return _Due(
        session=session,
        given=given,
        missing=missing,
        expected=frozenset((*raters.assessors, *raters.members_by_group)),
        apart=apart.get(applicant, frozenset()),
        is_complete=all(due.cell is not CellState.INCOMPLETE for due in dues),
        unnamed=max(lacking.values(), default=0),
        lacking=unnamed,
        criteria=len(criteria_of(campaign.framework, exercise)),
        came=came is not None and came.came,
        is_over=session in signed,
    )


def _board(base: _Base, lines: Sequence[SheetLine], begun: Mapping[str, int]) -> Board:
    sheets: dict[Where, list[SheetLine]] = {}
    for line in lines:
        sheets.setdefault((line.applicant, line.exercise), []).append(line)
    exercises = [e.reference for e in base.campaign.problem.exercises]
    rated = rated_exercises(base.campaign.framework)
    columns = tuple(e for e in exercises if e in rated)
    cells: dict[Where, BoardCell] = {}
    for applicant in base.campaign.problem.applicants:
        for exercise in columns:
            where = (applicant.reference, exercise)
            due = base.due.get(where)
            if due is None:
                session = base.session_of.get(applicant.reference, "")
                cells[where] = BoardCell(*where, session, Filling.NOT_EXPECTED)
            else:
                cells[where] = _cell(base, where, due, sheets.get(where, ()), begun)
    return Board(base.campaign, base.version, columns, cells, base.session_of)


def _cell(
    base: _Base, where: Where, due: _Due, sheets: Sequence[SheetLine], begun: Mapping[str, int]
) -> BoardCell:
    raters = _raters(base, due, sheets, begun)
    takers = sum(rater.hand in STILL_TO_LOCK and not rater.is_expected for rater in raters)
    wanted = max(0, due.unnamed - takers)
    hands = STILL_TO_LOCK if due.is_complete else STILL_TO_LOCK | NEVER_TO_LOCK
    owed_by_name = sum(rater.owes for rater in raters if rater.hand in hands)
    locked = sum(due.given.values())
    lacking = due.lacking if wanted else 0
    state = _state(due, raters, wanted)
    return BoardCell(
        *where,
        session=due.session,
        state=state,
        raters=tuple(raters),
        wanted=wanted,
        locked=locked,
        due=locked + owed_by_name + lacking * wanted // max(due.unnamed, 1),
        is_complete=due.is_complete,
        is_named=bool(due.expected),
    )


def _state(due: _Due, raters: Sequence[Rater], wanted: int) -> Filling:
    owing = any(rater.hand in STILL_TO_LOCK for rater in raters)
    if due.is_complete:
        return Filling.WAITING if owing else Filling.FILLED
    if due.is_over or (not owing and not wanted):
        return Filling.MISSING
    return Filling.MISSING if wanted and due.came else Filling.WAITING


def _raters(
    base: _Base, due: _Due, sheets: Sequence[SheetLine], begun: Mapping[str, int]
) -> tuple[Rater, ...]:
    """Everybody whom the tables name, then whoever has begun beside them; a group by its members' sheets."""
    by_rater = {line.rater: line for line in sheets}
    found = {}
    stood_in = due.is_complete and len(due.given) >= len(due.expected)
    for rater in (*due.given, *(name for name in due.missing if name not in due.given)):
        line = by_rater.pop(rater, None)
        rated = due.given.get(rater, 0)
        owes = due.missing.get(rater, 0)
        if not owes:
            hand = Hand.LOCKED
        elif line is not None and line.is_locked:
            hand = Hand.LOCKED_PART
        elif line is not None and begun.get(line.id):
            hand, rated = Hand.BEGUN, begun[line.id]
        elif (rater, due.session) in base.absent:
            hand = Hand.ABSENT
        elif rater in due.apart:
            hand = Hand.APART
        else:
            hand = Hand.NOT_NEEDED if stood_in else Hand.NOT_BEGUN
        is_expected = rater in due.expected or base.group_of.get(rater, "") in due.expected
        found[rater] = Rater(rater, hand, rated, owes, is_expected)
    for rater, line in by_rater.items():
        written = begun.get(line.id, 0)
        # Whoever took written work has it on their list; anybody else counts once they have written.
        if line.is_locked or not (written or (line.rater == line.person and due.unnamed)):
            continue
        hand = Hand.BEGUN if written else Hand.NOT_BEGUN
        group = base.group_of.get(rater, "")
        if group in found and found[group].hand is Hand.NOT_BEGUN:
            found[group] = Rater(group, Hand.BEGUN, 0, found[group].owes, True)
        owes = 0 if group in found else due.criteria
        found[rater] = Rater(rater, hand, written, owes, is_expected=group in found)
    return tuple(found.values())


def _present(
    campaign: Campaign, sheet: ScoreSheet, session_of: Mapping[str, str], signed: set[str]
) -> tuple[str, ...]:
    """Everybody who came or is rated, and whoever may still come by the published timetable."""
    found = []
    for applicant in sheet.overall:
        known = (campaign.attendance or {}).get(applicant)
        if known in NOT_COMING:
            continue
        may_come = applicant in session_of and session_of[applicant] not in signed
        if (known is not None and known.came) or may_come or sheet.is_rated(applicant):
            found.append(applicant)
    return tuple(found)


def _sessions(campaign: Campaign, published: Published | None) -> dict[str, str]:
    """The session of each applicant, by the published timetable and else by the table of attendance."""
    if published is not None:
        rows = published.reading.timetable.applicant_entries
        return {applicant: entries[0].session for applicant, entries in rows.items() if entries}
    return {r["applicant"]: r["session"] for r in _rows(campaign, "attendance") if r.get("session")}


def _rows(campaign: Campaign, name: str) -> list[dict[str, str]]:
    table = campaign.tables.get(name)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows] if table else []


def raters_for(campaign: Campaign, person: str) -> frozenset[str]:
    """Whose ratings are somebody's own: their own, or their group's and its members'."""
    return frozenset((person, *raters_of(campaign, person)))
