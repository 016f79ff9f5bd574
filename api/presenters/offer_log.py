"""What was done about the offers: all that is recorded, what each act changed, one person's history."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from api.campaign import Campaign, OfferEvent
from api.exports.packs.wording import counted, listed
from api.presenters.data_table import Cell, Column
from api.presenters.offers_page import clock_words, weekday_and_time
from api.templating import moment_words
from assessment.figures import choice_words
from assessment.offers.ledger import Change, Entry, Ledger
from assessment.offers.moves import Move

LOG_COLUMNS = (
    Column("at", "When"),
    Column("act", "Act"),
    Column("what", "What", sortable=False),
    Column("by", "By"),
    Column("state", "Holds"),
)
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
ANSWER_IN_ROW = re.compile(r"(\S+)'s answer in row \d+")
KIND_WORDS = {
    "release": "Release of the offers",
    "pass": "Pass",
    "places": "Other places",
    "extend": "Longer deadline",
    "undo": "Undone",
}
ANSWER_WORDS = {
    "accept": "Accepted",
    "accept_and_upgrade": "Accepted, and asked for an upgrade",
    "decline": "Declined",
    "withdraw": "Withdrew",
}
MOVE_WORDS = {
    Move.ACCEPT: "Accepted the place at {before}.",
    Move.ACCEPT_AND_UPGRADE: "Accepted the place at {before}, and asked for an upgrade.",
    Move.DECLINE: "Declined the place at {before}.",
    Move.EXPIRE: "Did not answer in time; the place at {before} is free again.",
    Move.UPGRADE: "Went up from {before} to {after}, their {choice}.",
    Move.OFFER: "Was offered {after}, their {choice}; to answer by {until}.",
    Move.EXTEND: "Has longer to answer: by {until}.",
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to somebody. `act` names the event, or is empty for an answer or an expiry."""

    when: str
    what: str
    act: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One recorded act. `undoes` is how an undoing names it; empty where it cannot be named any more."""

    at: datetime.datetime
    name: str
    kind: str
    what: str
    by: str
    holds: bool
    undoes: str


def recorded_acts(campaign: Campaign, ledger: Ledger) -> tuple[Act, ...]:
    """Every event and answer of the tables, the newest first, with whether it holds."""
    in_force = {act.act for act in ledger.in_force}
    what = {entry.act: entry for entry in ledger.entries if entry.act}
    acts = [
        _event(campaign, event, event.event in in_force, what.get(event.event))
        for event in campaign.offer_events
    ]
    acts += _answers(campaign, in_force)
    return tuple(sorted(acts, key=lambda act: act.at, reverse=True))


def release_alone(campaign: Campaign) -> tuple[Act, ...]:
    """The release that holds, for a campaign whose tables lead to another allocation than was released."""
    undone = {event.undoes for event in campaign.offer_events if event.kind == "undo"}
    found = [e for e in campaign.offer_events if e.kind == "release" and e.event not in undone]
    return tuple(_event(campaign, event, True, None) for event in found[-1:])


def act_words(act: Act) -> str:
    """What the act is called."""
    return "Answer" if act.kind == "answer" else f"{KIND_WORDS[act.kind]} {act.name}"


def plain_why(why: str) -> str:
    """A refusal of the ledger, without the rows by which it tells answers apart, its moments in words."""
    return MOMENT.sub(lambda at: moment_words(at[0]), ANSWER_IN_ROW.sub(r"the answer of \1", why))


def log_rows(acts: Sequence[Act], base: str, may_decide: bool) -> list[tuple[Cell | str | int, ...]]:
    rows: list[tuple[Cell | str | int, ...]] = []
    for act in acts:
        state = Cell("Holds", tag="green") if act.holds else Cell("Undone", tag="grey")
        if act.kind == "undo":
            state = Cell("")
        elif act.holds and act.undoes and may_decide:
            url = f"{base}/offers/undo?act={act.undoes}"
            state = Cell("Undo", url, order="holds", spoken=f"Undo {act_words(act)}: {act.what}")
        rows.append((when_cell(act.at), act_words(act), act.what, act.by, state))
    return rows


def history_of(campaign: Campaign, entries: Iterable[Entry], applicant: str) -> tuple[HistoryLine, ...]:
    """What became of one applicant, the oldest first; only what holds."""
    return tuple(
        HistoryLine(clock_words(entry.at), change_words(campaign, change), _named(entry))
        for entry in entries
        for change in entry.changes
        if change.before.applicant == applicant
    )


def change_words(campaign: Campaign, change: Change) -> str:
    before, after = change.before, change.after
    if change.move is Move.WITHDRAW:
        place = f"; the place at {_council(campaign, before.council)} is free" if before.council else ""
        return f"Withdrew{place}."
    return MOVE_WORDS[change.move].format(
        before=_council(campaign, before.council),
        after=_council(campaign, after.council),
        choice=choice_words(after.choice) if after.choice else "",
        until=clock_words(after.answer_by) if after.answer_by else "",
    )


def when_cell(at: datetime.datetime) -> Cell:
    return Cell(weekday_and_time(at), order=at.isoformat())


def _event(campaign: Campaign, event: OfferEvent, holds: bool, entry: Entry | None) -> Act:
    by = f"{event.by} and {event.second_by}" if event.second_by else event.by
    what = _what(campaign, event, entry)
    said = f"{what} {event.reason}".strip()
    undoes = event.event if holds and event.kind != "undo" else ""
    return Act(event.at, event.event, event.kind, said, by, holds, undoes)


def _answers(campaign: Campaign, in_force: set[str]) -> list[Act]:
    """Every answer. An applicant's reference names their last one that holds."""
    acts: dict[str, list[Act]] = {}
    early = datetime.datetime.min
    for answer in sorted(campaign.answers, key=lambda each: (each.at or early, each.row)):
        holds = f"{answer.applicant}'s answer in row {answer.row}" in in_force
        what = f"{answer.applicant}: {ANSWER_WORDS[answer.response].lower()}."
        act = Act(answer.at or early, answer.applicant, "answer", what, "", holds, "")
        acts.setdefault(answer.applicant, []).append(act)
    for own in acts.values():
        if held := [place for place, act in enumerate(own) if act.holds]:
            own[held[-1]] = replace(own[held[-1]], undoes=own[held[-1]].name)
    return [act for own in acts.values() for act in own]


def _what(campaign: Campaign, event: OfferEvent, entry: Entry | None) -> str:
    if event.kind == "places":
        return f"{_council(campaign, event.council)} has {counted(event.places or 0, 'place')} from now on."
    if event.kind == "extend":
        until = clock_words(event.until) if event.until else ""
        return f"{event.applicant} has until {until}."
    if event.kind == "undo":
        is_event = any(each.event == event.undoes for each in campaign.offer_events)
        return f"{event.undoes if is_event else f'The last answer of {event.undoes}'} was taken back."
    if entry is None:
        return ""
    ups = [change for change in entry.changes if change.move is Move.UPGRADE]
    offers = [change for change in entry.changes if change.move is Move.OFFER]
    parts = [counted(len(ups), "upgrade")] if ups else []
    parts += [counted(len(offers), "offer")] if offers else []
    return f"{listed(parts)}.".capitalize() if parts else "Nothing was given out."


def _council(campaign: Campaign, council: str | None) -> str:
    return campaign.name_of("councils", council) if council else ""


def _named(entry: Entry) -> str:
    return entry.act if entry.kind in KIND_WORDS else ""
