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
from api.presenters.outcomes import filled_words, first_choice_words
from api.presenters.tiers import outcome_of
from assessment.allocation.checks import AllocationChecks
from assessment.allocation.result import Allocation
from assessment.figures import number_word
from assessment.ranking import OrderOfMerit
from scheduler.result import Result, TierOutcome
from scheduler.rules import RULE_BY_KEY, Breach
from scheduler.timetable import Timetable

SESSIONS = "#sessions"


@dataclass(frozen=True, slots=True)
class Answer:
    """One sentence, and the place that shows the people it counts."""

    sentence: str
    link: str


@dataclass(frozen=True, slots=True)
class BreachLine:
    """One breach in words, with the sentence of the rule it breaks."""

    rule: str
    detail: str


def timetable_answers(
    campaign: Campaign, timetable: Timetable, result: Result | None, breaches: Sequence[Breach]
) -> tuple[Answer, ...]:
    """Has everybody a session, what does it take, is any rule broken."""
    everybody = len(campaign.problem.applicants)
    placed = len(timetable.applicant_entries)
    have = (
        f"All {counted(everybody, 'applicant')} have a session."
        if placed == everybody and everybody > 1
        else f"{placed} of {counted(everybody, 'applicant')} {'has' if placed == 1 else 'have'} a session."
    )
    panels, held = len(timetable.panels), len(timetable.by_session)
    broken = "is 1 breach" if len(breaches) == 1 else f"are {len(breaches):,} breaches"
    return (
        Answer(have, "#unplaced" if placed < everybody else "people.html#applicants"),
        Answer(
            _least_words(outcome_of(result, "panel_half_days"), panels, "panel", "needed", "need"), SESSIONS
        ),
        Answer(_least_words(outcome_of(result, "sessions_held"), held, "session", "held", "hold"), SESSIONS),
        Answer(f"There {broken} of the rules.", "#breaches")
        if breaches
        else Answer("No rule is broken.", ""),
    )


def outcome_answers(
    campaign: Campaign,
    order: OrderOfMerit | None,
    allocation: Allocation | None,
    checks: AllocationChecks | None,
) -> tuple[Answer, ...]:
    """Who came, who meets the standard, who has an offer."""
    if order is None:
        return ()
    answers = [
        Answer(came_words(campaign, order), "people.html#applicants"),
        Answer(standard_words(campaign, order), "merit.html"),
    ]
    if allocation is not None:
        overall = overall_allocation(campaign, order, allocation)
        filled = filled_words(overall.offers, overall.places)
        share = first_choice_words(overall.first_choices, overall.offers)
        answers.append(Answer(f"{filled} {share}".strip(), "allocation.html"))
    if checks is not None:
        answers.append(Answer(_checks_words(checks), "allocation.html#checks"))
    return tuple(answers)


def came_words(campaign: Campaign, order: OrderOfMerit) -> str:
    """How many came, or, where nobody took down who came, how many have ratings."""
    invited = counted(len(campaign.problem.applicants), "applicant")
    if campaign.attendance is not None:
        everybody = len(order.lines) == len(campaign.problem.applicants) > 1
        return f"{'All' if everybody else f'{len(order.lines)} of'} {invited} came."
    return f"{len(order.lines)} of {invited} {'has' if len(order.lines) == 1 else 'have'} ratings."


def standard_words(campaign: Campaign, order: OrderOfMerit) -> str:
    """How many meet the standard, and how many cases are still open."""
    ranked, waiting = merit_sheet(campaign, order).ranked, len(without_letter(order))
    said = f"{ranked} of them {'meets' if ranked == 1 else 'meet'} the standard."
    if not waiting:
        return said
    return f"{said} {_open_words(waiting)} not settled yet."


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
        whose = "applicant who" if absent == 1 else f"{absent:,} applicants who"
        did = (
            "did not come"
            if campaign.attendance is not None
            else f"{'has' if absent == 1 else 'have'} no ratings"
        )
        remarks.append(f"No letter is written to the {whose} {did}.")
    return tuple(remarks)


def breach_lines(breaches: Sequence[Breach]) -> tuple[BreachLine, ...]:
    return tuple(BreachLine(RULE_BY_KEY[breach.rule].sentence, breach.detail) for breach in breaches)


def attention(order: OrderOfMerit | None, allocation: Allocation | None) -> tuple[str, ...]:
    """What somebody ought to look at before anything is sent."""
    open_cases = len(without_letter(order)) if order is not None and allocation is not None else 0
    may_change: tuple[str, ...] = ()
    if open_cases:
        may_change = (
            f"{_open_words(open_cases)} not settled yet, and may change who is offered a place. "
            f"Send no letter before {'it is' if open_cases == 1 else 'they are'}.",
        )
    return (*may_change, *(order.warnings if order else ()), *(allocation.warnings if allocation else ()))


def _open_words(cases: int) -> str:
    return "One case is" if cases == 1 else f"{number_word(cases).capitalize()} cases are"


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
