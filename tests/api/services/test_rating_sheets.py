"""Whose sheets are whose, scripts that are taken and given back, and how far each sheet is."""

from __future__ import annotations

import pytest

from api.errors import BadInput
from api.presenters.rating import SheetState
from api.services.declare_interest import declare_interest, new_interests
from api.services.own_ratings import OwnSheet, give_back_script, others_locked, own_sheets
from api.services.rating_sheets import open_sheet, raters_of, scripts_for, take_script, tasks_of
from tests.rating_made import (
    DEVICE,
    Held,
    another,
    entry,
    fill,
    held,
    lock,
    made_sheet_of,
    note_attendance,
    publish_draft,
    send,
)
from tests.service import Service


@pytest.fixture
def published(any_service: Service) -> Service:
    publish_draft(any_service)
    return any_service


def own(at: Held, person: str = "S01") -> tuple[OwnSheet, ...]:
    return own_sheets(at.work, at.record, at.campaign, at.published, person)


def states(at: Held, person: str = "S01") -> dict[tuple[str, str], SheetState]:
    return {(s.facts.applicant, s.facts.rater): s.facts.state for s in own(at, person)}


def test_assessor_rates_whom_the_timetable_names_in_order_of_time(published: Service) -> None:
    with held(published) as at:
        tasks = tasks_of(at.work, at.record, at.published, "S01")
        assert [(t.applicant, t.exercise, t.rater, t.where.start) for t in tasks] == [
            ("A007", "interview", "S01", 545),
            ("A003", "interview", "S01", 615),
            ("A001", "interview", "S01", 685),
        ]
        assert tasks_of(at.work, at.record, at.published, "S05") == ()


def test_group_rates_for_each_of_its_members_that_met_the_applicant(published: Service) -> None:
    with held(published) as at:
        assert raters_of(at.published.reading.campaign, "G1") == ("U1A", "U1B", "U1C", "U1D")
        tasks = tasks_of(at.work, at.record, at.published, "G1")
        met = {(m.applicant, m.service_user) for m in at.published.reading.timetable.meetings}
        assert {(t.applicant, t.rater) for t in tasks} == met
        assert {t.exercise for t in tasks} == {"service_users"}


def test_sheet_is_made_once_and_only_for_whose_it_is(published: Service) -> None:
    first = made_sheet_of(published)
    assert made_sheet_of(published).id == first.id
    assert (first.criteria, first.scale_min, first.scale_max) == (
        ["values", "communication", "analysis", "reflection", "motivation"],
        1,
        5,
    )
    with held(published) as at:
        for person, key in (
            ("S02", ("A007", "interview", "S01")),
            ("S01", ("A004", "interview", "S01")),
            ("S01", ("A007", "interview", "S04")),
            ("S01", ("A007", "written", "S01")),
        ):
            assert open_sheet(at.work, at.record, at.published, person, key, at.doing) is None


def test_states_go_from_not_begun_over_ready_to_locked(published: Service) -> None:
    browser, sheet = published.browser("assessor"), made_sheet_of(published)
    with held(published) as at:
        assert set(states(at).values()) == {SheetState.NOT_BEGUN}
    send(browser, published, entry(100, sheet.id, "values", 3), device="b" * 32)
    with held(published) as at:
        assert states(at)["A007", "S01"] is SheetState.BEGUN
        assert own(at)[0].facts.rated == 1
    fill(browser, published, sheet)
    with held(published) as at:
        assert states(at)["A007", "S01"] is SheetState.READY
    lock(browser, published, sheet)
    with held(published) as at:
        assert states(at)["A007", "S01"] is SheetState.LOCKED


