"""Following the chains of the audit: what is sound stays so, and every way of changing it is found."""

from __future__ import annotations

import datetime

import pytest

from api.services.verify_audit import Verified, verify_all, verify_chain, verify_quickly
from api.storage.engine import is_postgresql
from api.storage.unit_of_work import Database

NOW = datetime.datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=datetime.UTC)
CHAIN = "c"


@pytest.fixture
def written(database: Database) -> Database:
    """A chain of five entries, the third with a name that stands apart."""
    with database.writing() as work:
        for number in range(1, 6):
            facts = {"change": number, "columns": ["name", "e-mail"], "share": 0.25}
            private = "Nia Newcomer" if number == 3 else None
            work.audit.record(CHAIN, NOW, "someone", "row changed", f"row {number}", facts, private)
    return database


def verified(database: Database) -> tuple[str, tuple[str, ...]]:
    with database.reading() as work:
        found = verify_chain(work, CHAIN)
    return found.sentence, found.wrong


def change(database: Database, *statements: str) -> None:
    """What somebody does who has the database itself: the triggers are taken away first."""
    if is_postgresql(database.engine):
        drop = ["DROP TRIGGER audit_entry_only_grows ON audit_entry"]
    else:
        drop = ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"]
    with database.writing() as work:
        for statement in (*drop, *statements):
            work.session.connection().exec_driver_sql(statement)


def test_chain_that_nobody_changed_is_verified(written: Database) -> None:
    assert verified(written) == ("Chain verified: 5 entries, none changed.", ())


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("UPDATE audit_entry SET actor = 'another' WHERE number = 2", ("Entry 2 was changed.",)),
        ("UPDATE audit_entry SET act = 'row added' WHERE number = 5", ("Entry 5 was changed.",)),
        (
            "DELETE FROM audit_entry WHERE number = 5",
            ("Entry 5 is missing at the end.",),
        ),
        ("DELETE FROM audit_entry WHERE number > 3", ("Entries 4 to 5 are missing at the end.",)),
        ("DELETE FROM audit_entry WHERE number IN (2, 3)", ("Entries 2 to 3 are missing.",)),
        (
            "UPDATE audit_entry SET before_sha256 = 'x' WHERE number = 4",
            ("Entry 4 does not follow the one before it.", "Entry 4 was changed."),
        ),
        (
            "UPDATE audit_private SET text = 'Somebody Else'",
            ("What entry 3 says apart from the chain was changed.",),
        ),
        (
            "DELETE FROM audit_private",
            ("What entry 3 says apart from the chain is missing, and was not erased.",),
        ),
        (
            "INSERT INTO audit_private (chain, number, salt, text) VALUES ('c', 4, '', 'more')",
            ("What entry 4 says apart from the chain was put there afterwards.",),
        ),
        ("DELETE FROM audit_chain WHERE chain = 'c'", ("The end of the chain is not known.",)),
        (
            "UPDATE audit_chain SET length = 4 WHERE chain = 'c'",
            ("The chain should end with entry 4, and with another hash.",),
        ),
    ],
)
def test_what_was_changed_is_found_and_named(
    written: Database, statement: str, wrong: tuple[str, ...]
) -> None:
    change(written, statement)
    number = len(wrong)
    entries = {"DELETE FROM audit_entry WHERE number = 5": 4, "DELETE FROM audit_entry WHERE number > 3": 3}
    faults = "1 fault" if number == 1 else f"{number} faults"
    said = f"Chain broken: {faults} in {entries.get(statement, 5)} entries."
    assert verified(written) == (said, wrong)


def test_words_that_were_erased_are_no_fault(written: Database) -> None:
    with written.writing() as work:
        work.audit.erase_private(CHAIN, 3)
    assert verified(written) == ("Chain verified: 5 entries, none changed.", ())
    with written.reading() as work:
        assert [private.text for _, private in work.audit.entries(CHAIN) if private] == [None]


def test_every_chain_is_looked_at_also_one_without_entries(written: Database) -> None:
    with written.reading() as work:
        found = verify_all(work)
    assert [(v.chain, v.entries, v.is_sound) for v in found] == [("", 0, True), (CHAIN, 5, True)]
    change(written, "DELETE FROM audit_chain WHERE chain = ''")
    with written.reading() as work:
        assert verify_all(work)[0] == Verified("", 0, "", ("The end of the chain is not known.",))


def test_quick_look_goes_on_where_it_ended_and_sees_a_chain_cut_off(written: Database) -> None:
    with written.reading() as work:
        assert verify_quickly(work, CHAIN).entries == 5
    with written.writing() as work:
        work.audit.record(CHAIN, NOW, "someone", "row changed")
    with written.reading() as work:
        assert verify_quickly(work, CHAIN).sentence == "Chain verified: 6 entries, none changed."
    change(written, "DELETE FROM audit_entry WHERE number = 6")
    with written.reading() as work:
        assert verify_quickly(work, CHAIN).wrong == ("Entry 6 is missing at the end.",)
