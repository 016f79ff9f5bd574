"""Saving what a rater types, entry by entry, each exactly once.

A browser keeps every entry until it is acknowledged, and sends it again when the network or the server was
away. The device numbers its entries, so the same one sent twice is kept once, with what it said first. This
is asked for every few seconds by everybody who rates: it reads one sheet and opens no campaign.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from api.errors import BadInput, Fault, shown
from api.services.doing import Doing
from api.storage.tables.ratings import RatingEntry, RatingSheet
from api.storage.unit_of_work import UnitOfWork

ENTRIES_MAX = 200
EVIDENCE_CHARACTERS_MAX = 10_000
DEVICE_CHARACTERS = range(16, 65)
NUMBER_MAX = 2**53


@dataclass(frozen=True, slots=True)
class Typed:
    """One entry as a device sends it. `rating` is None where none was chosen yet."""

    number: int
    sheet: str
    criterion: str
    rating: int | None
    evidence: str
    typed_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """One entry that is kept, and whether it came too late to count."""

    number: int
    saved_at: datetime.datetime
    was_locked: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """One entry that can never be kept, and why; the device need not send it again."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Saved:
    acknowledged: tuple[Acknowledged, ...]
    refused: tuple[Refused, ...]


def save_ratings(
    work: UnitOfWork,
    campaign: str,
    person: str,
    device: str,
    entries: Sequence[Typed],
    doing: Doing,
    *,
    sent_at: datetime.datetime | None = None,
) -> Saved:
    """Keep these entries of one device on this person's sheets.

    `sent_at` is what the device's own clock says now. It may be days off, and yet what was typed last on a
    telephone counts against what the same person typed on a laptop before.

    Raises `BadInput` where the device's name is none or there are too many entries at once. An entry for
    somebody else's sheet, or with a rating off the scale, is refused by itself and stops no other.
    """
    if len(device) not in DEVICE_CHARACTERS or not device.isascii() or not device.isalnum():
        raise BadInput([Fault("ratings", None, "device", shown(device), "16 to 64 letters and digits")])
    if len(entries) > ENTRIES_MAX:
        raise BadInput([Fault("ratings", None, None, f"{len(entries)} entries", f"at most {ENTRIES_MAX}")])
    clock_off = doing.at - sent_at if sent_at is not None else datetime.timedelta()
    # In one order, so that two devices of one person never wait for each other.
    sheets = {ref: work.ratings.sheet(campaign, ref, held=True) for ref in sorted({e.sheet for e in entries})}
    refused: list[Refused] = []
    fresh: list[RatingEntry] = []
    for typed in entries:
        sheet = sheets[typed.sheet]
        if sheet is None or sheet.person != person:
            refused.append(Refused(typed.number, "this is not your sheet"))
        elif why := _why_not(sheet, typed):
            refused.append(Refused(typed.number, why))
        else:
            fresh.append(_entry(sheet, device, typed, clock_off, doing))
    work.ratings.add_entries(fresh)
    kept = work.ratings.entries_numbered(device, [entry.number for entry in fresh])
    acknowledged = []
    for entry in kept:
        if entry.by == doing.by:
            acknowledged.append(Acknowledged(entry.number, entry.saved_at, entry.was_locked))
        else:
            refused.append(Refused(entry.number, "another device has this name"))
    return Saved(tuple(acknowledged), tuple(refused))


@dataclass(frozen=True, slots=True)
class Filled:
    """How one criterion of a sheet stands: what was typed last."""

    criterion: str
    rating: int | None
    evidence: str
    typed_at: datetime.datetime | None = None
    saved_at: datetime.datetime | None = None


def filled_in(work: UnitOfWork, sheet: RatingSheet) -> tuple[Filled, ...]:
    """Every criterion of a sheet as it was typed last, in the sheet's order.

    By the devices' clocks: what a telephone kept back for an hour does not cover what was typed since.
    """
    return filled_of(sheet, work.ratings.entries(sheet.id))


def filled_of(sheet: RatingSheet, entries: Sequence[RatingEntry]) -> tuple[Filled, ...]:
    """The same from the sheet's entries, in the order in which they were typed."""
    last = {e.criterion: e for e in entries if not e.was_locked}
    return tuple(
        Filled(name, e.rating, e.evidence, e.typed_at, e.saved_at)
        if (e := last.get(name))
        else Filled(name, None, "")
        for name in sheet.criteria
    )


def last_entry(work: UnitOfWork, sheet: RatingSheet) -> str:
    """A word for everything that is entered on a sheet, another once anything more is."""
    return max((f"{e.id or 0:012d}" for e in work.ratings.entries(sheet.id) if not e.was_locked), default="0")


def _why_not(sheet: RatingSheet, typed: Typed) -> str:
    if typed.criterion not in sheet.criteria:
        return "this criterion is not rated here"
    if typed.rating is not None and not sheet.scale_min <= typed.rating <= sheet.scale_max:
        return f"a rating is from {sheet.scale_min} to {sheet.scale_max}"
    if len(typed.evidence) > EVIDENCE_CHARACTERS_MAX:
        return f"the evidence is longer than {EVIDENCE_CHARACTERS_MAX:,} characters"
    if not 0 < typed.number <= NUMBER_MAX:
        return "entries are numbered from 1"
    return ""


def _entry(
    sheet: RatingSheet, device: str, typed: Typed, clock_off: datetime.timedelta, doing: Doing
) -> RatingEntry:
    return RatingEntry(
        sheet_id=sheet.id,
        device=device,
        number=typed.number,
        criterion=typed.criterion,
        rating=typed.rating,
        evidence=typed.evidence.replace("\0", ""),
        typed_at=_typed_at(typed, clock_off, doing.at),
        saved_at=doing.at,
        was_locked=sheet.locked_at is not None,
        by=doing.by,
    )


def _typed_at(typed: Typed, clock_off: datetime.timedelta, now: datetime.datetime) -> datetime.datetime:
    """When it was typed by the server's clock, never later than now."""
    try:
        return min(typed.typed_at + clock_off, now)
    except OverflowError:
        return now
