"""Decisions by named people: each with its reason, in the campaign's tables, and the order follows them."""

from __future__ import annotations

from pathlib import Path

from api.campaign import Table
from tests.api.routes.results_made import (
    campaign_after,
    campaign_of,
    exported,
    implausible_tables,
    level_tables,
    read,
    refused,
)
from tests.service import Service

REASON = "The panel talked it over on the day."
AT = "20 7 2015 10:30"
SIGNED = {"reason": REASON, "at": AT}


def rows_of(campaign_tables: dict[str, Table], name: str) -> list[dict[str, str]]:
    table = campaign_tables[name]
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_floor_is_decided_with_a_name_and_a_reason(any_service: Service, tmp_path: Path) -> None:
    browser = any_service.browser("organiser")
    base = campaign_after(any_service, below_floor="panel_discussion", standard_percent="40")
    form = read(browser, f"{base}/merit/A004/standard")
    assert "A004 Harriet Harkmoor meets the standard but is below a floor" in form.text
    assert form.fields["at"] == ["6 July 2015, 17:30"]
    url = f"{base}/merit/A004/standard"
    answer = browser.post(url, data={"decision": "appointable", **SIGNED})
    assert answer.headers["location"] == f"{base}/merit/A004"
    page = read(browser, f"{base}/merit/A004")
    assert "Decided: A004 is appointable." in page.lines
    assert (
        page.lines[page.lines.index("Decided: A004 is appointable.") + 1]
        == "Why does A004 stand where they do?"
    )
    assert ["Below a floor", "appointable", "Made-up Organiser", "20 July 2015, 10:30", REASON] in page.rows
    kept = rows_of(dict(exported(browser, base, tmp_path).tables), "decisions")
    assert kept == [
        {
            "applicant": "A004",
            "about": "standard",
            "decision": "appointable",
            "position": "",
            "decided_by": "Made-up Organiser",
            "at": "2015-07-20 10:30",
            "reason": REASON,
        }
    ]


def test_decision_can_be_taken_again_until_the_release(service: Service, tmp_path: Path) -> None:
    browser = service.browser("organiser")
    base = campaign_after(service, below_floor="panel_discussion", standard_percent="40")
    url = f"{base}/merit/A004/standard"
    browser.post(url, data={"decision": "appointable", **SIGNED})
    browser.post(url, data={"decision": "not_appointable", **SIGNED, "reason": "Seen again."})
    kept = rows_of(dict(exported(browser, base, tmp_path).tables), "decisions")
    assert [(row["decision"], row["reason"]) for row in kept] == [("not_appointable", "Seen again.")]
    assert "Not ranked: not appointable." in read(browser, f"{base}/merit/A004").lines


def test_decision_without_reason_or_choice_is_refused_and_what_was_typed_stays(service: Service) -> None:
    browser = service.browser("organiser")
    base = campaign_after(service, below_floor="panel_discussion", standard_percent="40")
    page = refused(browser, f"{base}/merit/A004/standard", {"decision": "appointable", "at": "soon"})
    wanted = "in words why it is decided so, at most 2,000 characters"
    assert f"Error: Reason: found no reason; wanted {wanted}" in page.lines
    assert 'Error: When: found "soon"; wanted a day and a time, such as 3 August 2015, 16:20' in page.lines
    assert page.fields["decision"] == ["appointable"]
    page = refused(browser, f"{base}/merit/A004/standard", SIGNED)
    assert "Error: Decision: found an empty cell; wanted appointable, or not appointable" in page.lines


def test_nothing_is_decided_where_the_rules_leave_nothing(service: Service) -> None:
    browser, base = service.browser("organiser"), campaign_after(service)
    for path in ("/merit/A005/standard", "/merit/A005/tie"):
        answer = browser.post(f"{base}{path}", data={"decision": "not_appointable", **SIGNED})
        assert "There is nothing to decide about A005" in answer.text
    assert browser.get(f"{base}/tables/decisions").status_code == 200
    assert "Rank 1 of 5. Offer, Somerset." in read(browser, f"{base}/merit/A005").lines


def test_tie_is_decided_and_the_places_follow(any_service: Service) -> None:
    browser, base = any_service.browser("organiser"), campaign_of(any_service, level_tables())
    assert "No place can be given out yet." in read(browser, f"{base}/allocation").lines
    form = read(browser, f"{base}/merit/A003/tie")
    assert "2 applicants are level from rank 3 on, after every exercise of the tie-break." in form.lines
    answer = browser.post(f"{base}/merit/A003/tie", data={"position-1": "2", "position-2": "1", **SIGNED})
    assert answer.headers["location"] == f"{base}/merit#order"
    order = [(row[0], row[1][:4], row[6]) for row in read(browser, f"{base}/merit").rows[1:] if len(row) == 8]
    assert order[2:4] == [("3", "A007", "Panel"), ("4", "A003", "Panel")]
    assert "Offer, North Somerset." in read(browser, f"{base}/merit/A007").text
    again = read(browser, f"{base}/merit/A007/tie")
    assert "It was decided before; the places below are as they stand." in again.lines
    assert (again.fields["position-1"], again.fields["position-2"]) == (["2"], ["1"])
    browser.post(f"{base}/merit/A007/tie", data={"position-1": "1", "position-2": "2", **SIGNED})
    assert "Offer, North Somerset." in read(browser, f"{base}/merit/A003").text


