"""The allocation: the numbers of `stepup allocate`, why of everybody, other ways, and the rehearsal."""

from __future__ import annotations

from pathlib import Path

from api.campaign import Table
from api.samples import sample_tables
from api.services.allocate_places import allocate_places, allocation_files
from api.services.compare_rules import compare_in
from api.services.rank_applicants import rank_applicants
from tests.api.routes.results_made import campaign_after, campaign_of, exported, read, with_settings
from tests.service import Service

PAGES = ("/allocation", "/allocation/allocation.csv", "/allocation/compare", "/allocation/rehearsal")


def test_allocation_has_the_numbers_of_stepup_allocate(service: Service, tmp_path: Path) -> None:
    browser, base = service.browser("organiser"), campaign_after(service)
    campaign = exported(browser, base, tmp_path)
    ranked = rank_applicants(campaign)
    files = allocation_files(campaign, ranked, allocate_places(campaign, ranked))
    assert browser.get(f"{base}/allocation/allocation.csv").content == files["allocation.csv"]
    page = read(browser, f"{base}/allocation")
    assert "All 4 places have an offer. All 4 offers are for the applicant's first choice." in page.lines
    assert [row[:6] for row in page.rows[1:8]] == [
        ["A005Theo Dinglewood", "1", "Offer", "Somerset", "1", ""],
        ["A006Idris Hallowby", "2", "Offer", "Somerset", "1", ""],
        ["A007Kofi Cottersby", "3", "Offer", "North Somerset", "1", ""],
        ["A008Bronwen Stonelake", "4", "Offer", "Bath and North East Somerset", "1", ""],
        ["A003Kasia Dinglewood", "5", "Reserve list", "", "", "1"],
        ["A001Obi Sedgebrook", "–", "Below the standard", "", "", ""],
        ["A004Harriet Harkmoor", "–", "Below the standard", "", "", ""],
    ]
    cards = [line for line in page.lines if line.startswith(("2 of 2", "1 of 1"))]
    assert cards == ["2 of 2 places2 as a first choice", "1 of 1 place1 as a first choice", *cards[2:]]
    assert "All 6 checks are kept. They ask the result alone, whatever gave out the places." in page.lines
    assert "A proposal: it is worked out anew" in page.text


def test_councils_lists_are_pointed_to_where_the_rule_needs_them(service: Service) -> None:
    browser, tables = service.browser("organiser"), sample_tables("tiny")
    tables["settings"] = with_settings(tables["settings"], {"allocation_rule": "council_lists"})
    page = read(browser, f"{campaign_of(service, tables)}/allocation")
    assert "No place can be given out yet." in page.lines
    assert "Stops the ranking: The tables have 1 fault. Mend the tables" in page.lines
    rows = (("SOM", "A003", "1"), ("NSO", "A005", "1"), ("BAN", "A006", "1"))
    tables["council_lists"] = Table("council_lists", ("council", "applicant", "position"), rows)
    base = campaign_of(service, tables)
    page = read(browser, f"{base}/allocation")
    assert "3 of 4 places have an offer." in page.text
    assert page.url("council lists") == f"{base}/tables/council_lists"


def test_other_ways_have_the_numbers_of_stepup_compare(service: Service, tmp_path: Path) -> None:
    browser, base = service.browser("organiser"), campaign_after(service, "south-west-2015")
    done = compare_in(exported(browser, base, tmp_path), None, None, None)
    page = read(browser, f"{base}/allocation/compare")
    shown = {row[0].removesuffix(" (the rule chosen)"): row[1] for row in page.rows[1:6] if len(row) > 3}
    assert shown["By merit"] == str(done.comparison.figures[0].filled.most)
    assert "By merit (the rule chosen), 26 of 26 places are filled" in page.text


def test_rehearsal_says_what_it_assumed_and_plays_at_most_what_a_page_may(service: Service) -> None:
    browser, base = service.browser("organiser"), campaign_after(service)
    page = read(browser, f"{base}/allocation/rehearsal?plays=100&seed=3")
    played = "100 plays, each by itself (seed 3; the same seed gives the same figures)."
    assert any(line.startswith(played) for line in page.lines)
    assert page.fields["plays"] == ["100"]
    answer = browser.get(f"{base}/allocation/rehearsal?plays=100000&decline=lots")
    assert answer.status_code == 422
    assert "a whole number from 100 to 1,000" in answer.text
    assert "per cent from 0 to 100" in answer.text


def test_before_there_are_ratings_every_page_says_so(service: Service) -> None:
    browser = service.browser("organiser")
    assert "No place can be given out yet." in read(browser, f"{service.base}/allocation").lines
    assert "Ways cannot be compared yet." in read(browser, f"{service.base}/allocation/compare").lines
    page = read(browser, f"{service.base}/allocation/rehearsal")
    assert "The offers cannot be rehearsed before the places are allocated." in page.lines


def test_allocation_is_there_for_the_auditor_and_for_nobody_else(service: Service) -> None:
    base = campaign_after(service)
    met = {
        who: {service.browser(who).get(f"{base}{path}").status_code for path in PAGES}
        for who in ("auditor", "centre_manager", "assessor", "officer", "administrator")
    }
    assert met.pop("auditor") == {200}
    assert set().union(*met.values()) == {404}
