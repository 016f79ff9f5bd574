"""Bringing tables in through the browser: faults with their cells, what would change, one change of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from fastapi.testclient import TestClient

from api.campaign import Table
from api.exports.csv_archive import archive_bytes
from api.exports.tables import csv_text
from api.exports.xlsx import workbook_bytes
from api.permissions import Role
from api.services.receive_upload import KEPT_MAX
from tests.api.routes.page_reading import PageReading
from tests.service import Service, tables_before_the_day


def send(service: Service, browser: TestClient, files: Mapping[str, bytes], campaign: str = "") -> str:
    """Upload these files; the address of what was uploaded."""
    base = f"/campaigns/{campaign}" if campaign else service.base
    sent = [("files", (name, content, "application/octet-stream")) for name, content in files.items()]
    answer = browser.post(f"{base}/bring-in", files=sent)
    assert answer.status_code == 303
    return answer.headers["location"]


def changed(name: str, cells: Mapping[tuple[str, str], str]) -> Table:
    """A table of the campaign with some cells changed, by the row's reference and the column."""
    table = tables_before_the_day()[name]
    rows = [
        tuple(cells.get((row[0], column), text) for column, text in zip(table.columns, row, strict=True))
        for row in table.rows
    ]
    return Table(name, table.columns, tuple(rows))


def kept_tables(service: Service, campaign: str = "") -> dict[str, Table]:
    with service.database.reading() as work:
        record = work.campaigns.by_id(campaign or service.campaign)
        assert record is not None
        kept = work.campaigns.tables(record)
    return {n: Table(n, t.columns, tuple(row.cells for row in t.rows)) for n, t in kept.items()}


def apply(browser: TestClient, url: str) -> str:
    page = PageReading(browser.get(url).text)
    answer = browser.post(page.actions[0], data=page.fields)
    assert answer.status_code == 303
    return answer.headers["location"]


def test_faults_are_shown_by_cause_with_their_cells_and_nothing_changes(any_service: Service) -> None:
    service = any_service
    browser = service.browser("organiser")
    bad = {("A001", "email"): "nobody", ("A003", "email"): "none", ("A002", "extra_time_percent"): "lots"}
    content = workbook_bytes([changed("applicants", bad), changed("rooms", {("TAU-1", "seats"): "many"})])
    page = PageReading(browser.get(send(service, browser, {"our file.xlsx": content})).text)
    assert page.lines[1] == "4 faults in 2 sheets. Nothing in the campaign has changed."
    assert [row for row in page.rows if row[0] != "Sheet"] == [
        ["applicants", "C2", '"nobody"', "an e-mail address"],
        ["applicants", "C4", '"none"', "an e-mail address"],
        ["rooms", "E2", '"many"', "a whole number from 1 to 10000"],
        ["applicants", "J3", '"lots"', "a whole number from 0 to 300"],
    ]
    assert (page.actions, kept_tables(service)) == ([], tables_before_the_day())
    marked = browser.get(page.url("Download the workbook with the faults marked"))
    assert (marked.headers["content-disposition"], marked.content[:2]) == (
        'attachment; filename="our-file-faults-marked.xlsx"',
        b"PK",
    )


def test_what_no_reader_can_take_is_told_in_words(service: Service) -> None:
    browser = service.browser("organiser")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("../applicants.csv", "applicant")
    for name, content in {
        "campaign.xls": b"old",
        "broken.xlsx": b"PK not at all",
        "nothing.csv": b"",
        "holiday.csv": b"day,weather\n1,rain\n",
        "evil.zip": archive.getvalue(),
    }.items():
        answer = browser.get(send(service, browser, {name: content}))
        page = PageReading(answer.text)
        assert (answer.status_code, page.lines[1]) == (
            200,
            "1 fault. Nothing in the campaign has changed.",
        )


def test_nothing_chosen_is_said_beside_the_field(service: Service) -> None:
    browser = service.browser("organiser")
    for files in ([("files", ("", b"", "application/octet-stream"))], None):
        answer = browser.post(f"{service.base}/bring-in", files=files)
        page = PageReading(answer.text)
        assert (answer.status_code, page.links[0][1]) == (422, "#files")


def test_a_sound_upload_is_shown_and_then_applied_as_one_change(any_service: Service) -> None:
    service = any_service
    browser = service.browser("organiser")
    new = changed("applicants", {("A001", "name"): "New Name", ("A002", "break_minutes"): "20"})
    rows = (*(row for row in new.rows if row[0] != "A005"), ("A100", "Added Person", *new.rows[0][2:]))
    new = Table(new.name, new.columns, rows)
    url = send(service, browser, {"applicants.csv": csv_text(new).encode()})
    page = PageReading(browser.get(url).text)
    assert page.lines[1] == "No faults. 1 table would change. Nothing has changed yet."
    assert page.rows[1:] == [
        ["A001 (Obi Sedgebrook)", "name", "Obi Sedgebrook", "New Name"],
        ["A002 (Joana Glenmarsh)", "break_minutes", "15", "20"],
    ]
    assert page.buttons == ["Apply: 1 applicant added, 2 changed, 1 gone"]
    assert kept_tables(service) == tables_before_the_day()
    assert apply(browser, url) == f"{service.base}/bring-in/versions/2"
    assert kept_tables(service) == {**tables_before_the_day(), "applicants": new}
    again = PageReading(browser.get(url).text)
    assert ("This upload was applied as change 2." in again.lines, again.actions) == (True, [])
    twice = browser.post(f"{url}/apply", data={"seen": "2"})
    assert twice.headers["location"] == url
    history = PageReading(browser.get(f"{service.base}/bring-in/versions").text).rows[1]
    assert (history[0], history[2:]) == (
        "2",
        ["Made-up Organiser", "Brought in", "Brought in applicants (1 applicant added, 2 changed, 1 gone)"],
    )


