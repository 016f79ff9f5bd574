"""The campaign's first page: the answers in sentences, and what stands behind each.

Sentences only say what was counted or proven. The pages under it are made in `sessions.py`, `tiers.py`,
`people.py` and `outcomes.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.letters import without_letter
from api.exports.packs.outcomes import merit_sheet, overall_allocation
from api.exports.packs.wording import counted, listed
from api.presenters.tiers import outcome_of
from assessment.allocation.checks import AllocationChecks
from assessment.allocation.result import Allocation
from assessment.figures import number_word
from assessment.ranking import OrderOfMerit
from scheduler.result import Result, TierOutcome
from scheduler.rules import RULE_BY_KEY, Breach
from scheduler.timetable import Timetable


@dataclass(frozen=True, slots=True)
class BreachLine:
    """One breach in words, with the sentence of the rule it breaks."""

    rule: str
    detail: str


def timetable_answers(
    campaign: Campaign, timetable: Timetable, result: Result | None, breaches: Sequence[Breach]
) -> tuple[str, ...]:
    """Is everybody placed, what does it take, is any rule broken."""
    everybody = len(campaign.problem.applicants)
    placed = len(timetable.applicant_entries)
    answers = [
        f"All {counted(everybody, 'applicant')} have a place."
        if placed == everybody and everybody > 1
        else f"{placed} of {counted(everybody, 'applicant')} {'has' if placed == 1 else 'have'} a place."
    ]
    answers.append(
        _least_words(outcome_of(result, "panel_half_days"), len(timetable.panels), "panel", "needed", "need")
    )
    held = len(timetable.by_session)
    answers.append(_least_words(outcome_of(result, "sessions_held"), held, "session", "held", "hold"))
    broken = "is 1 breach" if len(breaches) == 1 else f"are {len(breaches):,} breaches"
    answers.append("No rule is broken." if not breaches else f"There {broken} of the rules.")
    return tuple(answers)


def outcome_answers(
    campaign: Campaign,
    order: OrderOfMerit | None,
    allocation: Allocation | None,
    checks: AllocationChecks | None,
) -> tuple[str, ...]:
    """Who came, who meets the standard, who has an offer."""
    answers: list[str] = []
    if order is not None:
        sheet = merit_sheet(campaign, order)
        invited = len(campaign.problem.applicants)
        answers.append(f"{len(sheet.lines)} of the {counted(invited, 'applicant')} came.")
        answers.append(f"{sheet.ranked} of them meet the standard.")
        waiting = len(without_letter(order))
        if waiting:
            whose = "One of them cannot" if waiting == 1 else f"{number_word(waiting).capitalize()} cannot"
            answers.append(f"{whose} be ranked yet.")
    if allocation is not None:
        overall = overall_allocation(campaign, allocation)
        share = f"{overall.first_choices} of them at the applicant's first choice"
        filled = f"{overall.offers} of {counted(overall.places, 'place')} have"
        if overall.offers == overall.places and overall.places > 1:
            filled = f"All {counted(overall.places, 'place')} have"
        answers.append(f"{filled} an offer, {share}.")
    if checks is not None:
        answers.append(_checks_words(checks))
    return tuple(answers)


def letter_remarks(
    campaign: Campaign, order: OrderOfMerit | None, allocation: Allocation | None
) -> tuple[str, ...]:
    """Who gets no letter, and why."""
    if order is None or allocation is None:
        return ()
    remarks: list[str] = []
    unsettled = without_letter(order)
    if unsettled:
        remarks.append(
            f"No letter is written to {listed(unsettled)} before their case is settled: "
            "ratings are missing, or the panel has still to decide."
        )
    absent = len(campaign.problem.applicants) - len(order.lines)
    if absent > 0:
        remarks.append(f"No letter is written to the {counted(absent, 'applicant')} who did not come.")
    return tuple(remarks)


def breach_lines(breaches: Sequence[Breach]) -> tuple[BreachLine, ...]:
    return tuple(BreachLine(RULE_BY_KEY[breach.rule].sentence, breach.detail) for breach in breaches)


def attention(order: OrderOfMerit | None, allocation: Allocation | None) -> tuple[str, ...]:
    """What somebody ought to look at before anything is sent."""
    return (*(order.warnings if order else ()), *(allocation.warnings if allocation else ()))


def _least_words(outcome: TierOutcome | None, count: int, noun: str, done: str, verb: str) -> str:
    """36 panels are needed and no plan needs fewer."""
    are = "is" if count == 1 else "are"
    said = f"{counted(count, noun)} {are} {done}"
    if outcome is None or outcome.value != count:
        return f"{said}."
    if outcome.proven:
        return f"{said} and no plan {verb}s fewer."
    return f"{said}; no plan can {verb} fewer than {outcome.bound}."


def _checks_words(checks: AllocationChecks) -> str:
    failed = [check for check in checks.checks if not check.kept]
    if not failed:
        return f"The allocation passes all {number_word(len(checks.checks))} of its checks."
    return f"The allocation fails {len(failed)} of its {len(checks.checks)} checks."
