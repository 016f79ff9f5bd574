"""The wash-up: the agenda, one discrepancy, the agreed rating, and what the chair alone is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.permissions import Role
from api.services.change_tables import DAY, add_rows
from tests.api.routes.drafts_made import asked_of, read
from tests.api.routes.washup_made import CELL, begin, come, lock_begun, rate, send_form, two_apart
from tests.rating_made import held, note_attendance, publish_draft
from tests.service import Service, install

EFFECT_WORDS = ("ranked", "reserve list", "order of merit", "appointable", "offered")
READING = ("/washup", f"/washup/{CELL}", "/washup/agenda.pdf", "/washup/find?applicant=A007&what=0")
CHAIRING = ("/washup/chair", "/washup/chair.pdf", f"/washup/{CELL}/chair")


@pytest.fixture(scope="module")
def apart(module_url: str) -> Iterator[Service]:
    """One campaign for all tests that only look at it."""
    made = install(module_url)
    two_apart(made)
    yield made
    made.database.close()


def test_agenda_lists_discrepancies_panel_by_panel(apart: Service) -> None:
    page = read(apart.browser("organiser"), f"{apart.base}/washup")
    answer = "5 discrepancies have to be discussed by 1 panel; the widest is 2 apart."
    assert answer in page.lines
    assert page.rows[1] == [
        "Panel 1",
        "A007",
        "Interview with role play",
        "Analysis and judgement",
        "2, 4",
        "2",
        "To discuss",
    ]
    assert len(page.rows) == 1 + 5
    assert "Panel 1: S01 and S04" in page.lines
    assert page.url("Take the widest first") == f"{apart.base}/washup/A007/interview/analysis"


def test_before_anybody_came_the_page_says_what_will_be_here(service: Service) -> None:
    page = read(service.browser("organiser"), f"{service.base}/washup")
    assert "As yet there is: nobody who came, and no ratings." in page.text
    assert service.browser("organiser").get(f"{service.base}/washup/{CELL}").status_code == 404


def test_ratings_stand_side_by_side_without_names_until_they_are_settled(any_service: Service) -> None:
    two_apart(any_service)
    browser, url = any_service.browser("organiser"), f"{any_service.base}/washup/{CELL}"
    page = read(browser, url)
    assert "The ratings are 2 and 4: 2 apart, 3 on average." in page.lines
    sides = [line for line in page.lines if "on the scale:" in line]
    assert [side[0] for side in sides] == ["2", "4"]
    assert not any(name in line for line in sides for name in ("S01 (", "S04 (", "Moorgate", "Nettlecombe"))
    seen = page.fields["seen"][0]
    status, where, _ = send_form(browser, url, rating="3", reason="Both read the notes again.", seen=seen)
    assert (status, where) == (303, f"{any_service.base}/washup/A007/interview/analysis")
    page = read(browser, url)
    assert "Agreed: 3. Both read the notes again." in page.lines
    assert [line.split(")")[0] for line in page.lines if "on the scale:" in line] == [
        "2S01 (Rhys Moorgate",
        "4S04 (Jamal Nettlecombe",
    ]
    assert "1 discrepancy is settled." in read(browser, f"{any_service.base}/washup").lines


def test_rating_put_right_shows_what_was_agreed_before(service: Service) -> None:
    two_apart(service)
    browser, url = service.browser("organiser"), f"{service.base}/washup/{CELL}"
    send_form(browser, url, rating="3", reason="Both read the notes again.", seen="0")
    seen = read(browser, url).fields["seen"][0]
    status, _, page = send_form(browser, url, rating="4", reason="Both read the notes again.", seen=seen)
    assert status == 422
    assert "Reason: found the reason that was there; wanted why it is another rating now" in page.lines
    assert page.fields["rating"] == ["4"]
    send_form(browser, url, rating="4", reason="The second example counts.", seen=seen)
    history = [line for line in read(browser, url).lines if "written down by Made-up Organiser" in line]
    assert [line.split(".")[:2] for line in history] == [
        ["4", " The second example counts"],
        ["3", " Both read the notes again"],
    ]


def test_form_that_lacks_something_is_shown_again_with_what_was_typed(apart: Service) -> None:
    browser, url = apart.browser("organiser"), f"{apart.base}/washup/{CELL}"
    status, _, page = send_form(browser, url, rating="9", reason="", seen="0")
    assert status == 422
    assert 'Rating: found "9"; wanted a rating from 1 to 5, such as 3 or 3.5' in page.lines
    assert "Reason: found no reason; wanted why this is the right rating" in page.lines
    assert page.fields["rating"] == ["9"]


def test_whoever_comes_second_sees_what_is_there(service: Service) -> None:
    two_apart(service)
    browser, url = service.browser("organiser"), f"{service.base}/washup/{CELL}"
    send_form(browser, url, rating="3", reason="First.", seen="0")
    status, _, page = send_form(browser, url, rating="4", reason="Second.", seen="0")
    assert status == 409
    assert "Agreed: 3. First." in page.lines


def test_while_somebody_has_still_to_lock_no_rating_is_shown_nor_settled(service: Service) -> None:
    """Also where two of a larger panel would do: S05 stood in, S04 has begun and may not be influenced."""
    publish_draft(service)
    come(service, "A007")
    rate(service, "S01", 2)
    rows = [
        {"applicant": "A007", "exercise": "interview", "criterion": c, "assessor": "S05", "rating": "5"}
        for c in ("values", "communication", "analysis", "reflection", "motivation")
    ]
    with held(service) as at:
        add_rows(at.work, at.record, "ratings", rows, at.doing, DAY)
    sheet = begin(service, "S04", 4)
    browser, url = service.browser("organiser"), f"{service.base}/washup/{CELL}"
    page = read(browser, url)
    assert "Not everybody has locked yet, so no rating is shown." in page.lines
    assert "S04 (Jamal Nettlecombe)" in page.lines
    assert page.buttons == []
    assert not [line for line in page.lines if "on the scale" in line or "Saw values" in line]
    status, _, page = send_form(browser, url, rating="3", reason="because", seen="0")
    assert (status, "Saw values" in page.text) == (422, False)
    agenda = read(browser, f"{service.base}/washup")
    assert "5 discrepancies wait until S04 has locked." in agenda.lines
    assert [row[4:] for row in agenda.rows[1:]] == [["", "", "Waitsfor S04"]] * 5
    assert "2;5" not in browser.get(f"{service.base}/washup?download=csv").text
    chair = read(browser, f"{service.base}/washup/chair")
    assert "Waits: not everybody has locked." in chair.text
    assert "2, 5" not in chair.text
    assert "offers hang" not in read(browser, f"{url}/chair").text
    lock_begun(service, sheet)
    assert "The ratings are 2, 4 and 5: 3 apart, 3.67 on average." in read(browser, url).lines


def test_cell_with_too_few_ratings_is_told_once_nobody_has_any_to_give(service: Service) -> None:
    publish_draft(service)
    come(service, "A007")
    rate(service, "S01", 2)
    with held(service) as at:
        row = {"person": "S04", "session": "H01", "status": "absent"}
        add_rows(at.work, at.record, "staff_attendance", [row], at.doing, DAY)
    browser = service.browser("organiser")
    page = read(browser, f"{service.base}/washup")
    assert ("A007 / interview / values", f"{service.base}/washup/{CELL}") in page.links
    assert "There is one rating, 2." in read(browser, f"{service.base}/washup/{CELL}").lines
    status, *_ = send_form(browser, f"{service.base}/washup/{CELL}", rating="2", reason="Alone.", seen="0")
    assert status == 303
    assert "It stands in for ratings that are missing." in read(browser, f"{service.base}/washup/{CELL}").text


def test_any_rating_is_found_by_its_applicant_and_criterion(apart: Service) -> None:
    note_attendance(apart, "A002", "withdrew")
    browser, url = apart.browser("organiser"), f"{apart.base}/washup/find"
    found = browser.get(asked_of(url, applicant=" a007 ", what="0"))
    assert found.headers["location"] == f"{apart.base}/washup/{CELL}"
    for asked in ({"applicant": "A007", "what": "99"}, {"applicant": "A002", "what": "0"}, {"what": "x"}):
        assert browser.get(asked_of(url, **asked)).headers["location"] == f"{apart.base}/washup"


def test_chair_alone_is_told_what_hangs_on_it(apart: Service) -> None:
    organiser = apart.browser("organiser")
    page = read(organiser, f"{apart.base}/washup/{CELL}/chair")
    assert page.lines[0] == "Does an offer hang on this rating of A007?"
    assert "As it stands now" in page.lines
    chair = read(organiser, f"{apart.base}/washup/chair")
    assert "What hangs on the wash-up?" in chair.lines
    assert len([row for row in chair.rows if row[:1] == ["A007"]]) == 5
    for path in READING[:2]:
        text = organiser.get(apart.base + path).text.split("<main")[1]
        assert [word for word in EFFECT_WORDS if word in text] == []


def test_papers_are_downloaded_as_pdf(apart: Service) -> None:
    organiser = apart.browser("organiser")
    for path in ("/washup/agenda.pdf", "/washup/chair.pdf"):
        answer = organiser.get(apart.base + path)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_auditor_reads_without_a_form_and_without_the_chair_s_pages(apart: Service) -> None:
    auditor = apart.browser("auditor")
    assert {auditor.get(apart.base + path).status_code for path in CHAIRING} == {404}
    page = read(auditor, f"{apart.base}/washup/{CELL}")
    assert (page.buttons, page.actions) == ([], [])
    assert not any("/chair" in url for _, url in page.links)
    answer = auditor.post(f"{apart.base}/washup/{CELL}", data={"rating": "3", "reason": "x", "seen": "0"})
    assert answer.status_code == 404


def test_nobody_else_finds_any_of_it(apart: Service) -> None:
    for role in ("assessor", "officer", "centre_manager"):
        browser = apart.browser(role)
        assert {browser.get(apart.base + path).status_code for path in (*READING, *CHAIRING)} == {404}
        answer = browser.post(f"{apart.base}/washup/{CELL}", data={"rating": "3", "reason": "x"})
        assert answer.status_code == 404


def test_with_faults_in_the_tables_it_says_so(service: Service) -> None:
    empty = service.new_campaign({})
    service.give(service.accounts["organiser"], Role.ORGANISER, campaign=empty)
    page = read(service.browser("organiser"), f"/campaigns/{empty}/washup")
    assert "while the tables have faults" in page.text
