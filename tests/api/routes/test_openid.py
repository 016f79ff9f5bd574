"""Signing in with a council's own account, against a real provider: who comes in, who does not, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.clock import utc_now
from api.security import token_sha256
from api.services import openid
from api.services.doing import Doing
from api.services.manage_accounts import first_link, invite
from tests.openid_provider import CouncilSignIn, council_sign_in
from tests.service import ADDRESS, Service

REFRESH = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')
ENTRA, PLAIN = "pairwise-1", "plain-1"


@pytest.fixture(scope="module")
def council() -> Iterator[CouncilSignIn]:
    with council_sign_in() as found:
        yield found


@pytest.fixture
def here(service: Service, council: CouncilSignIn) -> Service:
    return with_council(service, council)


def with_council(service: Service, council: CouncilSignIn) -> Service:
    service.settings.openid_issuer = council.issuer
    service.settings.openid_client = "stepup"
    service.settings.openid_secret = SecretStr("a secret")
    service.settings.openid_name = "Somerset Council"
    service.settings.second_factor = "everybody"
    return service


def sent_to(browser: TestClient, link: str = "", wanted: str = "/") -> str:
    """Where a press of the button sends a browser."""
    answer = browser.post("/sign-in/council", data={"link": link, "next": wanted})
    found = REFRESH.search(answer.text)
    assert answer.status_code == 200
    assert found is not None, answer.text
    return unescape(found[1])


def back(browser: TestClient, location: str) -> tuple[int, str]:
    """What a browser meets when it is sent back: the status, and where to or what the page says."""
    parts = urlsplit(location)
    assert f"{parts.scheme}://{parts.netloc}" == ADDRESS
    answer = browser.get(f"{parts.path}?{parts.query}")
    said = re.search(r'<h1[^>]*>.*?</h1>\s*<p class="govuk-body">(.*?)</p>', answer.text, re.DOTALL)
    return answer.status_code, answer.headers.get("location", "") or (unescape(said[1]) if said else "")


def invited(service: Service) -> str:
    with service.database.writing() as work:
        _, link = invite(work, "Nia Newcomer", "new@stepup.example", Doing("program", utc_now()))
    assert link is not None
    return link


def test_invitation_connects_the_council_account_and_signs_in(here: Service, council: CouncilSignIn) -> None:
    browser, link = here.browser(None), invited(here)
    assert "Connect your council account" in browser.get(f"/link/{link}").text
    url = sent_to(browser, link)
    assert back(browser, council.come_back(url, ENTRA)) == (303, "/")
    assert browser.get("/account").status_code == 200
    with here.database.reading() as work:
        account = work.accounts.by_email("new@stepup.example")
        acts = [entry.act for entry, _ in work.audit.entries("")][-2:]
    assert account is not None
    assert account.openid_subject == "tid:tenant-1 oid:object-1"
    assert acts == ["council account connected", "signed in"]
    assert here.browser(None).get(f"/link/{link}").status_code == 404


def test_connected_person_comes_in_without_a_link_or_a_code_and_goes_on(
    here: Service, council: CouncilSignIn
) -> None:
    with here.database.writing() as work:
        account = here.accounts["auditor"]
        account.openid_subject = f"iss:{council.issuer} sub:{PLAIN}"
        work.accounts.save(account)
    browser = here.browser(None)
    url = sent_to(browser, wanted=f"{here.base}/audit")
    assert back(browser, council.come_back(url, PLAIN)) == (303, f"{here.base}/audit")
    assert browser.get(f"{here.base}/audit").status_code == 200


def test_somebody_unknown_is_refused_in_words_although_their_address_is_known(
    here: Service, council: CouncilSignIn
) -> None:
    browser = here.browser(None)
    assert back(browser, council.come_back(sent_to(browser), PLAIN)) == (422, openid.UNKNOWN)
    assert browser.get("/account").status_code == 303
    with here.database.reading() as work:
        assert [entry.act for entry, _ in work.audit.entries("")][-1] == "council sign-in refused"


def test_closed_account_is_refused(here: Service, council: CouncilSignIn) -> None:
    with here.database.writing() as work:
        account = here.accounts["auditor"]
        account.openid_subject, account.is_active = f"iss:{council.issuer} sub:{PLAIN}", False
        work.accounts.save(account)
    browser = here.browser(None)
    assert back(browser, council.come_back(sent_to(browser), PLAIN)) == (422, openid.CLOSED)


def test_council_account_of_somebody_else_is_not_connected_twice(
    here: Service, council: CouncilSignIn
) -> None:
    with here.database.writing() as work:
        account = here.accounts["auditor"]
        account.openid_subject = "tid:tenant-1 oid:object-1"
        work.accounts.save(account)
    browser, link = here.browser(None), invited(here)
    assert back(browser, council.come_back(sent_to(browser, link), ENTRA)) == (422, openid.TAKEN)
    assert browser.get(f"/link/{link}").status_code == 200


def test_link_of_the_first_administrator_connects_nothing(here: Service, council: CouncilSignIn) -> None:
    with here.database.writing() as work:
        account = here.accounts["administrator"]
        account.is_administrator = False
        work.accounts.save(account)
        link = first_link(work, utc_now())
    assert link is not None
    browser = here.browser(None)
    assert "Connect your council account" not in browser.get(f"/link/{link}").text
    assert back(browser, council.come_back(sent_to(browser, link), PLAIN)) == (422, openid.LINK_USED)


def test_state_is_good_once_and_in_the_browser_that_was_sent(here: Service, council: CouncilSignIn) -> None:
    browser, other = here.browser(None), here.browser(None)
    location = council.come_back(sent_to(browser, invited(here)), ENTRA)
    assert back(other, location) == (422, openid.NOT_EXPECTED)
    assert back(browser, location) == (303, "/")
    assert back(browser, location) == (422, openid.NOT_EXPECTED)
    assert back(browser, f"{ADDRESS}/sign-in/council/back?state=&code=x") == (422, openid.NOT_EXPECTED)


def test_person_who_says_no_there_is_told_so(here: Service) -> None:
    browser = here.browser(None)
    state = parse_qs(urlsplit(sent_to(browser)).query)["state"][0]
    denied = f"{ADDRESS}/sign-in/council/back?error=access_denied&state={state}"
    assert back(browser, denied) == (422, openid.DENIED)


def test_what_is_asked_is_bound_by_pkce_state_and_nonce(here: Service) -> None:
    url = sent_to(here.browser(None))
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    with here.database.writing() as work:
        visit = work.sign_ins.take_visit(token_sha256(asked["state"]), utc_now())
    assert visit is not None
    assert asked == {
        "response_type": "code",
        "client_id": "stepup",
        "redirect_uri": f"{ADDRESS}/sign-in/council/back",
        "scope": "openid profile",
        "state": asked["state"],
        "nonce": visit.nonce,
        "code_challenge": create_s256_code_challenge(visit.verifier),
        "code_challenge_method": "S256",
    }


@pytest.mark.parametrize("wrong", ["nonce", "audience", "issuer", "signature", "code"])
def test_what_is_not_proven_signs_nobody_in(here: Service, council: CouncilSignIn, wrong: str) -> None:
    browser = here.browser(None)
    location = council.come_back(sent_to(browser, invited(here)), ENTRA)
    query = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
    with here.database.writing() as work:
        visit = work.sign_ins.take_visit(token_sha256(query["state"]), utc_now())
    assert visit is not None
    settings, provider, code = here.settings, openid.provider_of(here.settings), query["code"]
    if wrong == "nonce":
        visit.nonce = "another"
    elif wrong == "audience":
        settings = settings.model_copy(update={"openid_client": "another"})
    elif wrong == "issuer":
        provider = openid.Provider("http://another", *_rest(provider))
    elif wrong == "signature":
        token_url = provider.token_url
        with council_sign_in() as forger:
            forged = openid.provider_of(settings.model_copy(update={"openid_issuer": forger.issuer}))
        provider = openid.Provider(
            provider.issuer, provider.authorization_url, token_url, forged.keys, provider.posts_secret
        )
        # Its keys are asked for anew where none fits; here they stay those of somebody else.
        settings = settings.model_copy(update={"openid_issuer": forger.issuer})
    else:
        code = "another"
    with pytest.raises(openid.NotSignedIn) as refused:
        openid.proven_subject(settings, provider, visit, code, utc_now())
    assert str(refused.value) == openid.NOT_PROVEN


@pytest.mark.parametrize(("subject", "found"), [("pairwise-2", "tid:127.0.0.1 oid:object-2"), (ENTRA, "")])
def test_issuer_with_a_place_for_the_tenant_is_the_tenant_s_own(
    here: Service, council: CouncilSignIn, subject: str, found: str
) -> None:
    """As Entra ID has it for every council at once: who signs must be the tenant that the token names."""
    browser = here.browser(None)
    query = parse_qs(urlsplit(council.come_back(sent_to(browser), subject)).query)
    with here.database.writing() as work:
        visit = work.sign_ins.take_visit(token_sha256(query["state"][0]), utc_now())
    assert visit is not None
    provider = openid.provider_of(here.settings)
    shared = openid.Provider(provider.issuer.replace("127.0.0.1", "{tenantid}"), *_rest(provider))
    if not found:
        with pytest.raises(openid.NotSignedIn, match=openid.NOT_PROVEN):
            openid.proven_subject(here.settings, shared, visit, query["code"][0], utc_now())
        return
    assert openid.proven_subject(here.settings, shared, visit, query["code"][0], utc_now()) == found


def test_token_that_has_run_out_signs_nobody_in(service: Service) -> None:
    with council_sign_in(token_seconds=-3600) as late:
        here = with_council(service, late)
        browser = here.browser(None)
        location = late.come_back(sent_to(browser, invited(here)), ENTRA)
        assert back(browser, location) == (422, openid.NOT_PROVEN)


def test_provider_that_does_not_answer_is_said_so(service: Service) -> None:
    with council_sign_in() as gone:
        here = with_council(service, gone)
    answer = here.browser(None).post("/sign-in/council", data={})
    assert (answer.status_code, openid.NO_ANSWER in unescape(answer.text)) == (422, True)


def test_without_a_provider_there_is_no_such_sign_in(service: Service) -> None:
    browser = service.browser(None)
    assert browser.post("/sign-in/council").status_code == 404
    assert browser.get("/sign-in/council/back?state=x&code=y").status_code == 404
    assert "Or use what you have already" not in browser.get("/sign-in").text


def _rest(provider: openid.Provider) -> tuple[str, str, Mapping[str, Any], bool]:
    return provider.authorization_url, provider.token_url, provider.keys, provider.posts_secret
