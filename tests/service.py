"""The whole service in a test: the real application over a real database, with one made-up person per role.

`service` runs on SQLite, or with `TEST_BACKEND=postgresql` on PostgreSQL; a test that must always hold on
both databases asks for `any_service`. People are signed in
without the sign-in page, which has tests of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.campaign import Table
from api.clock import utc_now
from api.permissions import Role
from api.samples import sample_tables
from api.security import new_reference
from api.services.change_tables import IMPORT, put_tables
from api.services.create_campaign import create_campaign, create_partnership, give_role
from api.services.doing import Doing
from api.services.make_up_installation import AFTERWARDS
from api.services.sign_in import begin
from api.settings import Settings
from api.storage.copy_sqlite import copy_sqlite
from api.storage.engine import engine_of, sqlite_file
from api.storage.tables.people import Account
from api.storage.unit_of_work import Database

ADDRESS = "http://testserver"
# What a browser says of a form sent from one of our own pages.
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Service:
    """One installation. `campaign` is the reference of a campaign with the tables of a sample.

    `person` is who the account `assessor` is in it, `council` whose officer the account `officer` is.
    """

    app: FastAPI
    database: Database
    settings: Settings
    campaign: str = ""
    partnership: str = ""
    accounts: dict[str, Account] = field(default_factory=dict)
    person: str = ""
    council: str = ""

    @property
    def base(self) -> str:
        return f"/campaigns/{self.campaign}"

    def account(self, email: str, name: str, *, is_administrator: bool = False) -> Account:
        """A new account with no role anywhere."""
        with self.database.writing() as work:
            account = Account(id=new_reference(), email=email, name=name, created_at=utc_now())
            account.is_administrator = is_administrator
            work.accounts.add(account)
        return account

    def give(
        self, account: Account, role: Role, council: str = "", person: str = "", campaign: str = ""
    ) -> None:
        with self.database.writing() as work:
            record = work.campaigns.by_id(campaign or self.campaign)
            assert record is not None
            give_role(work, record, account, role, Doing("program", utc_now()), council, person)

    def new_campaign(self, tables: dict[str, Table], name: str = "Another") -> str:
        """Another campaign of the same partnership, with these tables. Returns its reference."""
        with self.database.writing() as work:
            partnership = work.campaigns.partnership(self.partnership)
            assert partnership is not None
            doing = Doing("program", utc_now())
            record = create_campaign(work, partnership, name, doing)
            if tables:
                put_tables(work, record, tables, IMPORT, "Brought in", doing)
            return record.id

    def browser(self, who: str | Account | None) -> TestClient:
        """A browser signed in as this role's person (`organiser`, …) or account, or as nobody."""
        client = TestClient(self.app, base_url=ADDRESS, headers=OWN_PAGE, follow_redirects=False)
        if who is not None:
            account = self.accounts[who] if isinstance(who, str) else who
            with self.database.writing() as work:
                tried = begin(work, account, utc_now(), is_complete=True)
            client.cookies.set("stepup", tried.token or "")
        return client


def tables_before_the_day(sample: str = "tiny") -> dict[str, Table]:
    return {name: table for name, table in sample_tables(sample).items() if name not in AFTERWARDS}


def install(url: str, sample: str = "tiny", tables: dict[str, Table] | None = None) -> Service:
    """An installation over this migrated database, with one campaign and one person per role.

    The campaign has these tables, else the sample's before its day.
    """
    made = _service_at(url)
    database = made.database
    with database.writing() as work:
        partnership = create_partnership(work, "South West", Doing("program", utc_now()))
    made.partnership = partnership.id
    tables = tables or tables_before_the_day(sample)
    made.campaign = made.new_campaign(tables, "Tiny")
    assessors = tables["assessors"]
    council = assessors.columns.index("council")
    first = assessors.rows[0]
    made.person, made.council = first[0], first[council]
    made.accounts["administrator"] = made.account("admin@stepup.example", "Ash Admin", is_administrator=True)
    made.accounts["nobody"] = made.account("nobody@stepup.example", "Noor Nobody")
    for role in Role:
        account = made.account(f"{role.value}@stepup.example", f"Made-up {role.words.title()}")
        made.accounts[role.value] = account
        if role is Role.ASSESSOR:
            made.give(account, role, first[council], first[0])
        else:
            made.give(account, role, first[council] if role is Role.OFFICER else "")
    return made


def _service_at(url: str) -> Service:
    settings = Settings(database_url=url, base_url=ADDRESS, second_factor="nobody")
    database = Database(engine_of(url))
    return Service(create_app(settings, database), database, settings)


@pytest.fixture(scope="session")
def installed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Service]:
    """An installation in SQLite's file, to be copied: making one takes longer than most tests."""
    file = tmp_path_factory.mktemp("installed") / "stepup.sqlite3"
    shutil.copyfile(sqlite_template, file)
    made = install(f"sqlite:///{file}")
    made.database.close()
    copy = file.with_name("copy.sqlite3")
    copy_sqlite(file, copy)
    return copy, made


def _installed_at(url: str, request: pytest.FixtureRequest) -> Service:
    file = sqlite_file(url)
    if file is None:
        return install(url)
    installation: tuple[Path, Service] = request.getfixturevalue("installed")
    copy, first = installation
    shutil.copyfile(copy, file)
    made = _service_at(url)
    with made.database.reading() as work:
        found = {account.id: account for account in work.accounts.all()}
    accounts = {name: found[account.id] for name, account in first.accounts.items()}
    return replace(first, app=made.app, database=made.database, settings=made.settings, accounts=accounts)


@pytest.fixture
def service(fresh_url: str, request: pytest.FixtureRequest) -> Iterator[Service]:
    made = _installed_at(fresh_url, request)
    yield made
    made.database.close()


@pytest.fixture
def any_service(database_url: str, request: pytest.FixtureRequest) -> Iterator[Service]:
    made = _installed_at(database_url, request)
    yield made
    made.database.close()
