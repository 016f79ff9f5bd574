"""Who did what, when: the entries of one chain that somebody asks for, with the names that are still known.

Whether the chain is whole is `verify_audit.py`; the entries shown are checked here once more, each by itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from api.storage.repositories.audit import AuditFilter, entry_sha256
from api.storage.tables.audit import AuditEntry, AuditPrivate
from api.storage.unit_of_work import UnitOfWork

PAGE_ROWS = 50
TEXT_CHARACTERS_MAX = 200
TOKEN, ACCOUNT, TOKEN_THING = "token:", "account ", "token "


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """What is asked of the audit, as an address has it; what it cannot understand it passes over."""

    actor: str = ""
    act: str = ""
    thing: str = ""
    since: str = ""
    until: str = ""
    page: int = 1

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> AuditQuestion:
        def text(name: str) -> str:
            return parameters.get(name, "").replace("\0", "").strip()[:TEXT_CHARACTERS_MAX]

        number = text("page")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 1
        first, last = (_day(text(name)) for name in ("since", "until"))
        return cls(
            text("actor"),
            text("act"),
            text("thing"),
            first.isoformat() if first else "",
            last.isoformat() if last else "",
            max(1, page),
        )

    def filter(self, time_zone: str) -> AuditFilter:
        """From the beginning of the first day to the end of the last, as clocks show them here."""
        first, last = _day(self.since), _day(self.until)
        return AuditFilter(
            self.actor,
            self.act,
            self.thing,
            _midnight(first, time_zone) if first else None,
            _midnight(last + datetime.timedelta(days=1), time_zone) if last else None,
        )


@dataclass(frozen=True, slots=True)
class Heard:
    """One entry with the names that belong to it; `is_sound` is false where it was changed."""

    entry: AuditEntry
    actor: str
    thing: str
    private: str
    is_sound: bool


@dataclass(frozen=True, slots=True)
class AuditAnswer:
    """The entries asked for, the newest first: one page of `found`, or all."""

    entries: tuple[Heard, ...]
    found: int
    page: int
    pages: int


def audit_answer(
    work: UnitOfWork, chain: str, question: AuditQuestion, time_zone: str, *, whole: bool = False
) -> AuditAnswer:
    """One page of the entries that fit the question, or the `whole` of them."""
    wanted = question.filter(time_zone)
    found = work.audit.count(chain, wanted)
    pages = max(1, -(-found // PAGE_ROWS))
    page = min(question.page, pages)
    limit, offset = (found, 0) if whole else (PAGE_ROWS, (page - 1) * PAGE_ROWS)
    entries = work.audit.newest(chain, wanted, limit, offset)
    return AuditAnswer(tuple(_heard(work, entries)), found, page, pages)


def actors_and_acts(work: UnitOfWork, chain: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Everybody who ever did something in a chain, with what to call them, by that; and everything done."""
    actors = work.audit.actors(chain)
    names = _names(work, actors)
    called = [(actor, names.get(actor, actor)) for actor in actors]
    return tuple(sorted(called, key=lambda pair: pair[1].casefold())), tuple(work.audit.acts(chain))


def _heard(work: UnitOfWork, entries: list[tuple[AuditEntry, AuditPrivate | None]]) -> list[Heard]:
    things = {entry.thing for entry, _ in entries}
    accounts = {thing.removeprefix(ACCOUNT) for thing in things if thing.startswith(ACCOUNT)}
    tokens = {TOKEN + thing.removeprefix(TOKEN_THING) for thing in things if thing.startswith(TOKEN_THING)}
    names = _names(work, {entry.actor for entry, _ in entries} | accounts | tokens)
    return [
        Heard(
            entry,
            names.get(entry.actor, entry.actor),
            _thing(entry.thing, names),
            (private.text or "") if private else "",
            entry_sha256(entry) == entry.sha256,
        )
        for entry, private in entries
    ]


def _thing(thing: str, names: Mapping[str, str]) -> str:
    if thing.startswith(ACCOUNT):
        return names.get(thing.removeprefix(ACCOUNT), thing)
    if thing.startswith(TOKEN_THING):
        return names.get(TOKEN + thing.removeprefix(TOKEN_THING), thing)
    return thing


def _names(work: UnitOfWork, actors: Iterable[str]) -> dict[str, str]:
    """What to call whoever did something; who was erased keeps the reference alone."""
    wanted = set(actors)
    names = work.accounts.names_of({actor for actor in wanted if not actor.startswith(TOKEN)})
    tokens = work.tokens.names_of({actor.removeprefix(TOKEN) for actor in wanted if actor.startswith(TOKEN)})
    names |= {TOKEN + reference: f"{name} (a program)" for reference, name in tokens.items()}
    return names | {"program": "The program itself"}


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _midnight(day: datetime.date, time_zone: str) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), ZoneInfo(time_zone))
