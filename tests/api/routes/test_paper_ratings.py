"""Copying from paper: what is expected, a second look, locked on behalf; what raters typed is never shown."""

from __future__ import annotations

import pytest

from tests.api.routes.drafts_made import asked_of, read
from tests.api.routes.page_reading import PageReading
from tests.rating_made import entry, fill, lock, made_sheet_of, note_attendance, publish_draft, send
from tests.service import Service

INTERVIEW = {"applicant": "A007", "exercise": "interview", "rater": "S04"}
WRITTEN = {"applicant": "A004", "exercise": "written", "rater": ""}


@pytest.fixture
def published(any_service: Service) -> Service:
    publish_draft(any_service)
    return any_service


def on_paper(criteria: int, rating: int = 3, **more: str) -> dict[str, str]:
    fields = {f"rating-{n}": str(rating) for n in range(1, criteria + 1)}
    fields |= {f"evidence-{n}": f"Paper {n}." for n in range(1, criteria + 1)}
    return {**fields, **more}


def rows_by(service: Service, rater: str) -> list[tuple[str, ...]]:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        table = work.campaigns.tables(record).get("ratings")
    return [row.cells[2:] for row in table.rows if row.cells[3] == rater] if table else []


def test_expected_sheets_are_listed_without_locked_and_absent_ones(published: Service) -> None:
    manager, url = published.browser("centre_manager"), f"{published.base}/ratings/paper"

    def listed(search: str) -> list[list[str]]:
        return [row[:3] + row[4:] for row in read(manager, asked_of(url, search=search)).rows[1:]]

    name = "Rhys Moorgate (S01)"
    interview = "Interview with role play"
    assert listed("S01") == [[name, who, interview, "Nothing yet"] for who in ("A001", "A003", "A007")]
    assert ["Whoever rated it", "A004", "Written exercise", "Nothing yet"] in listed("A004")
    browser, sheet = published.browser("assessor"), made_sheet_of(published)
    begun = made_sheet_of(published, applicant="A003")
    fill(browser, published, sheet)
    lock(browser, published, sheet)
    send(browser, published, entry(90, begun.id, "values", 5, "Only mine."))
    note_attendance(published, "A001", "did_not_attend")
    assert listed("S01") == [[name, "A003", interview, "Begun"]]


def test_paper_is_looked_at_once_more_and_then_locked_on_behalf(published: Service) -> None:
    manager, url = published.browser("centre_manager"), f"{published.base}/ratings/paper/sheet"
    page = read(manager, asked_of(url, **INTERVIEW))
    assert page.lines[0] == "What did Jamal Nettlecombe (S04) give A007?"
    look = PageReading(manager.post(url, data={**INTERVIEW, **on_paper(5)}).text)
    assert look.lines[:2] == [
        "Is this what the paper says?",
        "Jamal Nettlecombe (S04) about A007, Interview with role play. Nothing is kept yet.",
    ]
    assert rows_by(published, "S04") == []
    assert look.buttons == ["Lock these ratings on behalf of S04", "Change something"]
    sent = {name: values[0] for name, values in look.fields.items()}
    for _ in range(2):
        answer = manager.post(url, data=sent)
        assert answer.headers["location"] == f"{published.base}/ratings/paper"
    assert [(row[2], row[3]) for row in rows_by(published, "S04")] == [
        ("3", f"Paper {n}.") for n in range(1, 6)
    ]
    with published.database.reading() as work:
        sheet = work.ratings.of_rater(published.campaign, "A007", "interview", "S04")
        assert sheet is not None
        assert (sheet.person, sheet.locked_by) == ("S04", published.accounts["centre_manager"].id)
        act, facts = [(e.act, e.facts) for e, _ in work.audit.entries(published.campaign)][-1]
        assert (act, facts["on_behalf_of"], facts["criteria"]) == ("ratings locked", "S04", 5)


def test_what_is_lacking_is_told_and_what_was_typed_stays(published: Service) -> None:
    manager, url = published.browser("centre_manager"), f"{published.base}/ratings/paper/sheet"
    typed = {**INTERVIEW, **on_paper(5), "rating-1": "7", "rating-2": "x", "evidence-3": ""}
    answer = manager.post(url, data=typed)
    page = PageReading(answer.text)
    assert answer.status_code == 422
    assert [line.split(": ")[1][:14] for line in page.lines[1:4]] == [
        "The rating 7 y",
        "This is none o",
        "No evidence ye",
    ]
    assert page.fields["rating-4"] == ["3"]
    assert "Paper 1." in answer.text
    partial = {**INTERVIEW, "rating-1": "2", "evidence-1": "Left.", "partial": "yes"}
    assert "Is this what the paper says?" in manager.post(url, data=partial).text


def test_sheet_begun_on_a_device_needs_a_tick_and_is_never_shown(published: Service) -> None:
    sheet = made_sheet_of(published)
    rater, manager = published.browser("assessor"), published.browser("centre_manager")
    fill(rater, published, sheet, 5)
    send(rater, published, entry(77, sheet.id, "values", 1, "Private words."))
    url = f"{published.base}/ratings/paper/sheet"
    key = {**INTERVIEW, "rater": "S01"}
    shown = manager.get(asked_of(url, **key)).text
    assert "S01 has begun this sheet on a device" in shown
    assert not any(words in shown for words in ("Private words", "noted by S01"))
    some = {"rating-2": "3", "evidence-2": "On paper.", "partial": "yes"}
    refused = manager.post(url, data={**key, **some})
    assert refused.status_code == 422
    assert "Wanted: a tick that the paper counts, not the device." in refused.text
    look = PageReading(manager.post(url, data={**key, **some, "counts": "yes"}).text)
    assert "What S01 typed on a device does not count." in look.lines
    manager.post(url, data={name: values[0] for name, values in look.fields.items()})
    assert rows_by(published, "S01") == [("communication", "S01", "3", "On paper.")]
    page = read(rater, f"{published.base}/rate/{sheet.id}")
    assert "copied from paper by the centre" in page.text


def test_script_becomes_the_sheet_of_whoever_rated_it(published: Service) -> None:
    manager, url = published.browser("centre_manager"), f"{published.base}/ratings/paper/sheet"
    page = read(manager, asked_of(url, **WRITTEN))
    assert page.lines[0] == "Who rated A004, and what did they give?"
    for rater, said in (("", "Choose whose paper it is."), ("U1A", "Choose somebody who may rate it")):
        answer = manager.post(url, data={**WRITTEN, **on_paper(2), "rater": rater})
        assert (answer.status_code, said in answer.text) == (422, True)
    look = PageReading(manager.post(url, data={**WRITTEN, **on_paper(2), "rater": "S02"}).text)
    manager.post(url, data={name: values[0] for name, values in look.fields.items()})
    assert [row[0] for row in rows_by(published, "S02")] == ["analysis", "writing"]


def test_only_who_copies_gets_here_and_only_what_is_expected(published: Service) -> None:
    url = f"{published.base}/ratings/paper"
    for who in ("assessor", "officer", "auditor", "administrator"):
        browser = published.browser(who)
        assert {browser.get(path).status_code for path in (url, asked_of(f"{url}/sheet", **INTERVIEW))} == {
            404
        }
        assert browser.post(f"{url}/sheet", data=INTERVIEW).status_code == 404
    manager = published.browser("organiser")
    for key in ({**INTERVIEW, "rater": "S02"}, {**INTERVIEW, "applicant": "A009"}, {}):
        assert manager.get(asked_of(f"{url}/sheet", **key)).status_code == 404
        assert manager.post(f"{url}/sheet", data=key).status_code == 404
