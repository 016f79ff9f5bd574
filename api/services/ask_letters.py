"""Asking for all letters after a release, as one archive. Nobody gets them before."""

from __future__ import annotations

from api.services.ask_job import ask_job
from api.services.doing import Doing
from api.services.look_at_offers import names_a_release
from api.services.offer_acts import NotPossible, campaign_of
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.jobs import Job, JobKind
from api.storage.unit_of_work import UnitOfWork

# Of how many sets the letters are kept; they can be made again.
LETTERS_KEPT = 3
NAME_LETTERS_MAX = 30
NOT_RELEASED = "There are no letters before the offers are released."


def ask_letters(work: UnitOfWork, record: CampaignRecord, doing: Doing) -> Job:
    """Raises `BadInput` or `NotPossible`."""
    if not names_a_release(campaign_of(work, record)):
        raise NotPossible(NOT_RELEASED)
    name = f"{record.name[:NAME_LETTERS_MAX]} letters"
    return ask_job(work, record, JobKind.LETTERS, {"name": name}, doing)
