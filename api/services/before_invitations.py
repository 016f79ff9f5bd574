"""A campaign of the database as it is known before anybody has applied: all but the applicants."""

from __future__ import annotations

from api.campaign import Campaign
from api.errors import BadInput
from api.imports.read import raw_tables_of, read_tables
from api.services.open_campaign import Opened, plain_tables


def campaign_before_invitations(opened: Opened) -> Campaign:
    """The campaign, which need not have applicants yet. Raises `BadInput` with every fault.

    Its applicants are there where it has any, with nothing wrong about them.
    """
    if opened.campaign is not None:
        return opened.campaign
    reading = read_tables(raw_tables_of(plain_tables(opened.tables)), applicants_wanted=False)
    if reading.campaign is None:
        raise BadInput(reading.faults, reading.warnings)
    return reading.campaign
