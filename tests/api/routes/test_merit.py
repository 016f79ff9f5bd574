"""The order of merit: the numbers of `stepup rank`, the line, what is in the way and where it is mended."""

from __future__ import annotations

from pathlib import Path

from api.samples import sample_tables
from api.services.allocate_places import allocate_places, allocation_files
from api.services.rank_applicants import rank_applicants, ranking_files
from tests.api.routes.results_made import (
    campaign_after,
    campaign_of,
    exported,
    implausible_tables,
    level_tables,
    read,
    without_ratings_of,
)
from tests.service import Service

PAGES = ("/merit", "/merit/advice", "/merit/rules", "/merit/findings", "/merit/A005", "/merit/scores.csv")
DECISIONS = ("/merit/A005/standard", "/merit/A005/tie", "/merit/monitoring")


def test_order_has_the_numbers_of_stepup_rank(service: Service, tmp_path: Path) -> None:
    browser, base = service.browser("organiser"), campaign_after(service)
    campaign = exported(browser, base, tmp_path)
    ranked = rank_applicants(campaign)
    files = ranking_files(campaign, ranked)
    for name in ("order_of_merit.csv", "scores.csv"):
        assert browser.get(f"{base}/merit/{name}").content == files[name]
    page = read(browser, f"{base}/merit")
    assert "5 of 7 applicants who came meet the standard; there are 4 places." in page.lines
    shown = [row[:5] for row in page.rows[1:] if len(row) == 8]
    assert shown[:5] == [
        ["1", "A005Theo Dinglewood", "4.83", "96.50", "Yes"],
        ["2", "A006Idris Hallowby", "4.23", "84.50", "Yes"],
        ["3", "A007Kofi Cottersby", "3.93", "78.50", "Yes"],
        ["4", "A008Bronwen Stonelake", "3.35", "67.00", "Yes"],
        ["5", "A003Kasia Dinglewood", "3.20", "64.00", "Yes"],
    ]
    assert [row[1][:4] for row in page.rows[1:] if len(row) == 8] == [
        line.applicant for line in ranked.order.lines
    ]
    sha256 = allocation_files(campaign, ranked, allocate_places(campaign, ranked))
    assert page.lines[-1].split(": ")[1] in sha256["allocation_checks.json"].decode()


def test_cut_line_is_drawn_under_as_many_as_there_are_places(service: Service) -> None:
    browser, base = service.browser("organiser"), campaign_after(service)
    words = "Above this line: as many applicants as there are places (4)"
    page = read(browser, f"{base}/merit")
    assert [row[1][:4] for row in page.rows[1:6] if len(row) == 8] == ["A005", "A006", "A007", "A008"]
    assert page.rows[5] == [words]
    assert words not in read(browser, f"{base}/merit?sort=applicant").text
    assert words not in read(browser, f"{base}/merit?search=A00").text


def test_advice_is_no_column_and_sorts_nothing(service: Service) -> None:
    browser, base = service.browser("organiser"), campaign_after(service, "south-west-2015")
    page = read(browser, f"{base}/merit")
    assert page.rows[0] == [
        *("Rank", "Applicant", "Overall", "Per cent", "Meets the standard", "As things stand"),
        *("Tie broken by", "Why"),
    ]
    near = [row for row in page.rows if len(row) == 8 and "near the line" in row[5]]
    assert len(near) == 21
    assert page.text.count("21 applicants cannot be told apart from the line between offer and no offer") == 1
    assert read(browser, f"{base}/merit?sort=severity").rows == page.rows
    advice = read(browser, f"{base}/merit/advice")
    assert "Advice only. It changes no rating, no score, no rank and no offer." in advice.lines
    assert any(line.startswith("Differences in severity make up 5.3 %") for line in advice.lines)


def test_downloads_have_names_of_their_own_column(service: Service) -> None:
    browser, base = service.browser("organiser"), campaign_after(service)
    lines = browser.get(f"{base}/merit?download=csv").text.splitlines()
    assert lines[0] == "rank,applicant,name,overall,percent,appointable,outcome,tie,why"
    assert lines[1].startswith('1,A005,Theo Dinglewood,4.83,96.50,Yes,"Offer, Somerset",,')
    assert browser.get(f"{base}/merit?download=xlsx").content[:2] == b"PK"


