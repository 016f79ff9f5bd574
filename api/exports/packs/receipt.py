"""An applicant's receipt on paper: how their result came about, and how they can check it themselves.

It holds the applicant's own rank, choices and result, and of others nothing but the published cut-offs of the
councils they chose. What a receipt proves is decided in `assessment.allocation.receipts`.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.wording import counted, listed
from assessment.allocation.problem import AllocationRule
from assessment.allocation.receipts import CutOff, Receipt, Result, Statement, standings_of
from assessment.allocation.result import Outcome
from assessment.figures import choice_words
from assessment.ranking import Appointable

GROUP = 4


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One of the applicant's choices: what the council had, where the applicant stood, what came of it."""

    choice: str
    council: str
    places: str
    last_taken: str
    own: str
    what: str


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """One applicant's paper. `settled` is False while people have still to settle the result."""

    reference: str
    name: str
    lead_council: str
    decision: str
    by_lists: bool
    settled: bool
    lines: tuple[ChoiceLine, ...]
    prospect: str
    fingerprint: str


def receipt_paper(campaign: Campaign, statement: Statement, receipt: Receipt) -> ReceiptPaper:
    """The paper of one receipt."""
    result = receipt.result
    return ReceiptPaper(
        reference=result.applicant,
        name=campaign.name_of("applicants", result.applicant),
        lead_council=campaign.name_of("councils", campaign.places.lead_council),
        decision=decision_words(campaign, result),
        by_lists=statement.rule == AllocationRule.COUNCIL_LISTS,
        settled=result.appointable in (Appointable.YES, Appointable.NO),
        lines=choice_lines(campaign, statement, result),
        prospect=prospect_words(campaign, statement, result),
        fingerprint=grouped(statement.sha256),
    )


def decision_words(campaign: Campaign, result: Result) -> str:
    """The result in a sentence to the applicant."""
    if result.outcome == Outcome.OFFER and result.council and result.choice:
        council = campaign.name_of("councils", result.council)
        return f"You are offered a place with {council}, your {choice_words(result.choice)}."
    if result.outcome == Outcome.RESERVE:
        return f"There is no place for you now. You are number {result.reserve_position} on the reserve list."
    if result.appointable == Appointable.YES:
        return "You met the standard, and there is no place that could be offered to you."
    if result.appointable == Appointable.NO:
        return "You are not among those who can be offered a place. Our letter says why."
    if result.appointable == Appointable.UNRANKABLE:
        return "Ratings of yours are missing, so you have no place in the order of merit yet."
    return "Your result is not settled yet: a named person has still to decide."


def choice_lines(campaign: Campaign, statement: Statement, result: Result) -> tuple[ChoiceLine, ...]:
    """Each choice in turn; nothing for somebody without a rank, whose choices were not looked at."""
    if result.rank is None:
        return ()
    return tuple(
        _choice_line(campaign, statement, result, number, standing)
        for number, standing in enumerate(standings_of(result), start=1)
    )


def prospect_words(campaign: Campaign, statement: Statement, result: Result) -> str:
    """Where a place that comes free could go to the applicant; empty where none could."""
    if result.rank is None:
        return ""
    higher = zip(result.choices, standings_of(result), strict=True)
    names = [
        campaign.name_of("councils", council)
        for number, (council, standing) in enumerate(higher, start=1)
        if (result.choice is None or number < result.choice)
        and statement.cut_off_by_council[council].places
        and standing is not None
    ]
    if not names:
        return ""
    at = f"at {listed(names)}" if len(names) == 1 else f"at {', '.join(names[:-1])} or {names[-1]}"
    asked = ", if you accept your offer and ask to be moved up" if result.choice else ""
    return f"A place that comes free {at} may yet be offered to you{asked}."


def receipt_lines(campaign: Campaign, statement: Statement, receipt: Receipt) -> list[str]:
    """The same for a terminal, by reference."""
    result = receipt.result
    rank = "without a rank" if result.rank is None else f"rank {result.rank}"
    lines = [f"{result.applicant}, {rank}: {outcome_words(campaign, result)}."]
    for number, line in enumerate(choice_lines(campaign, statement, result), start=1):
        last = f"the last to number {line.last_taken}" if line.last_taken.isdecimal() else line.last_taken
        numbers = f"{counted(int(line.places), 'place')}, {last}; own number {line.own}"
        lines.append(f"  {choice_words(number).capitalize()}, {line.council}: {line.what} ({numbers})")
    return lines


def outcome_words(campaign: Campaign, result: Result) -> str:
    """The outcome in a phrase: offer at Devon (first choice), reserve list (number 3), not appointable."""
    if result.council and result.choice:
        return f"offer, {campaign.name_of('councils', result.council)} ({choice_words(result.choice)})"
    if result.reserve_position:
        return f"reserve list, number {result.reserve_position}"
    if result.appointable == Appointable.PANEL_DISCUSSION:
        return "awaits a decision"
    return result.outcome.replace("_", " ")


def grouped(digits: str) -> str:
    """A long number in groups of four, to be compared by eye."""
    return " ".join(digits[start : start + GROUP] for start in range(0, len(digits), GROUP))


def _choice_line(
    campaign: Campaign, statement: Statement, result: Result, number: int, standing: int | None
) -> ChoiceLine:
    council = result.choices[number - 1]
    cut_off = statement.cut_off_by_council[council]
    last = "still free" if cut_off.places else "none"
    return ChoiceLine(
        choice=choice_words(number).removesuffix(" choice").capitalize(),
        council=campaign.name_of("councils", council),
        places=str(cut_off.places),
        last_taken=last if cut_off.last_taken is None else str(cut_off.last_taken),
        own="not on list" if standing is None else str(standing),
        what=_what(cut_off, standing, result.choice, number, bool(result.positions)),
    )


def _what(cut_off: CutOff, standing: int | None, given: int | None, number: int, by_lists: bool) -> str:
    if given == number:
        return "Your place."
    if given is not None and number > given:
        return "Not needed: a higher choice is yours."
    if not cut_off.places:
        return "It has no places."
    if standing is None:
        return "It did not put you on its list."
    gone = "Its one place" if cut_off.places == 1 else "Its last place"
    return f"{gone} went to somebody higher {'on its list' if by_lists else 'in the order of merit'}."
