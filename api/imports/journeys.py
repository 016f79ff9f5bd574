"""How long everybody travels to every venue: given times first, modelled ones where there are none.

For a person the first of these that is there counts: their own row of the travel table; for an assessor
without coordinates of their own, their council's row; the model, from the person's or else the council's
coordinates. Somebody of whom nothing is known counts as 0 minutes, with a warning.
"""

from __future__ import annotations

from api.imports.tables import CheckedTables, Record
from scheduler.travel import Coordinates, modelled_minutes


def travel_minutes(tables: CheckedTables) -> tuple[dict[tuple[str, str], int], list[str]]:
    """One-way minutes by (person, venue) for all applicants and assessors, and warnings."""
    given = {(r.text("from"), r.text("venue")): r.whole("minutes") for r in tables.records("travel")}
    venues = {r.text("venue"): coordinates_of(r) for r in tables.records("venues")}
    councils = {r.text("council"): coordinates_of(r) for r in tables.records("councils")}
    minutes: dict[tuple[str, str], int] = {}
    unknown: list[str] = []
    for person, start, council in _travellers(tables):
        origin = start or councils.get(council)
        for venue, place in venues.items():
            row = given.get((person, venue))
            if row is None and start is None:
                row = given.get((council, venue))
            if row is None and origin is not None and place is not None:
                row = modelled_minutes(origin, place)
            if row is None:
                unknown.append(f"{person} to {venue}")
            minutes[person, venue] = row or 0
    return minutes, _warning(unknown)


def coordinates_of(record: Record) -> Coordinates | None:
    """Where somebody or something is, None where either coordinate is empty."""
    if not (record.text("latitude") and record.text("longitude")):
        return None
    return Coordinates(float(record.text("latitude")), float(record.text("longitude")))


def _travellers(tables: CheckedTables) -> list[tuple[str, Coordinates | None, str]]:
    """Reference, own coordinates, and the council that stands in for them ("" for applicants)."""
    applicants = [(r.text("applicant"), coordinates_of(r), "") for r in tables.records("applicants")]
    assessors = [
        (r.text("assessor"), coordinates_of(r), r.text("council")) for r in tables.records("assessors")
    ]
    return applicants + assessors


def _warning(unknown: list[str]) -> list[str]:
    if not unknown:
        return []
    named = ", ".join(unknown[:5]) + (f" and {len(unknown) - 5} more" if len(unknown) > 5 else "")
    return [f"no coordinates and no travel row, counted as 0 minutes: {named}"]
