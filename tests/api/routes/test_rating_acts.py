"""Locking, red flags and declared interests, as their pages say and do it; what locked ratings refuse."""

from __future__ import annotations

import pytest

from api.campaign import Table
from api.exports.tables import csv_text
from api.services.open_campaign import plain_tables
from tests.api.routes.drafts_made import read
from tests.api.routes.page_reading import PageReading
from tests.rating_made import entry, fill, held, lock, made_sheet_of, publish_draft, send
from tests.service import Service


@pytest.fixture
def published(service: Service) -> Service:
    publish_draft(service)
    return service


def table(service: Service, name: str) -> Table:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        return plain_tables(work.campaigns.tables(record))[name]


def last_fact(service: Service) -> tuple[str, dict[str, object]]:
    with service.database.reading() as work:
        return [(e.act, e.facts) for e, _ in work.audit.entries(service.campaign)][-1]


def test_look_over_the_sheet_tells_what_is_lacking_and_locks_nothing(published: Service) -> None:
    browser, sheet = published.browser("assessor"), made_sheet_of(published)
    send(browser, published, entry(1, sheet.id, "values", 4), entry(2, sheet.id, "analysis", 2, "Rushed."))
    url = f"{published.base}/rate/{sheet.id}/lock"
    page = read(browser, url)
    assert page.lines[:2] == [
        "Is this what I think of A007?",
        "4 things are still lacking. Interview with role play, Monday 6 July 2015, morning.",
    ]
    assert "No evidence yet. Wanted: what you saw or heard that led you to the rating." in page.lines
    assert "After that nobody can change them: not you, and not the organiser." in page.lines
    answer = browser.post(url, data={"seen": page.fields["seen"][0]})
    refused = PageReading(answer.text)
    assert answer.status_code == 422
    assert refused.lines[1] == (
        "Values, ethics and anti-discriminatory practice: No evidence yet. "
        "Wanted: what you saw or heard that led you to the rating."
    )
    assert len([url for _, url in refused.links if url.startswith("#c-")]) == 4


def test_what_was_saved_after_the_look_is_looked_at_first(published: Service) -> None:
    browser, sheet = published.browser("assessor"), made_sheet_of(published)
    fill(browser, published, sheet, 3)
    url = f"{published.base}/rate/{sheet.id}/lock"
    seen = read(browser, url).fields["seen"][0]
    send(browser, published, entry(9, sheet.id, "values", 1, "Said something else."))
    answer = browser.post(url, data={"seen": seen})
    assert answer.status_code == 409
    assert "Something was saved after this page was shown, so nothing was locked." in answer.text
    lock(browser, published, sheet)
    assert table(published, "ratings").rows[0] == (
        "A007",
        "interview",
        "values",
        "S01",
        "1",
        "Said something else.",
    )
    again = browser.post(url, data={"seen": seen})
    assert again.headers["location"] == f"{published.base}/rate/{sheet.id}"
    assert browser.get(url).status_code == 303
    assert browser.post(f"{published.base}/rate/{sheet.id}", data={"rating-1": "5"}).status_code == 303
    assert len(table(published, "ratings").rows) == 5


def test_where_there_was_no_more_to_see_the_rest_stays_empty(published: Service) -> None:
    browser, sheet = published.browser("assessor"), made_sheet_of(published)
    send(browser, published, entry(1, sheet.id, "values", 4, "Left after this."))
    url = f"{published.base}/rate/{sheet.id}/lock"
    page = read(browser, url)
    assert "There was no more to see" in page.lines
    browser.post(url, data={"seen": page.fields["seen"][0], "partial": "yes"})
    assert [row[2:5] for row in table(published, "ratings").rows] == [("values", "S01", "4")]
    act, facts = last_fact(published)
    assert (act, facts["criteria"], facts["no_more_to_see"]) == ("ratings locked", 1, True)