def test_a_campaign_changed_meanwhile_is_said_and_nothing_applied(service: Service) -> None:
    browser = service.browser("organiser")
    first = send(
        service, browser, {"pins.csv": csv_text(changed("pins", {("S02", "rule"): "must_not"})).encode()}
    )
    second = send(
        service, browser, {"rooms.csv": csv_text(changed("rooms", {("TAU-1", "name"): "Blue"})).encode()}
    )
    page = PageReading(browser.get(first).text)
    apply(browser, second)
    answer = browser.post(page.actions[0], data=page.fields)
    again = PageReading(answer.text)
    assert (answer.status_code, again.fields["seen"], kept_tables(service)["pins"]) == (
        409,
        ["2"],
        tables_before_the_day()["pins"],
    )
    assert "Somebody changed the campaign after you had looked." in again.text
    assert browser.post(again.actions[0], data=again.fields).status_code == 303


def test_an_upload_that_spoils_other_tables_is_not_applied(service: Service) -> None:
    browser = service.browser("organiser")
    councils = tables_before_the_day()["councils"]
    fewer = Table("councils", councils.columns, councils.rows[:-1])
    url = send(service, browser, {"councils.csv": csv_text(fewer).encode()})
    page = PageReading(browser.get(url).text)
    assert page.lines[1].endswith("in tables that are there already. Nothing in the campaign has changed.")
    assert ("applicants A001, choice 3", page.actions) == (page.links[0][0], [])
    forced = browser.post(f"{url}/apply", data={"seen": "1"})
    assert (forced.status_code, kept_tables(service)) == (200, tables_before_the_day())


def test_a_campaign_is_brought_in_piece_by_piece_from_the_blank_workbook(any_service: Service) -> None:
    service = any_service
    browser = service.browser("organiser")
    campaign = service.new_campaign({})
    service.give(service.accounts["organiser"], Role.ORGANISER, campaign=campaign)
    base = f"/campaigns/{campaign}"
    blank = browser.get(f"{base}/bring-in/blank.xlsx").content
    page = PageReading(browser.get(send(service, browser, {"blank.xlsx": blank}, campaign)).text)
    assert page.actions == []
    tables = tables_before_the_day()
    start = {
        name: table
        for name, table in tables.items()
        if name not in ("applicants", "interests", "pins", "availability")
    }
    empty = Table("applicants", tables["applicants"].columns, ())
    url = send(service, browser, {"start.xlsx": workbook_bytes([*start.values(), empty])}, campaign)
    page = PageReading(browser.get(url).text)
    rows = sum(len(table.rows) for table in start.values())
    assert page.buttons == [f"Apply: {len(start)} new tables with {rows} rows"]
    assert any(line.startswith("applicants. It can be applied all the same") for line in page.lines)
    apply(browser, url)
    assert kept_tables(service, campaign) == start
    rest = {name: table for name, table in tables.items() if name not in start}
    apply(browser, send(service, browser, {"rest.zip": archive_bytes(rest.values())}, campaign))
    assert kept_tables(service, campaign) == tables
    home = PageReading(browser.get(base).text)
    assert "Nothing that checking and counting can find." in home.lines


def test_the_same_again_would_change_nothing(service: Service) -> None:
    browser = service.browser("organiser")
    whole = browser.get(f"{service.base}/bring-in/campaign.xlsx").content
    url = send(service, browser, {"campaign.xlsx": whole})
    page = PageReading(browser.get(url).text)
    assert (page.lines[1], page.actions) == (
        "No faults, and nothing would change: the campaign says the same already.",
        [],
    )
    assert browser.post(f"{url}/apply", data={"seen": "1"}).status_code == 200


def test_only_the_newest_uploads_are_kept(service: Service) -> None:
    browser = service.browser("organiser")
    content = csv_text(tables_before_the_day()["pins"]).encode()
    urls = [send(service, browser, {"pins.csv": content}) for _ in range(KEPT_MAX + 2)]
    assert [browser.get(url).status_code for url in (urls[0], urls[1], urls[2], urls[-1])] == [
        404,
        404,
        200,
        200,
    ]
    listed = PageReading(browser.get(f"{service.base}/bring-in").text).rows
    assert len(listed) == KEPT_MAX + 1


def test_whoever_may_not_change_tables_finds_nothing(service: Service) -> None:
    upload = send(service, service.browser("organiser"), {"pins.csv": b"person"})
    for role in ("assessor", "officer", "administrator", "nobody", "centre_manager", "auditor"):
        browser = service.browser(role)
        answers = [
            browser.get(f"{service.base}/bring-in"),
            browser.get(upload),
            browser.get(f"{upload}/marked.xlsx"),
        ]
        sent = [("files", ("pins.csv", b"person", "text/csv"))]
        answers += [browser.post(f"{service.base}/bring-in", files=sent), browser.post(f"{upload}/apply")]
        assert [answer.status_code for answer in answers] == [404] * 5
    elsewhere = service.new_campaign({})
    service.give(service.accounts["organiser"], Role.ORGANISER, campaign=elsewhere)
    other = upload.replace(service.campaign, elsewhere)
    assert service.browser("organiser").get(other).status_code == 404
