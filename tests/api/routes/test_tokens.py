"""Tokens of other programs: shown once, listed with their state, ended at once."""

from __future__ import annotations

import re

from tests.api.routes.page_reading import PageReading
from tests.service import Service

SECRET = re.compile(r'id="secret" value="([^"]+)"')
ASKED = {"name": "Applications of Swindon", "scopes": ["read", "write"], "days": "30"}


def made(service: Service) -> str:
    answer = service.browser("organiser").post(f"{service.base}/people/tokens", data=ASKED)
    found = SECRET.search(answer.text)
    assert found is not None, answer.text
    assert f"http://testserver/api/v1{service.base}" in answer.text
    return found[1]


def reads(service: Service, secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return service.browser(None).get(f"/api/v1{service.base}", headers=headers).status_code


def test_token_is_shown_once_and_works(any_service: Service) -> None:
    secret = made(any_service)
    assert reads(any_service, secret) == 200
    listed = any_service.browser("organiser").get(f"{any_service.base}/people/tokens")
    assert secret not in listed.text
    page = PageReading(listed.text)
    assert page.lines[:2] == ["Which other programs may come to this campaign?", "1 token holds now."]
    assert [page.rows[1][0], page.rows[1][1], page.rows[1][3]] == [
        "Applications of Swindon",
        "Read, write",
        "Holds",
    ]
    with any_service.database.reading() as work:
        kept = work.tokens.in_campaign(any_service.campaign)
    assert secret not in str(kept)


def test_token_that_was_ended_works_no_more(service: Service) -> None:
    secret = made(service)
    organiser = service.browser("organiser")
    with service.database.reading() as work:
        token = work.tokens.in_campaign(service.campaign)[0]
    url = f"{service.base}/people/tokens/{token.id}"
    assert PageReading(organiser.get(url).text).buttons == ["End this token"]
    assert organiser.post(f"{url}/end").status_code == 303
    assert reads(service, secret) == 401
    page = PageReading(organiser.get(url).text)
    assert ("Ended by an organiser" in page.lines, page.buttons) == (True, [])


def test_token_without_name_scope_or_days_is_refused_with_every_fault(service: Service) -> None:
    answer = service.browser("organiser").post(
        f"{service.base}/people/tokens", data={"name": " ", "scopes": ["everything"], "days": "1000"}
    )
    assert answer.status_code == 422
    assert PageReading(answer.text).lines[1:4] == [
        "Name: found nothing; wanted a name for the program that will use it",
        "Scopes: found nothing; wanted at least one thing that the token may do",
        "Days: found “1000”; wanted a whole number of days, 1 to 366",
    ]
