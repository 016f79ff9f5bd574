"""What must not be seen is on no page, in no file and in no part: every address that answers is asked for by
every role, and everything that comes back is looked through.

Nobody is told a rating that is not locked, its writer apart. Assessors are told no choices and no ranks; a
partner council's officer no applicant but its own trainees, and no score. That whole pages are not there for
others is in `test_walls.py`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import pypdf
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response as Answer

from api.campaign import Table
from api.clock import utc_now
from api.permissions import Role
from api.services.follow_offers import follow_offers
from api.services.offer_moments import proposed_moment
from api.services.open_campaign import open_campaign
from tests.architecture.route_table import KnownRoute, bare_app, routes_of
from tests.architecture.test_routes import ASKED, PARAMETER
from tests.installations import NOT_LOCKED, Installation, install_everything
from tests.journeys.test_every_page import MORE_ASKED
from tests.service import tables_before_the_day

ROUTES = [route for route in routes_of(bare_app()) if route.method == "GET"]
ROLES = [role.value for role in Role]
# A council that is some applicants' last choice and nothing else, so that naming it tells a choice.
CHOICE_REFERENCE, CHOICE_NAME = "QXZ", "Needleshire"
REFERENCE = re.compile(r"\bA\d{3}\b")

Seen = Mapping[str, Mapping[str, str]]


@pytest.fixture(scope="module")
def installation(module_url: str) -> Iterator[Installation]:
    made = install_everything(module_url, tables=_with_the_choice())
    yield made
    made.service.database.close()


@pytest.fixture(scope="module")
def seen(installation: Installation) -> Seen:
    """Everything that each role gets, by address, as text."""
    return {role: dict(_everything(installation, installation.browsers[role])) for role in ROLES}


def test_every_role_gets_pages_to_look_through(seen: Seen) -> None:
    assert {role: len(answers) > 5 for role, answers in seen.items()} == dict.fromkeys(ROLES, True)


def test_rating_that_is_looked_for_is_there_to_be_found(installation: Installation) -> None:
    """The words looked for are really there to be found."""
    writer = installation.service.browser(installation.service.accounts["nobody"])
    assert NOT_LOCKED not in writer.get(installation.service.base).text
    with installation.service.database.reading() as work:
        sheets = work.ratings.sheets(installation.service.campaign)
        said = {entry.evidence for sheet in sheets for entry in work.ratings.entries(sheet.id)}
    assert NOT_LOCKED in said


def test_nobody_else_is_told_a_rating_that_is_not_locked(seen: Seen) -> None:
    assert _where(seen, re.compile(re.escape(NOT_LOCKED)), ROLES) == []


def test_assessors_are_told_nobody_s_choices(seen: Seen) -> None:
    named = re.compile(f"{CHOICE_REFERENCE}|{CHOICE_NAME}")
    assert _where(seen, named, ["assessor"]) == []
    assert _where(seen, named, ["organiser"]) != []


def test_scores_are_told_to_the_organiser_and_the_auditor_alone(
    installation: Installation, seen: Seen
) -> None:
    with installation.service.database.reading() as work:
        record = work.campaigns.by_id(installation.service.campaign)
        assert record is not None
        campaign = open_campaign(work, record).campaign
        assert campaign is not None
        ranked = follow_offers(campaign, proposed_moment(campaign, utc_now())).ranked
    overall = [Decimal(str(round(float(line.overall), 2))) for line in ranked.order.lines if line.overall]
    scores = re.compile("|".join(rf"(?<![\d.]){re.escape(f'{score:.2f}')}(?![\d.%])" for score in overall))
    assert _where(seen, scores, ["assessor", "officer", "centre_manager"]) == []
    assert _where(seen, scores, ["organiser"]) != []


def test_officer_is_told_of_no_applicant_but_their_council_s_trainees(
    installation: Installation, seen: Seen
) -> None:
    with installation.service.database.reading() as work:
        record = work.campaigns.by_id(installation.service.campaign)
        assert record is not None
        campaign = open_campaign(work, record).campaign
        assert campaign is not None
        book = follow_offers(campaign, proposed_moment(campaign, utc_now())).ledger.book
    own = {line.applicant for line in book.lines.values() if line.council == installation.service.council}
    everybody = {applicant.reference for applicant in campaign.problem.applicants}
    names = {campaign.name_of("applicants", applicant) for applicant in everybody - own}
    text = "\n".join(seen["officer"].values())
    assert set(REFERENCE.findall(text)) & everybody <= own
    assert {name for name in names if name in text} == set()


def _with_the_choice() -> dict[str, Table]:
    """The tables before the day, everybody's last choice being the council that names a choice."""
    tables = tables_before_the_day()
    councils, applicants = tables["councils"], tables["applicants"]
    council = dict(zip(councils.columns, councils.rows[0], strict=True))
    council |= {"council": CHOICE_REFERENCE, "name": CHOICE_NAME, "places": "0"}
    more = (*councils.rows, tuple(council[column] for column in councils.columns))
    choices = [place for place, name in enumerate(applicants.columns) if name.startswith("choice_")]
    rows = []
    for cells in applicants.rows:
        row = list(cells)
        row[next((place for place in choices if not row[place]), choices[-1])] = CHOICE_REFERENCE
        rows.append(tuple(row))
    return {
        **tables,
        "councils": replace(councils, rows=more),
        "applicants": replace(applicants, rows=tuple(rows)),
    }


def _everything(made: Installation, browser: TestClient) -> Iterator[tuple[str, str]]:
    for route in ROUTES:
        answer = answer_of(made, browser, route)
        if answer.status_code == 200:
            yield route.path, text_of(answer)


def answer_of(made: Installation, browser: TestClient, route: KnownRoute, **more: str) -> Answer:
    """What this address answers to this browser, asked with `more` in its query."""
    asked = {**ASKED, **MORE_ASKED}.get(f"{route.method} {route.path}", {})
    beside = {name: value.format(**made.values) for name, value in asked.items()}
    assert set(PARAMETER.findall(route.path)) <= set(made.values)
    return browser.get(made.address(route.path), params={**beside, **more})


def text_of(answer: Answer) -> str:
    """An answer as text, also where it is a PDF, a workbook or an archive."""
    return _text_of(answer.content, answer.headers.get("content-type", ""))


def _text_of(content: bytes, kind: str = "") -> str:
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(_text_of(archive.read(name)) for name in archive.namelist())
    return content.decode("utf-8", "replace")


def _where(seen: Seen, wanted: re.Pattern[str], roles: list[str]) -> list[tuple[str, str, str]]:
    """Role, address and what was found, for everything that should not be there."""
    return [
        (role, path, found[0])
        for role in roles
        for path, text in seen[role].items()
        if (found := wanted.search(text))
    ]
