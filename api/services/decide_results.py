"""What named people decide about the results: below a floor, between those who are level, about ratings that
look implausible, and by which rules. Each decision is a row of a campaign's table, with who, when and why.

Until the offers are released a decision can be taken again; after that only once the release is undone. The
earlier one stays in the campaign's versions. What a decision does to the order is `assessment`'s.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from api.campaign import Campaign, FrozenRules
from api.errors import BadInput, Fault, shown
from api.imports.cells import Unreadable, spelled
from api.imports.kinds import Column, Kind
from api.services.change_tables import OFFERS, WASHUP, add_rows, change_row
from api.services.doing import Doing
from api.services.freeze_rules import first_session, frozen_cells, rules_to_freeze
from api.services.look_at_results import holding_release
from api.services.offer_moments import campaign_clock
from api.services.open_campaign import Opened, open_campaign
from api.services.question_ratings import question_ratings
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from assessment.plausibility import Finding, Verdict

REASON_MAX = 2_000
LATE_DAYS = 366
STANDARD, TIE = "standard", "tie"
DECISIONS, CONFIRMATIONS, FROZEN = "decisions", "confirmations", "frozen_rules"
AT = Column("at", Kind.MOMENT, "When.", required=True)
MINUTE = "%Y-%m-%d %H:%M"


def decide_standard(
    work: UnitOfWork,
    record: CampaignRecord,
    applicant: str,
    cells: Mapping[str, str],
    by: str,
    doing: Doing,
) -> None:
    """Whether somebody below a floor may be appointed. `cells`: decision, reason, at. Raises `BadInput`."""
    opened = _open_to_decide(work, record, DECISIONS)
    faults = _reason_and_time(DECISIONS, cells)
    if cells.get("decision", "") not in ("appointable", "not_appointable"):
        wanted = "appointable, or not appointable"
        faults.insert(0, Fault(DECISIONS, None, "decision", shown(cells.get("decision", "")), wanted))
    if faults:
        raise BadInput(faults)
    row = {"applicant": applicant, "about": STANDARD, "decision": cells["decision"]}
    sentence = f"Decided about the standard of {applicant}"
    _keep(work, record, opened, [row | _signed(cells, by)], sentence, doing)


def decide_tie(
    work: UnitOfWork,
    record: CampaignRecord,
    level: Sequence[str],
    cells: Mapping[str, str],
    by: str,
    doing: Doing,
) -> None:
    """In which order applicants come who are level. `cells`: a position for each by reference, reason, at.

    Raises `BadInput` unless each has a position of their own, from 1.
    """
    opened = _open_to_decide(work, record, DECISIONS)
    faults = _positions(level, cells)
    faults += _reason_and_time(DECISIONS, cells)
    if faults:
        raise BadInput(faults)
    rows = [
        {"applicant": each, "about": TIE, "position": cells[each].strip()} | _signed(cells, by)
        for each in level
    ]
    _keep(work, record, opened, rows, f"Decided between {', '.join(level)}, who are level", doing)


def confirm_finding(
    work: UnitOfWork, record: CampaignRecord, name: str, cells: Mapping[str, str], by: str, doing: Doing
) -> None:
    """Ratings that looked implausible are right. `cells`: reason, at. Raises `BadInput`."""
    opened = _open_to_decide(work, record, CONFIRMATIONS)
    assert opened.campaign is not None
    faults = _reason_and_time(CONFIRMATIONS, cells)
    held = {each.name for each in question_ratings(opened.campaign) if each.verdict is Verdict.HELD}
    if name not in held or name in opened.campaign.confirmed:
        wanted = "a finding that waits to be looked into"
        faults.insert(0, Fault(CONFIRMATIONS, None, "finding", shown(name), wanted))
    if faults:
        raise BadInput(faults)
    row = {"finding": name, "confirmed_by": by, "at": _moment(cells), "reason": cells["reason"].strip()}
    sentence = f"Confirmed ratings that looked implausible: {name}"
    add_rows(work, record, CONFIRMATIONS, [row], doing, WASHUP, sentence)


def fix_rules(
    work: UnitOfWork, record: CampaignRecord, cells: Mapping[str, str], by: str, doing: Doing
) -> FrozenRules:
    """Fix the rules as they stand, as the next version. `cells`: reason, at. Raises `BadInput`."""
    opened = _open_to_decide(work, record, FROZEN)
    assert opened.campaign is not None
    if faults := _time(FROZEN, cells):
        raise BadInput(faults)
    at = datetime.datetime.strptime(_moment(cells), MINUTE)
    try:
        frozen = rules_to_freeze(opened.campaign, by, cells.get("reason", "").strip(), at)
    except BadInput as bad:
        # The command names its options there; a page has fields of these names.
        raise BadInput([_of_field(fault) for fault in bad.faults]) from bad
    sentence = f"Fixed the rules as version {frozen.version}"
    add_rows(work, record, FROZEN, [frozen_cells(frozen)], doing, OFFERS, sentence)
    return frozen


def findings_of(campaign: Campaign) -> tuple[Finding, ...]:
    """Everything that is implausible about the ratings, confirmed or not."""
    return question_ratings(campaign) if campaign.ratings else ()


def decision_moment(campaign: Campaign, now: datetime.datetime) -> datetime.datetime:
    """The time to propose: now; in a campaign of the past, when something was last recorded."""
    here = campaign_clock(campaign, now)
    begun = first_session(campaign)
    if begun is None or here - begun < datetime.timedelta(days=LATE_DAYS):
        return here
    return max(_recorded(campaign, begun))


def _recorded(campaign: Campaign, begun: datetime.datetime) -> list[datetime.datetime]:
    found = [begun - datetime.timedelta(days=1)]
    if campaign.ratings or campaign.attendance:
        midnight = datetime.time()
        found += [
            datetime.datetime.combine(session.date, midnight) + datetime.timedelta(minutes=session.window.end)
            for session in campaign.problem.sessions
        ]
    found += [frozen.at for frozen in campaign.frozen]
    for name in (DECISIONS, CONFIRMATIONS, "flags"):
        if (table := campaign.tables.get(name)) is not None and "at" in table.columns:
            place = table.columns.index("at")
            found += [datetime.datetime.strptime(r[place], MINUTE) for r in table.rows if r[place]]
    return found


def _open_to_decide(work: UnitOfWork, record: CampaignRecord, table: str) -> Opened:
    """Raises `BadInput` where nothing can be decided now."""
    opened = open_campaign(work, record)
    if opened.campaign is None:
        raise BadInput(opened.faults, opened.warnings)
    if release := holding_release(opened.campaign):
        wanted = "offers that are not released; undo the release first, on the page Offers"
        raise BadInput([Fault(table, None, None, f"the release {release}, which holds", wanted)])
    return opened


def _keep(
    work: UnitOfWork,
    record: CampaignRecord,
    opened: Opened,
    rows: Sequence[Mapping[str, str]],
    sentence: str,
    doing: Doing,
) -> None:
    """Rows of `decisions`: a decision that was taken before is taken again, the others are new."""
    kept = opened.tables.get(DECISIONS)
    fresh = []
    for row in rows:
        columns = kept.columns if kept else ()
        key = [columns.index(name) for name in ("applicant", "about")] if kept else []
        same = (
            [r for r in kept.rows if [r.cells[p] for p in key] == [row["applicant"], row["about"]]]
            if kept
            else []
        )
        if same:
            known = {name: text for name, text in row.items() if name in columns}
            change_row(work, record, DECISIONS, same[0].row_id, same[0].since, known, doing, WASHUP)
        else:
            fresh.append(row)
    if fresh:
        add_rows(work, record, DECISIONS, fresh, doing, WASHUP, sentence)


def _signed(cells: Mapping[str, str], by: str) -> dict[str, str]:
    return {"decided_by": by, "at": _moment(cells), "reason": cells["reason"].strip()}


def _reason_and_time(table: str, cells: Mapping[str, str]) -> list[Fault]:
    faults = []
    reason = cells.get("reason", "").strip()
    if not reason or len(reason) > REASON_MAX:
        found = f"{len(reason):,} characters" if reason else "no reason"
        wanted = f"in words why it is decided so, at most {REASON_MAX:,} characters"
        faults.append(Fault(table, None, "reason", found, wanted))
    return [*faults, *_time(table, cells)]


def _time(table: str, cells: Mapping[str, str]) -> list[Fault]:
    try:
        spelled(AT, cells.get("at", "").strip())
    except Unreadable as problem:
        return [Fault(table, None, "at", problem.found, "a day and a time, such as 3 August 2015, 16:20")]
    return []


def _moment(cells: Mapping[str, str]) -> str:
    return spelled(AT, cells["at"].strip())


def _positions(level: Sequence[str], cells: Mapping[str, str]) -> list[Fault]:
    given = {each: cells.get(each, "").strip() for each in level}
    wanted = f"a place of their own, from 1 to {len(level)}"
    places = {str(place) for place in range(1, len(level) + 1)}
    return [
        Fault(DECISIONS, None, each, shown(text), wanted)
        for each, text in given.items()
        if text not in places or list(given.values()).count(text) > 1
    ]


def _of_field(fault: Fault) -> Fault:
    name = fault.table.removeprefix("--")
    return replace(fault, table=FROZEN, column=name) if name != fault.table else fault
