"""Versions through the browser: what each change did, how the tables stood, undo; the campaign as files."""

from __future__ import annotations

import pytest

from api.imports.read import raw_tables_of, read_tables
from api.imports.upload import Upload, raw_of_uploads
from api.permissions import Role
from api.samples import SAMPLE_NAMES, sample_tables
from tests.api.routes.page_reading import PageReading
from tests.api.routes.test_bring_in import kept_tables
from tests.api.routes.test_table_rows import fields_of, row_url
from tests.service import Service, tables_before_the_day


def rename(service: Service, name: str) -> None:
    browser = service.browser("organiser")
    url = row_url(service, browser, "applicants", "A001")
    assert browser.post(url, data=fields_of(browser, url) | {"cell-name": [name]}).status_code == 303


@pytest.mark.parametrize("sample", SAMPLE_NAMES)
def test_a_campaign_as_files_reads_back_to_the_very_same(service: Service, sample: str) -> None:
    # Ratings are read back in two of them; they take most of the time.
    has_ratings = sample in ("tiny", "south-west-2015")
    tables = sample_tables(sample) if has_ratings else tables_before_the_day(sample)
    campaign = service.new_campaign(tables, sample)
    service.give(service.accounts["organiser"], Role.ORGANISER, campaign=campaign)
    browser = service.browser("organiser")
    before = read_tables(raw_tables_of(tables)).campaign
    assert before is not None
    for name in ("campaign.xlsx", "campaign.zip"):
        content = browser.get(f"/campaigns/{campaign}/bring-in/{name}").content
        read = read_tables(raw_of_uploads([Upload(name, content)]))
        assert (read.faults, read.campaign, read.campaign and read.campaign.tables) == ((), before, tables)


def test_an_earlier_state_is_looked_at_and_downloaded(service: Service) -> None:
    rename(service, "New Name")
    browser = service.browser("auditor")
    page = PageReading(browser.get(f"{service.base}/bring-in/versions/2").text)
    assert (page.lines[1], page.rows[1:]) == (
        "Changed applicants A001: name.",
        [["A001 (New Name)", "name", "Obi Sedgebrook", "New Name"]],
    )
    then = PageReading(browser.get(f"{service.base}/tables/applicants?change=1").text)
    now = PageReading(browser.get(f"{service.base}/tables/applicants").text)
    assert (then.rows[1][:2], now.rows[1][:2]) == (["A001", "Obi Sedgebrook"], ["A001", "New Name"])
    content = browser.get(f"{service.base}/bring-in/versions/1/campaign.zip").content
    read = read_tables(raw_of_uploads([Upload("then.zip", content)]))
    assert read.campaign is not None
    assert read.campaign.tables == tables_before_the_day()


def test_the_latest_change_is_undone_and_done_again(any_service: Service) -> None:
    service = any_service
    rename(service, "New Name")
    browser = service.browser("organiser")
    changed = kept_tables(service)
    page = PageReading(browser.get(f"{service.base}/bring-in/undo").text)
    assert (page.rows[1:], page.buttons) == (
        [["A001 (New Name)", "name", "New Name", "Obi Sedgebrook"]],
        ["Undo change 2"],
    )
    assert browser.post(page.actions[0], data=page.fields).status_code == 303
    assert kept_tables(service) == tables_before_the_day()
    again = PageReading(browser.get(f"{service.base}/bring-in/undo").text)
    browser.post(again.actions[0], data=again.fields)
    assert kept_tables(service) == changed
    listed = PageReading(browser.get(f"{service.base}/bring-in/versions").text).rows[1:]
    assert [[row[0], *row[2:]] for row in listed] == [
        ["4", "Made-up Organiser", "Taken back", "Took back: Took back: Changed applicants A001: name"],
        ["3", "Made-up Organiser", "Taken back", "Took back: Changed applicants A001: name"],
        ["2", "Made-up Organiser", "Edited here", "Changed applicants A001: name"],
        ["1", "the program", "Brought in", "Brought in"],
    ]


def test_a_change_made_meanwhile_is_not_undone_unseen(service: Service) -> None:
    browser = service.browser("organiser")
    page = PageReading(browser.get(f"{service.base}/bring-in/undo").text)
    rename(service, "New Name")
    answer = browser.post(page.actions[0], data=page.fields)
    again = PageReading(answer.text)
    assert (answer.status_code, again.buttons, kept_tables(service)["applicants"].rows[0][1]) == (
        409,
        ["Undo change 2"],
        "New Name",
    )


def test_undoing_the_first_change_leaves_an_empty_campaign(service: Service) -> None:
    browser = service.browser("organiser")
    browser.post(f"{service.base}/bring-in/undo", data={"seen": "1"})
    assert kept_tables(service) == {}
    for path in (
        "",
        "/tables",
        "/tables/settings",
        "/bring-in",
        "/bring-in/versions/2",
        "/bring-in/campaign.xlsx",
    ):
        assert browser.get(f"{service.base}{path}").status_code == 200


def test_versions_of_nowhere_are_not_there(service: Service) -> None:
    browser = service.browser("organiser")
    for path in ("versions/0", "versions/2", "versions/9/campaign.xlsx", "blank.xlsx?choices=21"):
        assert browser.get(f"{service.base}/bring-in/{path}").status_code == 404


def test_readers_see_versions_and_others_nothing(service: Service) -> None:
    read = [
        "versions",
        "versions/1",
        "versions/1/campaign.xlsx",
        "campaign.xlsx",
        "campaign.zip",
        "blank.xlsx",
    ]
    for role, wanted in {
        "centre_manager": 200,
        "auditor": 200,
        "assessor": 404,
        "officer": 404,
        "nobody": 404,
    }.items():
        browser = service.browser(role)
        assert [browser.get(f"{service.base}/bring-in/{p}").status_code for p in read] == [wanted] * len(read)
        undo = [browser.get(f"{service.base}/bring-in/undo"), browser.post(f"{service.base}/bring-in/undo")]
        assert [answer.status_code for answer in undo] == [404, 404]
