"""An interest that somebody declares on the day: from then on they do not see that applicant.

It becomes a row of the campaign's `interests` at once. The repair of the timetable is proposed by whoever
runs the day; `new_interests` tells them what is newer than the published timetable.
"""

from __future__ import annotations

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.services.change_tables import DAY, RowChanged, add_rows
from api.services.doing import Doing
from api.services.published_timetable import Published
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from scheduler.people import DeclaredInterest

KIND_CHARACTERS_MAX = 300


def declare_interest(
    work: UnitOfWork, record: CampaignRecord, person: str, applicant: str, kind: str, doing: Doing
) -> RowChanged:
    """Keep `person` apart from `applicant`. The campaign must be held.

    Raises `BadInput` where it is not said what the interest is. The audit does not repeat what it is.
    """
    said = " ".join(kind.split())
    if not 0 < len(said) <= KIND_CHARACTERS_MAX:
        found = f"{len(said)} characters" if said else "nothing"
        wanted = f"how you know the applicant, in at most {KIND_CHARACTERS_MAX} characters"
        raise BadInput([Fault("interests", None, "kind", found, wanted)])
    row = {"applicant": applicant, "person": person, "kind": said, "decision": "exclude"}
    sentence = f"{person} declared an interest in {applicant}"
    return add_rows(work, record, "interests", [row], doing, DAY, sentence)


def new_interests(now: Campaign, published: Published) -> tuple[DeclaredInterest, ...]:
    """Interests that keep people apart now and that the published timetable did not know of."""
    known = {(i.applicant, i.person) for i in published.reading.campaign.problem.interests if i.excluded}
    return tuple(
        interest
        for interest in now.problem.interests
        if interest.excluded and (interest.applicant, interest.person) not in known
    )
