"""One act about the offers, recorded: an answer, a longer deadline, other places, something undone.

Each is tried out on the ledger before it is kept, so that nothing stands in the tables that `follow_offers`
would refuse. A release and a pass need two people, and have their own way here in `propose_release.py`. The
campaign must be held.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace

from api.campaign import Answer, Campaign, OfferEvent
from api.errors import BadInput, Fault
from api.exports.packs.wording import day_and_time
from api.services.change_tables import OFFERS, add_row
from api.services.doing import Doing
from api.services.follow_offers import Started, released_otherwise, replayed
from api.services.look_at_offers import started_of
from api.services.offer_moments import (
    ANSWER,
    EXTEND,
    PLACES,
    UNDO,
    moment_to_record,
    read_moment,
    spell_moment,
)
from api.services.open_campaign import open_campaign
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

RESPONSES = ("accept", "accept_and_upgrade", "decline", "withdraw")
REASON_CHARACTERS_MAX = 2_000
EVENT_DEFAULTS: Mapping[str, str] = {
    "applicant": "",
    "council": "",
    "undoes": "",
    "offers_sha256": "",
    "second_by": "",
    "reason": "",
}


OTHERWISE = (
    "The tables do not give any more what was released. Put them back first: "
    "until then nothing can be recorded."
)


class NotPossible(Exception):
    """The act is not permitted as the offers stand; `why` is a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def record_response(
    work: UnitOfWork, record: CampaignRecord, applicant: str, response: str, at: str, doing: Doing
) -> datetime.datetime:
    """Write down what an applicant answered, and when. Raises `BadInput` or `NotPossible`."""
    campaign = campaign_of(work, record)
    all_faults(lambda: known_response(response), lambda: moment_to_record(campaign, at, doing.at, ANSWER))
    when = moment_to_record(campaign, at, doing.at, ANSWER)
    own = [each.at for each in campaign.answers if each.applicant == applicant and each.at is not None]
    if own and when <= max(own):
        wanted = f"a time after their last answer, {day_and_time(max(own))}"
        raise BadInput([Fault("responses", None, "at", f'"{day_and_time(when)}"', wanted)])
    answer = Answer(0, applicant, response, when)
    try_out(replace(campaign, answers=(*campaign.answers, answer)), started_of(campaign), when)
    cells = {"applicant": applicant, "response": response, "at": spell_moment(when)}
    add_row(work, record, "responses", cells, doing, OFFERS)
    return when


def extend_deadline(
    work: UnitOfWork,
    record: CampaignRecord,
    applicant: str,
    until: str,
    reason: str,
    at: str,
    by: str,
    doing: Doing,
) -> datetime.datetime:
    """Give somebody longer to answer. Returns the new last minute. Raises `BadInput` or `NotPossible`."""
    campaign = campaign_of(work, record)
    all_faults(
        lambda: read_moment(until, "until"),
        lambda: reason_of(reason),
        lambda: moment_to_record(campaign, at, doing.at, EXTEND),
    )
    later, when = read_moment(until, "until"), moment_to_record(campaign, at, doing.at, EXTEND)
    record_event(
        work,
        record,
        campaign,
        "extend",
        when,
        doing,
        {"applicant": applicant, "until": spell_moment(later), "reason": reason_of(reason), "by": by},
    )
    return later


def undo_act(
    work: UnitOfWork, record: CampaignRecord, undoes: str, reason: str, at: str, by: str, doing: Doing
) -> None:
    """Take back an event, by its name, or an applicant's last answer. Raises `BadInput` or `NotPossible`."""
    campaign = campaign_of(work, record)
    all_faults(lambda: reason_of(reason), lambda: moment_to_record(campaign, at, doing.at, UNDO))
    when = moment_to_record(campaign, at, doing.at, UNDO)
    cells = {"undoes": undoes, "reason": reason_of(reason), "by": by}
    record_event(work, record, campaign, "undo", when, doing, cells)


def why_not_undone(campaign: Campaign, started: Started, undoes: str, at: datetime.datetime) -> str:
    """What is in the way of taking an act back now; empty where nothing is."""
    event = event_of(campaign, "undo", at, {"undoes": undoes, "by": "somebody", "reason": "asked"})
    try:
        try_out(replace(campaign, offer_events=(*campaign.offer_events, event)), started, at)
    except NotPossible as not_possible:
        return not_possible.why
    return ""


