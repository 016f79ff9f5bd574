"""Receipts: how each applicant can check their own result without being shown anybody else's.

What is published, once and for all, is a statement: the rule, each council's places and cut-off, and one
number (the root) that fixes every result. An applicant's receipt holds their own result, a secret number
(the salt) and the hashes that lead from there to the root. `faults_of` needs the two and nothing else. A
cut-off is the rank, or the place on a council's own list, of the last person who holds a place there; no
other rank is in any of it. Sources: Merkle, "A Digital Signature Based on a Conventional Encryption
Function", 1987; the tree is that of RFC 6962, section 2.1.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

from assessment.allocation.outcomes import OUTCOME_WITHOUT_RANK
from assessment.allocation.problem import AllocationProblem, AllocationRule
from assessment.allocation.result import Allocation, AllocationLine, Outcome
from assessment.ranking import Appointable, MeritLine

SECRET_BYTES_MIN = 16
LEAF, NODE = b"\x00", b"\x01"


@dataclass(frozen=True, slots=True)
class CutOff:
    """One council's places, the offers for them, and the standing of the last who holds one.

    `last_taken` is None where a place is free, or where there are none: then there is no cut-off.
    """

    council: str
    places: int
    offers: int
    last_taken: int | None

    def is_open_to(self, standing: int | None) -> bool:
        """Whether somebody of that standing (None: not on the council's list) could have a place here."""
        if not self.places or standing is None:
            return False
        return self.last_taken is None or standing <= self.last_taken


@dataclass(frozen=True)
class Statement:
    """What is published: `receipts` is how many there are, `root` fixes every one of them."""

    rule: str
    cut_offs: tuple[CutOff, ...]
    receipts: int
    root: str
    input_sha256: str

    @cached_property
    def sha256(self) -> str:
        """The statement's own identity, which every receipt names."""
        return sha256_of(b"", asdict(self))

    @cached_property
    def cut_off_by_council(self) -> Mapping[str, CutOff]:
        return {cut_off.council: cut_off for cut_off in self.cut_offs}


@dataclass(frozen=True, slots=True)
class Result:
    """All that decides one applicant's outcome, and the outcome.

    `positions` are the applicant's own on the list of each council they chose, None where they are not on it;
    empty where all councils share the order of merit.
    """

    applicant: str
    appointable: str
    rank: int | None
    choices: tuple[str, ...]
    positions: tuple[int | None, ...]
    outcome: str
    council: str | None
    choice: int | None
    reserve_position: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step towards the root: the hash that stands beside ours, and on which side of it."""

    side: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One applicant's result and the proof that it belongs to the published statement."""

    statement_sha256: str
    result: Result
    salt: str
    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Receipts:
    """The statement to be published, and the receipt to be given to each applicant and to nobody else."""

    statement: Statement
    by_applicant: Mapping[str, Receipt]


def receipts_of(
    problem: AllocationProblem, allocation: Allocation, input_sha256: str, secret: bytes
) -> Receipts:
    """Make the statement and a receipt for everybody in the order of merit.

    All salts come from the `secret`, so that the same receipts can be made again. Whoever has it could find
    out from one receipt what stands in the next, so it is kept and never published.

    :raises ValueError: the secret is shorter than 16 bytes.
    """
    if len(secret) < SECRET_BYTES_MIN:
        raise ValueError(f"the secret has {len(secret)} bytes, fewer than {SECRET_BYTES_MIN}")
    results = [
        result_of(problem, allocation.rule, merit, line)
        for merit, line in zip(problem.order.lines, allocation.lines, strict=True)
    ]
    salts = {each.applicant: salt_of(secret, input_sha256, each.applicant) for each in results}
    leaf_by_applicant = {each.applicant: leaf_of(each, salts[each.applicant]) for each in results}
    # In the order of the hashes, so that where somebody stands in the tree says nothing about their rank.
    levels = tree_over(sorted(leaf_by_applicant.values()))
    place_by_leaf = {leaf: place for place, leaf in enumerate(levels[0])}
    statement = Statement(
        allocation.rule,
        cut_offs_of(problem, allocation),
        len(results),
        levels[-1][0] if results else hashlib.sha256().hexdigest(),
        input_sha256,
    )
    by_applicant = {
        each.applicant: Receipt(
            statement.sha256,
            each,
            salts[each.applicant],
            path_from(place_by_leaf[leaf_by_applicant[each.applicant]], levels),
        )
        for each in results
    }
    return Receipts(statement, by_applicant)


def faults_of(receipt: Receipt, statement: Statement) -> tuple[str, ...]:
    """What speaks against a receipt, as sentences; empty where it is proven.

    It is proven that the receipt names this very statement, that the result is one of those that the root
    fixes, and that the outcome follows from the cut-offs, the applicant's own standing and choices. The
    position on the reserve list depends on others' results: it is fixed by the root, but does not follow.
    """
    faults = []
    if receipt.statement_sha256 != statement.sha256:
        faults.append("The receipt names another statement than this one.")
    if root_reached(receipt) != statement.root:
        faults.append("The receipt is not one of those that the statement's root fixes.")
    return (*faults, *faults_of_cut_offs(statement), *faults_of_result(receipt.result, statement))


def faults_of_cut_offs(statement: Statement) -> list[str]:
    """Whether the cut-offs can be those of any allocation."""
    faults = []
    if len(statement.cut_off_by_council) < len(statement.cut_offs):
        faults.append("The statement names a council twice.")
    for each in statement.cut_offs:
        if each.offers > each.places:
            faults.append(f"{each.council} has {each.places} places and {each.offers} offers.")
        elif (each.last_taken is not None) != (0 < each.places == each.offers):
            faults.append(f"{each.council} has a cut-off where all its places are taken, and nowhere else.")
    return faults


def faults_of_result(result: Result, statement: Statement) -> list[str]:
    """Whether the outcome follows from the cut-offs."""
    if unknown := [each for each in result.choices if each not in statement.cut_off_by_council]:
        return [f"The statement has no such council: {', '.join(unknown)}."]
    by_lists = statement.rule == AllocationRule.COUNCIL_LISTS
    if len(result.positions) != (len(result.choices) if by_lists else 0):
        return ["The receipt does not hold one position for each council with a list of its own."]
    if (result.rank is None) != (result.appointable != Appointable.YES):
        return ["Those who are appointable have a rank, and nobody else."]
    outcome, choice = outcome_from(result, statement)
    council = None if choice is None else result.choices[choice - 1]
    found = (result.outcome, result.choice, result.council, result.reserve_position is not None)
    if found != (outcome, choice, council, outcome == Outcome.RESERVE):
        said = f"offer at {council}" if council else outcome.replace("_", " ")
        return [f"By the cut-offs the outcome is: {said}."]
    return []


def outcome_from(result: Result, statement: Statement) -> tuple[str, int | None]:
    """The outcome that the cut-offs lead to, and the number of the choice where it is an offer."""
    if result.rank is None:
        return OUTCOME_WITHOUT_RANK[Appointable(result.appointable)], None
    standings = standings_of(result)
    cut_offs = [statement.cut_off_by_council[council] for council in result.choices]
    for number, (cut_off, standing) in enumerate(zip(cut_offs, standings, strict=True), start=1):
        if cut_off.is_open_to(standing):
            return Outcome.OFFER, number
    hopes = [cut_off.places and standing for cut_off, standing in zip(cut_offs, standings, strict=True)]
    return Outcome.RESERVE if any(hopes) else Outcome.NOT_PLACED, None


def standings_of(result: Result) -> tuple[int | None, ...]:
    """Where the applicant stands with each council they chose: their rank, or their position on its list."""
    return result.positions or (result.rank,) * len(result.choices)


def cut_offs_of(problem: AllocationProblem, allocation: Allocation) -> tuple[CutOff, ...]:
    """Each council's cut-off, in the order of the councils."""
    taken: dict[str, list[int]] = {council: [] for council in problem.places.by_council}
    for line in allocation.lines:
        if line.council is not None:
            taken[line.council].append(problem.standing_at(line.council, allocation.rule)[line.applicant])
    return tuple(
        CutOff(
            council,
            places,
            len(taken[council]),
            max(taken[council]) if 0 < places == len(taken[council]) else None,
        )
        for council, places in problem.places.by_council.items()
    )


def result_of(problem: AllocationProblem, rule: str, merit: MeritLine, line: AllocationLine) -> Result:
    choices = problem.choices_of(line.applicant)
    by_lists = rule == AllocationRule.COUNCIL_LISTS
    return Result(
        applicant=line.applicant,
        appointable=merit.appointable.value,
        rank=merit.rank,
        choices=choices,
        positions=tuple(
            problem.standing_at(council, rule).get(line.applicant) for council in choices if by_lists
        ),
        outcome=line.outcome.value,
        council=line.council,
        choice=line.choice,
        reserve_position=line.reserve_position,
    )


def salt_of(secret: bytes, input_sha256: str, applicant: str) -> str:
    return hmac.new(secret, canonical([input_sha256, applicant]), hashlib.sha256).hexdigest()


def leaf_of(result: Result, salt: str) -> str:
    return sha256_of(LEAF, asdict(result) | {"salt": salt})


def tree_over(leaves: Sequence[str]) -> list[list[str]]:
    """Every level of the tree, the leaves first; the last of an odd number goes up as it is."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = [node_of(left, right) for left, right in zip(below[::2], below[1::2], strict=False)]
        levels.append([*pairs, *below[len(pairs) * 2 :]])
    return levels


def path_from(place: int, levels: Sequence[Sequence[str]]) -> tuple[Step, ...]:
    path: list[Step] = []
    for level in levels[:-1]:
        beside = place ^ 1
        if beside < len(level):
            path.append(Step("left" if beside < place else "right", level[beside]))
        place //= 2
    return tuple(path)


def root_reached(receipt: Receipt) -> str:
    reached = leaf_of(receipt.result, receipt.salt)
    for step in receipt.path:
        pair = (step.sha256, reached) if step.side == "left" else (reached, step.sha256)
        reached = node_of(*pair)
    return reached


def node_of(left: str, right: str) -> str:
    return hashlib.sha256(NODE + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def sha256_of(prefix: bytes, record: object) -> str:
    return hashlib.sha256(prefix + canonical(record)).hexdigest()


def canonical(record: object) -> bytes:
    """One way only to write a record down: JSON in ASCII without spaces, its keys in order."""
    return json.dumps(
        record, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False
    ).encode()
