"""Councils' places: what is asked for is granted or refused with why, before and after a release."""

from __future__ import annotations

from api.clock import utc_now
from api.services.change_tables import DESK, add_row
from api.services.doing import Doing
from api.services.open_campaign import open_campaign
from tests.api.routes.drafts_made import read
from tests.api.routes.offers_made import rated, refusals, released
from tests.service import Service

REQUEST = {
    "request": "R01",
    "council": "NSO",
    "places": "2",
    "reason": "One more team.",
    "asked_by": "Made-up Officer",
    "at": "2015-07-20 10:00",
}
GRANT = {"decision": "granted", "why": "It is paid for", "at": "2015-08-04 10:00"}


def asked(service: Service, **other: str) -> Service:
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        add_row(work, record, "place_requests", REQUEST | other, Doing("program", utc_now()), DESK)
    return service


def rows(service: Service, table: str) -> list[dict[str, str]]:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        found = open_campaign(work, record).tables.get(table)
        return [dict(zip(found.columns, row.cells, strict=True)) for row in found.rows] if found else []


def test_granted_before_the_release_the_allocation_changes(any_service: Service) -> None:
    service = asked(rated(any_service))
    browser, url = service.browser("organiser"), f"{service.base}/offers/places/R01"
    page = read(browser, url)
    assert page.lines[:2] == [
        "May North Somerset have 2 places?",
        "North Somerset has 1 place and asks for 2.",
    ]
    assert browser.post(url, data=GRANT).status_code == 303
    assert [row["places"] for row in rows(service, "councils") if row["council"] == "NSO"] == ["2"]
    assert rows(service, "offer_events") == []
    (request,) = rows(service, "place_requests")
    assert [request[name] for name in ("decision", "decided_by", "decided_at", "why")] == [
        "granted",
        "Made-up Organiser",
        "2015-08-04 10:00",
        "It is paid for",
    ]
    page = read(browser, f"{service.base}/offers")
    assert (
        "5 offers for 5 places; 0 on the reserve list. Every council’s offers are just its places."
        in page.lines
    )


def test_granted_after_the_release_it_is_an_event(any_service: Service) -> None:
    service = asked(released(any_service))
    browser, url = service.browser("organiser"), f"{service.base}/offers/places/R01"
    assert (
        read(browser, f"{service.base}/offers/places").lines[1]
        == "1 request of councils waits for your decision."
    )
    assert browser.post(url, data=GRANT).status_code == 303
    assert [row["places"] for row in rows(service, "councils") if row["council"] == "NSO"] == ["1"]
    event = rows(service, "offer_events")[-1]
    assert [event[name] for name in ("kind", "council", "places", "by", "reason")] == [
        "places",
        "NSO",
        "2",
        "Made-up Organiser",
        "Request R01: It is paid for",
    ]
    page = read(service.browser("auditor"), f"{service.base}/offers/places")
    assert page.lines[1] == "No council waits for a decision about its places."
    assert ["North Somerset", "2", "0", "1", "1"] in page.rows
    assert read(browser, f"{service.base}/offers/pass").rows[1][2:] == [
        "Is offered their first choice",
        "North Somerset",
    ]


def test_refused_nothing_changes_but_the_request(service: Service) -> None:
    asked(released(service))
    url = f"{service.base}/offers/places/R01"
    answer = service.browser("organiser").post(url, data=GRANT | {"decision": "refused", "why": "No money"})
    assert answer.status_code == 303
    assert [row["decision"] for row in rows(service, "place_requests")] == ["refused"]
    assert [row["kind"] for row in rows(service, "offer_events")] == ["release"]


def test_a_decision_is_made_once_and_with_why(service: Service) -> None:
    asked(released(service))
    browser, url = service.browser("organiser"), f"{service.base}/offers/places/R01"
    silent = browser.post(url, data=GRANT | {"why": ""})
    wanted = "in words why, in at most 2,000 characters"
    assert refusals(silent) == ["422", f"Why: found no reason; wanted {wanted}"]
    undecided = browser.post(url, data=GRANT | {"decision": ""})
    assert refusals(undecided) == ["422", "Decision: found none; wanted granted or refused"]
    assert browser.post(url, data=GRANT).status_code == 303
    again = browser.post(url, data=GRANT)
    assert refusals(again) == ["409", "It was decided meanwhile, or the council has withdrawn it."]
    assert len(rows(service, "offer_events")) == 2


def test_fewer_places_than_are_held_are_not_possible(service: Service) -> None:
    asked(released(service), places="0")
    answer = service.browser("organiser").post(f"{service.base}/offers/places/R01", data=GRANT)
    assert answer.status_code == 409
    assert "NSO cannot go down to 0 places: 1 are offered or accepted." in answer.text
    assert [row["decision"] for row in rows(service, "place_requests")] == [""]


def test_places_can_be_changed_without_being_asked(service: Service) -> None:
    released(service)
    browser, url = service.browser("organiser"), f"{service.base}/offers/places"
    form = {"council": "BAN", "places": "3", "reason": "Paid for", "at": "2015-08-04 10:00"}
    assert refusals(browser.post(url, data=form | {"places": "many", "reason": ""})) == [
        "422",
        "Places: found “many”; wanted a whole number of places",
        "Why: found no reason; wanted in words why, in at most 2,000 characters",
    ]
    assert browser.post(url, data=form).status_code == 303
    assert ["Bath and North East Somerset", "3", "0", "1", "2"] in read(browser, url).rows
