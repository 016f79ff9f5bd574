"""The time zone in which a campaign's dates and times are to be read and shown."""

from __future__ import annotations

from api.services.open_campaign import Opened


def time_zone_of(opened: Opened, otherwise: str) -> str:
    """The campaign's own, or another where the campaign cannot be read yet."""
    return opened.campaign.settings["time_zone"] if opened.campaign else otherwise