def test_interest_takes_a_sheet_off_the_list_unless_it_was_begun(published: Service) -> None:
    sheet = made_sheet_of(published, applicant="A003")
    send(published.browser("assessor"), published, entry(1, sheet.id, "values", 3))
    made_sheet_of(published, applicant="A007")
    with held(published) as at:
        for applicant in ("A003", "A007"):
            declare_interest(at.work, at.record, "S01", applicant, "we share a garden", at.doing)
    with held(published) as at:
        assert [(s.facts.applicant, s.facts.is_apart) for s in own(at)] == [("A003", True), ("A001", False)]
        found = [(i.applicant, i.person) for i in new_interests(at.campaign, at.published)]
        assert found == [("A003", "S01"), ("A007", "S01")]
        change = at.work.campaigns.change(at.record, at.record.change)
        assert change is not None
        assert (change.kind, change.sentence) == ("day", "S01 declared an interest in A007")


def test_interest_needs_its_kind(published: Service) -> None:
    for kind in ("  ", "x" * 301):
        with held(published) as at, pytest.raises(BadInput):
            declare_interest(at.work, at.record, "S01", "A003", kind, at.doing)


def test_script_is_taken_given_back_and_taken_by_enough(published: Service) -> None:
    with held(published) as at:
        offered = scripts_for(at.work, at.record, at.campaign, at.published, "S01")
        written = [s.applicant for s in offered if s.exercise == "written"]
        # S01 is A002's line manager.
        assert sorted(written) == ["A001", "A003", "A004", "A005", "A006", "A007", "A008"]
        sheet = take_script(at.work, at.record, at.campaign, at.published, "S01", "A004", "written", at.doing)
        assert sheet.criteria == ["analysis", "writing"]
    with held(published) as at:
        with pytest.raises(BadInput):
            take_script(at.work, at.record, at.campaign, at.published, "S01", "A004", "written", at.doing)
        taken = next(s for s in own(at) if s.facts.exercise == "written")
        assert taken.facts.can_be_given_back
        give_back_script(at.work, at.record, taken, at.doing)
    for person in ("S02", "S03"):
        with held(published) as at:
            take_script(at.work, at.record, at.campaign, at.published, person, "A004", "written", at.doing)
    with held(published) as at, pytest.raises(BadInput):
        take_script(at.work, at.record, at.campaign, at.published, "S01", "A004", "written", at.doing)


def test_script_with_something_on_it_cannot_be_given_back(published: Service) -> None:
    with held(published) as at:
        sheet = take_script(at.work, at.record, at.campaign, at.published, "S01", "A004", "written", at.doing)
    with held(published) as at:
        empty = next(s for s in own(at) if s.facts.exercise == "written")
    send(published.browser("assessor"), published, entry(1, sheet.id, "writing", 3), device=DEVICE)
    with held(published) as at:
        for stale in (empty, own(at)[0]):
            with pytest.raises(BadInput):
                give_back_script(at.work, at.record, stale, at.doing)


def test_scripts_of_whoever_did_not_come_are_not_offered(published: Service) -> None:
    note_attendance(published, "A004", "did_not_attend")
    note_attendance(published, "A005", "confirmed")
    with held(published) as at:
        offered = scripts_for(at.work, at.record, at.campaign, at.published, "S02")
        assert {"A004", "A005"} & {s.applicant for s in offered} == {"A005"}
        absent = own(at, "S02")[0].facts
        assert (absent.applicant, absent.is_absent, absent.is_due) == ("A004", True, False)


def test_others_ratings_are_seen_once_both_sheets_are_locked(published: Service) -> None:
    another(published, "S04")
    mine, theirs = made_sheet_of(published), made_sheet_of(published, "S04")
    browser, other = published.browser("assessor"), published.browser(published.accounts["S04"])
    fill(browser, published, mine, 3)
    fill(other, published, theirs, 5, device="c" * 32)

    def seen() -> list[tuple[str, set[int | None]]]:
        with published.database.reading() as work:
            sheet = work.ratings.sheet(published.campaign, mine.id)
            assert sheet is not None
            return [(rater, {f.rating for f in filled}) for rater, filled in others_locked(work, sheet)]

    assert seen() == []
    lock(other, published, theirs)
    assert seen() == []
    lock(browser, published, mine)
    assert seen() == [("S04", {5})]
