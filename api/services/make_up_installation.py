"""An installation to try out: a made-up campaign and a made-up account for every role.

Nobody in it exists. The passwords are new each time it is started, and are told only on the terminal.
"""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass

from api.permissions import Role
from api.samples import sample_tables
from api.security import ALPHABET, new_reference, password_hash
from api.services.change_tables import IMPORT, put_tables
from api.services.create_campaign import create_campaign, create_partnership, give_role
from api.services.doing import Doing
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.people import Account
from api.storage.unit_of_work import UnitOfWork

SAMPLE = "south-west-2015"
# What is filled in on the day and after it is left out: the made-up campaign stands before its first session.
AFTERWARDS = frozenset({"attendance", "ratings", "agreed", "council_lists", "responses"})
PASSWORD_WORDS = 3
WORD_LETTERS = 5


@dataclass(frozen=True, slots=True)
class MadeUpPerson:
    role: str
    email: str
    password: str


def make_up_installation(work: UnitOfWork, now: datetime.datetime) -> tuple[MadeUpPerson, ...]:
    """Make it where it is not there yet; give everybody a new password. One line each, to be printed.

    There are two organisers, since one person alone releases no offers.
    """
    doing = Doing("program", now)
    records = work.campaigns.all()
    record = records[0] if records else _campaign(work, doing)
    return (
        _person(work, record, "administrator", "admin@stepup.example", "Ash Admin", None, doing),
        _person(
            work, record, "organiser", "organiser@somerset.example", "Olive Organiser", Role.ORGANISER, doing
        ),
        _person(
            work, record, "second organiser", "second@somerset.example", "Otto Other", Role.ORGANISER, doing
        ),
        _person(
            work,
            record,
            "centre manager",
            "manager@taunton.example",
            "Max Manager",
            Role.CENTRE_MANAGER,
            doing,
        ),
        _person(work, record, "assessor", "assessor@somerset.example", "Ada Assessor", Role.ASSESSOR, doing),
        _person(
            work,
            record,
            "partner-council officer",
            "officer@swindon.example",
            "Oz Officer",
            Role.OFFICER,
            doing,
        ),
        _person(work, record, "auditor", "auditor@audit.example", "Audrey Auditor", Role.AUDITOR, doing),
    )


def _campaign(work: UnitOfWork, doing: Doing) -> CampaignRecord:
    partnership = create_partnership(work, "South West (made up)", doing)
    record = create_campaign(work, partnership, "South West 2015", doing)
    tables = {name: t for name, t in sample_tables(SAMPLE).items() if name not in AFTERWARDS}
    put_tables(work, record, tables, IMPORT, "Brought in the made-up campaign", doing)
    return record


def _person(
    work: UnitOfWork,
    record: CampaignRecord,
    called: str,
    email: str,
    name: str,
    role: Role | None,
    doing: Doing,
) -> MadeUpPerson:
    account = work.accounts.by_email(email)
    if account is None:
        account = Account(id=new_reference(), email=email, name=name, created_at=doing.at)
        account.is_administrator = role is None
        work.accounts.add(account)
    password = _password()
    account.password_hash = password_hash(password)
    work.accounts.save(account)
    if role is not None and work.memberships.of(account.id, record.id) is None:
        council, person = _place(work, record, role)
        give_role(work, record, account, role, doing, council, person)
    return MadeUpPerson(called, email, password)


def _place(work: UnitOfWork, record: CampaignRecord, role: Role) -> tuple[str, str]:
    """The council of the officer, and the assessor whose day it is, for the two roles that have one."""
    table = work.campaigns.tables(record)["assessors"]
    place = table.columns.index("council")
    councils = [row.cells[place] for row in table.rows]
    if role is Role.OFFICER:
        return sorted(set(councils))[-1], ""
    return (councils[0], table.rows[0].cells[0]) if role is Role.ASSESSOR else ("", "")


def _password() -> str:
    words = ("".join(secrets.choice(ALPHABET) for _ in range(WORD_LETTERS)) for _ in range(PASSWORD_WORDS))
    return "-".join(words)
