"""Read a campaign and say whether it can be used; the first step of every other use case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api.campaign import Campaign
from api.errors import BadInput
from api.imports.read import read_campaign


@dataclass(frozen=True, slots=True)
class Checked:
    """A sound campaign, and what is allowed in it but worth knowing."""

    campaign: Campaign
    warnings: tuple[str, ...]


def check_campaign(path: Path) -> Checked:
    """The campaign at `path`, a folder of CSV or a workbook. Raises `BadInput` with every fault."""
    reading = read_campaign(path)
    if reading.campaign is None:
        raise BadInput(reading.faults, reading.warnings)
    return Checked(reading.campaign, reading.warnings)
