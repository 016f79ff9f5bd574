"""The rules by which ratings become offers, as one text that can be fixed beforehand, and what changed since.

Scale, matrix, floors, standard, tie-break, lot, allocation: whatever decides about somebody stands in the
text, so the same fingerprint means the same rules. Of the lot's seed only the fingerprint is in it, for the
seed itself is published afterwards. Who fixed the rules and when is in the campaign's tables.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from assessment.figures import exact
from assessment.framework import Framework


def rules_text(framework: Framework, allocation_rule: str, offer_hours: int) -> str:
    """The rules in one line of JSON, by name, in the order of the alphabet."""
    rules = {
        "allocation_rule": allocation_rule,
        "below_floor": framework.below_floor.value,
        "floor_ratings": [f"{floor.rating}:{floor.at_most}" for floor in framework.floors],
        "lot_seed_sha256": sha256_of(framework.lot_seed) if framework.lot_seed else "",
        "matrix": {
            f"{exercise} / {criterion}": exact(weight)
            for (exercise, criterion), weight in sorted(framework.weights.items())
        },
        "offer_hours": str(offer_hours),
        "raters_min": str(framework.raters_min),
        "rating_gap_to_discuss": str(framework.rating_gap_to_discuss),
        "scale": f"{framework.scale_min} to {framework.scale_max}",
        "standard_percent": exact(framework.standard_percent),
        "tie_break": [*framework.tie_break, framework.last_resort.value],
    }
    return json.dumps(rules, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(text: str) -> str:
    """The fingerprint of a text: SHA-256 over its UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def differences(frozen: str, present: str) -> tuple[str, ...]:
    """What differs between two texts of rules, a short sentence for each, the frozen one first.

    A text that is no rules at all (somebody wrote over it) differs in one way: it cannot be read.
    """
    before, after = _flat(frozen), _flat(present)
    if before is None or after is None:
        return ("the frozen rules cannot be read",)
    names = sorted(before.keys() | after.keys())
    return tuple(
        f"{name} was {before.get(name) or 'empty'} and is {after.get(name) or 'empty'}"
        for name in names
        if before.get(name) != after.get(name)
    )


def _flat(text: str) -> dict[str, str] | None:
    """Each rule by name; each cell of the matrix by its own."""
    try:
        rules = json.loads(text)
    except json.JSONDecodeError:
        return None
    if not isinstance(rules, dict):
        return None
    flat: dict[str, str] = {}
    for name, value in rules.items():
        if isinstance(value, Mapping):
            flat |= {f"{name} {cell}": str(weight) for cell, weight in value.items()}
        else:
            flat[name] = ";".join(map(str, value)) if isinstance(value, list) else str(value)
    return flat