def test_tie_wants_a_place_for_each(service: Service) -> None:
    browser, base = service.browser("organiser"), campaign_of(service, level_tables())
    page = refused(browser, f"{base}/merit/A003/tie", {"position-1": "1", "position-2": "1", **SIGNED})
    assert page.text.count("wanted a place of their own, from 1 to 2") == 4
    assert page.fields["position-1"] == ["1"]
    assert "#position-2" in {url for _, url in page.links}


def test_implausible_ratings_are_confirmed_by_name(any_service: Service, tmp_path: Path) -> None:
    browser, base = any_service.browser("organiser"), campaign_of(any_service, implausible_tables())
    page = read(browser, f"{base}/merit/findings")
    assert "1 finding stops the ranking until a named person has looked." in page.lines
    finding = page.fields["finding"][0]
    assert finding == "kept_apart:A001:S01"
    url = f"{base}/merit/findings"
    page = refused(browser, url, {"finding": finding, "at": AT})
    assert "Error: Reason: found no reason" in page.text
    page = refused(browser, url, {"finding": "kept_apart:A005:S01", **SIGNED})
    assert "a finding that waits to be looked into" in page.text
    assert browser.post(url, data={"finding": finding, **SIGNED}).status_code == 303
    kept = rows_of(dict(exported(browser, base, tmp_path).tables), "confirmations")
    assert kept == [
        {"finding": finding, "confirmed_by": "Made-up Organiser", "at": "2015-07-20 10:30", "reason": REASON}
    ]
    assert "5 of 7 applicants who came meet the standard" in read(browser, f"{base}/merit").text


def test_rules_are_fixed_late_only_with_a_reason_that_is_told(any_service: Service, tmp_path: Path) -> None:
    browser, base = any_service.browser("organiser"), campaign_after(any_service)
    url = f"{base}/merit/rules"
    assert "This is late" in read(browser, url).lines
    page = refused(browser, url, {"at": AT})
    assert "wanted a reason: the first session has begun" in page.text
    assert browser.post(url, data=SIGNED).status_code == 303
    page = read(browser, url)
    assert "Version 1 of the rules is fixed." in page.lines
    assert page.buttons == []
    frozen = exported(browser, base, tmp_path).frozen
    assert [(row.version, row.frozen_by, row.reason) for row in frozen] == [(1, "Made-up Organiser", REASON)]
    assert f"{frozen[0].rules_sha256}" in page.text
    assert "Version 1 of the rules was fixed after the first session had begun, on 20 July 2015, 10:30." in (
        read(browser, f"{base}/merit").text
    )


def test_rules_fixed_before_the_first_session_need_no_reason(service: Service) -> None:
    browser, url = service.browser("organiser"), f"{service.base}/merit/rules"
    assert browser.post(url, data={"at": "30 June 2015, 12:00"}).status_code == 303
    page = read(browser, url)
    said = "Version 1 of the rules was fixed by Made-up Organiser on 30 June 2015, 12:00."
    assert f"{said} The rules are still these." in page.lines


def test_changed_rules_stop_the_ranking_until_they_are_fixed_anew(service: Service) -> None:
    browser, base = service.browser("organiser"), campaign_after(service)
    browser.post(f"{base}/merit/rules", data={"at": "30 June 2015, 12:00"})
    row = read(browser, f"{base}/tables/settings/standard_percent")
    browser.post(
        f"{base}/tables/settings/standard_percent",
        data={"seen": row.fields["seen"][0], "cell-standard_percent": "70"},
    )
    page = read(browser, f"{base}/merit")
    said = "The rules are not those that were fixed: standard_percent was 60 and is 70."
    assert f"Stops the ranking: {said} Look at the rules" in page.lines
    assert browser.post(f"{base}/merit/rules", data=SIGNED).status_code == 303
    assert "3 of 7 applicants who came meet the standard" in read(browser, f"{base}/merit").text


def test_after_the_release_nothing_is_decided_any_more(service: Service) -> None:
    tables = level_tables()
    columns = ("event", "at", "kind", "offers_sha256", "by", "second_by")
    release = ("E01", "2015-08-03 09:00", "release", "0" * 64, "Dana Quill", "Ines Roe")
    tables["offer_events"] = Table("offer_events", columns, (release,))
    browser, base = service.browser("organiser"), campaign_of(service, tables)
    page = refused(browser, f"{base}/merit/A003/tie", {"position-1": "1", "position-2": "2", **SIGNED})
    assert "undo the release first, on the page Offers" in page.text
    assert page.buttons == []
    assert read(browser, f"{base}/merit/rules").buttons == []
    assert "The offers were released on this order." in read(browser, f"{base}/merit").text


def test_only_the_organiser_decides(service: Service) -> None:
    base = campaign_after(service, below_floor="panel_discussion", standard_percent="40")
    paths = ("/merit/rules", "/merit/findings", "/merit/A004/standard", "/merit/A003/tie")
    for who in ("auditor", "centre_manager", "assessor", "officer", "administrator"):
        browser = service.browser(who)
        met = {
            browser.post(f"{base}{p}", data={"decision": "appointable", **SIGNED}).status_code for p in paths
        }
        assert met == {404}
