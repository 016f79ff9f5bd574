"""A repair on the day, on both databases: what there is to repair, the proposal, the version after a yes."""

from __future__ import annotations

import pytest

from api.errors import BadInput
from api.jobs.attempt import attempt_job
from api.presenters.day_terms import Asked, Here, Noted, Trouble, What
from api.services.ask_job import ask_job
from api.services.change_tables import EDIT, add_rows
from api.services.check_in import Seen, note_arrival
from api.services.declare_interest import declare_interest
from api.services.propose_repair import (
    ask_repair,
    proposed,
    publish_repair,
    reasons_of,
    still_stands,
    together_in,
    troubles_of,
    version_it_became,
    what_it_moves,
)
from api.services.publish_timetable import PublishedMeanwhile
from api.storage.tables.jobs import JobKind, JobState
from tests.api.published import day_now, held, manager, opened_now, publish_tiny
from tests.service import Service

NINE = 9 * 60


def note(service: Service, person: str, noted: Noted) -> None:
    with service.database.writing() as work:
        record = held(work, service)
        note_arrival(work, record, day_now(work, record), person, Seen(), noted, manager(service))


def troubles(service: Service, now: int) -> tuple[Trouble, ...]:
    with service.database.writing() as work:
        return troubles_of(day_now(work, held(work, service)), now)


def ask(service: Service, asked: Asked) -> str:
    """The job, done."""
    with service.database.writing() as work:
        record = held(work, service)
        opened = opened_now(work, record)
        job = ask_repair(work, record, opened, day_now(work, record), asked, manager(service)).id
    attempt_job(service.database, service.settings, job, "worker")
    return job


def publish(service: Service, reference: str, version: int = 2) -> int:
    with service.database.writing() as work:
        record = held(work, service)
        job = work.jobs.of_campaign(record.id, reference)
        assert job is not None
        opened = proposed(work, record, job)
        assert opened is not None
        made = publish_repair(work, record, job, opened, version, False, "", manager(service))
        return made.number


def know_each_other(service: Service, person: str, applicant: str) -> None:
    with service.database.writing() as work:
        declare_interest(work, held(work, service), person, applicant, "A neighbour", manager(service))


def test_troubles_are_those_whose_plan_no_longer_holds(service: Service) -> None:
    publish_tiny(service)
    note(service, "A001", Noted(Here.ABSENT))
    note(service, "A003", Noted(Here.LATE, "10:30"))
    note(service, "A004", Noted(Here.LATE, "09:10"))
    note(service, "A007", Noted(Here.LEFT, "08:50", "11:00"))
    note(service, "A008", Noted(Here.HERE, "08:50"))
    note(service, "S02", Noted(Here.ABSENT))
    note(service, "R03", Noted(Here.LEFT, "08:50", "08:55"))
    assert troubles(service, NINE) == (
        Trouble("A007", What.LEAVING, 11 * 60),
        Trouble("A001", What.GONE),
        Trouble("A003", What.LATE, 10 * 60 + 30),
        Trouble("S02", What.MISSING),
        Trouble("R03", What.MISSING),
    )
    assert troubles(service, 14 * 60) == ()


def test_proposal_changes_nothing_until_it_is_published(any_service: Service) -> None:
    publish_tiny(any_service)
    note(any_service, "A001", Noted(Here.ABSENT))
    job = ask(any_service, Asked("09:00", (("A001", What.GONE, ""),)))
    assert [t.person for t in troubles(any_service, NINE)] == ["A001"]
    with any_service.database.writing() as work:
        record = held(work, any_service)
        found = work.jobs.of_campaign(record.id, job)
        assert found is not None
        assert (found.state, found.made_by) == (JobState.DONE, any_service.accounts["centre_manager"].id)
        opened = proposed(work, record, found)
        assert opened is not None
        moves = what_it_moves(work, record, found, opened)
        assert (reasons_of(found), moves.left_out) == (frozenset({"A001"}), frozenset())
        assert moves.new.applicant_entries.keys() == moves.old.applicant_entries.keys() - {"A001"}
        assert opened.reading.breaches == ()
        assert version_it_became(work, record, found) is None
    assert publish(any_service, job) == 2
    assert troubles(any_service, NINE) == ()
    with any_service.database.writing() as work:
        record = held(work, any_service)
        day = day_now(work, record)
        assert [a.person for a in day.applicants] == ["A007", "A004", "A001", "A008", "A003"]
        assert version_it_became(work, record, found) == 2
        notices = {notice.person for notice in work.timetables.notices(record.id, 2)}
        assert "A001" in notices


