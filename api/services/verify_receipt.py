"""Verify one receipt against the published cut-offs, from the two files alone.

The files are read strictly: every field is there, once, of its own kind, and no other. So nothing in a
receipt can be changed without it being seen. What a receipt proves is said in
`assessment.allocation.receipts`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from api.errors import BadInput, Fault, shown
from assessment.allocation.problem import AllocationRule
from assessment.allocation.receipts import CutOff, Receipt, Result, Statement, Step, faults_of
from assessment.allocation.result import Outcome
from assessment.ranking import Appointable

RECEIPT_FORMAT = "stepup-receipt-1"
STATEMENT_FORMAT = "stepup-cut-offs-1"
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
WHOLE_MAX = 10**9

Reader = Callable[[str, object], Any]


@dataclass(frozen=True, slots=True)
class VerifiedReceipt:
    """A receipt, the statement it is held against, and what speaks against it: nothing where it is proven."""

    receipt: Receipt
    statement: Statement
    faults: tuple[str, ...]


def verify_receipt(receipt_path: Path, statement_path: Path) -> VerifiedReceipt:
    """Hold a receipt against a statement.

    Raises `BadInput` where a file is not what it should be, and `OSError` where it cannot be read.
    """
    faults: list[Fault] = []
    receipt = receipt_from(_json_at(receipt_path, faults), receipt_path.name, faults)
    statement = statement_from(_json_at(statement_path, faults), statement_path.name, faults)
    if faults or receipt is None or statement is None:
        raise BadInput(faults)
    return VerifiedReceipt(receipt, statement, faults_of(receipt, statement))


def receipt_record(receipt: Receipt) -> dict[str, object]:
    """The receipt as it is written down."""
    return {"format": RECEIPT_FORMAT, **asdict(receipt)}


def statement_record(statement: Statement) -> dict[str, object]:
    """The statement as it is published."""
    return {"format": STATEMENT_FORMAT, **asdict(statement)}


def receipt_from(record: object, name: str, faults: list[Fault]) -> Receipt | None:
    """Read a receipt; where it is none, the reasons are added to `faults`."""
    found = _Reading(name, faults)
    read = found.fields(
        "",
        record,
        {
            "format": found.one_of((RECEIPT_FORMAT,)),
            "statement_sha256": found.sha256,
            "result": found.record(
                Result,
                {
                    "applicant": found.text,
                    "appointable": found.one_of(tuple(Appointable)),
                    "rank": found.or_nothing(found.from_one),
                    "choices": found.each(found.text),
                    "positions": found.each(found.or_nothing(found.from_one)),
                    "outcome": found.one_of(tuple(Outcome)),
                    "council": found.or_nothing(found.text),
                    "choice": found.or_nothing(found.from_one),
                    "reserve_position": found.or_nothing(found.from_one),
                },
            ),
            "salt": found.sha256,
            "path": found.each(
                found.record(Step, {"side": found.one_of(("left", "right")), "sha256": found.sha256})
            ),
        },
    )
    if found.faults_found:
        return None
    return Receipt(read["statement_sha256"], read["result"], read["salt"], read["path"])


def statement_from(record: object, name: str, faults: list[Fault]) -> Statement | None:
    """Read a statement; where it is none, the reasons are added to `faults`."""
    found = _Reading(name, faults)
    read = found.fields(
        "",
        record,
        {
            "format": found.one_of((STATEMENT_FORMAT,)),
            "rule": found.one_of(tuple(AllocationRule)),
            "cut_offs": found.each(
                found.record(
                    CutOff,
                    {
                        "council": found.text,
                        "places": found.from_nought,
                        "offers": found.from_nought,
                        "last_taken": found.or_nothing(found.from_one),
                    },
                )
            ),
            "receipts": found.from_nought,
            "root": found.sha256,
            "input_sha256": found.sha256,
        },
    )
    if found.faults_found:
        return None
    return Statement(*(read[key] for key in ("rule", "cut_offs", "receipts", "root", "input_sha256")))


class _Reading:
    """Reads what JSON gave, field by field; whatever is not as wanted becomes a fault of the file `name`."""

    def __init__(self, name: str, faults: list[Fault]) -> None:
        self.name, self.faults = name, faults
        self.before = len(faults)

    @property
    def faults_found(self) -> bool:
        return len(self.faults) > self.before

    def fault(self, where: str, found: object, wanted: str) -> None:
        said = found if isinstance(found, str) else json.dumps(found)
        self.faults.append(Fault(self.name, None, where or None, shown(said), wanted))

    def fields(self, where: str, found: object, readers: Mapping[str, Reader]) -> dict[str, Any]:
        if not isinstance(found, dict):
            self.fault(where, found, f"the fields {', '.join(readers)}")
            return {}
        for key in found.keys() - readers.keys():
            self.fault(_below(where, key), key, "no such field")
        for key in readers.keys() - found.keys():
            self.fault(_below(where, key), "nothing", "this field")
        return {key: read(_below(where, key), found[key]) for key, read in readers.items() if key in found}

    def record(self, kind: type, readers: Mapping[str, Reader]) -> Reader:
        def read(where: str, found: object) -> object:
            values = self.fields(where, found, readers)
            return kind(**values) if len(values) == len(readers) else None

        return read

    def each(self, reader: Reader) -> Reader:
        def read(where: str, found: object) -> tuple[Any, ...]:
            if not isinstance(found, list):
                self.fault(where, found, "a list")
                return ()
            return tuple(reader(f"{where}[{place}]", each) for place, each in enumerate(found))

        return read

    def or_nothing(self, reader: Reader) -> Reader:
        return lambda where, found: None if found is None else reader(where, found)

    def one_of(self, known: tuple[str, ...]) -> Reader:
        def read(where: str, found: object) -> object:
            if found not in [str(each) for each in known]:
                self.fault(where, found, " or ".join(known))
            return found

        return read

    def text(self, where: str, found: object) -> object:
        if not isinstance(found, str) or not found:
            self.fault(where, found, "a reference")
        return found

    def sha256(self, where: str, found: object) -> object:
        if not isinstance(found, str) or not SHA256.fullmatch(found):
            self.fault(where, found, "64 digits from 0 to 9 and a to f")
        return found

    def from_one(self, where: str, found: object) -> object:
        return self._whole(where, found, 1)

    def from_nought(self, where: str, found: object) -> object:
        return self._whole(where, found, 0)

    def _whole(self, where: str, found: object, least: int) -> object:
        # True is a kind of 1 to Python, and 1.0 is equal to it; neither is how a whole number is written.
        if type(found) is not int or not least <= found <= WHOLE_MAX:
            self.fault(where, found, f"a whole number from {least}")
        return found


def _below(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _json_at(path: Path, faults: list[Fault]) -> object:
    """What the file holds; no field twice and no number that JSON does not know."""
    try:
        return json.loads(
            path.read_bytes().decode("utf-8"), object_pairs_hook=_each_once, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as bad:
        faults.append(Fault(path.name, None, None, shown(str(bad)), "JSON as `stepup receipt` writes it"))
        return {}


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a field twice")
    return dict(pairs)


def _no_number(word: str) -> object:
    raise ValueError(f"{word}, which is no number")
