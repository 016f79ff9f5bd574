"""The audit's chains: appended to in the unit of work of the act itself, read, never changed.

The hash of an entry covers its chain, number, moment, actor, act, thing, facts, the hash of what stands apart
and the hash of the entry before; `entry_sha256` is the one definition, which `stepup audit verify` uses too.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, null
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select, update

from api.security import new_salt
from api.storage.tables.audit import AuditChain, AuditEntry, AuditPrivate

INSTALLATION = ""
PAGE_ROWS = 500
SCAN_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are wanted; an empty field asks for nothing."""

    actor: str = ""
    act: str = ""
    thing: str = ""
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None


class Audit:
    def __init__(self, session: Session) -> None:
        self._session = session

    def record(
        self,
        chain: str,
        at: datetime.datetime,
        actor: str,
        act: str,
        thing: str = "",
        facts: Mapping[str, object] | None = None,
        private: str | None = None,
    ) -> None:
        """Append one entry. `private` may have to be erased one day; the chain has its salted hash."""
        end = self._end_of(chain)
        number = end.length + 1
        salt = new_salt() if private is not None else ""
        entry = AuditEntry(
            chain=chain,
            number=number,
            at=at,
            actor=actor,
            act=act,
            thing=thing,
            facts=dict(facts or {}),
            private_sha256="" if private is None else private_sha256(salt, private),
            before_sha256=end.sha256,
            sha256="",
        )
        entry.sha256 = entry_sha256(entry)
        self._session.add(entry)
        if private is not None:
            self._session.add(AuditPrivate(chain=chain, number=number, salt=salt, text=private))
        end.length, end.sha256 = number, entry.sha256
        self._session.add(end)
        self._session.flush()

    def chains(self) -> list[AuditChain]:
        return list(self._session.exec(select(AuditChain).order_by(col(AuditChain.chain))))

    def end(self, chain: str) -> AuditChain | None:
        return self._session.get(AuditChain, chain, populate_existing=True)

    def entries(self, chain: str, after: int = 0) -> Iterator[tuple[AuditEntry, AuditPrivate | None]]:
        """Every entry of a chain in order, from the one after number `after`, in pages."""
        while page := self._page(chain, after):
            private = self._private(chain, page[0].number, page[-1].number)
            for entry in page:
                yield entry, private.get(entry.number)
            after = page[-1].number

    def newest(
        self, chain: str, wanted: AuditFilter, limit: int, offset: int = 0
    ) -> list[tuple[AuditEntry, AuditPrivate | None]]:
        """Entries that fit the filter, the newest first."""
        found = select(AuditEntry).where(AuditEntry.chain == chain, *_conditions(wanted))
        page = list(
            self._session.exec(found.order_by(col(AuditEntry.number).desc()).limit(limit).offset(offset))
        )
        numbers = [entry.number for entry in page] or [0]
        private = self._private(chain, min(numbers), max(numbers))
        return [(entry, private.get(entry.number)) for entry in page]

    def count(self, chain: str, wanted: AuditFilter) -> int:
        """How many entries fit the filter."""
        counted = select(func.count()).select_from(AuditEntry)
        return self._session.exec(counted.where(col(AuditEntry.chain) == chain, *_conditions(wanted))).one()

    def actors(self, chain: str) -> list[str]:
        """Everybody who ever did something in a chain."""
        found = select(AuditEntry.actor).where(AuditEntry.chain == chain).distinct()
        return list(self._session.exec(found.order_by(col(AuditEntry.actor))))

    def acts(self, chain: str) -> list[str]:
        """Everything that was ever done in a chain."""
        found = select(AuditEntry.act).where(AuditEntry.chain == chain).distinct()
        return list(self._session.exec(found.order_by(col(AuditEntry.act))))

    def chains_of_entries(self) -> list[str]:
        """Every chain of which there is an entry, whether or not its end is known."""
        return list(self._session.exec(select(AuditEntry.chain).distinct().order_by(col(AuditEntry.chain))))

    def at_number(self, chain: str, number: int) -> AuditEntry | None:
        return self._session.exec(
            select(AuditEntry).where(AuditEntry.chain == chain, AuditEntry.number == number)
        ).first()

    def scan(self, chain: str, after: int = 0) -> Iterator[Row[Any]]:
        """Every entry of a chain in order, as plain columns, for whoever must look at all of them.

        Each has the columns of `AuditEntry`, `apart` (whether something stands apart of it), `salt`, `text`.
        """
        apart = and_(
            col(AuditPrivate.chain) == col(AuditEntry.chain),
            col(AuditPrivate.number) == col(AuditEntry.number),
        )
        wanted = (
            columns_of(
                *(column for column in AuditEntry.__table__.columns),  # type: ignore[attr-defined]
                col(AuditPrivate.id).is_not(null()).label("apart"),
                col(AuditPrivate.salt),
                col(AuditPrivate.text),
            )
            .outerjoin(AuditPrivate, apart)
            .where(col(AuditEntry.chain) == chain)
            .order_by(col(AuditEntry.number))
            .limit(SCAN_ROWS)
        )
        while page := self._session.execute(wanted.where(col(AuditEntry.number) > after)).all():
            yield from page
            after = page[-1].number

    def erase_private(self, chain: str, number: int) -> None:
        """Forget what an entry says about a person. The chain still verifies: it holds only a hash."""
        self._session.exec(
            update(AuditPrivate)
            .where(col(AuditPrivate.chain) == chain, col(AuditPrivate.number) == number)
            .values(text=None, salt="")
        )

    def erase_private_of_thing(self, chain: str, thing: str) -> None:
        """The same for every entry about one thing."""
        about = select(AuditEntry.number).where(AuditEntry.chain == chain, AuditEntry.thing == thing)
        for number in list(self._session.exec(about)):
            self.erase_private(chain, number)

    def _end_of(self, chain: str) -> AuditChain:
        """The end of a chain, held until this unit of work is over: no two entries follow the same one."""
        found = self._session.get(AuditChain, chain, with_for_update=True, populate_existing=True)
        if found is None:
            found = AuditChain(chain=chain)
            self._session.add(found)
            self._session.flush()
        return found

    def _page(self, chain: str, after: int) -> list[AuditEntry]:
        found = select(AuditEntry).where(AuditEntry.chain == chain, AuditEntry.number > after)
        return list(self._session.exec(found.order_by(col(AuditEntry.number)).limit(PAGE_ROWS)))

    def _private(self, chain: str, first: int, last: int) -> dict[int, AuditPrivate]:
        found = select(AuditPrivate).where(
            AuditPrivate.chain == chain, AuditPrivate.number >= first, AuditPrivate.number <= last
        )
        return {private.number: private for private in self._session.exec(found)}


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.actor:
        conditions.append(col(AuditEntry.actor) == wanted.actor)
    if wanted.act:
        conditions.append(col(AuditEntry.act).startswith(wanted.act, autoescape=True))
    if wanted.thing:
        conditions.append(col(AuditEntry.thing).contains(wanted.thing, autoescape=True))
    if wanted.since:
        conditions.append(col(AuditEntry.at) >= wanted.since)
    if wanted.until:
        conditions.append(col(AuditEntry.at) < wanted.until)
    return conditions


def entry_sha256(entry: AuditEntry | Row[Any]) -> str:
    """The hash of one entry, over everything that it says and the hash of the one before."""
    said = [
        entry.chain,
        entry.number,
        entry.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.act,
        entry.thing,
        entry.facts,
        entry.private_sha256,
        entry.before_sha256,
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def private_sha256(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
