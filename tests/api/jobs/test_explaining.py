"""From nobody's fault to a place: explained by reference, one way out applied, solved again."""

from __future__ import annotations

import json

import pytest

from api.clock import utc_now
from api.errors import BadInput
from api.services.doing import Doing
from api.services.try_way_out import TablesChanged, try_way_out
from api.storage.tables.jobs import Job, JobKind, JobState
from tests.api.short_of_a_place import ask, done, installed_short_of_a_place, job_of, tables_short_of_a_place
from tests.service import Service


def tried(service: Service, job: Job, case: int, way: int) -> str:
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        return try_way_out(work, record, job, case, way, Doing("organiser", utc_now())).id


def test_row_of_an_explanation_holds_references_and_no_name(service: Service) -> None:
    installed_short_of_a_place(service)
    ended = done(service, ask(service, JobKind.EXPLAIN, seconds=10))
    held = json.dumps(ended.result)
    applicants = tables_short_of_a_place()["applicants"]
    names = [row[applicants.columns.index("name")] for row in applicants.rows]
    assert (ended.state, "A001" in held, [name for name in names if name in held]) == (
        JobState.DONE,
        True,
        [],
    )


def test_way_out_is_applied_as_one_change_and_solved_again(any_service: Service) -> None:
    installed_short_of_a_place(any_service)
    first = done(any_service, ask(any_service, JobKind.SCHEDULE, seconds=10))
    explained = done(any_service, ask(any_service, JobKind.EXPLAIN, seconds=10))
    second = done(any_service, tried(any_service, explained, 0, 0))
    assert (first.result["unplaced"], second.result["unplaced"]) == (["A001"], [])
    assert (second.campaign_change, second.asked) == (2, {"seconds": 10})
    with any_service.database.reading() as work:
        record = work.campaigns.by_id(any_service.campaign)
        assert record is not None
        change = work.campaigns.change(record, 2)
        assert change is not None
        kept = work.campaigns.tables(record)["availability"].rows
    assert (change.kind, change.sentence) == (
        "way_out",
        "Way out tried: A001 also available on Monday 6 July 2015 in the morning (H01): gives them a "
        "session.",
    )
    assert [row.cells for row in kept if row.cells[0] == "A001"] == [("A001", "H02", "no")]


def test_way_out_of_other_tables_is_not_applied(any_service: Service) -> None:
    installed_short_of_a_place(any_service)
    explained = done(any_service, ask(any_service, JobKind.EXPLAIN, seconds=10))
    tried(any_service, explained, 0, 0)
    with pytest.raises(TablesChanged):
        tried(any_service, explained, 0, 0)


@pytest.mark.parametrize(("case", "way"), [(1, 0), (0, 9), (-1, 0), (0, -1)])
def test_way_out_that_is_not_there_is_refused(service: Service, case: int, way: int) -> None:
    installed_short_of_a_place(service)
    explained = done(service, ask(service, JobKind.EXPLAIN, seconds=10))
    with pytest.raises(BadInput):
        tried(service, explained, case, way)
    with pytest.raises(BadInput):
        tried(service, job_of(service, ask(service, JobKind.EXPLAIN, seconds=10)), 0, 0)
