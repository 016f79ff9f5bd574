"""Whether the audit says what was written: every hash is made again, every chain followed to its end.

What can be found: an entry changed, taken out or put in, a chain cut off at its end or missing, and words
that stand apart changed or lost. Words that were erased are no fault. Somebody who can change both the
entries and the end of a chain, and makes every later hash anew, is found only with a hash that was kept
elsewhere: the last one of each chain is told for that.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from api.storage.repositories.audit import INSTALLATION, entry_sha256, private_sha256
from api.storage.tables.audit import AuditChain
from api.storage.unit_of_work import UnitOfWork

WRONG_MAX = 20
KEPT_MAX = 256


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of following one chain. `wrong` are sentences, none where all is well.

    `entries` is how many it has, `sha256` the hash of the last one; `more_wrong` faults are not told.
    """

    chain: str
    entries: int
    sha256: str
    wrong: tuple[str, ...] = ()
    more_wrong: int = 0

    @property
    def is_sound(self) -> bool:
        return not self.wrong

    @property
    def sentence(self) -> str:
        """Chain verified: 214 entries, none changed."""
        entries = f"{self.entries:,} {'entry' if self.entries == 1 else 'entries'}"
        if self.is_sound:
            return f"Chain verified: {entries}, none changed."
        faults = len(self.wrong) + self.more_wrong
        return f"Chain broken: {faults:,} {'fault' if faults == 1 else 'faults'} in {entries}."


def verify_all(work: UnitOfWork) -> tuple[Verified, ...]:
    """Every chain of the installation, its own first. A campaign without a chain is a fault."""
    known = {INSTALLATION, *(chain.chain for chain in work.audit.chains())}
    wanted = known | set(work.audit.chains_of_entries()) | {record.id for record in work.campaigns.all()}
    return tuple(verify_chain(work, chain) for chain in sorted(wanted))


def verify_chain(work: UnitOfWork, chain: str, known: Verified | None = None) -> Verified:
    """Follow one chain to its end; `known` is how far it was found sound before."""
    walk = _Walk(known.entries, known.sha256) if known else _Walk(0, "")
    while True:
        seen = walk.number
        for entry in work.audit.scan(chain, walk.number):
            walk.pass_by(entry)
        end = work.audit.end(chain)
        # What was written meanwhile is looked at too; the end was written with it.
        if end is None or end.length <= walk.number or walk.number == seen:
            break
    walk.finish(end)
    return Verified(chain, walk.number, walk.before, tuple(walk.sentences), walk.more)


def verify_quickly(work: UnitOfWork, chain: str) -> Verified:
    """As `verify_chain`, but what this process found sound before is not looked at again, only that it still
    leads on to the same hash. For a page; `stepup audit verify` looks at everything.
    """
    key = (work.database_address, chain)
    known = _SOUND.get(key)
    if known is not None and known.entries and not _still_stands(work, known):
        known = None
    found = verify_chain(work, chain, known)
    if found.is_sound:
        _SOUND.put(key, found)
    return found


class _Walk:
    """One chain being followed: number and hash of the entry looked at last, and what was wrong so far."""

    def __init__(self, number: int, before: str) -> None:
        self.number = number
        self.before = before
        self.sentences: list[str] = []
        self.more = 0

    def pass_by(self, entry: Any) -> None:
        self.number += 1
        if entry.number != self.number:
            self.wrong(f"{_entries(self.number, entry.number - 1)} missing")
            self.number, self.before = entry.number, entry.before_sha256
        if entry.before_sha256 != self.before:
            self.wrong(f"entry {self.number} does not follow the one before it")
        if entry_sha256(entry) != entry.sha256:
            self.wrong(f"entry {self.number} was changed")
        if fault := _apart(entry.private_sha256, entry.apart, entry.salt, entry.text):
            self.wrong(f"what entry {self.number} says apart from the chain {fault}")
        self.before = entry.sha256

    def finish(self, end: AuditChain | None) -> None:
        if end is None:
            self.wrong("the end of the chain is not known")
        elif end.length > self.number:
            self.wrong(f"{_entries(self.number + 1, end.length)} missing at the end")
        elif (end.length, end.sha256) != (self.number, self.before):
            self.wrong(f"the chain should end with entry {end.length}, and with another hash")

    def wrong(self, sentence: str) -> None:
        if len(self.sentences) < WRONG_MAX:
            self.sentences.append(f"{sentence[0].upper()}{sentence[1:]}.")
        else:
            self.more += 1


class _Sound:
    """How far each chain was found sound, shared by all requests of this process."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Verified] = {}
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str]) -> Verified | None:
        with self._lock:
            return self._known.get(key)

    def put(self, key: tuple[str, str], found: Verified) -> None:
        with self._lock:
            self._known.pop(key, None)
            self._known[key] = found
            if len(self._known) > KEPT_MAX:
                del self._known[next(iter(self._known))]


_SOUND = _Sound()


def _apart(private: str, apart: bool, salt: str | None, text: str | None) -> str:
    if not private:
        return "was put there afterwards" if apart else ""
    if not apart:
        return "is missing, and was not erased"
    if text is not None and private_sha256(salt or "", text) != private:
        return "was changed"
    return ""


def _entries(first: int, last: int) -> str:
    return f"entry {first} is" if first == last else f"entries {first} to {last} are"


def _still_stands(work: UnitOfWork, known: Verified) -> bool:
    last = work.audit.at_number(known.chain, known.entries)
    return last is not None and last.sha256 == known.sha256
