"""Campaigns with their ratings in the service, for tests of the results, and the same campaign as files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from fastapi.testclient import TestClient

from api.campaign import Campaign, Table
from api.imports.read import read_campaign
from api.permissions import Role
from api.samples import sample_tables
from tests.api.routes.page_reading import PageReading
from tests.service import Service


def campaign_after(service: Service, sample: str = "tiny", **settings: str) -> str:
    """A campaign with everything of the sample, ratings too; everybody has their role in it. Its address."""
    tables = sample_tables(sample)
    tables["settings"] = with_settings(tables["settings"], settings)
    return campaign_of(service, tables)


def campaign_of(service: Service, tables: dict[str, Table]) -> str:
    reference = service.new_campaign(tables, "After the day")
    assessor = tables["assessors"].rows[0]
    council = assessor[tables["assessors"].columns.index("council")]
    for role in Role:
        own = council if role in (Role.ASSESSOR, Role.OFFICER) else ""
        person = assessor[0] if role is Role.ASSESSOR else ""
        service.give(service.accounts[role.value], role, own, person, reference)
    return f"/campaigns/{reference}"


def with_settings(table: Table, settings: dict[str, str]) -> Table:
    kept = [row for row in table.rows if row[0] not in settings]
    width = len(table.columns)
    added = [(name, value, *("" for _ in range(width - 2))) for name, value in settings.items()]
    return Table(table.name, table.columns, (*kept, *added))


def without_ratings_of(tables: dict[str, Table], applicant: str, exercise: str) -> dict[str, Table]:
    ratings = tables["ratings"]
    kept = tuple(row for row in ratings.rows if row[:2] != (applicant, exercise))
    return {**tables, "ratings": Table("ratings", ratings.columns, kept)}


def exported(browser: TestClient, base: str, place: Path) -> Campaign:
    """The campaign as the organiser downloads it, read from the files."""
    answer = browser.get(f"{base}/bring-in/campaign.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(place)
    csv_files = next(place.rglob("applicants.csv")).parent
    reading = read_campaign(csv_files)
    assert reading.campaign is not None, reading.faults
    return reading.campaign


def read(browser: TestClient, url: str) -> PageReading:
    answer = browser.get(url)
    assert answer.status_code == 200, answer.text
    return PageReading(answer.text)


def refused(browser: TestClient, url: str, data: dict[str, str]) -> PageReading:
    answer = browser.post(url, data=data)
    assert answer.status_code == 422, answer.text
    return PageReading(answer.text)


def level_tables(first: str = "A003", second: str = "A007") -> dict[str, Table]:
    """The sample `tiny` with two applicants whose every agreed rating is 4, and ties left to the panel."""
    tables = sample_tables("tiny")
    tables["settings"] = with_settings(tables["settings"], {"tie_break": "panel"})
    agreed, cells = tables["agreed"], [row[:2] for row in tables["matrix"].rows]
    both = [(who, *cell, "4", "Read again together.") for who in (first, second) for cell in cells]
    others = [row for row in agreed.rows if row[0] not in (first, second)]
    return {**tables, "agreed": Table("agreed", agreed.columns, (*others, *both))}


def implausible_tables() -> dict[str, Table]:
    """The sample `tiny` where somebody rated an applicant from whom a declared interest keeps them apart."""
    tables = sample_tables("tiny")
    interests, rating = tables["interests"], tables["ratings"].rows[0]
    apart = (rating[0], rating[3], "former colleague", "exclude")
    return {**tables, "interests": Table("interests", interests.columns, (*interests.rows, apart))}
