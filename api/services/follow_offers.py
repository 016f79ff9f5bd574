"""How the offers stand: the release and every answer, pass and change since, replayed from the tables.

Writes nothing into the campaign. An act that was not permitted stops it, with its row, so that no letter goes
out on a record that cannot be right. The rules are in `assessment.offers`; what the service's pages record
goes through `offer_acts.py`.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.campaign import Answer, Campaign, OfferEvent, Table
from api.errors import BadInput, Fault, shown
from api.exports.tables import csv_text, write_files
from api.services.allocate_places import Allocated, allocate_places, offers_sha256
from api.services.identify_campaign import campaign_sha256, content_sha256, versions
from api.services.rank_applicants import Ranked, rank_applicants
from api.services.schedule_campaign import json_bytes
from api.services.working_days import bank_holidays
from assessment.allocation.problem import AllocationProblem
from assessment.errors import PanelDecisionNeeded
from assessment.offers.acts import Act, ChangePlaces, Extend, Pass, Release, Response, Undo
from assessment.offers.book import Market
from assessment.offers.ledger import Ledger, replay
from assessment.offers.moves import Move
from assessment.offers.passes import NextPass, next_pass
from assessment.offers.written import book_record, log_table, next_pass_table, offers_table

# An offer may run over a long holiday, and a deadline be extended, into the year after.
DAYS_AHEAD = 366
PERMITTED_ACT = "what is permitted at that time"


@dataclass(frozen=True, slots=True)
class Started:
    """What the offers start from: the order of merit and the allocation that the tables lead to."""

    ranked: Ranked
    allocated: Allocated

    @property
    def sha256(self) -> str:
        """The fingerprint that a release of this allocation names."""
        return offers_sha256(self.ranked, self.allocated)


@dataclass(frozen=True, slots=True)
class Followed:
    """How the offers stand at a moment; `coming` is what a pass would do then, `why_not` why none can be."""

    ranked: Ranked
    allocated: Allocated
    market: Market
    ledger: Ledger
    coming: NextPass | None
    why_not: str


def follow_offers(campaign: Campaign, until: datetime.datetime) -> Followed:
    """Replay the offers up to a moment, in the campaign's own time. Writes nothing.

    Raises `BadInput` where ratings cannot be ranked or places not allocated, where a release names another
    allocation than today's tables give, or where an act was not permitted.
    """
    return follow_started(campaign, start_offers(campaign), until)


def start_offers(campaign: Campaign) -> Started:
    """Rank and allocate. Raises `BadInput` where it cannot be done."""
    ranked = rank_applicants(campaign)
    return Started(ranked, allocate_places(campaign, ranked))


def follow_started(campaign: Campaign, started: Started, until: datetime.datetime) -> Followed:
    """The same as `follow_offers`, from an allocation that is known already."""
    market, ledger, rows = replayed(campaign, started, until)
    faults = [*released_otherwise(campaign, started.sha256), *_refused(ledger, rows)]
    if faults:
        raise BadInput(faults)
    try:
        coming, why_not = (next_pass(market, ledger.book) if ledger.book.released else None), ""
    except PanelDecisionNeeded as tie:
        coming, why_not = None, tie.faults[0]
    return Followed(started.ranked, started.allocated, market, ledger, coming, why_not)


def replayed(
    campaign: Campaign, started: Started, until: datetime.datetime
) -> tuple[Market, Ledger, dict[str, tuple[str, int]]]:
    """The ledger at a moment with whatever was refused in it; each act's table and row by its name."""
    market = market_of(campaign, started.ranked, started.allocated, until)
    acts, rows = acts_of(campaign, started.sha256)
    return market, replay(market, acts, until), rows


def market_of(campaign: Campaign, ranked: Ranked, allocated: Allocated, until: datetime.datetime) -> Market:
    """What the offers start from. Bank holidays are taken from the first event's year on."""
    first = min([until, *(event.at for event in campaign.offer_events)])
    last = max([until, *(event.at for event in campaign.offer_events)])
    problem = AllocationProblem(
        ranked.order, campaign.choices, campaign.places, campaign.council_lists or None
    )
    return Market(
        problem=problem,
        allocation=allocated.allocation,
        offer_hours=int(campaign.settings["offer_hours"]),
        holidays=bank_holidays(first.date(), last.date() + datetime.timedelta(days=DAYS_AHEAD)),
    )


