"""The files of a wash-up: what is missing, the agenda, the record of what was settled, and what that changed.

Ratings stand beside raters in one file only, `washup_settled.csv`, and only for cells that are settled.
`washup_effect.csv`, `washup_flags.csv` and the chair's page are for the chair.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from api.campaign import Table
from api.exports.packs.washup_agenda import Washup, agenda_answers, washup_agenda_sheet
from api.exports.packs.washup_chair import (
    chair_sheet,
    effect_answers,
    missing_answers,
    remark_words,
)
from api.exports.packs.wording import counted
from api.exports.tables import csv_text, write_files
from api.services.identify_campaign import campaign_sha256, versions
from api.services.schedule_campaign import json_bytes
from api.services.single_paper import paper_files
from assessment.completeness import ANYBODY, OwedRatings, RatingState
from assessment.figures import exact, to_decimals, trimmed
from assessment.washup import SettledCell
from assessment.washup_effect import EffectLine, Position, offers_moved

COMPLETENESS_COLUMNS = ("applicant", "exercise", "criterion", "rater", "state", "cell")
OWED_COLUMNS = ("rater", "exercise", "expected", "given", "owed", "holding_up", "not_expected")
AGENDA_COLUMNS = ("panel", "applicant", "exercise", "criterion", "ratings", "spread", "settled", "agreed")
SETTLED_COLUMNS = (
    "applicant",
    "exercise",
    "criterion",
    "first_ratings",
    "mean",
    "agreed",
    "change",
    "reason",
    "look_at",
)
EFFECT_COLUMNS = (
    "applicant",
    "agreed_ratings",
    "completed_by_washup",
    "overall_without",
    "overall_with",
    "rank_without",
    "rank_with",
    "appointable_without",
    "appointable_with",
    "outcome_without",
    "outcome_with",
    "council_without",
    "council_with",
    "changed",
)
FLAGS_COLUMNS = ("flag", "applicant", "decision")
LINES_MAX = 10


def write_washup(washup: Washup, out: Path) -> None:
    """Write the tables, `washup.json`, the agenda and the chair's page.

    Raises `OSError`, and `BadInput` where this computer cannot make PDF.
    """
    files = {f"{table.name}.csv": csv_text(table).encode() for table in washup_tables(washup)}
    files["washup.json"] = json_bytes(washup_record(washup))
    files |= paper_files("washup", "Wash-up", washup_agenda_sheet(washup), washup.campaign)
    files |= paper_files("washup_chair", "Wash-up: the chair's page", chair_sheet(washup), washup.campaign)
    write_files(files, out)


def washup_tables(washup: Washup) -> tuple[Table, ...]:
    """Every table, by reference only."""
    return (
        _completeness_table(washup),
        _owed_table(washup),
        _agenda_table(washup),
        Table("washup_settled", SETTLED_COLUMNS, tuple(_settled_row(each) for each in washup.settled)),
        Table("washup_effect", EFFECT_COLUMNS, tuple(_effect_row(line) for line in washup.effect)),
        Table(
            "washup_flags",
            FLAGS_COLUMNS,
            tuple((f.flag, f.applicant, f.decision.value if f.decision else "") for f in washup.flags),
        ),
    )


def washup_record(washup: Washup) -> dict[str, object]:
    """`washup.json`: what it was made from, and the counts."""
    found = washup.completeness
    return {
        "input_sha256": campaign_sha256(washup.campaign),
        "with_timetable": washup.timetabled,
        "all_done": washup.all_done,
        "came": len(washup.present),
        "cells": len(found.state_by_cell),
        "incomplete": len(found.incomplete),
        "expected_not_given": _count(washup, RatingState.MISSING),
        "given_not_expected": _count(washup, RatingState.NOT_EXPECTED),
        "discrepancies": sum(len(panel.discrepancies) for panel in washup.panels),
        "open": len(washup.still_open),
        "agreed_ratings": len(washup.settled),
        "agreed_without_reason": len(washup.without_reason),
        "agreed_to_look_at": len(washup.to_look_at),
        "flags": len(washup.flags),
        "open_flags": len(washup.open_flags),
        "overall_scores_changed": sum(x.without.overall != x.after.overall for x in washup.effect),
        "ranks_changed": sum(x.without.rank != x.after.rank for x in washup.effect),
        "offers_changed": len(offers_moved(washup.effect)),
        "not_told": list(washup.not_told),
        "versions": versions(),
    }


def washup_lines(washup: Washup) -> list[str]:
    """What is missing, what has to be discussed and what changed: for the screen, without ranks or offers."""
    lines = [
        *missing_answers(washup),
        *_owed_lines(washup),
        *_expected_lines(washup),
        *agenda_answers(washup),
    ]
    for panel in washup.panels:
        lines += [
            f"  Panel {panel.panel}: {each.applicant} {each.exercise} / {each.criterion}, "
            f"{'waits for ratings' if washup.waits(each) else f'{trimmed(each.spread)} apart'}"
            for each in panel.still_open
        ]
    lines += [
        f"To look at: {each.applicant} {each.exercise} / {each.criterion}. {remark_words(each)}"
        for each in washup.to_look_at
    ]
    if washup.flags:
        lines.append(
            f"{counted(len(washup.flags), 'red flag')}, {len(washup.open_flags)} of them not yet decided."
        )
    return [*lines, *effect_answers(washup), *washup.not_told]


def _owed_lines(washup: Washup) -> list[str]:
    """Who holds up the scoring, whoever owes the most first."""
    lines = [_owed_words(owed) for owed in washup.completeness.owed if owed.holding_up]
    more = len(lines) - LINES_MAX
    return [*lines[:LINES_MAX], f"  and {more} more, in owed.csv"] if more > 0 else lines


def _owed_words(owed: OwedRatings) -> str:
    what = f"{counted(owed.holding_up, 'rating')} on {owed.exercise}"
    return f"  {what}, not known from whom" if owed.rater == ANYBODY else f"  {owed.rater} owes {what}"


def _expected_lines(washup: Washup) -> list[str]:
    """A stand-in is nothing wrong, but should be seen."""
    if not washup.timetabled:
        return []
    missing = sum(
        due.rater != ANYBODY and due.state is RatingState.MISSING for due in washup.completeness.due
    )
    others = _count(washup, RatingState.NOT_EXPECTED)
    if not missing and not others:
        return ["Everybody whom the timetable names rated, and nobody else."]
    return [
        f"Held against the timetable, {counted(missing, 'expected rating was', 'expected ratings were')} not "
        f"given and {counted(others, 'rating was', 'ratings were')} given by somebody else. The number of "
        f"ratings decides what is complete, not who gave them."
    ]


def _count(washup: Washup, state: RatingState) -> int:
    return sum(due.state is state for due in washup.completeness.due)


def _completeness_table(washup: Washup) -> Table:
    rows = tuple(
        (due.applicant, due.exercise, due.criterion, due.rater, due.state.value, due.cell.value)
        for due in washup.completeness.due
    )
    return Table("completeness", COMPLETENESS_COLUMNS, rows)


def _owed_table(washup: Washup) -> Table:
    rows = tuple(
        (
            o.rater,
            o.exercise,
            str(o.expected),
            str(o.given),
            str(o.owed),
            str(o.holding_up),
            str(o.not_expected),
        )
        for o in washup.completeness.owed
    )
    return Table("owed", OWED_COLUMNS, rows)


def _agenda_table(washup: Washup) -> Table:
    rows = tuple(
        (
            str(panel.panel),
            each.applicant,
            each.exercise,
            each.criterion,
            "" if washup.waits(each) else ";".join(exact(rating) for rating in each.ratings),
            "" if washup.waits(each) else exact(each.spread),
            _yes(each.settled),
            "" if each.agreed is None else exact(each.agreed),
        )
        for panel in washup.panels
        for each in panel.discrepancies
    )
    return Table("washup_agenda", AGENDA_COLUMNS, rows)


def _settled_row(each: SettledCell) -> tuple[str, ...]:
    return (
        each.applicant,
        each.exercise,
        each.criterion,
        ";".join(f"{first.assessor}:{exact(first.rating)}" for first in each.first_ratings),
        "" if each.mean is None else to_decimals(each.mean),
        exact(each.agreed),
        "" if each.mean is None else to_decimals(each.agreed - each.mean),
        each.reason,
        ";".join(remark.value for remark in each.remarks),
    )


def _effect_row(line: EffectLine) -> tuple[str, ...]:
    sides: Iterable[tuple[str, str]] = zip(_cells(line.without), _cells(line.after), strict=True)
    return (
        line.applicant,
        str(line.settled),
        ";".join(f"{exercise} / {criterion}" for exercise, criterion in line.completed),
        *(cell for side in sides for cell in side),
        _yes(line.changed),
    )


def _cells(position: Position) -> tuple[str, str, str, str, str]:
    return (
        _decimals(position.overall),
        "" if position.rank is None else str(position.rank),
        "" if position.appointable is None else position.appointable.value,
        "" if position.outcome is None else position.outcome.value,
        position.council or "",
    )


def _decimals(value: Fraction | None) -> str:
    return "" if value is None else to_decimals(value)


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"
