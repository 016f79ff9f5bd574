"""The page of the audit: chain, filters, pages, files; what it says of an entry that was changed."""

from __future__ import annotations

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from api.clock import utc_now
from tests.api.routes.page_reading import PageReading
from tests.databases import BACKEND
from tests.service import Service

# What somebody with the whole database in hand would do first.
UNGUARDED = {
    "sqlite": "DROP TRIGGER audit_entry_no_update",
    "postgresql": "ALTER TABLE audit_entry DISABLE TRIGGER USER",
}


def audit(service: Service, query: str = "") -> PageReading:
    answer = service.browser("auditor").get(f"{service.base}/audit{query}")
    assert answer.status_code == 200
    return PageReading(answer.text)


def write(service: Service, number: int) -> None:
    with service.database.writing() as work:
        for count in range(number):
            actor = service.accounts["organiser"].id
            facts = {"change": count, "columns": ["name", "e_mail"], "sha256": "a" * 64}
            work.audit.record(service.campaign, utc_now(), actor, "row changed", "applicants", facts)


def test_page_says_who_did_what_and_that_the_chain_is_whole(any_service: Service) -> None:
    write(any_service, 1)
    page = audit(any_service)
    assert page.lines[:2] == ["Who did what, when?", "Chain verified: 8 entries, none changed."]
    number, _, *rest = page.rows[1]
    assert (number, rest) == (
        "8",
        [
            "Made-up Organiser",
            "Row changed",
            "applicants",
            "change 0; columns name, e mail; sha256 aaaaaaaaaaaa…",
        ],
    )
    assert page.rows[2][2:] == ["The program itself", "Role given", "Made-up Auditor", "role auditor"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?act=role+given", 5),
        ("?act=role+given&thing=account", 5),
        ("?thing=change", 1),
        ("?actor=program", 7),
        ("?actor=nobody", 0),
        ("?since=2001-01-01&until=2001-12-31", 0),
        ("?since=2001-01-01", 8),
        ("?until=2001-01-01", 0),
        ("?since=1+1+2001&until=31+December+2001", 0),
        ("?since=1/1/2001&page=nonsense", 8),
        ("?thing=%25", 0),
    ],
)
def test_entries_are_found_by_what_is_asked(service: Service, query: str, found: int) -> None:
    write(service, 1)
    assert len(audit(service, query).rows[1:]) == found


def test_a_day_that_cannot_be_read_is_told_and_no_file_is_given(service: Service) -> None:
    address = f"{service.base}/audit?since=tomorrow&until=31+6+2015&download=csv"
    answer = service.browser("auditor").get(address)
    page = PageReading(answer.text)
    assert answer.status_code == 422
    assert "From: found tomorrow; wanted a day, such as 3 August 2015" in page.lines
    assert "To: found 31 6 2015; wanted a day, such as 3 August 2015" in page.lines
    assert page.fields["until"] == ["31 6 2015"]


def test_days_asked_for_are_shown_in_words_and_kept_from_page_to_page(service: Service) -> None:
    write(service, 60)
    first = audit(service, "?since=1+2+2001")
    assert first.fields["since"] == ["1 February 2001"]
    assert "since=2001-02-01" in first.url("Next page")


def test_entries_come_in_pages_that_keep_the_question(service: Service) -> None:
    write(service, 60)
    first = audit(service, "?act=row+changed")
    assert (len(first.rows[1:]), "Page 1 of 2" in first.text) == (50, True)
    last = audit(service, first.url("Next page").partition("/audit")[2])
    assert [row[0] for row in last.rows[1:]] == [str(number) for number in range(17, 7, -1)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_holds_every_entry_that_was_found_with_whole_hashes(service: Service, kind: str) -> None:
    write(service, 60)
    address = f"{service.base}/audit?act=row+changed&download={kind}"
    content = service.browser("auditor").get(address).content
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(content.decode())))
    else:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("audit")
        rows = [[str(cell) for cell in row] for row in sheet.to_python()]
    assert rows[0] == ["entry", "at", "who", "what", "about", "particulars", "note"]
    assert len(rows) == 61
    assert rows[60][2:6] == [
        "Made-up Organiser",
        "row changed",
        "applicants",
        f"change 0; columns name, e mail; sha256 {'a' * 64}",
    ]


def test_changed_entry_is_told_at_the_top_and_at_the_entry(service: Service) -> None:
    with service.database.writing() as work:
        connection = work.session.connection()
        connection.exec_driver_sql(UNGUARDED[BACKEND])
        connection.exec_driver_sql(
            f"UPDATE audit_entry SET actor = 'another' WHERE chain = '{service.campaign}' AND number = 3"
        )
    page = audit(service)
    assert page.lines[1:3] == ["Chain broken: 1 fault in 7 entries.", "Entry 3 was changed."]
    assert [row[0] for row in page.rows if "changed" in row[0]] == [
        "3This entry was changed after it was written"
    ]
    other = service.browser("administrator").get("/administration/audit")
    assert "none changed." in other.text
