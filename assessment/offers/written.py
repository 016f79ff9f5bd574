"""How offers are written down: how everybody stands, and the ledger line by line. Text only, by reference.

Writing it to a file is the outside's business.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from assessment.offers.book import OfferBook
from assessment.offers.ledger import Change, Entry, Ledger
from assessment.offers.moves import Move
from assessment.offers.passes import HeldBack, NextPass

TableText = tuple[tuple[str, ...], list[tuple[str, ...]]]

OFFERS_COLUMNS = ("applicant", "state", "council", "choice", "answer_by")
NEXT_PASS_COLUMNS = ("move", "applicant", "from_council", "to_council", "choice", "note")
LOG_COLUMNS = (
    "at",
    "act",
    "kind",
    "move",
    "applicant",
    "state_before",
    "council_before",
    "state_after",
    "council_after",
    "choice",
    "answer_by",
    "note",
)


def offers_table(book: OfferBook) -> TableText:
    """`offers.csv`: every ranked applicant in order of merit; council, choice and deadline with an offer."""
    return OFFERS_COLUMNS, [
        (
            line.applicant,
            line.state.value,
            line.council or "",
            "" if line.choice is None else str(line.choice),
            moment(line.answer_by),
        )
        for line in book.lines.values()
    ]


def log_table(ledger: Ledger) -> TableText:
    """`offer_log.csv`: what every act in force changed, a row for each applicant; and places held back."""
    return LOG_COLUMNS, [row for entry in ledger.entries for row in entry_rows(entry)]


def next_pass_table(coming: NextPass | None) -> TableText:
    """`next_pass.csv`: what a pass would do now (upgrade, offer, held_back); empty before a release."""
    if coming is None:
        return NEXT_PASS_COLUMNS, []
    rows: list[tuple[str, ...]] = [
        ("upgrade", each.applicant, each.left, each.council, str(each.choice), ahead_note(each.ahead))
        for each in coming.upgrades
    ]
    rows += [("offer", each.applicant, "", each.council, str(each.choice), "") for each in coming.offers]
    rows += [("held_back", "", "", each.council, "", held_note(each)) for each in coming.held_back]
    return NEXT_PASS_COLUMNS, rows


def book_record(book: OfferBook) -> dict[str, object]:
    """Everything a book holds, for a file that is compared byte for byte."""
    columns, rows = offers_table(book)
    return {
        "released": book.released,
        "places": dict(book.places),
        "offers": [dict(zip(columns, row, strict=True)) for row in rows],
    }


def entry_rows(entry: Entry) -> Iterator[tuple[str, ...]]:
    ahead = {each.applicant: each.ahead for each in entry.given.upgrades} if entry.given else {}
    for change in entry.changes:
        yield _row(entry, change, ahead.get(change.before.applicant, ()))
    if entry.places is not None:
        changed = entry.places
        note = f"Places: {changed.before} before, {changed.after} from now on."
        yield _plain_row(entry, "places", changed.council, note)
    for held in entry.given.held_back if entry.given else ():
        yield _plain_row(entry, "held_back", held.council, held_note(held))
    if entry.given is not None and not entry.changes and not entry.given.held_back:
        yield _plain_row(entry, "", "", "There was nothing to give out.")


def _row(entry: Entry, change: Change, ahead: tuple[str, ...]) -> tuple[str, ...]:
    before, after = change.before, change.after
    return (
        moment(entry.at),
        entry.act,
        entry.kind,
        change.move.value,
        before.applicant,
        before.state.value,
        before.council or "",
        after.state.value,
        after.council or "",
        "" if after.choice is None else str(after.choice),
        moment(after.answer_by) if change.move is not Move.EXPIRE else "",
        ahead_note(ahead),
    )


def _plain_row(entry: Entry, move: str, council: str, note: str) -> tuple[str, ...]:
    return (moment(entry.at), entry.act, entry.kind, move, "", "", council, "", council, "", "", note)


def ahead_note(ahead: Sequence[str]) -> str:
    """Whom an upgrade passes by, for those who sign the pass; empty where it passes nobody by."""
    who = ", ".join(ahead)
    return f"Upgrades come first; waiting, and higher with this council: {who}." if ahead else ""


def held_note(held: HeldBack) -> str:
    """How many places wait, and for whose answers."""
    return (
        f"Free places held back: {held.places}, until these have answered: {', '.join(held.until_answered)}."
    )


def moment(at: datetime.datetime | None) -> str:
    """A time to the minute, as the campaign's tables spell it; empty for none."""
    return "" if at is None else f"{at:%Y-%m-%d %H:%M}"