def change_places(
    work: UnitOfWork,
    record: CampaignRecord,
    council: str,
    places: str,
    reason: str,
    at: str,
    by: str,
    doing: Doing,
) -> int:
    """Another number of places for a council from now on. Raises `BadInput` or `NotPossible`."""
    campaign = campaign_of(work, record)
    all_faults(
        lambda: number_of(places),
        lambda: reason_of(reason),
        lambda: moment_to_record(campaign, at, doing.at, PLACES),
    )
    number, when = number_of(places), moment_to_record(campaign, at, doing.at, PLACES)
    cells = {"council": council, "places": str(number), "reason": reason_of(reason), "by": by}
    record_event(work, record, campaign, "places", when, doing, cells)
    return number


def record_event(
    work: UnitOfWork,
    record: CampaignRecord,
    campaign: Campaign,
    kind: str,
    at: datetime.datetime,
    doing: Doing,
    cells: Mapping[str, str],
) -> str:
    """Try an event out and keep it as the next row of `offer_events`. Returns its name."""
    event = event_of(campaign, kind, at, cells)
    try_out(replace(campaign, offer_events=(*campaign.offer_events, event)), started_of(campaign), at)
    row = {"event": event.event, "at": spell_moment(at), "kind": kind, **cells}
    add_row(work, record, "offer_events", row, doing, OFFERS)
    return event.event


def try_out(campaign: Campaign, started: Started, at: datetime.datetime) -> None:
    """Raises `NotPossible` where the ledger refuses any act of the campaign up to this moment."""
    if released_otherwise(campaign, started.sha256):
        raise NotPossible(OTHERWISE)
    _, ledger, _ = replayed(campaign, started, at)
    if ledger.refusals:
        raise NotPossible(ledger.refusals[-1].why)


def event_of(campaign: Campaign, kind: str, at: datetime.datetime, cells: Mapping[str, str]) -> OfferEvent:
    """The event as the ledger will read it from its row."""
    until = cells.get("until", "")
    texts = {name: cells.get(name, usual) for name, usual in EVENT_DEFAULTS.items()}
    return OfferEvent(
        row=0,
        event=next_name(campaign),
        at=at,
        kind=kind,
        places=int(cells["places"]) if cells.get("places") else None,
        until=datetime.datetime.fromisoformat(until) if until else None,
        by=cells.get("by", ""),
        **texts,
    )


def next_name(campaign: Campaign) -> str:
    """E01, E02 and so on; never an applicant's reference, by which an undoing would mean their answer."""
    taken = {event.event for event in campaign.offer_events}
    taken |= {applicant.reference for applicant in campaign.problem.applicants}
    number = len(campaign.offer_events) + 1
    while (name := f"E{number:02}") in taken:
        number += 1
    return name


def all_faults(*asked: Callable[[], object]) -> None:
    """Ask all of these; raises `BadInput` with every fault of every one."""
    faults: list[Fault] = []
    for each in asked:
        try:
            each()
        except BadInput as bad:
            faults += bad.faults
    if faults:
        raise BadInput(faults)


def known_response(response: str) -> None:
    """Raises `BadInput` for what is no answer."""
    if response not in RESPONSES:
        wanted = "accepts, accepts and asks for an upgrade, declines, or withdraws"
        raise BadInput([Fault("responses", None, "response", "none", wanted)])


def campaign_of(work: UnitOfWork, record: CampaignRecord) -> Campaign:
    """The campaign as it stands. Raises `BadInput` where its tables have faults."""
    opened = open_campaign(work, record)
    if opened.campaign is None:
        raise BadInput(opened.faults, opened.warnings)
    return opened.campaign


def reason_of(text: str) -> str:
    """A reason in words, on one line. Raises `BadInput`."""
    said = " ".join(text.split())
    if not 0 < len(said) <= REASON_CHARACTERS_MAX:
        found = f"{len(said):,} characters" if said else "no reason"
        wanted = f"in words why, in at most {REASON_CHARACTERS_MAX:,} characters"
        raise BadInput([Fault("offers", None, "reason", found, wanted)])
    return said


def number_of(text: str) -> int:
    """A number of places. Raises `BadInput`."""
    said = text.strip()
    if not (said.isascii() and said.isdigit() and len(said) < 6 and int(said) <= 10_000):
        found = f"“{said[:20]}”" if said else "nothing"
        raise BadInput([Fault("offers", None, "places", found, "a whole number of places")])
    return int(said)
