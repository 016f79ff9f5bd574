"""Every route names exactly one permission, the documentation lists them all, and each does as it says: every
route is really asked for by everybody.

A route that needs more than its address to be found (a question in it, a form) has that in `ASKED`. A new
parameter of an address gets a value in `tests/installations.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response as Answer

from api.permissions import Permission
from tests.architecture.route_table import (
    NO_TOKEN,
    NOBODY,
    NOT_FOUND,
    SCOPE,
    SIGN_IN,
    TOKEN,
    WHO,
    YES,
    KnownRoute,
    bare_app,
    described,
    route_table,
    routes_of,
)
from tests.databases import ModuleCopies
from tests.installations import NOT_LOCKED, Installation, install_everything

ROUTES = routes_of(bare_app())
PARAMETER = re.compile(r"{(\w+)}")
# By method and path: what has to be asked beside, for the page to be there at all.
DRAFT = "GET /campaigns/{campaign}/timetables/{draft}"
KEY = {"applicant": "{applicant}", "exercise": "{exercise}", "rater": "{rater}"}
ASKED: dict[str, dict[str, str]] = {
    f"{DRAFT}/person": {"who": "{person}"},
    f"{DRAFT}/session": {"of": "{session}"},
    "POST /campaigns/{campaign}/rate/open": KEY,
    "GET /campaigns/{campaign}/ratings/paper/sheet": KEY,
    "POST /campaigns/{campaign}/ratings/paper/sheet": KEY,
    f"{DRAFT}/sitting": {"session": "{session}", "exercise": "{exercise}", "sitting": "{sitting}"},
}


@pytest.fixture(scope="module")
def installation(module_url: str, module_copies: ModuleCopies) -> Iterator[Installation]:
    made = install_everything(module_url)
    made.service.database.close()
    kept = module_copies.keep(module_url)

    def put_back() -> None:
        made.service.database.close()
        module_copies.put_back(module_url, kept)

    made.put_back = put_back
    yield made
    made.service.database.close()


def test_every_route_names_exactly_one_permission() -> None:
    assert [(r.method, r.path, r.permissions) for r in ROUTES if len(r.permissions) != 1] == []


def test_every_route_is_in_the_documentation() -> None:
    assert described() == route_table(ROUTES), "run: python -m tests.architecture.route_table"


def test_every_parameter_of_an_address_has_a_value_to_try(installation: Installation) -> None:
    unknown = {
        name: route.path
        for route in ROUTES
        for name in PARAMETER.findall(route.path)
        if name not in installation.values
    }
    assert unknown == {}, "give each of these parameters a value that exists, in tests/installations.py"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_everybody_meets_what_the_table_says(installation: Installation, route: KnownRoute) -> None:
    if route.permission is Permission.OPEN:
        # It may send somebody elsewhere, or find nothing; that it answers everybody is all there is to say.
        assert {_status(installation, route, who) < 500 for who in ("organiser", NOBODY)} == {True}
        return
    said = {who: route.answer_to(who) for who in WHO}
    met = {who: found_by(installation, route, who) for who in WHO}
    assert met == said
    if route.permission in SCOPE:
        others = [scope for scope in SCOPE.values() if scope != SCOPE[route.permission]]
        assert [asked_with(installation, route, installation.tokens[s]) for s in others] == [NOT_FOUND] * 2


def found_by(installation: Installation, route: KnownRoute, who: str) -> str:
    if who == TOKEN:
        scope = SCOPE.get(route.permission, "read")
        return asked_with(installation, route, installation.tokens[scope])
    return _said(_asked(installation, route, installation.browsers[who], {}))


def asked_with(installation: Installation, route: KnownRoute, token: str) -> str:
    bearer = {"Authorization": f"Bearer {token}"}
    return _said(_asked(installation, route, installation.browsers[NOBODY], bearer))


def _status(installation: Installation, route: KnownRoute, who: str) -> int:
    return _asked(installation, route, installation.browsers[who], {}).status_code


def _asked(
    installation: Installation, route: KnownRoute, browser: TestClient, headers: dict[str, str]
) -> Answer:
    """What came of asking. The database is put back after everything that could have changed it."""
    asked = ASKED.get(f"{route.method} {route.path}", {})
    beside = {name: value.format(**installation.values) for name, value in asked.items()}
    cookies = dict(browser.cookies)
    is_get = route.method == "GET"
    answer = browser.request(
        route.method,
        installation.address(route.path),
        params=beside if is_get else None,
        data=None if is_get or route.is_interface else beside,
        headers=headers,
    )
    browser.cookies.clear()
    browser.cookies.update(cookies)
    if not is_get and _said(answer) == YES:
        installation.put_back()
    return answer


def _said(answer: Answer) -> str:
    assert answer.status_code < 500, answer.text
    # Files are looked into by tests/api/routes/test_blindness.py.
    assert NOT_LOCKED not in answer.text
    if answer.status_code == 404:
        return NOT_FOUND
    if answer.status_code == 401:
        return NO_TOKEN
    is_sent_away = answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?next=")
    asks_to_sign_in = answer.status_code == 303 and answer.headers["location"] == "/sign-in"
    return SIGN_IN if is_sent_away or asks_to_sign_in else YES
