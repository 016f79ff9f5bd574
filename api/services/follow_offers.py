"""How the offers stand: the release and every answer, pass and change since, replayed from the tables.

Writes nothing into the campaign. An act that was not permitted stops it, with its row, so that no letter goes
out on a record that cannot be right. The rules are in `assessment.offers`.
"""

from __future__ import annotations

import datetime
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
    ranked = rank_applicants(campaign)
    allocated = allocate_places(campaign, ranked)
    market = market_of(campaign, ranked, allocated, until)
    acts, rows = acts_of(campaign)
    ledger = replay(market, acts, until)
    faults = [*_released_otherwise(campaign, offers_sha256(ranked, allocated)), *_refused(ledger, rows)]
    if faults:
        raise BadInput(faults)
    try:
        coming, why_not = (next_pass(market, ledger.book) if ledger.book.released else None), ""
    except PanelDecisionNeeded as tie:
        coming, why_not = None, tie.faults[0]
    return Followed(ranked, allocated, market, ledger, coming, why_not)


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


def acts_of(campaign: Campaign) -> tuple[list[Act], dict[str, tuple[str, int]]]:
    """Events and answers as acts, in their order in time; and each act's table and row by its name.

    Events keep the order of their table. In the same minute an answer comes after a release or a pass, and
    before an undoing.
    """
    acts: list[Act] = []
    rows: dict[str, tuple[str, int]] = {}
    label: dict[str, str] = {}
    last_answers: dict[str, list[str]] = {}
    timed = [(each.at, each.row, each) for each in campaign.answers if each.at is not None]
    waiting = [each for _, _, each in sorted(timed, key=lambda one: one[:2])]

    def take(answers: list[Answer]) -> None:
        for each in answers:
            assert each.at is not None
            name = f"{each.applicant}'s answer in row {each.row}"
            acts.append(Response(name, each.at, each.applicant, Move(each.response)))
            rows[name] = ("responses", each.row)
            last_answers.setdefault(each.applicant, []).append(name)

    for event in campaign.offer_events:
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
    write_files(files | {"offers.json": json_bytes(record)}, out)


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


def _released_otherwise(campaign: Campaign, present: str) -> list[Fault]:
    wanted = f"{present}, which today's tables give: the tables as they were released"
    return [
        Fault("offer_events", event.row, "offers_sha256", shown(event.offers_sha256), wanted)
        for event in campaign.offer_events
        if event.kind == "release" and event.offers_sha256.lower() != present
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