def test_arrivals_meanwhile_do_not_spoil_a_proposal_and_interests_do(any_service: Service) -> None:
    publish_tiny(any_service)
    note(any_service, "A001", Noted(Here.ABSENT))
    job = ask(any_service, Asked("09:00", (("A001", What.GONE, ""),)))
    note(any_service, "A003", Noted(Here.HERE, "08:55"))
    with any_service.database.writing() as work:
        record = held(work, any_service)
        found = work.jobs.of_campaign(record.id, job)
        assert found is not None
        opened = proposed(work, record, found)
        assert opened is not None
        assert still_stands(work, record, found, opened)
    with pytest.raises(PublishedMeanwhile):
        publish(any_service, job, version=3)
    know_each_other(any_service, "S02", "A008")
    with pytest.raises(PublishedMeanwhile):
        publish(any_service, job)


def test_interest_declared_on_the_day_is_repaired_without_anybody_missing(service: Service) -> None:
    publish_tiny(service)
    know_each_other(service, "R03", "A008")
    with service.database.writing() as work:
        record = held(work, service)
        pairs = together_in(day_now(work, record), opened_now(work, record), NINE)
        assert [(p.applicant, p.person, p.run.reference) for p in pairs] == [
            ("A008", "R03", "H01-interview-5")
        ]
    job = ask(service, Asked("09:00", ()))
    assert publish(service, job) == 2
    with service.database.writing() as work:
        record = held(work, service)
        assert together_in(day_now(work, record), opened_now(work, record), NINE) == ()


def test_interest_in_what_has_begun_lets_a_later_repair_be_published(service: Service) -> None:
    """A007's interview with S01 is on when S01 says it: it stays, and the absent applicant is seen to."""
    publish_tiny(service)
    know_each_other(service, "S01", "A007")
    note(service, "A001", Noted(Here.ABSENT))
    job = ask(service, Asked("09:30", (("A001", What.GONE, ""),)))
    assert publish(service, job) == 2


def test_staff_who_miss_one_session_are_there_in_the_next(service: Service) -> None:
    publish_tiny(service)
    job = ask(service, Asked("09:00", (("R03", What.MISSING, ""),)))
    with service.database.writing() as work:
        record = held(work, service)
        found = work.jobs.of_campaign(record.id, job)
        assert found is not None
        assert (found.asked["absent"], found.asked["late"]) == ([], ["R03=13:15"])
        assert reasons_of(found) == frozenset({"R03"})
        opened = proposed(work, record, found)
        assert opened is not None
        rows = opened.reading.timetable.by_person.get("R03", [])
        assert [row for row in rows if row.session == "H01"] == []


def test_what_cannot_be_is_refused_before_anybody_waits(service: Service) -> None:
    publish_tiny(service)
    for asked, column in (
        (Asked("09:00", ()), None),
        (Asked("soon", ()), "now"),
        (Asked("09:00", (("A001", What.LATE, "08:00"),)), "people"),
        (Asked("09:00", (("A999", What.GONE, ""),)), "people"),
        (Asked("09:00", (), ("NOWHERE",)), "rooms"),
    ):
        with pytest.raises(BadInput) as bad:
            ask(service, asked)
        assert {fault.column for fault in bad.value.faults} == {column}


def test_other_breaches_still_refuse_a_repair(service: Service) -> None:
    publish_tiny(service)
    barred = [{"person": "A001", "session": "H01", "rule": "must_not"}]
    with service.database.writing() as work:
        add_rows(work, held(work, service), "pins", barred, manager(service), EDIT)
    job = ask(service, Asked("09:00", (("A001", What.GONE, ""),)))
    with service.database.reading() as work:
        found = work.jobs.by_id(job)
        assert found is not None
        assert found.state == JobState.FAILED


def test_repair_goes_before_older_jobs_that_wait(any_service: Service) -> None:
    publish_tiny(any_service)
    with any_service.database.writing() as work:
        record = held(work, any_service)
        ask_job(work, record, JobKind.SCHEDULE, {"seconds": 10}, manager(any_service))
        asked = Asked("09:00", (("A001", What.GONE, ""),))
        opened = opened_now(work, record)
        repair = ask_repair(work, record, opened, day_now(work, record), asked, manager(any_service))
        assert work.jobs.first_waiting() == repair.id
