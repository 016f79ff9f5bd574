"""A solved repair, value by value, for the same model to start from when more is asked of it."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.solver.engine import Answer
from scheduler.solver.repair.variables import RepairVariables

# The value of every variable of the model that `build_repair_variables` and the rules made, in its order.
Choices = tuple[int, ...]


def choices_of(r: RepairVariables, answer: Answer) -> Choices:
    numbers = range(len(r.model.proto.variables))
    return tuple(answer.of(r.model.get_int_var_from_proto_index(number)) for number in numbers)


def hint(model: cp_model.CpModel, choices: Choices) -> None:
    """Let `model`, a copy of the one that was solved, start from these choices."""
    model.clear_hints()  # type: ignore[no-untyped-call]
    for number, value in enumerate(choices):
        model.add_hint(model.get_int_var_from_proto_index(number), value)
