"""A campaign from folder to workbook or back, or to another of its kind; nothing of it changes."""

from __future__ import annotations

from pathlib import Path

from api.campaign import Campaign
from api.services.place_campaign import place_campaign


def convert_campaign(campaign: Campaign, out: Path) -> int:
    """Write the campaign to `out`, a workbook where that ends in `.xlsx`, else a folder.

    Returns the number of tables. Raises `BadInput` where `out` holds something else, `OSError` where it
    cannot be written.
    """
    place_campaign(campaign.tables.values(), out)
    return len(campaign.tables)
