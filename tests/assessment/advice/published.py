"""The worked examples of `tests/data/published`; its README names the sources."""

from __future__ import annotations

import csv
from pathlib import Path

PUBLISHED = Path(__file__).parents[2] / "data" / "published"


def groups_of(name: str) -> list[list[float]]:
    """One list of ratings per row; empty cells are left out."""
    with (PUBLISHED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [[float(cell) for cell in row if cell] for row in list(csv.reader(file))[1:]]
