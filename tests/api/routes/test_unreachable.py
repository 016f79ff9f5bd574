"""A database that is full, or away: it is told as that, and nothing is acknowledged that is not kept."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from api.storage.engine import engine_of
from api.storage.migrate import migrate
from api.storage.unit_of_work import Database
from tests.databases import missing, own_postgresql, postgresql_programs
from tests.rating_made import DEVICE, entry, made_sheet_of, publish_draft, send
from tests.service import Service, install

AWAY = "The database cannot be reached just now, or has no room left."
UNSURE = "It is not certain that what you sent was kept: look before you send it again."
EVIDENCE = "Heard the child out. " * 450


@contextmanager
def no_more_room(database: Database) -> Iterator[None]:
    """SQLite as on a full disk: its file may not grow any more."""

    def limit(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.cursor().execute("PRAGMA max_page_count=1")

    database.engine.dispose()
    event.listen(database.engine, "connect", limit)
    yield
    event.remove(database.engine, "connect", limit)
    database.engine.dispose()


def test_nothing_is_acknowledged_that_a_full_disk_did_not_keep(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    service = install(sqlite_url)
    publish_draft(service)
    sheet, browser = made_sheet_of(service), service.browser("assessor")
    entries = [entry(n, sheet.id, "values", 3, f"{n}: {EVIDENCE}") for n in range(1, 101)]
    url, acknowledged = f"{service.base}/rate/entries", 0
    with no_more_room(service.database):
        for one in entries:
            answer = browser.post(url, json={"device": DEVICE, "entries": [one]})
            if answer.status_code == 503:
                break
            assert answer.status_code == 200
            acknowledged += 1
        assert answer.status_code == 503
        assert (AWAY in answer.text, UNSURE in answer.text) == (True, True)
        assert answer.headers["retry-after"] == "60"
        assert _kept(service, sheet.id) == list(range(1, acknowledged + 1))
    assert "database or disk is full" in caplog.text
    assert EVIDENCE not in caplog.text
    told = send(browser, service, *entries)
    assert [one["number"] for one in told["kept"]] == list(range(1, 101))
    assert _kept(service, sheet.id) == list(range(1, 101))
    service.database.close()


def test_a_database_that_is_away_is_told_and_found_again() -> None:
    programs = postgresql_programs()
    if programs is None:
        missing("PostgreSQL")
        return
    with own_postgresql(programs, durable=True) as own:
        engine = engine_of(own.url)
        migrate(engine)
        engine.dispose()
        service = install(own.url)
        browser = service.browser("organiser")
        assert browser.get(service.base).status_code == 200
        own.kill()
        read, sent = browser.get(service.base), browser.post(f"{service.base}/solve", data={})
        assert (read.status_code, AWAY in read.text, UNSURE in read.text) == (503, True, False)
        assert (sent.status_code, AWAY in sent.text, UNSURE in sent.text) == (503, True, True)
        assert (
            browser.get(
                f"/api/v1/campaigns/{service.campaign}", headers={"Authorization": "Bearer x"}
            ).status_code
            == 503
        )
        own.start()
        assert browser.get(service.base).status_code == 200
        service.database.close()


def test_an_error_of_the_database_names_nobody(
    any_service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    nobody = text("UPDATE account SET is_active = NULL WHERE name = 'Made-up Organiser'")
    with any_service.database.writing() as work, pytest.raises(IntegrityError) as refused:
        work.session.execute(nobody)
    said = f"{refused.value}{caplog.text}".replace(str(nobody), "")
    assert ("is_active" in said, "Made-up Organiser" in said) == (True, False)


def _kept(service: Service, sheet: str) -> list[int]:
    with service.database.reading() as work:
        return [one.number for one in work.ratings.entries(sheet)]
