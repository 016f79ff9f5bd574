"""What those who rated see of the wash-up: their own, once all have locked, and nothing else."""

from __future__ import annotations

from tests.api.routes.drafts_made import read
from tests.api.routes.washup_made import CELL, begin, come, lock_begun, rate, send_form, two_apart
from tests.rating_made import another, publish_draft
from tests.service import Service


def test_nothing_is_told_before_one_s_own_lock_nor_before_everybody_s(any_service: Service) -> None:
    service = any_service
    publish_draft(service)
    come(service, "A007")
    mine = begin(service, "S01", 2)
    rate(service, "S04", 4)
    browser, url = service.browser("assessor"), f"{service.base}/our-washup"
    page = read(browser, url)
    assert "None of your locked ratings has to be discussed." in page.lines
    assert "A007" not in page.text
    theirs = read(service.browser("S04"), url)
    assert "A007" not in theirs.text
    assert (
        "Of 1 sheet that you have locked, others have not locked theirs yet: "
        "until then nothing is told of it." in theirs.lines
    )
    lock_begun(service, mine)
    page = read(browser, url)
    assert "5 of your ratings lie far from others’: 5 are to be discussed." in page.lines
    sides = [line for line in page.lines if "Saw values of A007" in line]
    assert [side.split("Saw")[0] for side in sides] == ["2Yours", "4"]


def test_agreed_rating_is_told_with_its_reason_and_without_names(service: Service) -> None:
    two_apart(service)
    send_form(
        service.browser("organiser"),
        f"{service.base}/washup/{CELL}",
        rating="3",
        reason="Both read the notes again.",
        seen="0",
    )
    page = read(service.browser("assessor"), f"{service.base}/our-washup")
    assert "Agreed: 3. Both read the notes again." in page.lines
    assert "5 of your ratings lie far from others’: 4 are to be discussed." in page.lines
    assert "S04" not in page.text.replace("noted by S04", "")
    assert "Nettlecombe" not in page.text
    assert page.buttons == []


def test_other_panels_ranks_and_offers_are_nowhere_on_it(service: Service) -> None:
    two_apart(service)
    rate(service, "S01", 1, "A001")
    rate(service, "S04", 5, "A001")
    another(service, "S02")
    page = read(service.browser("S02"), f"{service.base}/our-washup")
    assert page.lines[1] == "None of your locked ratings has to be discussed."
    assert not any(applicant in page.text for applicant in ("A007", "A001"))
    text = service.browser("assessor").get(f"{service.base}/our-washup").text
    assert [word for word in ("ranked", "reserve", "offer", "merit", "Panel ") if word in text] == []


def test_before_the_wash_up_it_is_empty_and_others_do_not_find_it(service: Service) -> None:
    page = read(service.browser("assessor"), f"{service.base}/our-washup")
    assert "None of your locked ratings has to be discussed." in page.lines
    for role in ("organiser", "centre_manager", "officer", "auditor"):
        assert service.browser(role).get(f"{service.base}/our-washup").status_code == 404
