"""Saving a sheet by the page's form, where no script does: only what was changed, and each change once.

The form carries a device's name of its own and the fingerprint of what it showed of each criterion. So a
form sent twice, or sent again much later, says exactly the same both times and lands once.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from api.presenters.rating_sheet import shown_before
from api.security import ALPHABET
from api.services.doing import Doing
from api.services.save_ratings import NUMBER_MAX, Saved, Typed, save_ratings
from api.storage.tables.ratings import RatingSheet
from api.storage.unit_of_work import UnitOfWork

NO_NUMBER = "this is none of the numbers of the scale"


@dataclass(frozen=True, slots=True)
class SentForm:
    """What a form says. `typed` has every criterion of it; `unreadable` those whose rating is no number."""

    typed: Mapping[str, tuple[int | None, str]]
    changed: tuple[str, ...]
    unreadable: tuple[str, ...]


def read_form(sheet: RatingSheet, field: Callable[[str], str]) -> SentForm:
    """`field` gives one field as text: `rating-1`, `evidence-1` and `was-1` are the first criterion's."""
    typed: dict[str, tuple[int | None, str]] = {}
    changed, unreadable = [], []
    for position, criterion in enumerate(sheet.criteria, start=1):
        text = field(f"rating-{position}").strip()
        is_number = text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 5
        if text and not is_number:
            unreadable.append(criterion)
        evidence = field(f"evidence-{position}").replace("\r\n", "\n").replace("\r", "\n")
        typed[criterion] = (int(text) if is_number else None, evidence)
        if shown_before(*typed[criterion]) != field(f"was-{position}"):
            changed.append(criterion)
    return SentForm(typed, tuple(changed), tuple(unreadable))


def save_form(
    work: UnitOfWork, campaign: str, sheet: RatingSheet, sent: SentForm, device: str, first: str, doing: Doing
) -> tuple[Saved, dict[str, str]]:
    """Keep what was changed. Returns what is kept, and by criterion why something was not.

    The first criterion has the number `first`, the others follow. Raises `BadInput` for a device's name that
    no form of ours has.
    """
    start = int(first) if first.isascii() and first.isdigit() and len(first) < len(str(NUMBER_MAX)) else 1
    numbers = {criterion: start + place for place, criterion in enumerate(sheet.criteria)}
    entries = [
        Typed(numbers[name], sheet.id, name, *sent.typed[name], typed_at=doing.at)
        for name in sent.changed
        if name not in sent.unreadable
    ]
    saved = save_ratings(work, campaign, sheet.person, device, entries, doing)
    why = {refused.number: refused.why for refused in saved.refused}
    errors = {name: why[number] for name, number in numbers.items() if number in why}
    return saved, {**errors, **dict.fromkeys(sent.unreadable, NO_NUMBER)}


def form_device() -> str:
    """A name for one form that is shown."""
    return "form" + "".join(secrets.choice(ALPHABET) for _ in range(20))
