"""What a council says about when its own assessors can come: one change, held against the timetable."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from api.clock import utc_now
from api.errors import BadInput
from api.services.change_tables import undo_change
from api.services.doing import Doing
from api.services.keep_availability import (
    SaidMeanwhile,
    can_come,
    keep_availability,
    needed_but_away,
    newly_away,
    said_by,
)
from api.services.open_campaign import open_campaign
from api.services.published_timetable import latest_published
from tests.api.routes.drafts_made import bring_in_draft
from tests.api.routes.test_publishing import publish
from tests.service import Service

DOING = Doing("officer", utc_now())
NOT_SAID = {"H01": "", "H02": ""}


def keep(
    service: Service,
    person: str,
    wanted: Mapping[str, str],
    shown: Mapping[str, str] = NOT_SAID,
    council: str = "SOM",
) -> int:
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        return keep_availability(work, record, council, person, shown, wanted, DOING)


def said(service: Service, person: str) -> dict[str, str]:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        campaign = open_campaign(work, record).campaign
        assert campaign is not None
        return said_by(campaign, person)


def test_what_is_said_becomes_rows_and_is_taken_back_again(any_service: Service) -> None:
    assert keep(any_service, "S03", {"H01": "no", "H02": "yes"}) == 2
    assert said(any_service, "S03") == {"H01": "no", "H02": "yes"}
    now = {"H01": "no", "H02": "yes"}
    assert keep(any_service, "S03", {"H01": "yes", "H02": ""}, now) == 2
    assert said(any_service, "S03") == {"H01": "yes", "H02": ""}
    with any_service.database.reading() as work:
        record = work.campaigns.by_id(any_service.campaign)
        assert record is not None
        table = work.campaigns.tables(record)["availability"]
        change = work.campaigns.change(record, record.change)
    assert [row.cells for row in table.rows] == [
        ("R02", "H02", "yes"),
        ("T01", "H01", "yes"),
        ("T03", "H02", "yes"),
        ("S03", "H01", "yes"),
    ]
    assert change is not None
    assert (record.change, change.kind, change.sentence) == (3, "desk", "Availability of S03: 2 sessions")


def test_nothing_new_is_no_change(any_service: Service) -> None:
    assert keep(any_service, "S03", NOT_SAID) == 0
    with any_service.database.reading() as work:
        record = work.campaigns.by_id(any_service.campaign)
        assert record is not None
        assert record.change == 1


def test_second_of_two_officers_is_told_and_different_sessions_go_together(any_service: Service) -> None:
    keep(any_service, "S03", {"H01": "no"})
    with pytest.raises(SaidMeanwhile) as meanwhile:
        keep(any_service, "S03", {"H01": "yes", "H02": "yes"})
    assert (meanwhile.value.sessions, meanwhile.value.now) == (("H01",), {"H01": "no", "H02": ""})
    assert keep(any_service, "S03", {"H01": "", "H02": "yes"}) == 1
    assert said(any_service, "S03") == {"H01": "no", "H02": "yes"}
    # Both said the same: nobody needs to be told.
    assert keep(any_service, "S03", {"H01": "no"}) == 0


@pytest.mark.parametrize("person", ["S02", "T01", "A001", "nobody"])
def test_nobody_but_a_council_s_own_assessors_can_be_answered_for(service: Service, person: str) -> None:
    with pytest.raises(BadInput):
        keep(service, person, {"H02": "no"})


def test_faults_that_it_would_make_are_refused(any_service: Service) -> None:
    """The organiser has pinned S02 to H01."""
    with pytest.raises(BadInput) as bad:
        keep(any_service, "S02", {"H01": "no"}, council="BAN")
    assert [(f.table, f.column, f.found) for f in bad.value.faults] == [
        ("pins", "session", '"H01", for which "S02" is not available')
    ]
    assert said(any_service, "S02") == NOT_SAID
    with pytest.raises(BadInput):
        keep(any_service, "S03", {"H01": "perhaps", "H99": "yes"})


def test_it_cannot_be_taken_back_as_a_change_of_the_tables(service: Service) -> None:
    keep(service, "S03", {"H01": "no"})
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        with pytest.raises(BadInput):
            undo_change(work, record, DOING)


@pytest.mark.parametrize(
    ("answers", "comes"),
    [
        ({"H01": "", "H02": ""}, {"H01": True, "H02": True}),
        ({"H01": "no", "H02": ""}, {"H01": False, "H02": True}),
        ({"H01": "yes", "H02": ""}, {"H01": True, "H02": False}),
    ],
)
def test_nothing_said_means_yes_until_somebody_says_yes_elsewhere(
    answers: dict[str, str], comes: dict[str, bool]
) -> None:
    assert can_come(answers) == comes


def test_whoever_is_needed_and_cannot_come_is_found_before_and_after_saving(service: Service) -> None:
    bring_in_draft(service)
    publish(service, 1, 1)
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        published, campaign = latest_published(work, record), open_campaign(work, record).campaign
        assert published is not None
        assert campaign is not None
        timetable = published.reading.timetable
        assert newly_away(campaign, timetable, "S03", {"H01": "", "H02": "no"}) == ("H02",)
        # A yes to one session alone makes the other a no.
        assert newly_away(campaign, timetable, "S03", {"H01": "yes", "H02": ""}) == ("H02",)
        assert newly_away(campaign, None, "S03", {"H01": "no", "H02": "no"}) == ()
        assert needed_but_away(campaign, timetable, {"S03"}) == []
    keep(service, "S03", {"H02": "no"})
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        campaign = open_campaign(work, record).campaign
        assert campaign is not None
        assert needed_but_away(campaign, timetable, {"S03", "S01"}) == [("S03", "H02")]
        assert newly_away(campaign, timetable, "S03", {"H01": "", "H02": "no"}) == ()
