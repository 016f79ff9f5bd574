"""Signing in by password and one-time code, and taking up a link that works once."""

from __future__ import annotations

import re

import pyotp
import pytest
from fastapi.testclient import TestClient

from api.clock import utc_now
from api.security import code_step, password_hash
from api.services.doing import Doing
from api.services.manage_accounts import first_link, invite
from api.storage.tables.people import Account
from tests.api.routes.page_reading import PageReading
from tests.service import Service

PASSWORD = "three words together"
WRONG = "The e-mail address or the password is not right"
SECRET = re.compile(r'name="secret" value="([A-Z2-7]+)"')


@pytest.fixture
def here(service: Service) -> Service:
    service.settings.second_factor = "organisers"
    with service.database.writing() as work:
        for who in ("organiser", "auditor"):
            service.accounts[who].password_hash = password_hash(PASSWORD)
            work.accounts.save(service.accounts[who])
    return service


def tried(browser: TestClient, email: str, password: str = PASSWORD, next: str = "/") -> str:
    """Where a try leads, or what is wrong with it."""
    answer = browser.post("/sign-in", data={"email": email, "password": password, "next": next})
    return answer.headers.get("location") or PageReading(answer.text).lines[1]


def test_right_password_leads_on_to_the_page_that_was_wanted(here: Service) -> None:
    browser = here.browser(None)
    assert tried(browser, " Auditor@STEPUP.example", next=f"{here.base}/audit") == f"{here.base}/audit"
    assert browser.get(f"{here.base}/audit").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\\b", "/\n"]
)
def test_sign_in_never_leads_to_another_site(here: Service, elsewhere: str) -> None:
    assert tried(here.browser(None), "auditor@stepup.example", next=elsewhere) == "/"


def test_wrong_password_and_unknown_address_are_told_alike(here: Service) -> None:
    browser = here.browser(None)
    said = [tried(browser, "auditor@stepup.example", "wrong"), tried(browser, "unknown@stepup.example", "x")]
    assert said == [WRONG, WRONG]


def test_sixth_try_is_refused_also_with_the_right_password(here: Service) -> None:
    browser = here.browser(None)
    said = [tried(browser, "auditor@stepup.example", "wrong") for _ in range(5)]
    assert said == [WRONG] * 5
    assert tried(browser, "auditor@stepup.example").startswith("Too many tries have failed.")
    assert tried(browser, "organiser@stepup.example") == "/sign-in/code"


def test_organiser_sets_codes_up_and_types_one_from_then_on(here: Service) -> None:
    browser = here.browser(None)
    assert tried(browser, "organiser@stepup.example") == "/sign-in/code"
    assert browser.get(here.base).headers["location"] == "/sign-in/code"
    found = SECRET.search(browser.get("/sign-in/code").text)
    assert found is not None
    refused = browser.post("/sign-in/code", data={"secret": found[1], "code": "000 000 1"})
    assert refused.status_code == 422
    garbled = browser.post("/sign-in/code", data={"secret": "not a secret", "code": "1"})
    assert garbled.status_code == 422
    code = pyotp.TOTP(found[1]).now()
    assert browser.post("/sign-in/code", data={"secret": found[1], "code": code}).status_code == 303
    assert browser.get(here.base).status_code == 200
    again = here.browser(None)
    assert tried(again, "organiser@stepup.example") == "/sign-in/code"
    used = again.post("/sign-in/code", data={"code": code})
    assert used.status_code == 422
    step = code_step(found[1], code, int(utc_now().timestamp()))
    assert step is not None
    later = pyotp.TOTP(found[1]).generate_otp(step + 1)
    assert again.post("/sign-in/code", data={"code": later}).status_code == 303
    assert again.get(here.base).status_code == 200


def test_link_chooses_a_password_once_and_tells_what_is_wrong(here: Service) -> None:
    with here.database.writing() as work:
        _, link = invite(work, "Nia Newcomer", "new@stepup.example", Doing("program", utc_now()))
    browser, url = here.browser(None), f"/link/{link}"
    short = browser.post(url, data={"password": "short", "again": "short"})
    other = browser.post(url, data={"password": PASSWORD, "again": "another"})
    assert [PageReading(answer.text).lines[1] for answer in (short, other)] == [
        "Password: found 5 characters; wanted 12 to 200 characters; three or four words are good",
        "Again: found another password; wanted the same password twice",
    ]
    assert browser.post(url, data={"password": PASSWORD, "again": PASSWORD}).status_code == 303
    assert browser.get("/account").status_code == 200
    assert here.browser(None).get(url).status_code == 404
    assert here.browser(None).post(url, data={"password": PASSWORD, "again": PASSWORD}).status_code == 422


def test_link_of_the_terminal_makes_the_first_administrator(here: Service) -> None:
    with here.database.writing() as work:
        here.accounts["administrator"].is_administrator = False
        work.accounts.save(here.accounts["administrator"])
        link = first_link(work, utc_now())
    browser = here.browser(None)
    typed = {"name": "Fay First", "email": "fay@stepup.example", "password": PASSWORD, "again": PASSWORD}
    answer = browser.post(f"/link/{link}", data=typed)
    assert answer.headers["location"] == "/sign-in/code"
    with here.database.reading() as work:
        made = work.accounts.by_email("fay@stepup.example")
        assert isinstance(made, Account)
        assert (made.is_administrator, first_link(work, utc_now())) == (True, None)


def test_signing_out_leads_to_signing_in(here: Service) -> None:
    browser = here.browser("auditor")
    assert browser.post("/sign-out").headers["location"] == "/sign-in"
    assert browser.get(here.base).status_code == 303
    assert here.browser("auditor").get("/sign-in?next=/account").headers["location"] == "/account"
