"""Deciding a red flag: a named person who did not raise it says whether it stands against the applicant.

Raising one is `raise_flag.py`. What a decision does to the standard is in `assessment/standard.py`.
"""

from __future__ import annotations

import datetime

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.services.change_tables import WASHUP, ChangedMeanwhile, RowChanged, change_row
from api.services.doing import Doing
from api.services.offer_moments import LOOKED_BACK_AFTER, campaign_clock, last_session_ends
from api.services.open_campaign import Opened, open_campaign
from api.services.save_row import add_column
from api.storage.repositories.campaigns import KeptRow
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from assessment.decisions import FlagDecision

REASON_CHARACTERS_MAX = 2_000
DECIDING = ("decision", "decided_by", "decided_at", "reason")


class NoSuchFlag(Exception):
    """The campaign has no flag of this reference."""


def decide_flag(
    work: UnitOfWork,
    record: CampaignRecord,
    flag: str,
    seen: int,
    decision: str,
    reason: str,
    decided_by: str,
    at: str,
    doing: Doing,
) -> RowChanged:
    """Keep the decision of `decided_by`, a person's name, at this moment. The campaign must be held.

    It can be decided again, with a new reason. Raises `BadInput` for what is lacking and where whoever raised
    it would decide, `ChangedMeanwhile` where it is no longer as it was shown, `NoSuchFlag`.
    """
    row = flag_row(open_campaign(work, record), flag)
    if row is None:
        raise NoSuchFlag
    if row.since != seen:
        change = work.campaigns.change(record, row.since)
        raise ChangedMeanwhile(row, change.made_by if change else "")
    opened = open_campaign(work, record)
    was = flag_cells(opened, row)
    said = " ".join(reason.split())
    raised_by = was["raised_by"]
    raisers = {raised_by, opened.campaign.person_name(raised_by) if opened.campaign else raised_by}
    if faults := _faults(was, decision, said, decided_by, raisers):
        raise BadInput(faults)
    for column in DECIDING:
        if column not in open_campaign(work, record).tables["flags"].columns:
            add_column(work, record, "flags", column, doing)
    now = flag_row(open_campaign(work, record), flag) or row
    cells = {"decision": decision, "decided_by": decided_by, "decided_at": at, "reason": said}
    done = change_row(work, record, "flags", now.row_id, now.since, cells, doing, WASHUP)
    facts = {"flag": flag, "applicant": was["applicant"], "decision": decision, "change": done.change}
    work.audit.record(record.id, doing.at, doing.by, "red flag decided", f"flag {flag}", facts)
    return done


def flag_row(opened: Opened, flag: str) -> KeptRow | None:
    kept = opened.tables.get("flags")
    if kept is None:
        return None
    place = kept.columns.index("flag")
    return next((row for row in kept.rows if row.cells[place] == flag), None)


def flag_cells(opened: Opened, row: KeptRow) -> dict[str, str]:
    """What a flag says, by column."""
    return dict(zip(opened.tables["flags"].columns, row.cells, strict=True))


def all_flags(opened: Opened) -> tuple[dict[str, str], ...]:
    """Every flag, those not decided yet first."""
    kept = opened.tables.get("flags")
    rows = [flag_cells(opened, row) for row in kept.rows] if kept else []
    return tuple(sorted(rows, key=lambda row: bool(row.get("decision"))))


def proposed_moment(campaign: Campaign, now: datetime.datetime) -> str:
    """Now, as the tables spell it; of a campaign long over, the end of its last session."""
    here, end = campaign_clock(campaign, now), last_session_ends(campaign)
    return f"{end if here > end + LOOKED_BACK_AFTER else here:%Y-%m-%d %H:%M}"


def _faults(
    was: dict[str, str], decision: str, reason: str, decided_by: str, raisers: set[str]
) -> list[Fault]:
    faults = []
    if decision not in {each.value for each in FlagDecision}:
        faults.append(Fault("flags", None, "decision", "nothing chosen", "one of the two"))
    if not reason:
        faults.append(Fault("flags", None, "reason", "no reason", "why it was decided so"))
    elif len(reason) > REASON_CHARACTERS_MAX:
        wanted = f"at most {REASON_CHARACTERS_MAX:,} characters"
        faults.append(Fault("flags", None, "reason", f"{len(reason):,} characters", wanted))
    elif was.get("decision") and decision != was["decision"] and reason == was.get("reason"):
        faults.append(Fault("flags", None, "reason", "the reason that was there", "why it is another now"))
    if _plain(decided_by) in {_plain(name) for name in raisers}:
        wanted = "somebody else, who did not raise it"
        faults.append(Fault("flags", None, None, f"{decided_by}, who raised it", wanted))
    return faults


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