def acts_of(campaign: Campaign, present: str) -> tuple[list[Act], dict[str, tuple[str, int]]]:
    """Events and answers as acts, in their order in time; and each act's table and row by its name.

    Events keep the order of their table. In the same minute an answer comes after a release or a pass, and
    before an undoing. What belongs to a release that was undone, of another allocation than that of the
    fingerprint `present`, cannot be replayed and has left no trace: it is passed over.
    """
    acts: list[Act] = []
    rows: dict[str, tuple[str, int]] = {}
    label: dict[str, str] = {}
    last_answers: dict[str, list[str]] = {}
    events, passed_over = _since_undone_release(campaign, present)
    timed = [
        (each.at, each.row, each)
        for each in campaign.answers
        if each.at is not None and (passed_over is None or each.at > passed_over)
    ]
    waiting = [each for _, _, each in sorted(timed, key=lambda one: one[:2])]

    def take(answers: list[Answer]) -> None:
        for each in answers:
            assert each.at is not None
            name = f"{each.applicant}'s answer in row {each.row}"
            acts.append(Response(name, each.at, each.applicant, Move(each.response)))
            rows[name] = ("responses", each.row)
            last_answers.setdefault(each.applicant, []).append(name)

    for event in events:
        before = [each for each in waiting if _comes_before(each, event)]
        take(before)
        waiting = waiting[len(before) :]
        undone = last_answers.get(event.undoes)
        acts.append(_act(event, label, undone.pop() if undone else event.undoes))
        rows[event.event] = ("offer_events", event.row)
    take(waiting)
    return acts, rows


def write_offers(campaign: Campaign, followed: Followed, out: Path) -> None:
    """Write `offers.csv`, `offer_log.csv`, `next_pass.csv` and `offers.json` to `out`. Raises `OSError`."""
    write_files(offers_files(campaign, followed), out)


def offers_files(campaign: Campaign, followed: Followed) -> dict[str, bytes]:
    """The four files by name."""
    tables = {
        "offers": offers_table(followed.ledger.book),
        "offer_log": log_table(followed.ledger),
        "next_pass": next_pass_table(followed.coming),
    }
    files = {
        f"{name}.csv": csv_text(Table(name, columns, tuple(rows))).encode()
        for name, (columns, rows) in tables.items()
    }
    record = book_record(followed.ledger.book) | {
        "at": f"{followed.ledger.at:%Y-%m-%d %H:%M}",
        "undone": [{"undo": each.act, "undone": each.undoes} for each in followed.ledger.undone],
        "why_no_pass": followed.why_not,
        "offers_sha256": offers_sha256(followed.ranked, followed.allocated),
        "offers_csv_sha256": content_sha256(files["offers.csv"]),
        "input_sha256": campaign_sha256(campaign),
        "versions": versions(),
    }
    return files | {"offers.json": json_bytes(record)}


def _comes_before(answer: Answer, event: OfferEvent) -> bool:
    assert answer.at is not None
    return answer.at <= event.at if event.kind == "undo" else answer.at < event.at


def _act(event: OfferEvent, label: dict[str, str], undoes: str) -> Act:
    """The event as an act. People become labels: the cores know nobody's name."""
    named = (each.casefold().strip() for each in (event.by, event.second_by) if each)
    people = tuple(label.setdefault(each, f"P{len(label) + 1}") for each in named)
    match event.kind:
        case "release":
            return Release(event.event, event.at, people)
        case "pass":
            return Pass(event.event, event.at, people)
        case "places":
            return ChangePlaces(event.event, event.at, event.council, event.places or 0)
        case "extend":
            return Extend(event.event, event.at, event.applicant, event.until or event.at)
        case _:
            return Undo(event.event, event.at, undoes)


def _since_undone_release(
    campaign: Campaign, present: str
) -> tuple[tuple[OfferEvent, ...], datetime.datetime | None]:
    """The events after the last release of another allocation was undone, and when that was."""
    events = campaign.offer_events
    others = {e.event: place for place, e in enumerate(events) if _is_other_release(e, present)}
    for place in reversed(range(len(events))):
        undo = events[place]
        begun = others.get(undo.undoes) if undo.kind == "undo" else None
        if begun is not None and _left_no_trace(campaign, events[begun : place + 1]):
            return events[place + 1 :], undo.at
    return events, None


def _is_other_release(event: OfferEvent, present: str) -> bool:
    return event.kind == "release" and event.offers_sha256.lower() != present


def _left_no_trace(campaign: Campaign, events: Sequence[OfferEvent]) -> bool:
    """Whether everything from a release to its undoing was undone itself, as the ledger wants it."""
    first, last = events[0].at, events[-1].at
    done = [event.event for event in events if event.kind != "undo"]
    done += [each.applicant for each in campaign.answers if each.at is not None and first <= each.at <= last]
    return Counter(done) == Counter(event.undoes for event in events if event.kind == "undo")


def released_otherwise(campaign: Campaign, present: str) -> list[Fault]:
    """A release of another allocation than the one that the tables give: its fingerprint is `present`."""
    wanted = f"{present}, which today's tables give: the tables as they were released"
    return [
        Fault("offer_events", event.row, "offers_sha256", shown(event.offers_sha256), wanted)
        for event in _since_undone_release(campaign, present)[0]
        if _is_other_release(event, present)
    ]


def _refused(ledger: Ledger, rows: dict[str, tuple[str, int]]) -> list[Fault]:
    return [
        Fault(
            *rows[refusal.act],
            None,
            f"an act that is not permitted. {refusal.why.rstrip('.')}",
            PERMITTED_ACT,
        )
        for refusal in ledger.refusals
    ]
