"""Two named people release the offers, or make a pass: one proposes, another sees just the same and agrees.

What was looked at has a fingerprint. An agreement to anything else is refused, with what has changed since.
The campaign must be held by whoever calls what writes here.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from api.errors import BadInput, Fault
from api.permissions import Permission, may
from api.presenters.reconciliation import stops
from api.presenters.release_page import (
    PASS,
    RELEASE,
    Difference,
    OutcomeLine,
    differences,
    pass_lines,
    release_lines,
)
from api.security import new_reference
from api.services.doing import Doing
from api.services.identify_campaign import content_sha256
from api.services.look_at_offers import OffersNow, look_at_offers
from api.services.offer_acts import NotPossible, campaign_of, record_event
from api.services.offer_moments import moment_to_record, spell_moment
from api.services.open_campaign import Opened, open_campaign
from api.services.reconcile_offers import reconcile_offers
from api.services.sign_in import standing_of
from api.storage.repositories.proposals import AGREED, OPEN, WITHDRAWN
from api.storage.tables.campaigns import CampaignChange, CampaignRecord
from api.storage.tables.proposals import Proposal
from api.storage.unit_of_work import UnitOfWork
from assessment.offers.clock import answer_by
from assessment.offers.written import next_pass_table

KINDS = (RELEASE, PASS)
OWN = "Nobody agrees to what they have proposed themselves. A second person has to look at it."
SAME_NAME = "Both accounts have the same name, so the record could not tell the two people apart."
NO_LONGER = "Whoever proposed it may no longer decide about offers. It has to be proposed anew."


class ChangedSince(Exception):
    """What would be done now is not what was looked at; `people` says for whom, `changes` who did what."""

    def __init__(self, people: tuple[Difference, ...], changes: tuple[CampaignChange, ...]) -> None:
        super().__init__("changed since it was looked at")
        self.people = people
        self.changes = changes


@dataclass(frozen=True, slots=True)
class Preview:
    """What a release or a pass at this moment would do. `stops` say why it cannot be, if so.

    `sha256` is the fingerprint of just this; `answer_by` is the last minute for those who get an offer.
    """

    kind: str
    at: datetime.datetime
    now: OffersNow
    sha256: str = ""
    lines: tuple[OutcomeLine, ...] = ()
    answer_by: datetime.datetime | None = None
    stops: tuple[str, ...] = ()


def look_ahead(work: UnitOfWork, opened: Opened, kind: str, at: datetime.datetime) -> Preview:
    """What it would do, and what stops it."""
    now = look_at_offers(opened, at)
    if now.campaign is None or now.started is None or now.followed is None:
        return Preview(kind, at, now, stops=("What is recorded leads to no offers yet.",))
    followed = now.followed
    ends = answer_by(at, followed.market.offer_hours, followed.market.holidays)
    if kind == RELEASE:
        lines = release_lines(now.campaign, followed.ranked.order, followed.allocated.allocation)
        why = stops(reconcile_offers(work, opened, now))
        if followed.ledger.book.released:
            why = ("The offers have been released already.",)
        return Preview(kind, at, now, now.started.sha256, lines, ends, why)
    if followed.coming is None:
        return Preview(kind, at, now, stops=(followed.why_not or "No offers have been released yet.",))
    lines = pass_lines(now.campaign, followed.ranked.order, followed.coming)
    why = () if lines else ("A pass would give out nothing now.",)
    text = "".join(",".join(row) + "\n" for row in next_pass_table(followed.coming)[1])
    return Preview(kind, at, now, content_sha256(text.encode()), lines, ends, why)


def propose(
    work: UnitOfWork, record: CampaignRecord, kind: str, at: str, seen: str, doing: Doing
) -> Proposal:
    """Propose what was looked at, by its fingerprint. Raises `BadInput`, `NotPossible` or `ChangedSince`."""
    preview = _preview_to_record(work, record, kind, at, doing)
    if preview.sha256 != seen:
        raise ChangedSince((), ())
    for other in work.proposals.open_ones(record.id):
        if is_as_it_was(work, record, other, preview.at):
            raise NotPossible("This, or something else, has been proposed already and waits for an answer.")
        _end(work, record, other, WITHDRAWN, doing)
    proposal = Proposal(
        id=new_reference(),
        campaign_id=record.id,
        kind=kind,
        offers_sha256=preview.sha256,
        seen_at=spell_moment(preview.at),
        seen_change=record.change,
        proposed_by=doing.by,
        proposed_at=doing.at,
    )
    work.proposals.add(proposal)
    facts = {"offers_sha256": preview.sha256, "change": record.change, "people": len(preview.lines)}
    work.audit.record(record.id, doing.at, doing.by, f"{kind} proposed", f"proposal {proposal.id}", facts)
    return proposal


def agree(
    work: UnitOfWork, record: CampaignRecord, proposal: Proposal, at: str, seen: str, doing: Doing
) -> str:
    """Agree to a proposal: it is done. Returns the name of its event.

    Raises `BadInput`, `NotPossible` (one's own, ended, stopped) or `ChangedSince`.
    """
    if proposal.state != OPEN:
        raise NotPossible(ended_words(proposal))
    if proposal.proposed_by == doing.by:
        raise NotPossible(OWN)
    by, second = _names(work, record, proposal, doing)
    preview = _preview_to_record(work, record, proposal.kind, at, doing)
    if preview.sha256 != proposal.offers_sha256 or seen != proposal.offers_sha256:
        raise what_changed(work, record, proposal, preview)
    cells = {"by": by, "second_by": second}
    if proposal.kind == RELEASE:
        cells["offers_sha256"] = preview.sha256
    campaign = campaign_of(work, record)
    event = record_event(work, record, campaign, proposal.kind, preview.at, doing, cells)
    _end(work, record, proposal, AGREED, doing, event)
    return event


def withdraw(work: UnitOfWork, record: CampaignRecord, proposal: Proposal, doing: Doing) -> None:
    """Take one's own proposal back. Raises `NotPossible`."""
    if proposal.state != OPEN:
        raise NotPossible(ended_words(proposal))
    if proposal.proposed_by != doing.by:
        raise NotPossible("Only whoever proposed it takes it back. You need not agree.")
    _end(work, record, proposal, WITHDRAWN, doing)


def is_as_it_was(work: UnitOfWork, record: CampaignRecord, proposal: Proposal, at: datetime.datetime) -> bool:
    """Whether what was proposed is still what would be done."""
    then = max(at, seen_moment(proposal, at))
    preview = look_ahead(work, open_campaign(work, record), proposal.kind, then)
    return preview.sha256 == proposal.offers_sha256 and not preview.stops


def what_changed(
    work: UnitOfWork, record: CampaignRecord, proposal: Proposal, preview: Preview
) -> ChangedSince:
    """For whom something else would happen now, and what was changed in the tables since."""
    opened = open_campaign(work, record, proposal.seen_change)
    then = look_ahead(work, opened, proposal.kind, seen_moment(proposal, preview.at))
    people = differences(
        {line.key: line.words for line in then.lines}, {line.key: line.words for line in preview.lines}
    )
    changes = [c for c in work.campaigns.changes(record) if c.number > proposal.seen_change]
    return ChangedSince(people, tuple(changes))


def seen_moment(proposal: Proposal, otherwise: datetime.datetime) -> datetime.datetime:
    """The moment that a proposal looked at."""
    return datetime.datetime.fromisoformat(proposal.seen_at) if proposal.seen_at else otherwise


def ended_words(proposal: Proposal) -> str:
    if proposal.state == AGREED:
        return "Somebody has agreed to it already. It is done, once."
    return "It has been withdrawn. It has to be proposed anew."


def _preview_to_record(work: UnitOfWork, record: CampaignRecord, kind: str, at: str, doing: Doing) -> Preview:
    if kind not in KINDS:
        raise BadInput([Fault("offers", None, "kind", f"“{kind[:20]}”", "a release or a pass")])
    moment = moment_to_record(campaign_of(work, record), at, doing.at, kind)
    preview = look_ahead(work, open_campaign(work, record), kind, moment)
    if preview.stops:
        raise NotPossible(" ".join(preview.stops))
    return preview


def _names(work: UnitOfWork, record: CampaignRecord, proposal: Proposal, doing: Doing) -> tuple[str, str]:
    """The two accounts' names, for the record. Raises `NotPossible`."""
    proposer = work.accounts.by_id(proposal.proposed_by)
    standing = standing_of(work, proposer, record.id) if proposer else None
    if proposer is None or standing is None or not may(standing, Permission.DECIDE_RESULTS):
        raise NotPossible(NO_LONGER)
    second = work.accounts.by_id(doing.by)
    if second is None or second.name.casefold().strip() == proposer.name.casefold().strip():
        raise NotPossible(SAME_NAME)
    return proposer.name, second.name


def _end(
    work: UnitOfWork,
    record: CampaignRecord,
    proposal: Proposal,
    state: str,
    doing: Doing,
    event: str = "",
) -> None:
    proposal.state, proposal.ended_by, proposal.ended_at = state, doing.by, doing.at
    work.proposals.save(proposal)
    facts: dict[str, object] = {"offers_sha256": proposal.offers_sha256}
    if event:
        facts["event"] = event
    act = f"{proposal.kind} {'agreed' if state == AGREED else 'proposal withdrawn'}"
    work.audit.record(record.id, doing.at, doing.by, act, f"proposal {proposal.id}", facts)
