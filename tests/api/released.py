"""The sample `tiny` after its day in a test: rated, and its offers released; what its councils were given."""

from __future__ import annotations

from api.clock import utc_now
from api.samples import sample_tables
from api.services.allocate_places import allocate_places, offers_sha256
from api.services.change_tables import IMPORT, OFFERS, add_row, add_rows, put_tables
from api.services.doing import Doing
from api.services.open_campaign import open_campaign
from api.services.rank_applicants import rank_applicants
from tests.service import Service

RELEASED = "2015-08-03 09:00"
LATER = ("attendance", "ratings", "agreed")
PROGRAM = Doing("program", utc_now())


def rate_everybody(service: Service) -> None:
    """Bring in who came, what they were rated, and what was agreed."""
    tables = sample_tables("tiny")
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        put_tables(work, record, {name: tables[name] for name in LATER}, IMPORT, "Brought in", PROGRAM)


def release(service: Service) -> dict[str, tuple[str, ...]]:
    """Release the offers of a rated campaign. Returns the trainees of each council, by reference."""
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        campaign = open_campaign(work, record).campaign
        assert campaign is not None
        ranked = rank_applicants(campaign)
        allocated = allocate_places(campaign, ranked)
        cells = {
            "event": "E01",
            "at": RELEASED,
            "kind": "release",
            "by": "Dana Quill",
            "second_by": "Ines Roe",
        }
        cells["offers_sha256"] = offers_sha256(ranked, allocated)
        add_row(work, record, "offer_events", cells, PROGRAM, OFFERS)
        found: dict[str, list[str]] = {council: [] for council in campaign.places.by_council}
        for line in allocated.allocation.lines:
            if line.choice is not None and line.council is not None:
                found[line.council].append(line.applicant)
    return {council: tuple(sorted(trainees)) for council, trainees in found.items()}


def answer(service: Service, *answers: tuple[str, str], at: str = "2015-08-03 12:00") -> None:
    """Answers of applicants: (applicant, what they said)."""
    rows = [{"applicant": applicant, "response": said, "at": at} for applicant, said in answers]
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        add_rows(work, record, "responses", rows, PROGRAM, OFFERS)


def record_event(service: Service, **cells: str) -> None:
    """One more event of the offers."""
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        add_row(work, record, "offer_events", cells, PROGRAM, OFFERS)
