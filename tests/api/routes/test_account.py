"""One's own account: name, password, one-time codes, other browsers."""

from __future__ import annotations

import pyotp
import pytest

from api.security import is_password, new_code_secret, password_hash
from api.storage.tables.people import Account
from tests.api.routes.page_reading import PageReading
from tests.service import Service

OLD, NEW = "the old password", "three new words"


@pytest.fixture
def person(service: Service) -> Service:
    with service.database.writing() as work:
        service.accounts["auditor"].password_hash = password_hash(OLD)
        work.accounts.save(service.accounts["auditor"])
    return service


def after(service: Service) -> Account:
    with service.database.reading() as work:
        found = work.accounts.by_id(service.accounts["auditor"].id)
    assert found is not None
    return found


def test_name_is_changed_and_an_empty_one_is_not(person: Service) -> None:
    browser = person.browser("auditor")
    assert browser.post("/account/name", data={"name": " Audrey  Auditor "}).status_code == 303
    assert browser.post("/account/name", data={"name": " "}).status_code == 422
    assert (after(person).name, "Audrey Auditor" in browser.get("/account").text) == ("Audrey Auditor", True)


def test_new_password_signs_other_browsers_out_and_keeps_this_one(person: Service) -> None:
    browser, other = person.browser("auditor"), person.browser("auditor")
    typed = {"old": OLD, "password": NEW, "again": NEW}
    assert browser.post("/account/password", data=typed).headers["location"] == "/account"
    assert (browser.get("/account").status_code, other.get("/account").status_code) == (200, 303)
    assert is_password(NEW, after(person).password_hash)


def test_wrong_old_password_is_counted_until_none_is_tried_any_more(person: Service) -> None:
    browser = person.browser("auditor")
    typed = {"old": "wrong", "password": NEW, "again": NEW}
    said = [PageReading(browser.post("/account/password", data=typed).text).lines[1] for _ in range(6)]
    wrong = "Old: found another password; wanted the password that you sign in with now"
    assert said == [wrong] * 5 + ["Old: found too many wrong passwords; wanted wait 15 minutes and try again"]
    assert browser.post("/account/password", data=typed | {"old": OLD}).status_code == 422
    assert is_password(OLD, after(person).password_hash)


def test_person_with_a_council_account_alone_gets_no_password(service: Service) -> None:
    browser = service.browser("auditor")
    typed = {"old": "", "password": NEW, "again": NEW}
    assert browser.post("/account/password", data=typed).status_code == 422
    assert after(service).password_hash is None


def test_codes_from_another_telephone_want_password_and_first_code(person: Service) -> None:
    browser, secret = person.browser("auditor"), new_code_secret()
    code = pyotp.TOTP(secret).now()
    assert (
        browser.post("/account/codes", data={"old": "x", "secret": secret, "code": code}).status_code == 422
    )
    assert (
        browser.post("/account/codes", data={"old": OLD, "secret": "short", "code": code}).status_code == 422
    )
    assert after(person).code_secret is None
    assert (
        browser.post("/account/codes", data={"old": OLD, "secret": secret, "code": code}).status_code == 303
    )
    assert after(person).code_secret == secret


def test_other_browsers_are_signed_out(person: Service) -> None:
    browser, other = person.browser("auditor"), person.browser("auditor")
    assert PageReading(browser.get("/account").text).buttons[-1] == "Sign out everywhere but here"
    assert browser.post("/account/browsers").status_code == 303
    assert (browser.get("/account").status_code, other.get("/account").status_code) == (200, 303)
