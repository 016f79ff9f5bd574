"""Letters and lists after a release: one by one, and all of them by a job."""

from __future__ import annotations

import io
import zipfile

from api.exports.letters import OfferLetter
from api.jobs.attempt import attempt_job
from api.services.look_at_offers import look_at_offers
from api.services.open_campaign import open_campaign
from api.services.outcome_letters import letter_of
from tests.api.routes.drafts_made import read
from tests.api.routes.offers_made import answered, passed, released
from tests.service import Service


def test_letters_are_listed_and_one_is_a_pdf(service: Service) -> None:
    browser = released(service).browser("auditor")
    page = read(browser, f"{service.base}/offers/letters")
    assert page.lines[1] == "7 letters: one for everybody whose result is settled."
    assert [row[1] for row in page.rows[1:]] == [
        "Offer of a place, Somerset",
        "Offer of a place, Somerset",
        "Offer of a place, North Somerset",
        "Offer of a place, Bath and North East Somerset",
        "Place on the reserve list",
        "No place",
        "No place",
    ]
    for path in ("of/A005", "lists/SOM"):
        answer = browser.get(f"{service.base}/offers/letters/{path}")
        assert (answer.headers["content-type"], answer.content[:4]) == ("application/pdf", b"%PDF")
    nobody = browser.get(f"{service.base}/offers/letters/of/A002")
    assert nobody.headers["location"] == f"{service.base}/offers/letters"


def test_an_offer_of_a_pass_has_its_own_letter(service: Service) -> None:
    released(service)
    answered(service, "A007", "decline", "2015-08-04 10:00")
    passed(service, "2015-08-04 12:00")
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        now = look_at_offers(open_campaign(work, record), None)
    assert now.campaign is not None
    assert now.followed is not None
    document = letter_of(now.campaign, now.followed, "A003")
    assert document is not None
    assert isinstance(document.pack, OfferLetter)
    assert (document.pack.council, document.pack.choice) == ("North Somerset", "first choice")


def test_all_letters_are_made_by_a_job(service: Service) -> None:
    browser = released(service).browser("organiser")
    answer = browser.post(f"{service.base}/offers/letters")
    assert answer.status_code == 303
    url = answer.headers["location"]
    job = url.rsplit("/", 1)[1]
    assert "Cancel" in read(browser, url).buttons
    attempt_job(service.database, service.settings, job, "worker")
    page = read(browser, url)
    assert page.lines[1] == "They are ready."
    archive = zipfile.ZipFile(io.BytesIO(browser.get(f"{url}/letters.zip").content))
    assert [name.split("/", 1)[1] for name in archive.namelist()] == [
        "allocation/allocation.pdf",
        "councils/BAN-allocation.pdf",
        "councils/NSO-allocation.pdf",
        "councils/SOM-allocation.pdf",
        *(f"letters/A00{number}.pdf" for number in (1, 3, 4, 5, 6, 7, 8)),
    ]
    # Papers of the timetable are for centre managers as well; letters are not.
    for other in (f"{service.base}/papers/{job}", f"{service.base}/papers/{job}/papers.zip"):
        assert service.browser("centre_manager").get(other).status_code == 404
        assert browser.get(other).status_code == 404
    assert service.browser("centre_manager").get(f"{url}/letters.zip").status_code == 404
