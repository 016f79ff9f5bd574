"""Receipts read back from their files, and what becomes of one in which any one value was altered."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.errors import BadInput, Fault
from api.services.verify_receipt import (
    VerifiedReceipt,
    receipt_from,
    receipt_record,
    statement_from,
    statement_record,
    verify_receipt,
)
from assessment.allocation.deferred_acceptance import allocate_by_council_lists
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.receipts import Receipts, faults_of, receipts_of
from assessment.ranking import Appointable
from tests.api.campaigns import said
from tests.assessment.builders import order, problem

ASKED = problem(
    order("A01", "A02", "A03", others={"A04": Appointable.NO, "A05": Appointable.PANEL_DISCUSSION}),
    {"A01": "SOM PLY", "A02": "SOM PLY", "A03": "SOM TOR", "A04": "SOM", "A05": ""},
    {"SOM": 1, "PLY": 1, "TOR": 0},
    {"SOM": "A02 A04 A01", "PLY": "A01 A02"},
)


def receipts_by(rule: str) -> Receipts:
    allocate = allocate_by_merit if rule == "merit" else allocate_by_council_lists
    return receipts_of(ASKED, allocate(ASKED), "0" * 64, b"sixteen made-up!")


def as_json(record: dict[str, object]) -> Any:
    return json.loads(json.dumps(record))


def is_proven(receipt: object, statement: object) -> bool:
    """What `verify_receipt` comes to, without the files."""
    faults: list[Fault] = []
    read, published = receipt_from(receipt, "r", faults), statement_from(statement, "s", faults)
    return read is not None and published is not None and not faults and not faults_of(read, published)


def altered(record: Any) -> Iterator[tuple[str, Any]]:
    """The record with one value altered, in each place and in several ways; and how."""
    for where, keys in places_in(record):
        for other in others_than(value_at(record, keys)):
            changed = copy.deepcopy(record)
            value_at(changed, keys[:-1])[keys[-1]] = other
            # As text: True and 1.0 are other than 1, an empty list turned round is the same.
            if json.dumps(changed) != json.dumps(record):
                yield f"{where} = {other!r}", changed
        changed = copy.deepcopy(record)
        del value_at(changed, keys[:-1])[keys[-1]]
        yield f"{where} left out", changed


def places_in(value: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...]]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inside:
        yield "/".join(map(str, (*keys, key))), (*keys, key)
        yield from places_in(below, (*keys, key))


def value_at(record: Any, keys: tuple[Any, ...]) -> Any:
    for key in keys:
        record = record[key]
    return record


def others_than(value: Any) -> list[Any]:
    """Other values of the same kind and of other kinds, some of them equal in Python."""
    if isinstance(value, dict):
        return [{}, [], None, {**value, "more": 1}]
    if isinstance(value, list):
        return [[*value, *value[-1:]], value[::-1], [*value, "SOM"], [], {}, None]
    if isinstance(value, str):
        turned = ("0" if value[-1] != "0" else "1") if value else "x"
        return [
            value[:-1] + turned,
            value.upper(),
            f"{value} ",
            f" {value}",
            f"{value}\n",
            "",
            None,
            1,
            [value],
        ]
    if value is None:
        return [1, "", "1", False, []]
    return [value + 1, value - 1, -value, float(value), str(value), None, value == 1, [value]]


@pytest.mark.parametrize("rule", ["merit", "council_lists"])
@pytest.mark.parametrize("applicant", ["A01", "A02", "A03", "A04", "A05"])
def test_receipt_altered_in_any_one_value_is_not_proven(rule: str, applicant: str) -> None:
    receipts = receipts_by(rule)
    receipt = as_json(receipt_record(receipts.by_applicant[applicant]))
    statement = as_json(statement_record(receipts.statement))
    assert is_proven(receipt, statement)
    tried = list(altered(receipt))
    assert [how for how, changed in tried if is_proven(changed, statement)] == []
    assert len(tried) > 100


@pytest.mark.parametrize("rule", ["merit", "council_lists"])
def test_statement_altered_in_any_one_value_proves_nothing(rule: str) -> None:
    receipts = receipts_by(rule)
    receipt = as_json(receipt_record(receipts.by_applicant["A02"]))
    statement = as_json(statement_record(receipts.statement))
    assert [how for how, changed in altered(statement) if is_proven(receipt, changed)] == []


def test_receipt_of_somebody_else_does_not_prove_mine() -> None:
    receipts = receipts_by("merit")
    mine = as_json(receipt_record(receipts.by_applicant["A01"]))
    theirs = as_json(receipt_record(receipts.by_applicant["A02"]))
    for part in ("result", "salt", "path"):
        assert not is_proven({**mine, part: theirs[part]}, as_json(statement_record(receipts.statement)))


def written(folder: Path, receipts: Receipts, applicant: str) -> tuple[Path, Path]:
    receipt, statement = folder / f"{applicant}.json", folder / "cutoffs.json"
    receipt.write_text(json.dumps(receipt_record(receipts.by_applicant[applicant])), encoding="utf-8")
    statement.write_text(json.dumps(statement_record(receipts.statement)), encoding="utf-8")
    return receipt, statement


@pytest.mark.parametrize("rule", ["merit", "council_lists"])
def test_receipts_read_back_as_they_were_written(rule: str, tmp_path: Path) -> None:
    receipts = receipts_by(rule)
    for applicant, receipt in receipts.by_applicant.items():
        assert verify_receipt(*written(tmp_path, receipts, applicant)) == VerifiedReceipt(
            receipt, receipts.statement, ()
        )


def test_every_fault_of_both_files_is_told_with_its_place(tmp_path: Path) -> None:
    receipt, statement = written(tmp_path, receipts_by("merit"), "A02")
    record = json.loads(receipt.read_text(encoding="utf-8"))
    record["result"]["rank"] = 2.0
    record["result"]["name"] = "Ada"
    record["path"][0]["side"] = "above"
    del record["salt"]
    receipt.write_text(json.dumps(record), encoding="utf-8")
    statement.write_text("[]", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        verify_receipt(receipt, statement)
    assert said(refused.value.faults) == [
        'A02.json: column salt: found "nothing"; wanted this field',
        'A02.json: column result.name: found "name"; wanted no such field',
        'A02.json: column result.rank: found "2.0"; wanted a whole number from 1',
        'A02.json: column path[0].side: found "above"; wanted left or right',
        'cutoffs.json: found "[]"; wanted the fields format, rule, cut_offs, receipts, root, input_sha256',
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no JSON",
        b'{"a": NaN}',
        b'{"a": 1, "a": 1}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'"text"',
        b"null",
        b"7",
    ],
)
def test_file_that_is_no_receipt_is_refused(content: bytes, tmp_path: Path) -> None:
    receipt, statement = written(tmp_path, receipts_by("merit"), "A02")
    receipt.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        verify_receipt(receipt, statement)
    assert {fault.table for fault in refused.value.faults} == {"A02.json"}
