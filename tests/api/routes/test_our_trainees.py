"""A partner council's own trainees: nothing before a release, nothing of others after it."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from api.permissions import Role
from api.samples import sample_tables
from tests.api.released import answer, rate_everybody, record_event, release
from tests.api.routes.drafts_made import bring_in_draft, read
from tests.api.routes.page_reading import PageReading
from tests.api.routes.test_publishing import publish
from tests.service import Service

APPLICANTS = {row[0]: row[1] for row in sample_tables("tiny")["applicants"].rows}
NOTHING_YET = "No offers have been released yet."
KINDS = ("csv", "xlsx", "pdf")


@pytest.fixture
def released(service: Service) -> Service:
    rate_everybody(service)
    release(service)
    return service


def officer_of(service: Service, council: str) -> TestClient:
    account = service.account(f"{council}@stepup.example", f"Officer of {council}")
    service.give(account, Role.OFFICER, council)
    return service.browser(account)


def texts(browser: TestClient, url: str) -> list[str]:
    """Everything that an officer can be shown of their trainees: the page, the files, the home."""
    home = url.removesuffix("/our-trainees")
    found = [browser.get(address).text for address in (url, home, f"{home}/our-people")]
    found.append(browser.get(f"{url}?download=csv").content.decode())
    book = zipfile.ZipFile(io.BytesIO(browser.get(f"{url}?download=xlsx").content))
    found += [book.read(name).decode() for name in book.namelist() if name.endswith(".xml")]
    pdf = PdfReader(io.BytesIO(browser.get(f"{url}?download=pdf").content))
    return [*found, " ".join(page.extract_text() for page in pdf.pages)]


def test_before_a_release_the_page_says_what_will_be_here(service: Service) -> None:
    rate_everybody(service)
    browser = service.browser("officer")
    url = f"{service.base}/our-trainees"
    page = read(browser, url)
    assert page.lines[:2] == ["Who is coming to us?", NOTHING_YET]
    tried = [browser.get(f"{url}?download={kind}") for kind in KINDS]
    tried.append(browser.post(f"{url}/confirm", data={"trainee": "A005"}))
    assert {(each.status_code, each.headers["location"]) for each in tried} == {(303, url)}
    found = " ".join(
        browser.get(address).text for address in (url, service.base, f"{service.base}/our-people")
    )
    assert [word for word in (*APPLICANTS, *APPLICANTS.values()) if word in found] == []


def test_after_the_release_officers_see_their_own_trainees(released: Service) -> None:
    answer(released, ("A006", "accept"))
    page = read(released.browser("officer"), f"{released.base}/our-trainees")
    assert page.lines[:2] == [
        "Who is coming to us?",
        "2 of your 2 places are held: 1 accepted, 1 not answered yet.",
    ]
    assert page.lines[2].startswith("Somerset, as it stands on 3 August 2015, 12:00.")
    assert page.rows[1:] == [
        [
            "Theo Dinglewood",
            "A005",
            "Offered",
            "5 August 2015, 09:00",
            "told once accepted",
            "theo.dinglewood@example.org",
        ],
        ["Idris Hallowby", "A006", "Accepted", "–", "25 per cent extra time", "idris.hallowby@example.org"],
    ]


@pytest.mark.parametrize("council", ["SOM", "NSO", "BAN"])
def test_no_response_holds_others_trainees_scores_ranks_or_choices(released: Service, council: str) -> None:
    answer(released, ("A008", "accept_and_upgrade"), ("A007", "accept"))
    own = {"SOM": {"A005", "A006"}, "NSO": {"A007"}, "BAN": {"A008"}}[council]
    browser = officer_of(released, council)
    found = texts(browser, f"{released.base}/our-trainees")
    others = [word for ref, name in APPLICANTS.items() if ref not in own for word in (ref, name)]
    assert [word for word in others for text in found if word in text] == []
    words = ("reserve", "rank", "score", "choice", "upgrade", "percent of", "appointable", "merit")
    said = [re.sub(r"<(script|style|nav|head).*?</\1>", "", text, flags=re.S).lower() for text in found]
    assert [word for word in words for text in said if word in text and "govuk" not in word] == []
    assert any(next(iter(own)) in text for text in found)


def test_files_say_what_the_page_says(released: Service) -> None:
    browser = officer_of(released, "NSO")
    url = f"{released.base}/our-trainees"
    csv_file = browser.get(f"{url}?download=csv&search=nobody")
    assert csv_file.content.decode("utf-8-sig").splitlines() == [
        "applicant,name,email,state,answer_by,arrangements",
        "A007,Kofi Cottersby,kofi.cottersby@example.org,offered,2015-08-05 09:00,",
    ]
    assert csv_file.headers["content-disposition"] == 'attachment; filename="our-trainees-NSO.csv"'
    pdf = PdfReader(io.BytesIO(browser.get(f"{url}?download=pdf").content))
    words = " ".join(pdf.pages[0].extract_text().split())
    assert "Trainees of North Somerset" in words
    assert "A007 Kofi Cottersby kofi.cottersby@example.org Offered 5 August 2015, 09:00" in words


def test_receipt_is_confirmed_once_and_asked_anew_when_trainees_change(released: Service) -> None:
    browser = officer_of(released, "NSO")
    url = f"{released.base}/our-trainees"
    page = read(browser, url)
    assert (page.fields["trainee"], "Kofi Cottersby (A007)" in page.lines) == (["A007"], True)
    assert "Confirm 1 trainee" in page.buttons
    assert browser.post(f"{url}/confirm", data=page.fields).status_code == 303
    page = read(browser, url)
    assert any(line.startswith("Officer of NSO confirmed 1 trainee on ") for line in page.lines)
    assert "Confirm 1 trainee" not in page.buttons
    again = browser.post(f"{url}/confirm", data={"trainee": "A007"})
    assert "That was confirmed already." in read(browser, again.headers["location"]).lines
    answer(released, ("A007", "decline"))
    page = read(browser, url)
    assert "Since then A007 is no longer among your trainees, so please confirm anew." in page.text
    assert "Confirm that there are none" in page.buttons
    record_event(
        released, event="E02", at="2015-08-10 10:00", kind="pass", by="Dana Quill", second_by="Ines Roe"
    )
    page = read(browser, url)
    assert "Since then A003 has come and A007 is no longer among your trainees" in page.text


def test_trainees_that_changed_after_the_page_was_shown_are_not_confirmed(released: Service) -> None:
    browser = officer_of(released, "NSO")
    url = f"{released.base}/our-trainees"
    fields = read(browser, url).fields
    answer(released, ("A007", "decline"))
    told = browser.post(f"{url}/confirm", data=fields)
    assert (told.status_code, "Your trainees have changed since" in told.text) == (409, True)
    # Nor can anybody confirm somebody else's by naming them.
    guessed = browser.post(f"{url}/confirm", data={"trainee": ["A005", "A006"]})
    assert guessed.status_code == 409
    assert "A005" not in PageReading(guessed.text).text


def test_council_asks_for_places_and_takes_it_back(service: Service) -> None:
    browser = service.browser("officer")
    url = f"{service.base}/our-trainees"
    assert "You have 2 places. The lead authority decides about every change." in read(browser, url).lines
    bad = browser.post(f"{url}/places", data={"places": "two", "reason": ""})
    page = PageReading(bad.text)
    assert (bad.status_code, page.fields["places"]) == (422, ["two"])
    assert 'Found "two"; wanted a whole number from 0 to 10,000' in page.lines
    asked = browser.post(f"{url}/places", data={"places": "3", "reason": "One more placement."})
    page = read(browser, asked.headers["location"])
    assert "Request R01 is with the lead authority. Nothing has changed yet." in page.lines
    assert any(line.startswith("R01: 3 places, asked for by Made-up Partner-Council") for line in page.lines)
    assert "Ask for this number of places" not in page.buttons
    done = browser.post(f"{url}/places/withdraw", data={"request": "R01"})
    page = read(browser, done.headers["location"])
    assert ("Request R01 is withdrawn." in page.lines, "Ask for this number of places" in page.buttons) == (
        True,
        True,
    )
    twice = browser.post(f"{url}/places/withdraw", data={"request": "R01"})
    assert (twice.status_code, "was decided or withdrawn meanwhile" in twice.text) == (409, True)


def test_request_of_another_council_is_as_if_it_were_not_there(service: Service) -> None:
    url = f"{service.base}/our-trainees"
    service.browser("officer").post(f"{url}/places", data={"places": "3", "reason": "A secret reason."})
    other = officer_of(service, "NSO")
    assert "R01" not in read(other, url).text
    tried = [other.post(f"{url}/places/withdraw", data={"request": r}) for r in ("R01", "R77", "")]
    assert {(each.status_code, "no such request of your council" in each.text) for each in tried} == {
        (422, True)
    }
    assert all("A secret reason." not in each.text for each in tried)


def test_where_the_record_does_not_hold_nothing_of_it_is_told(released: Service) -> None:
    answer(released, ("A003", "accept"))
    browser = released.browser("officer")
    page = read(browser, f"{released.base}/our-trainees")
    assert page.lines[2].startswith("The lead authority is putting its record right")
    assert [ref for ref in APPLICANTS if ref in page.text] == []
    url = f"{released.base}/our-trainees"
    tried = [browser.get(f"{url}?download=csv"), browser.post(f"{url}/confirm", data={"trainee": "A005"})]
    tried.append(browser.post(f"{url}/places", data={"places": "3", "reason": "One more placement."}))
    tried.append(browser.post(f"{url}/places/withdraw", data={"request": "R01"}))
    assert {(each.status_code, each.headers["location"]) for each in tried} == {(303, url)}


def test_home_of_an_officer_says_what_is_theirs_first(released: Service) -> None:
    bring_in_draft(released)
    publish(released, 1, 1, change=3)
    browser = released.browser("officer")
    page = read(browser, released.base)
    assert page.lines[1] == "Your 2 trainees are here: please confirm that you have received word of them."
    assert page.lines[2].startswith("2 of your council’s 3 assessors are needed, for 3 half-days;")
    url = page.url("See and confirm our trainees")
    assert url == f"{released.base}/our-trainees"
    browser.post(f"{url}/confirm", data=read(browser, url).fields)
    browser.get(url)
    assert "Your 2 trainees are here, and you have confirmed them." in read(browser, released.base).lines


def test_organiser_sees_which_councils_have_confirmed(released: Service) -> None:
    url = f"{released.base}/offers/councils"
    officer, organiser = officer_of(released, "NSO"), released.browser("organiser")
    mine = f"{released.base}/our-trainees"
    officer.post(f"{mine}/confirm", data=read(officer, mine).fields)
    officer.post(f"{mine}/places", data={"places": "2", "reason": "One more placement."})
    page = read(organiser, url)
    assert page.lines[1] == (
        "1 of 3 councils has confirmed the trainees of today. Still to come: Somerset and Bath and North "
        "East Somerset."
    )
    assert [row[:3] for row in page.rows[1:]] == [
        ["SomersetSOM", "2", "2"],
        ["North SomersetNSO", "1", "1"],
        ["Bath and North East SomersetBAN", "1", "1"],
    ]
    assert (page.rows[2][3].startswith("ConfirmedOfficer of NSO, "), page.rows[2][4]) == (
        True,
        "R01: 2 places",
    )
    rows = organiser.get(f"{url}?download=csv").text.splitlines()
    assert (rows[0], rows[2].split(",")[:4]) == (
        "council,name,places,trainees,confirmed_at,confirmed_by,is_current",
        ["NSO", "North Somerset", "1", "A007"],
    )
    for role in ("officer", "assessor", "centre_manager"):
        assert released.browser(role).get(url).status_code == 404
