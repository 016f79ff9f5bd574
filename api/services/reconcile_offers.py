"""Everything that is counted before offers may go out; `api.presenters.reconciliation` says it in words."""

from __future__ import annotations

from api.campaign import Campaign
from api.errors import BadInput
from api.presenters.board_cells import Filling
from api.presenters.reconciliation import CouncilCount, Reconciled
from api.services.follow_offers import Started
from api.services.follow_ratings import follow_ratings
from api.services.freeze_rules import freezing_remarks
from api.services.look_at_offers import OffersNow, started_of
from api.services.open_campaign import Opened
from api.storage.unit_of_work import UnitOfWork
from assessment.allocation.result import Outcome
from assessment.ranking import Appointable, MeritLine
from assessment.washup import washup_agenda


def reconcile_offers(work: UnitOfWork, opened: Opened, now: OffersNow | None = None) -> Reconciled:
    """Count everything on the campaign as it stands; `now` where it has been looked at already."""
    campaign = opened.campaign
    if campaign is None:
        return Reconciled(faults=opened.faults)
    started = now.started if now else None
    try:
        return _reconciled(work, opened.reference, campaign, started or started_of(campaign))
    except BadInput as bad:
        return Reconciled(faults=bad.faults)


def _reconciled(work: UnitOfWork, reference: str, campaign: Campaign, started: Started) -> Reconciled:
    order, allocated = started.ranked.order, started.allocated
    offers = allocated.offers_by_council
    agenda = washup_agenda(campaign.framework, started.ranked.sheet)
    came = {line.applicant for line in order.lines}
    return Reconciled(
        came=_came(campaign, started),
        ranked=sum(line.rank is not None for line in order.lines),
        not_appointable=len(_those(order.lines, Appointable.NO)),
        unrankable=(unrankable := _those(order.lines, Appointable.UNRANKABLE)),
        owed=_owed(work, reference, unrankable),
        to_discuss=_those(order.lines, Appointable.PANEL_DISCUSSION),
        councils=tuple(
            CouncilCount(each, campaign.name_of("councils", each), places, offers.get(each, 0))
            for each, places in campaign.places.by_council.items()
        ),
        reserves=sum(line.outcome is Outcome.RESERVE for line in allocated.allocation.lines),
        checks=allocated.checks,
        differ=tuple(
            f"{each.applicant}, {campaign.name_of('exercises', each.exercise)}"
            for each in agenda
            if not each.settled and each.applicant in came
        ),
        flags=tuple(f"{f.flag}, {f.applicant}" for f in campaign.decisions.flags if f.decision is None),
        began=tuple(_began(work, reference)),
        frozen_by=campaign.frozen[-1].frozen_by if campaign.frozen else "",
        confirmed=len(campaign.confirmed),
        requests=_open_requests(campaign),
        not_signed_off=_not_signed_off(campaign),
        remarks=(*_remarks(campaign, started.ranked.remarks), *allocated.allocation.warnings),
    )


def _came(campaign: Campaign, started: Started) -> int:
    """From who attended; where nothing says so, everybody with a rating."""
    if campaign.attendance is not None:
        return sum(each.came for each in campaign.attendance.values())
    return len({rating.applicant for rating in campaign.ratings})


def _remarks(campaign: Campaign, remarks: tuple[str, ...]) -> list[str]:
    """Without that the rules were never fixed, which the page says in its own words."""
    known = [] if campaign.frozen else freezing_remarks(campaign)
    return [remark for remark in remarks if remark not in known]


def _those(lines: tuple[MeritLine, ...], appointable: Appointable) -> tuple[str, ...]:
    return tuple(line.applicant for line in lines if line.appointable is appointable)


def _owed(work: UnitOfWork, reference: str, unrankable: tuple[str, ...]) -> tuple[str, ...]:
    """Of these applicants those whose missing ratings somebody has still to give, or may still give.

    Those of whom nobody has any, for instance since they left early, stay without a rank: nobody else's
    offer waits for them.
    """
    record = work.campaigns.by_id(reference)
    board = follow_ratings(work, record) if record and unrankable else None
    if board is None:
        return unrankable
    waited_for = {
        cell.applicant
        for cell in board.cells.values()
        if cell.state is Filling.WAITING and not cell.is_complete
    }
    wanted = {cell.applicant for cell in board.cells.values() if cell.wanted and not cell.is_named}
    return tuple(each for each in unrankable if each in waited_for | wanted)


def _began(work: UnitOfWork, reference: str) -> list[str]:
    begun = work.ratings.begun(reference)
    sheets = work.ratings.sheets(reference)
    return sorted({s.applicant for s in sheets if s.locked_at is None and begun.get(s.id)})


def _open_requests(campaign: Campaign) -> tuple[str, ...]:
    table = campaign.tables.get("place_requests")
    if table is None:
        return ()
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return tuple(
        f"{campaign.name_of('councils', row['council'])} asks for {row['places']}"
        for row in rows
        if not row.get("decision")
    )


def _not_signed_off(campaign: Campaign) -> tuple[str, ...]:
    """Sessions that somebody came to; nothing where no session was ever signed off here."""
    signed = campaign.tables.get("sign_offs")
    attendance = campaign.tables.get("attendance")
    if signed is None or not signed.rows or attendance is None or "session" not in attendance.columns:
        return ()
    place = signed.columns.index("session")
    done = {row[place] for row in signed.rows}
    place = attendance.columns.index("session")
    return tuple(sorted({row[place] for row in attendance.rows if row[place]} - done))
