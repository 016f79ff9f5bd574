"""The drill: slips as people make them, planted one at a time in a copy, and whether the doors stop them.

The doors are the very ones that `stepup rank` goes through: reading the tables, then the checks of
plausibility. The campaign itself is never touched. What can be planted is in `planting/`.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Set
from dataclasses import dataclass, replace
from pathlib import Path

from api.campaign import Campaign, Table
from api.errors import BadInput, Fault, sentence_of
from api.exports.tables import csv_text, write_files, write_folder
from api.imports.read import read_campaign
from api.services.identify_campaign import campaign_sha256, versions
from api.services.planting.book import Book, ratings_of
from api.services.planting.catalogue import KINDS
from api.services.planting.kind import Kind, Slip
from api.services.question_ratings import question_ratings
from api.services.schedule_campaign import json_bytes
from assessment.plausibility import CHECK_BY_KEY, Finding, unresolved

READING = "reading the tables"
# A slip that only what is right around it can tell must leave enough of that.
CHANGED_SHARE = 30
TOO_MUCH = (
    f"it would change more than one rating in {CHANGED_SHARE}, and the others are too few to tell it by"
)
COLUMNS = ("slip", "title", "planted", "caught", "check", "looks_for", "said", "trials", "trials_caught")


@dataclass(frozen=True, slots=True)
class Caught:
    """What stopped a slip: the check (or `READING`), what it looks for, and the words a person is shown."""

    check: str
    sentence: str
    said: str


@dataclass(frozen=True, slots=True)
class Drilled:
    """One kind of slip. `slip` is None where it could not be planted, for the reason `why_not`.

    `caught` is None where it got through.

    `trials` further slips of this kind were planted anywhere, however small; `trials_caught` were stopped.
    """

    kind: Kind
    slip: Slip | None
    caught: Caught | None
    why_not: str = ""
    trials: int = 0
    trials_caught: int = 0


@dataclass(frozen=True)
class Drill:
    """`clean` is what the campaign raises before anything is planted: nothing, if all is well."""

    clean: tuple[Finding, ...]
    drilled: tuple[Drilled, ...]
    seed: int

    @property
    def planted(self) -> tuple[Drilled, ...]:
        return tuple(each for each in self.drilled if each.slip is not None)

    @property
    def got_through(self) -> tuple[Drilled, ...]:
        return tuple(each for each in self.planted if each.caught is None)

    @property
    def all_well(self) -> bool:
        """Every planted slip was stopped, and nothing was raised without one."""
        return not self.got_through and not self.clean and bool(self.planted)


def drill_ratings(campaign: Campaign, seed: int, trials: int) -> Drill:
    """Plant each kind of slip in a copy of the campaign. Raises `BadInput` where there are no ratings."""
    if not campaign.ratings:
        raise BadInput([Fault("ratings", None, None, "no ratings", "the ratings, to plant slips in")])
    book = Book(campaign)
    clean = unresolved(question_ratings(campaign), campaign.confirmed)
    known = {finding.name for finding in clean}
    return Drill(clean, tuple(_drilled(book, kind, seed, trials, known) for kind in KINDS), seed)


def write_drill(campaign: Campaign, drill: Drill, out: Path) -> None:
    """Write `drill.csv`, `drill.json` and each planted copy as a folder. Raises `OSError`."""
    book = Book(campaign)
    for each in drill.planted:
        if each.slip is not None:
            tables = {**campaign.tables, **each.slip.tables(book)}
            write_folder(tables.values(), out / "planted" / each.kind.key)
    record = {
        "seed": drill.seed,
        "planted": len(drill.planted),
        "got_through": [each.kind.key for each in drill.got_through],
        "raised_without_a_slip": [finding.name for finding in drill.clean],
        "input_sha256": campaign_sha256(campaign),
        "versions": versions(),
    }
    table = Table("drill", COLUMNS, tuple(_row(each) for each in drill.drilled))
    write_files({"drill.csv": csv_text(table).encode(), "drill.json": json_bytes(record)}, out)


def drill_lines(drill: Drill) -> list[str]:
    """What was planted, what stopped it and with which words; at the end what it comes to."""
    lines: list[str] = []
    for each in drill.drilled:
        lines += _lines(each)
    raised = ", ".join(finding.name for finding in drill.clean)
    lines.append(
        f"Before anything was planted these were raised: {raised}."
        if drill.clean
        else "Before anything was planted nothing was raised."
    )
    stopped = len(drill.planted) - len(drill.got_through)
    lines.append(f"{stopped} of {len(drill.planted)} planted slips were stopped.")
    if drill.got_through:
        lines.append(f"These got through: {', '.join(each.kind.title for each in drill.got_through)}.")
    return lines


def _drilled(book: Book, kind: Kind, seed: int, trials: int, known: Set[str]) -> Drilled:
    """One slip of realistic size. What the campaign raises by itself (`known`) is no catch."""
    rng = random.Random(f"{seed}/{kind.key}")
    slips = list(kind.slips(book, rng))
    large = [slip for slip in slips if slip.size >= kind.least]
    fit = [slip for slip in large if _leaves_enough(book, kind, slip)]
    slip = rng.choice(fit) if fit else None
    anywhere = [each for each in slips if each.changed or each.others]
    tried = [rng.choice(anywhere) for _ in range(trials)] if anywhere else []
    return Drilled(
        kind=kind,
        slip=slip,
        caught=_at_the_door(book, slip, known) if slip is not None else None,
        why_not="" if fit else TOO_MUCH if large else kind.lacking,
        trials=len(tried),
        trials_caught=sum(_is_caught(book, kind, each, known) for each in tried),
    )


def _leaves_enough(book: Book, kind: Kind, slip: Slip) -> bool:
    return not kind.by_disagreement or slip.changed * CHANGED_SHARE <= len(book.rows)


def _at_the_door(book: Book, slip: Slip, known: Set[str]) -> Caught | None:
    """The planted copy is written out and read like any campaign."""
    tables = {**book.campaign.tables, **slip.tables(book)}
    with tempfile.TemporaryDirectory() as folder:
        write_folder(tables.values(), Path(folder))
        reading = read_campaign(Path(folder))
    if reading.campaign is not None:
        return _questioned(reading.campaign, slip, known)
    first = reading.faults[0]
    return Caught(READING, "Every cell can be read, and stands once.", f"{first.table}: {sentence_of(first)}")


def _is_caught(book: Book, kind: Kind, slip: Slip, known: Set[str]) -> bool:
    """As at the door; where only ratings change and each can be read, without writing them out."""
    tables = slip.tables(book)
    if kind.at_reading or set(tables) != {"ratings"}:
        return _at_the_door(book, slip, known) is not None
    every = {**book.campaign.tables, **tables}
    planted = replace(book.campaign, ratings=ratings_of(tables["ratings"]), tables=every)
    return _questioned(planted, slip, known) is not None


def _questioned(planted: Campaign, slip: Slip, known: Set[str]) -> Caught | None:
    """The weightiest finding about anybody whom the slip concerns, none where nothing is said of them."""
    found = [
        finding
        for finding in unresolved(question_ratings(planted), planted.confirmed)
        if finding.name not in known and slip.concerned & set(finding.concerned)
    ]
    if not found:
        return None
    first = max(found, key=lambda finding: finding.weight)
    return Caught(first.check, CHECK_BY_KEY[first.check].sentence, f"{first.name}: {first.reason}")


def _lines(each: Drilled) -> list[str]:
    if each.slip is None:
        return [f"{each.kind.title}: not planted, for {each.why_not}."]
    lines = [f"{each.kind.title}: {each.slip.words}.", f"  Chosen by the seed among: {each.kind.measure}."]
    if each.caught is None:
        lines.append("  GOT THROUGH: no check said anything.")
    else:
        lines.append(f"  Stopped by {each.caught.check}. {each.caught.sentence}")
        lines.append(f"  It said: {each.caught.said}.")
    if each.trials:
        lines.append(f"  Planted anywhere, however small: {each.trials_caught} of {each.trials} stopped.")
    return lines


def _row(each: Drilled) -> tuple[str, ...]:
    return (
        each.kind.key,
        each.kind.title,
        f"{each.slip.words} (chosen among: {each.kind.measure})" if each.slip else "",
        "" if each.slip is None else "yes" if each.caught else "no",
        each.caught.check if each.caught else "",
        each.caught.sentence if each.caught else "",
        each.caught.said if each.caught else "" if each.slip else f"Not planted: {each.why_not}.",
        str(each.trials) if each.trials else "",
        str(each.trials_caught) if each.trials else "",
    )
