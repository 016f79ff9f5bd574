"""People who sign in, as lists show them: of a campaign, of the installation; and the tokens of programs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.exports.packs.wording import long_date
from api.permissions import Role
from api.presenters.data_table import Cell, Column, DataTable, TableQuery, data_table
from api.storage.tables.people import Account, ApiToken, Membership

PEOPLE = ("person", "people")
NOBODY_ANY_MORE = "somebody whose account was erased"
PROGRAM = "the program itself"
MEMBER_COLUMNS = (
    Column("name", "Name"),
    Column("email", "E-mail address"),
    Column("role", "Role"),
    Column("council", "Council"),
    Column("assessor", "Assessor or group"),
    Column("state", "State"),
)
ACCOUNT_COLUMNS = (
    Column("name", "Name"),
    Column("email", "E-mail address"),
    Column("roles", "Part in"),
    Column("sign_in", "Signs in by"),
    Column("state", "State"),
)
TOKEN_COLUMNS = (
    Column("name", "Program"),
    Column("scopes", "May"),
    Column("until", "Until"),
    Column("state", "State"),
)
SCOPE_WORDS = {"read": "read", "write": "write", "solve": "solve"}


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link to be handed on, said once: whose it is, and for how long it works."""

    url: str
    name: str
    days: str


def account_name(account: Account) -> str:
    return account.name or ("Erased account" if account.erased_at else "No name")


def state_words(account: Account) -> tuple[str, str | None]:
    """What state an account is in, and the colour of its tag, None where nothing is remarkable."""
    if account.erased_at is not None:
        return "Erased", "grey"
    if not account.is_active:
        return "Closed", "grey"
    if account.password_hash is None and account.openid_subject is None:
        return "Invited, not come in yet", "blue"
    return "Signs in", None


def sign_in_words(account: Account) -> str:
    """Password, one-time code, council account."""
    parts = [
        "password" if account.password_hash else "",
        "one-time code" if account.code_secret else "",
        "council account" if account.openid_subject else "",
    ]
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def members_table(members: Iterable[tuple[Membership, Account]], base: str, query: TableQuery) -> DataTable:
    """Everybody who is something in a campaign."""
    rows = []
    for membership, account in members:
        words, colour = state_words(account)
        rows.append(
            (
                Cell(account_name(account), url=f"{base}/people/{membership.id}"),
                account.email or "",
                Role(membership.role).words.capitalize(),
                membership.council,
                membership.person,
                Cell(words, tag=colour),
            )
        )
    return data_table(
        "Who has a part in this campaign",
        MEMBER_COLUMNS,
        rows,
        query,
        f"{base}/people",
        nouns=PEOPLE,
        downloads=(),
    )


def accounts_table(
    accounts: Iterable[Account], parts: Mapping[str, list[str]], query: TableQuery, action: str
) -> DataTable:
    """Every account of the installation. `parts` says by account what it is, and where."""
    rows = []
    for account in accounts:
        words, colour = state_words(account)
        roles = (["administrator"] if account.is_administrator else []) + parts.get(account.id, [])
        said = "; ".join(roles)
        rows.append(
            (
                Cell(account_name(account), url=f"/administration/accounts/{account.id}"),
                account.email or "",
                said[:1].upper() + said[1:],
                sign_in_words(account),
                Cell(words, tag=colour),
            )
        )
    return data_table(
        "Every account of this installation",
        ACCOUNT_COLUMNS,
        rows,
        query,
        action,
        nouns=("account", "accounts"),
        downloads=(),
    )


def tokens_table(
    tokens: Iterable[ApiToken], base: str, now: datetime.datetime, query: TableQuery
) -> DataTable:
    """The tokens of a campaign, those that hold and those that have ended."""
    rows = []
    for token in tokens:
        words, colour = token_state(token, now)
        rows.append(
            (
                Cell(token.name, url=f"{base}/people/tokens/{token.id}"),
                scopes_words(token),
                Cell(long_date(token.expires_at.date()), order=token.expires_at.timestamp()),
                Cell(words, tag=colour),
            )
        )
    return data_table(
        "Tokens of this campaign",
        TOKEN_COLUMNS,
        rows,
        query,
        f"{base}/people/tokens",
        nouns=("token", "tokens"),
        downloads=(),
    )


def scopes_words(token: ApiToken) -> str:
    """Read, write."""
    return ", ".join(SCOPE_WORDS.get(scope, scope) for scope in token.scopes).capitalize()


def token_state(token: ApiToken, now: datetime.datetime) -> tuple[str, str | None]:
    if token.revoked_at is not None:
        return "Ended by an organiser", "grey"
    if token.expires_at <= now:
        return "Run out", "grey"
    return "Holds", "green"
