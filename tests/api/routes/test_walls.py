"""Walls: whoever belongs to another campaign, another partnership or another council finds nothing here.

Not by page, not by JSON, and not by an identifier that they came by or guessed. What a role may see of its
own campaign is in `tests/architecture/test_routes.py`; here everybody is somebody, but somewhere else.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.clock import utc_now
from api.permissions import Role
from api.services.create_campaign import create_campaign, create_partnership
from api.services.doing import Doing
from tests.architecture.route_table import KnownRoute, bare_app, routes_of
from tests.installations import Installation, install_everything
from tests.service import tables_before_the_day

ROUTES = routes_of(bare_app())
INSIDE = [route for route in ROUTES if route.path.startswith("/campaigns/{campaign}")]
INTERFACE = [route for route in ROUTES if route.is_interface]
PARAMETER = re.compile(r"{(\w+)}")
# A place of an address that is named by a word of everybody's, and not by an identifier of a campaign's own.
WORDS = {
    *("table", "setting", "part", "change", "row_id", "act", "capacity_file", "forecast_file"),
    *("number", "draft", "version", "publication", "of", "session"),
    *("applicant", "exercise", "criterion", "person", "assessor", "council", "request", "flag"),
    *("proposal", "offers_file"),
}
NUMBERED = {"number", "draft", "version", "publication", "of"}


@pytest.fixture(scope="module")
def two(module_url: str) -> Iterator[Installation]:
    """An installation with everything in one campaign, and its people's doubles in another partnership's."""
    made = install_everything(module_url)
    yield made
    made.service.database.close()


@pytest.fixture(scope="module")
def other(two: Installation) -> str:
    """The reference of a campaign of another partnership, with the very same tables."""
    from api.services.change_tables import IMPORT, put_tables

    with two.service.database.writing() as work:
        doing = Doing("program", utc_now())
        partnership = create_partnership(work, "East", doing)
        record = create_campaign(work, partnership, "East 2027", doing)
        put_tables(work, record, tables_before_the_day(), IMPORT, "Brought in", doing)
    return record.id


@pytest.fixture(scope="module")
def outsiders(two: Installation, other: str) -> dict[str, TestClient]:
    """One person for each role of the other campaign, signed in."""
    made = {}
    for role in Role:
        account = two.service.account(f"{role.value}@east.example", f"East {role.words}")
        council = "SOM" if role in (Role.ASSESSOR, Role.OFFICER) else ""
        two.service.give(account, role, council, "S01" if role is Role.ASSESSOR else "", other)
        made[role.value] = two.service.browser(account)
    return made


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_nobody_of_another_campaign_finds_any_page(
    two: Installation, outsiders: dict[str, TestClient], role: str
) -> None:
    met = {_met(outsiders[role], route, two.values) for route in INSIDE}
    assert met == {404}


@pytest.mark.parametrize("role", ["organiser", "auditor", "centre_manager"])
def test_identifiers_of_another_campaign_are_not_found_in_one_s_own(
    two: Installation, outsiders: dict[str, TestClient], other: str, role: str
) -> None:
    """Membership, token, job, upload and so on: each looked for in the right way in the wrong campaign."""
    guessed = two.values | {"campaign": other}
    own = [route for route in INSIDE if set(PARAMETER.findall(route.path)) - WORDS - {"campaign"}]
    assert {"job", "membership", "api_token", "upload"} <= {n for r in own for n in PARAMETER.findall(r.path)}
    found = [(r.method, r.path) for r in own if _met(outsiders[role], r, guessed) != 404]
    assert found == []


def test_drafts_of_another_campaign_are_not_found_by_their_number(
    two: Installation, outsiders: dict[str, TestClient], other: str
) -> None:
    guessed = two.values | {"campaign": other}
    numbered = [route for route in INSIDE if NUMBERED & set(PARAMETER.findall(route.path))]
    assert numbered
    assert {_met(outsiders["organiser"], route, guessed) for route in numbered} == {404}


@pytest.mark.parametrize("scope", ["read", "write", "solve"])
def test_token_of_one_campaign_finds_nothing_of_another(two: Installation, other: str, scope: str) -> None:
    program = two.service.browser(None)
    bearer = {"Authorization": f"Bearer {two.tokens[scope]}"}
    guessed = two.values | {"campaign": other}
    assert {_met(program, route, guessed, bearer) for route in INTERFACE} == {404}
    nowhere = two.values | {"campaign": "nowhere"}
    assert {_met(program, route, nowhere, bearer) for route in INTERFACE} == {404}


def test_refusal_says_the_same_of_what_is_there_and_of_what_is_not(
    two: Installation, outsiders: dict[str, TestClient]
) -> None:
    for browser in outsiders.values():
        there = browser.get(two.service.base)
        nowhere = browser.get("/campaigns/nowhere")
        assert _plain(there.text) == _plain(nowhere.text)


def test_officer_of_one_council_is_told_nothing_of_another(two: Installation) -> None:
    """What an officer's pages say names no assessor of another council."""
    tables = tables_before_the_day()["assessors"]
    council, name = tables.columns.index("council"), tables.columns.index("name")
    officer, own = two.browsers["officer"], tables.rows[0][council]
    others = {row[name] for row in tables.rows if row[council] != own} - {""}
    assert others
    pages = [r for r in INSIDE if r.method == "GET" and r.answer_to("officer") == "yes"]
    texts = [officer.get(two.address(route.path)).text for route in pages]
    assert {found for found in others for text in texts if found in text} == set()


def test_assessor_is_told_no_name_of_an_applicant_whom_they_do_not_meet(two: Installation) -> None:
    tables = tables_before_the_day()["applicants"]
    name = tables.columns.index("name")
    with two.service.database.reading() as work:
        draft = work.timetables.by_number(two.service.campaign, 1)
    assert draft is not None
    rows = list(csv.DictReader(io.StringIO(draft.timetable_csv)))
    runs = {_run(row) for row in rows if row["person"] == "S01"}
    met = {row["person"] for row in rows if _run(row) in runs}
    names = {row[name] for row in tables.rows if row[0] not in met} - {""}
    assert met
    assert names
    pages = [r for r in INSIDE if r.method == "GET" and r.answer_to("assessor") == "yes"]
    texts = [two.browsers["assessor"].get(two.address(route.path)).text for route in pages]
    assert {found for found in names for text in texts if found in text} == set()


@pytest.mark.parametrize("text", ["%00", "a%00b", "%ED%A0%80", "..%2F..", "%2e%2e", "'%20OR%201=1--", "💥"])
def test_no_identifier_however_odd_finds_or_breaks_anything(two: Installation, text: str) -> None:
    organiser = two.browsers["organiser"]
    for route in INSIDE:
        names = [name for name in PARAMETER.findall(route.path) if name != "campaign"]
        for name in names if route.method == "GET" else []:
            url = route.path.format(**(two.values | {name: text}))
            assert organiser.get(url).status_code in (200, 303, 404), url
        if route.method == "GET":
            assert organiser.get(route.path.format(**(two.values | {"campaign": text}))).status_code == 404


def _met(
    browser: TestClient, route: KnownRoute, values: dict[str, str], headers: dict[str, str] | None = None
) -> int:
    return browser.request(route.method, route.path.format(**values), headers=headers).status_code


def _run(row: dict[str, str]) -> tuple[str, str, str]:
    return row["session"], row["exercise"], row["sitting"]


def _plain(html: str) -> str:
    """A page without what differs on every page: the nonce of its script."""
    return re.sub(r'nonce="[^"]*"', "", html)
