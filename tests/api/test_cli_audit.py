"""`stepup audit verify`: every chain, or one of a campaign, and what it says where somebody changed one."""

from __future__ import annotations

import pytest

from api.cli import BAD_INPUT, DONE, NOT_ALL_WELL, run
from api.storage.engine import engine_of
from tests.service import Service


@pytest.fixture
def chains(any_service: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setenv("STEPUP_DATABASE_URL", any_service.settings.url)
    return any_service


def test_every_chain_is_verified_and_its_last_hash_told(
    chains: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", "verify"]) == DONE
    with chains.database.reading() as work:
        ends = {end.chain: end for end in work.audit.chains()}
        record = work.campaigns.by_id(chains.campaign)
    assert record is not None
    own, installation = ends[chains.campaign], ends[""]
    assert capsys.readouterr().out.splitlines() == [
        f"Installation: Chain verified: {installation.length} entries, none changed. "
        f"Last hash {installation.sha256}",
        f"{record.name}: Chain verified: {own.length} entries, none changed. Last hash {own.sha256}",
    ]


def test_changed_entry_is_named_and_fails(chains: Service, capsys: pytest.CaptureFixture[str]) -> None:
    _cut_off(chains)
    assert run(["audit", "verify", "--campaign", chains.campaign]) == NOT_ALL_WELL
    with chains.database.reading() as work:
        end = work.audit.end(chains.campaign)
    assert end is not None
    first, *rest = capsys.readouterr().out.splitlines()
    assert f"Chain broken: 1 fault in {end.length - 1} entries." in first
    assert rest == [f"  Entry {end.length} is missing at the end."]


def test_campaign_that_is_not_there_is_bad_input(chains: Service, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "verify", "--campaign", "nowhere"]) == BAD_INPUT
    assert f"found nowhere; wanted one of {chains.campaign}" in capsys.readouterr().err


def test_database_that_the_service_never_made_is_bad_input(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STEPUP_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite3")
    assert run(["audit", "verify"]) == BAD_INPUT
    assert "a database that the service has not made" in capsys.readouterr().err


def _cut_off(service: Service) -> None:
    """What somebody does who has the database itself: the last entry goes."""
    engine = engine_of(service.settings.url)
    names = {"sqlite": "audit_entry_no_delete", "postgresql": "audit_entry_only_grows ON audit_entry"}
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {names[engine.dialect.name]}")
        connection.exec_driver_sql(
            f"DELETE FROM audit_entry WHERE chain = '{service.campaign}' AND number = "
            f"(SELECT max(number) FROM audit_entry WHERE chain = '{service.campaign}')"
        )
    engine.dispose()