def test_one_applicant_has_every_score_and_how_it_came_about(service: Service) -> None:
    browser, base = service.browser("organiser"), campaign_after(service)
    page = read(browser, f"{base}/merit/A007")
    assert "Rank 3 of 5. Offer, North Somerset." in page.lines
    assert "Rank 3. Offered the first choice, North Somerset." in page.lines
    rows = {row[0]: row[1:] for row in page.rows[:7]}
    assert rows["Analysis and judgement"][2:] == [
        "4",
        "agreed at the wash-upRead again together against the wording of the scale.",
    ]
    assert rows["Values, ethics and anti-discriminatory practice"][3] == "the mean of 2 ratings"


def test_whoever_did_not_come_is_said_not_to_be_in_the_order(service: Service) -> None:
    browser, base = service.browser("organiser"), campaign_after(service)
    page = read(browser, f"{base}/merit/A002")
    assert "Not in the order of merit: not noted as having come, or without ratings." in page.lines
    assert browser.get(f"{base}/merit/A999").status_code == 404


def test_each_thing_in_the_way_leads_to_the_page_that_mends_it(service: Service) -> None:
    browser = service.browser("organiser")
    missing = campaign_of(service, without_ratings_of(sample_tables("tiny"), "A005", "written"))
    page = read(browser, f"{missing}/merit")
    assert "A005 Theo Dinglewood cannot be ranked: ratings are missing. See what is missing" in page.lines
    assert page.url("See what is missing") == f"{missing}/ratings"
    assert page.url("Fix the rules") == f"{missing}/merit/rules"
    floors = campaign_after(service, below_floor="panel_discussion", standard_percent="40")
    page = read(browser, f"{floors}/merit")
    assert page.url("Decide about A001") == f"{floors}/merit/A001/standard"
    tie = campaign_of(service, level_tables())
    page = read(browser, f"{tie}/merit")
    said = "share a rank, and there are not enough places for all of them at North Somerset."
    assert f"Stops the places: A003 Kasia Dinglewood and A007 Kofi Cottersby {said}" in page.text
    assert page.url("Decide between A003 and A007") == f"{tie}/merit/A003/tie"
    apart = campaign_of(service, implausible_tables())
    page = read(browser, f"{apart}/merit")
    assert "Nobody can be ranked yet." in page.lines
    assert page.url("Look into it") == f"{apart}/merit/findings"


def test_before_there_are_ratings_every_page_says_what_is_wanting(service: Service) -> None:
    browser = service.browser("organiser")
    for path in (*PAGES[:-1], *DECISIONS):
        read(browser, f"{service.base}{path}")
    page = read(browser, f"{service.base}/merit")
    assert "Nobody can be ranked yet." in page.lines
    assert page.url("See the ratings") == f"{service.base}/ratings"
    answer = browser.get(f"{service.base}/merit/scores.csv")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{service.base}/merit")


def test_results_are_read_by_the_auditor_and_by_nobody_who_rates_or_runs_the_day(service: Service) -> None:
    base = campaign_after(service)
    for who in ("centre_manager", "assessor", "officer"):
        browser = service.browser(who)
        assert {browser.get(f"{base}{path}").status_code for path in (*PAGES, *DECISIONS)} == {404}
        assert f"{base}/merit" not in browser.get(base).text
    browser = service.browser("auditor")
    assert {browser.get(f"{base}{path}").status_code for path in PAGES} == {200}
    assert {browser.get(f"{base}{path}").status_code for path in DECISIONS} == {404}
    assert read(browser, f"{base}/merit/rules").buttons == []
    tie = campaign_of(service, level_tables())
    urls = {url for _, url in read(browser, f"{tie}/merit").links if url.startswith(f"{tie}/")}
    assert {url: browser.get(url).status_code for url in urls if "/offers" not in url} == dict.fromkeys(
        (url for url in urls if "/offers" not in url), 200
    )
