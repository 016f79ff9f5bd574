"""People: choices, coordinates, arrangements, declared interests and pins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from api.errors import Fault, shown
from api.imports.checks.draft import Check, Draft
from api.imports.tables import Record


def choices_are_listed_once(draft: Draft) -> Iterator[Fault]:
    for record in draft.records("applicants"):
        choices = record.choices
        for place, council in enumerate(choices):
            if council and choices.index(council) < place:
                first = choices.index(council) + 1
                yield record.fault(
                    f"choice_{place + 1}", f"{shown(council)}, already choice_{first}", "each council once"
                )


def choices_have_no_gap(draft: Draft) -> Iterator[Fault]:
    """A gap leaves in doubt what is meant to be first."""
    for record in draft.records("applicants"):
        filled = [place for place, council in enumerate(record.choices) if council]
        for place in range(filled[-1] if filled else 0):
            column = f"choice_{place + 1}"
            if place not in filled and column not in record.unread:
                yield record.fault(column, "an empty cell before a later choice", "choices without a gap")


def coordinates_come_in_pairs(draft: Draft) -> Iterator[Fault]:
    for table in ("councils", "venues", "applicants", "assessors"):
        for record in draft.records(table):
            for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
                if record.text(other) and not record.text(one) and one not in record.unread:
                    yield record.fault(one, shown(""), f"a {one}, or no {other} either")


def interest_has_one_decision(draft: Draft) -> Iterator[Fault]:
    decided: dict[tuple[str, str], Record] = {}
    for record in draft.records("interests"):
        if not record.text("decision"):
            continue
        first = decided.setdefault((record.text("applicant"), record.text("person")), record)
        if first.text("decision") != record.text("decision"):
            found = f"{shown(record.text('decision'))}, but {first.text('decision')} in row {first.row}"
            yield record.fault("decision", found, "one decision for two people")


def applicant_is_pinned_to_one_session(draft: Draft) -> Iterator[Fault]:
    applicants = draft.tables.keys("applicants")
    for person, pins in _must_pins(draft).items():
        for pin in pins[1:] if person in applicants else ():
            found = f"a second must for {shown(person)}, first in row {pins[0].row}"
            yield pin.fault("session", found, "one session that an applicant must be in")


def assessor_is_pinned_to_sessions_apart(draft: Draft) -> Iterator[Fault]:
    """No two sessions an assessor must be in overlap, or are at two venues on one day."""
    assessors = draft.tables.keys("assessors")
    for person, pins in _must_pins(draft).items():
        for one, other in combinations(pins, 2) if person in assessors else ():
            if _clash(draft, one.text("session"), other.text("session")):
                found = (
                    f"{shown(other.text('session'))}, which {shown(person)} cannot reach from row {one.row}'s"
                )
                yield other.fault("session", found, "sessions that do not overlap, at one venue a day")


def assessor_is_pinned_within_half_days(draft: Draft) -> Iterator[Fault]:
    for person, pins in _must_pins(draft).items():
        assessor = draft.row_of("assessors", person)
        most = None if assessor is None else assessor.whole_or_none("half_days_max")
        limit = draft.settings.whole("assessor_half_days_max") if most is None else most
        if assessor is not None and len(pins) > limit:
            yield pins[limit].fault(
                "person",
                f"{len(pins)} sessions for {shown(person)}",
                f"at most half_days_max, which is {limit}",
            )


def standby_assessor_is_not_pinned(draft: Draft) -> Iterator[Fault]:
    for person, pins in _must_pins(draft).items():
        assessor = draft.row_of("assessors", person)
        if assessor is not None and assessor.yes("standby"):
            yield pins[0].fault("person", f"{shown(person)}, who is on standby", "nobody on standby")


def pinned_person_is_available(draft: Draft) -> Iterator[Fault]:
    rows = defaultdict(list)
    for record in draft.records("availability"):
        rows[record.text("person")].append(record)
    for person, pins in _must_pins(draft).items():
        yes = {r.text("session") for r in rows[person] if r.yes("available")}
        no = {r.text("session") for r in rows[person] if r.text("available") == "no"}
        for pin in pins:
            session = pin.text("session")
            if session in no or (yes and session not in yes):
                found = f"{shown(session)}, for which {shown(person)} is not available"
                yield pin.fault("session", found, "a session the person can come to")


def _must_pins(draft: Draft) -> dict[str, list[Record]]:
    pins: dict[str, list[Record]] = defaultdict(list)
    for record in draft.records("pins"):
        if record.text("rule") == "must" and record.text("person") and record.text("session"):
            pins[record.text("person")].append(record)
    return pins


def _clash(draft: Draft, one: str, other: str) -> bool:
    first, second = draft.row_of("sessions", one), draft.row_of("sessions", other)
    if first is None or second is None or one == other or first.text("date") != second.text("date"):
        return False
    apart = first.text("end") <= second.text("start") or second.text("end") <= first.text("start")
    return first.text("venue") != second.text("venue") or not apart


CHECKS: tuple[Check, ...] = (
    choices_are_listed_once,
    choices_have_no_gap,
    coordinates_come_in_pairs,
    interest_has_one_decision,
    applicant_is_pinned_to_one_session,
    assessor_is_pinned_to_sessions_apart,
    assessor_is_pinned_within_half_days,
    standby_assessor_is_not_pinned,
    pinned_person_is_available,
)
