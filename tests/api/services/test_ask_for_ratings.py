"""Who was asked for what they owe is noted, with who noted it; on both databases."""

from __future__ import annotations

from api.services.ask_for_ratings import last_asked, note_asked
from tests.rating_made import held, publish_draft
from tests.service import Service


def test_last_time_each_rater_was_asked_is_kept(any_service: Service) -> None:
    publish_draft(any_service)
    owes = {"S01": 5, "S04": 10}
    moments = []
    for people in (["S01", "S04", "S09"], ["S01"], []):
        with held(any_service, "centre_manager") as at:
            number = note_asked(at.work, at.record, owes, people, at.doing)
            moments.append((number, at.doing.at))
    by = any_service.accounts["centre_manager"].id
    with any_service.database.reading() as work:
        record = work.campaigns.by_id(any_service.campaign)
        assert record is not None
        assert last_asked(work, record) == {"S01": (moments[1][1], by), "S04": (moments[0][1], by)}
    assert [number for number, _ in moments] == [2, 1, 0]
