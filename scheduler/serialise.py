"""The scheduler's nouns as JSON and as rows: problems, timetables and run records, there and back.

`run_record` is `run.json` and `timetable_rows`/`rotation_rows` are the two CSV files of the campaign
format; `problem_record` and `timetable_record` are for `python -m scheduler` and for whoever keeps a
problem. Files are read and written elsewhere.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from scheduler.balance import rotation_balances
from scheduler.grid import clock
from scheduler.problem import Problem
from scheduler.result import Result
from scheduler.timetable import Timetable, timetable_of

Rows = tuple[tuple[str, ...], list[tuple[str, ...]]]

TIMETABLE_COLUMNS = ("session", "exercise", "sitting", "room", "start", "end", "person", "role", "panel")
ROTATION_COLUMNS = ("session", "sitting", "round", "start", "end", "service_user", "applicant")


def timetable_rows(timetable: Timetable) -> Rows:
    """Columns and rows of `timetable.csv`, in order of session and start."""
    return TIMETABLE_COLUMNS, [
        (
            e.session,
            e.exercise,
            e.sitting,
            e.room,
            clock(e.start),
            clock(e.end),
            e.person,
            e.role.value,
            e.panel,
        )
        for e in sorted(timetable.entries)
    ]


def rotation_rows(timetable: Timetable) -> Rows:
    """Columns and rows of `rotations.csv`, in order of session, run and round."""
    return ROTATION_COLUMNS, [
        (m.session, m.sitting, str(m.round), clock(m.start), clock(m.end), m.service_user, m.applicant)
        for m in sorted(timetable.meetings)
    ]


def run_record(result: Result, input_sha256: str, versions: Mapping[str, str]) -> dict[str, object]:
    """`run.json`: how the run ended, tier by tier, how even its rotations are, and what it was made from.

    `rotations`, one entry for each session with a rotation, is an extension of the campaign format.
    """
    return {
        "status": result.status.value,
        "objective": [_outcome(outcome) for outcome in result.objective],
        "unplaced": [{"applicant": u.applicant, "reason": u.reason} for u in result.unplaced],
        "rotations": [dataclasses.asdict(b) for b in rotation_balances(result.timetable.meetings)],
        "seconds": round(result.seconds, 2),
        "seed": result.seed,
        "workers": result.workers,
        "input_sha256": input_sha256,
        "versions": dict(versions),
    }


def problem_record(problem: Problem) -> dict[str, Any]:
    """A problem as plain JSON data; `problem_of` reads it back to an equal problem."""
    record = _plain(problem)
    assert isinstance(record, dict)
    return record


def problem_of(record: Mapping[str, Any]) -> Problem:
    """The problem of such a record. Raises `ValueError`, `KeyError` or `TypeError` where it is none."""
    problem = _rebuilt(Problem, record)
    assert isinstance(problem, Problem)
    return problem


def timetable_record(timetable: Timetable) -> dict[str, Any]:
    """A timetable as plain JSON data; `timetable_of_record` reads it back to an equal timetable."""
    record = _plain(timetable)
    assert isinstance(record, dict)
    return record


def timetable_of_record(record: Mapping[str, Any]) -> Timetable:
    """The timetable of such a record. Raises `ValueError`, `KeyError` or `TypeError` where it is none."""
    timetable = _rebuilt(Timetable, record)
    assert isinstance(timetable, Timetable)
    return timetable_of(timetable.entries, timetable.meetings)


def _outcome(outcome: Any) -> dict[str, object]:
    record: dict[str, object] = {
        "name": outcome.name,
        "value": outcome.value,
        "bound": outcome.bound,
        "proven": outcome.proven,
    }
    return record | ({"note": outcome.note} if outcome.note else {})


def _plain(value: Any) -> Any:
    """Plain data: a dataclass by its fields, a mapping as pairs, a set sorted, so that equals look equal."""
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(item)] for key, item in sorted(value.items())]
    if isinstance(value, frozenset):
        return [_plain(item) for item in sorted(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _rebuilt(kind: Any, plain: Any) -> Any:
    """The value of type `kind` that `_plain` made `plain` from."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return None if plain is None else _rebuilt(arguments[0], plain)
    if origin is tuple and arguments[-1] is not Ellipsis:
        return tuple(_rebuilt(part, item) for part, item in zip(arguments, plain, strict=True))
    if origin in (tuple, frozenset):
        return origin(_rebuilt(arguments[0], item) for item in plain)
    if origin is not None and issubclass(origin, Mapping):
        return {_rebuilt(arguments[0], key): _rebuilt(arguments[1], item) for key, item in plain}
    if dataclasses.is_dataclass(kind):
        return _rebuilt_dataclass(kind, plain)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(plain)
    if kind is datetime.date:
        return datetime.date.fromisoformat(plain)
    if not isinstance(plain, kind) or (kind is int and isinstance(plain, bool)):
        raise TypeError(f"found {plain!r}; wanted {kind.__name__}")
    return plain


def _rebuilt_dataclass(kind: Any, plain: Any) -> Any:
    hints = typing.get_type_hints(kind)
    if not isinstance(plain, Mapping) or not set(plain) <= set(hints):
        raise TypeError(f"found {plain!r}; wanted the fields of {kind.__name__}")
    return kind(**{name: _rebuilt(hints[name], item) for name, item in plain.items()})
