"""`repair.json`: what the repairs of a timetable were told, there and back.

It lies beside a repaired timetable. Whoever reads the timetable needs it to know who is absent, which session
starts when, and from when on standby assessors may work.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from api.campaign import Campaign
from api.errors import Fault, shown
from api.imports.disruption import minutes_of, moment_of, people_of
from scheduler.disruption import Disruption, Repair
from scheduler.grid import clock

REPAIR_JSON = "repair.json"
WANTED = "the file as `stepup repair` wrote it for this campaign"


class _Odd(Exception):
    """Something in the record is not what it should be."""


def repairs_record(repairs: Sequence[Repair]) -> list[dict[str, object]]:
    """Plain data with clock faces, oldest repair first."""
    return [_record(repair) for repair in repairs]


def read_repairs(timetable: Path, campaign: Campaign, faults: list[Fault]) -> tuple[Repair, ...]:
    """The repairs recorded beside a timetable (its file or folder); none where there is no record."""
    file = timetable / REPAIR_JSON if timetable.is_dir() else timetable.with_name(REPAIR_JSON)
    if not file.exists():
        return ()
    try:
        plain = json.loads(file.read_text(encoding="utf-8"))
        return repairs_of(_of(plain, "repairs", list), campaign, faults)
    except _Odd as odd:
        faults.append(Fault(REPAIR_JSON, None, None, str(odd), WANTED))
    except (ValueError, RecursionError):
        faults.append(Fault(REPAIR_JSON, None, None, "text that is no JSON", WANTED))
    return ()


def repairs_of(records: Sequence[Any], campaign: Campaign, faults: list[Fault]) -> tuple[Repair, ...]:
    """The repairs of such records; none, with a fault, where they do not fit this campaign."""
    try:
        return tuple(_repair(record, campaign) for record in records)
    except _Odd as odd:
        faults.append(Fault(REPAIR_JSON, None, None, str(odd), WANTED))
    return ()


def _record(repair: Repair) -> dict[str, object]:
    told = repair.disruption
    return {
        "now": f"{told.now.date.isoformat()} {clock(told.now.minutes)}",
        "absent": list(told.absent),
        "late": [{"person": person, "time": clock(minutes)} for person, minutes in told.late],
        "leaving": [{"person": person, "time": clock(minutes)} for person, minutes in told.leaving],
        "rooms_lost": list(told.rooms_lost),
        "session_starts": [{"session": s, "time": clock(minutes)} for s, minutes in told.session_starts],
        "left_out": list(repair.left_out),
    }


def _repair(record: Any, campaign: Campaign) -> Repair:
    problem = campaign.problem
    now = moment_of(_of(record, "now", str))
    if now is None:
        raise _Odd(shown(_of(record, "now", str)))
    people = people_of(problem)
    disruption = Disruption(
        now=now,
        absent=_references(record, "absent", people),
        late=_times(record, "late", "person", people),
        leaving=_times(record, "leaving", "person", people),
        rooms_lost=_references(record, "rooms_lost", problem.room_by_reference),
        session_starts=_times(record, "session_starts", "session", problem.session_by_reference),
    )
    return Repair(disruption, _references(record, "left_out", problem.applicant_by_reference))


def _of(record: Any, key: str, kind: type) -> Any:
    if not isinstance(record, Mapping) or not isinstance(record.get(key), kind):
        raise _Odd(f'nothing that could be "{key}"')
    return record[key]


def _references(record: Any, key: str, known: Any) -> tuple[str, ...]:
    found = _of(record, key, list)
    for one in found:
        if not isinstance(one, str) or one not in known:
            raise _Odd(f'{shown(str(one))} in "{key}"')
    return tuple(found)


def _times(record: Any, key: str, whose: str, known: Any) -> tuple[tuple[str, int], ...]:
    found = []
    for one in _of(record, key, list):
        reference, minutes = _of(one, whose, str), minutes_of(_of(one, "time", str))
        if reference not in known or minutes is None:
            raise _Odd(f'{shown(str(one))} in "{key}"')
        found.append((reference, minutes))
    return tuple(found)
