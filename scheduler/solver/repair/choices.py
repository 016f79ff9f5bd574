"""A solved repair kept by what it says, not by the solver's numbering: another model can start from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ortools.sat.python import cp_model

from scheduler.solver.engine import Answer
from scheduler.solver.repair.variables import RepairVariables

Key = tuple[str, object]
Choices = Mapping[Key, int]


def choices_of(r: RepairVariables, answer: Answer) -> Choices:
    return {key: answer.of(variable) for key, variable in _variables(r)}


def hint(model: cp_model.CpModel, r: RepairVariables, choices: Choices) -> None:
    """Let `model`, a copy of that of `r`, start from these choices wherever it has them."""
    model.clear_hints()  # type: ignore[no-untyped-call]
    for key, variable in _variables(r):
        if key in choices:
            model.add_hint(variable, choices[key])


def _variables(r: RepairVariables) -> Iterator[tuple[Key, cp_model.IntVar]]:
    for name, table in (
        ("works", r.works),
        ("leads", r.leads),
        ("interprets", r.interprets),
        ("sits in", r.sits_in),
        ("plays in", r.plays_in),
        ("changed", r.changed),
    ):
        for key, variable in table.items():
            yield (name, key), variable
    for v in r.orders:
        yield from ((("start", key), variable) for key, variable in v.start.items())
        yield from ((("comes", key), variable) for key, variable in v.comes.items())
        yield from ((("sits", key), variable) for key, variable in v.sits.items())
        yield from ((("staffs", key), variable) for key, variable in v.staffs.items())
        yield from ((("joins", key), variable) for key, variable in v.joins.items())
        yield from ((("plays", key), variable) for key, variable in v.plays.items())
        yield from ((("in room", key), variable) for key, variable in v.in_room.items())
        yield from ((("panel room", key), variable) for key, variable in v.panel_room.items())
        for run in v.options.shared_runs:
            start = v.run_start[run]
            yield ("takes place", run), v.takes_place[run]
            if isinstance(start, cp_model.IntVar):
                yield ("run start", run), start