def test_red_flag_is_raised_once_with_its_evidence(published: Service) -> None:
    browser, sheet = published.browser("assessor"), made_sheet_of(published)
    url = f"{published.base}/rate/{sheet.id}/flag"
    page = read(browser, url)
    assert page.fields["at"] == ["6 July 2015, 09:05"]
    faulty = browser.post(url, data={"at": "soon", "concern": "Kept typed", "evidence": " "})
    assert faulty.status_code == 422
    assert "Evidence: found nothing; wanted what you saw and heard" in PageReading(faulty.text).lines
    assert "Kept typed" in faulty.text
    flag = {
        "at": "6 7 2015 09:20",
        "concern": "Threatened a role player.",
        "evidence": "“I will find you.”",
    }
    assert browser.post(url, data={**flag, "at": "soon"}).status_code == 422
    for _ in range(2):
        assert browser.post(url, data=flag).status_code == 303
    kept = table(published, "flags")
    assert [dict(zip(kept.columns, row, strict=True)) for row in kept.rows] == [
        {
            "flag": "F01",
            "applicant": "A007",
            "raised_by": "S01",
            "at": "2015-07-06 09:20",
            "concern": "Threatened a role player.",
            "evidence": "“I will find you.”",
            "decision": "",
            "decided_by": "",
            "decided_at": "",
            "reason": "",
        }
    ]
    page = read(browser, f"{published.base}/rate/{sheet.id}")
    assert "You raised red flag F01: Threatened a role player." in page.lines
    browser.post(url, data={**flag, "concern": "And again."})
    assert [row[0] for row in table(published, "flags").rows] == ["F01", "F02"]


def test_declared_interest_says_what_happens_and_takes_the_applicant_away(published: Service) -> None:
    browser = published.browser("assessor")
    url = f"{published.base}/rate/interest/A003"
    page = read(browser, url)
    assert "You will not see A003." in page.lines
    assert (
        "The centre manager is asked for a repair of the timetable, so that somebody else sees them."
        in page.lines
    )
    assert PageReading(browser.post(url, data={"kind": " "}).text).lines[1] == (
        "Kind: found nothing; wanted how you know the applicant, in at most 300 characters"
    )
    assert browser.post(url, data={"kind": "my cousin", "who": "S02"}).status_code == 404
    assert browser.post(url, data={"kind": "my cousin"}).headers["location"] == f"{published.base}/rate"
    assert table(published, "interests").rows[-1] == ("A003", "S01", "my cousin", "exclude")
    page = read(browser, f"{published.base}/rate")
    assert "0 of 2 sheets locked." in page.lines
    assert browser.get(url).status_code == 404
    key = {"applicant": "A003", "exercise": "interview", "rater": "S01"}
    assert browser.post(f"{published.base}/rate/open", data=key).status_code == 404
    act, facts = last_fact(published)
    assert (act, "cousin" in str(facts)) == ("row added", False)


def test_pages_of_tables_and_bring_in_refuse_to_change_locked_ratings(published: Service) -> None:
    sheet = made_sheet_of(published)
    browser, organiser = published.browser("assessor"), published.browser("organiser")
    fill(browser, published, sheet, 4)
    lock(browser, published, sheet)
    with held(published) as at:
        row = at.work.campaigns.tables(at.record)["ratings"].rows[0]
    url = f"{published.base}/tables/ratings/rows/{row.row_id}"
    words = "as it was locked; the wash-up settles what ought to count instead"
    fields = {name: values[0] for name, values in read(organiser, url).fields.items() if values}
    changed = organiser.post(url, data={**fields, "cell-rating": "5"})
    assert (changed.status_code, words in changed.text) == (422, True)
    removed = organiser.post(f"{url}/remove", data={"seen": str(row.since)})
    assert (removed.status_code, words in removed.text) == (422, True)
    undo = f"{published.base}/bring-in/undo"
    assert "This change cannot be taken back" in organiser.get(undo).text
    with held(published) as at:
        change = at.record.change
    assert "This change cannot be taken back" in organiser.post(undo, data={"seen": str(change)}).text
    ratings = table(published, "ratings")
    other = Table("ratings", ratings.columns, tuple((*r[:4], "5", r[5]) for r in ratings.rows))
    files = [("files", ("ratings.csv", csv_text(other).encode(), "text/csv"))]
    upload = organiser.post(f"{published.base}/bring-in", files=files).headers["location"]
    page = read(organiser, upload)
    applied = organiser.post(f"{upload}/apply", data={"seen": page.fields["seen"][0]})
    assert applied.status_code == 422
    assert "Locked ratings cannot be changed" in applied.text
    assert f"A007 by S01 in interview / values; wanted 4, {words}" in applied.text
    assert {cells[4] for cells in table(published, "ratings").rows} == {"4"}
