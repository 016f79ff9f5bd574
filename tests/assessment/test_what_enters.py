"""A law: no name, no address and no protected characteristic can enter the assessment."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator

import assessment

# Every field that any dataclass of the package may have; a new one is added here after a second look.
FIELDS_THAT_MAY_ENTER = frozenset(
    {
        "agreed",
        "applicant",
        "applicants",
        "appointable",
        "assessor",
        "at_most",
        "below_floor",
        "by",
        "by_applicant",
        "by_council",
        "cells",
        "checks",
        "choice",
        "choices",
        "council",
        "council_lists",
        "criteria",
        "criterion",
        "exercise",
        "final",
        "floors",
        "key",
        "last_rank",
        "last_resort",
        "lead_council",
        "lines",
        "listed_by",
        "lot_seed",
        "not_counted",
        "order",
        "outcome",
        "overall",
        "pairs",
        "percent",
        "places",
        "problem",
        "rank",
        "raters_min",
        "rating",
        "rating_gap_to_discuss",
        "ratings",
        "reason",
        "reserve_position",
        "rule",
        "scale_max",
        "scale_min",
        "sentence",
        "spread",
        "standard_percent",
        "tie_break",
        "warnings",
        "weights",
        "why",
    }
)


def dataclasses_of_the_package() -> Iterator[type]:
    for module in pkgutil.walk_packages(assessment.__path__, "assessment."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, type) and dataclasses.is_dataclass(each):
                yield each


def test_only_these_fields_exist_anywhere_in_the_assessment() -> None:
    fields = {field.name for each in dataclasses_of_the_package() for field in dataclasses.fields(each)}
    assert fields == FIELDS_THAT_MAY_ENTER
