"""One rating sheet as a page shows it: each criterion with the scale, its anchors, and what was typed last.

The same parts serve the sheet itself, the look over it before it is locked, and copying from paper.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from api.campaign import Campaign
from api.errors import Fault
from api.presenters.frame import PageError
from api.templating import date_short


class FilledIn(Protocol):
    """How one criterion stands: what was typed last."""

    @property
    def criterion(self) -> str: ...
    @property
    def rating(self) -> int | None: ...
    @property
    def evidence(self) -> str: ...
    @property
    def typed_at(self) -> datetime.datetime | None: ...
    @property
    def saved_at(self) -> datetime.datetime | None: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One number of the scale. `anchor` is empty where the campaign has none for it."""

    value: int
    anchor: str


@dataclass(frozen=True, slots=True)
class CriterionForm:
    """One criterion. `was` is the fingerprint of what the page showed, so that only changes are sent.

    `error` is what is lacking or wrong; `typed_at` is when the last entry was typed, for the page's script.
    """

    position: int
    criterion: str
    name: str
    choices: tuple[Choice, ...]
    rating: int | None
    evidence: str
    was: str
    typed_at: str
    error: str = ""

    @property
    def id(self) -> str:
        return f"c-{self.position}"

    @property
    def has_anchors(self) -> bool:
        return any(choice.anchor for choice in self.choices)

    @property
    def anchor(self) -> str:
        """What the chosen number means."""
        return next((choice.anchor for choice in self.choices if choice.value == self.rating), "")


@dataclass(frozen=True, slots=True)
class OthersRating:
    """What one of the others gave on one criterion; only ever of a sheet that is locked."""

    rater: str
    rating: int
    evidence: str


def criterion_forms(
    campaign: Campaign,
    scale: range,
    filled: Sequence[FilledIn],
    *,
    typed: Mapping[str, tuple[int | None, str]] | None = None,
    errors: Mapping[str, str] | None = None,
) -> tuple[CriterionForm, ...]:
    """Every criterion of a sheet. `typed` is what a refused form said, `errors` what is wrong with it."""
    anchors = anchors_of(campaign)
    forms = []
    for position, each in enumerate(filled, start=1):
        rating, evidence = (typed or {}).get(each.criterion, (each.rating, each.evidence))
        forms.append(
            CriterionForm(
                position=position,
                criterion=each.criterion,
                name=campaign.name_of("criteria", each.criterion),
                choices=tuple(Choice(n, anchors.get((each.criterion, n), "")) for n in scale),
                rating=rating,
                evidence=evidence,
                was=shown_before(each.rating, each.evidence),
                typed_at=each.typed_at.isoformat() if each.typed_at else "",
                error=(errors or {}).get(each.criterion, ""),
            )
        )
    return tuple(forms)


def shown_before(rating: int | None, evidence: str) -> str:
    """A fingerprint of one criterion as a page showed it."""
    text = f"{'' if rating is None else rating}|{evidence}"
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def anchors_of(campaign: Campaign) -> dict[tuple[str, int], str]:
    """What each number means for each criterion, where the campaign says so."""
    table = campaign.tables.get("anchors")
    if table is None:
        return {}
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return {(row["criterion"], int(row["rating"])): row["anchor"] for row in rows}


def fault_errors(faults: Sequence[Fault]) -> dict[str, str]:
    """What is wrong with a sheet, by criterion; what concerns all of it under the empty one."""
    found: dict[str, str] = {}
    for fault in faults:
        said = f"{fault.found.capitalize()} yet. Wanted: {fault.wanted}."
        if fault.row is not None:
            said = f"It does not fit the campaign as it is now. Found {fault.found}; wanted {fault.wanted}."
            found.setdefault("", said)
        else:
            found.setdefault(fault.column or "", said)
    return found


def sheet_errors(forms: Sequence[CriterionForm], errors: Mapping[str, str]) -> tuple[PageError, ...]:
    """The same for the summary at the top, each with the place to go to."""
    whole = [PageError(errors[""], "#main-content")] if "" in errors else []
    return (*whole, *(PageError(f"{f.name}: {f.error}", f"#{f.id}") for f in forms if f.error))


def saved_words(saved_at: datetime.datetime | None, now: datetime.datetime, zone: str) -> str:
    """Saved 10:42; with its date where that was another day."""
    if saved_at is None:
        return "Nothing written yet"
    there, today = saved_at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    day = "" if there.date() == today.date() else f"{date_short(there)}, "
    return f"Saved {day}{there:%H:%M}"


def others_ratings(
    criterion: str, others: Sequence[tuple[str, Sequence[FilledIn]]]
) -> tuple[OthersRating, ...]:
    """What others locked on one criterion."""
    return tuple(
        OthersRating(rater, each.rating, each.evidence)
        for rater, filled in others
        for each in filled
        if each.criterion == criterion and each.rating is not None
    )
