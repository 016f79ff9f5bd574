"""Answers to offers and what was done about them: what each kind of event needs, and their order in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from api.errors import Fault, shown
from api.imports.checks.draft import Check, Draft

# What an event of each kind has to say beside when and by whom; everything else stays empty.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "release": ("second_by", "offers_sha256"),
    "pass": ("second_by",),
    "places": ("council", "places", "reason"),
    "extend": ("applicant", "until", "reason"),
    "undo": ("undoes", "reason"),
}
MAY = ("reason",)
COLUMNS = ("applicant", "council", "places", "until", "undoes", "second_by", "offers_sha256", "reason")


def event_says_what_its_kind_needs(draft: Draft) -> Iterator[Fault]:
    for record in draft.records("offer_events"):
        kind = record.text("kind")
        for column in NEEDED.get(kind, ()):
            if not record.text(column) and column not in record.unread:
                yield record.fault(column, shown(""), f"what the kind {kind} needs here")
        for column in COLUMNS if kind in NEEDED else ():
            if record.text(column) and column not in (*NEEDED[kind], *MAY):
                yield record.fault(column, shown(record.text(column)), f"an empty cell, for the kind {kind}")


def two_different_people_sign(draft: Draft) -> Iterator[Fault]:
    for record in draft.records("offer_events"):
        second = record.text("second_by")
        if second and second.casefold() == record.text("by").casefold():
            yield record.fault("second_by", shown(second), "a second person")


def events_are_in_order_of_time(draft: Draft) -> Iterator[Fault]:
    latest = ""
    for record in draft.records("offer_events"):
        if record.text("at") and record.text("at") < latest:
            yield record.fault("at", shown(record.text("at")), f"a time not before {latest}")
        latest = max(latest, record.text("at"))


def undone_event_comes_before(draft: Draft) -> Iterator[Fault]:
    """What is undone is an earlier event, or an answer: an applicant's reference means their last answer."""
    earlier: set[str] = set()
    answered = {r.text("applicant") for r in draft.records("responses")}
    for record in draft.records("offer_events"):
        undone = record.text("undoes")
        if record.text("kind") == "undo" and undone and undone not in earlier | answered:
            yield record.fault(
                "undoes", shown(undone), "an event of an earlier row, or an applicant who has answered"
            )
        earlier.add(record.text("event"))


def answers_to_a_release_have_their_time(draft: Draft) -> Iterator[Fault]:
    """Without a time nobody can say whether an answer came before the offer expired."""
    if not draft.records("offer_events"):
        return
    for record in draft.records("responses"):
        if not record.text("at") and "at" not in record.unread:
            yield record.fault("at", shown(""), "when the answer came, e.g. 2015-08-03 16:20")


CHECKS: tuple[Check, ...] = (
    event_says_what_its_kind_needs,
    two_different_people_sign,
    events_are_in_order_of_time,
    undone_event_comes_before,
    answers_to_a_release_have_their_time,
)
