"""The monitoring report: who got how far, by group, in counts that no person can be picked out of.

It is made from facts that `api.services.monitor_selection` hands over, already told safely; a small count
never comes here. Every ratio stands beside its exact test, and what either means is said in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from api.exports.packs.wording import counted, listed
from assessment.figures import places_that_tell_apart, to_decimals

FOUR_FIFTHS = Fraction(4, 5)
UNLIKELY = 0.05
READING = (
    "The ratio is a group's rate as a share of the highest rate. A ratio below 0.80 is often taken as a sign "
    "to look closer. That line comes from the United States, and where people are few it is crossed by "
    "chance again and again.",
    "The exact test says how often chance alone would bring a difference at least as large, if the group's "
    "people were selected like all others: that is p. A ratio below 0.80 with a large p means little. A "
    "ratio near 1 with a small p can still be worth a look, and a large p is no proof that all is well.",
    "Of many tests some come out small by chance. The p by Holm allows for the number of tests made here.",
    "None of these numbers says why groups differ, and none may enter a decision about anybody.",
)
KEEPING_BACK = (
    "No count below {least} is shown: not of people, not of those selected, not of those who were not. "
    "Groups with such a count anywhere in a table are counted together, with the next smallest where need "
    "be, as “{others}”; where that is not enough, an earlier stage is left out. So no small count can "
    "be found by subtraction either.",
    "Whoever preferred not to say, or gave no answer, is counted as not known and is not compared. Where "
    "they are few, they are among “{others}”.",
)


@dataclass(frozen=True, slots=True)
class RateFacts:
    """One group at one step: of `n` at `since` (a stage in words), `selected` got to `until`.

    `characteristic` is empty for the totals. Ratio and both p come together or not at all.
    """

    characteristic: str
    since: str
    until: str
    group: str
    n: int
    selected: int
    ratio: Fraction | None
    p: float | None
    adjusted_p: float | None

    @property
    def rate(self) -> Fraction:
        return Fraction(self.selected, self.n)


@dataclass(frozen=True)
class MonitoringFacts:
    """All that may be told. `people` is None where even their number is small.

    `kept_back` names characteristics of which nothing can be told, `left_out` stages of everybody.
    """

    people: int | None
    totals: tuple[RateFacts, ...]
    rates: tuple[RateFacts, ...]
    kept_back: tuple[str, ...]
    left_out: tuple[str, ...]
    tests: int
    least: int
    others: str


@dataclass(frozen=True, slots=True)
class RateLine:
    group: str
    n: str
    selected: str
    rate: str
    ratio: str
    p: str
    adjusted_p: str
    below: bool


@dataclass(frozen=True, slots=True)
class StepTable:
    """All groups at one step. `title` is e.g. "Attended, of everybody who applied"."""

    title: str
    lines: tuple[RateLine, ...]


@dataclass(frozen=True, slots=True)
class CharacteristicSection:
    name: str
    tables: tuple[StepTable, ...]


@dataclass(frozen=True, slots=True)
class MonitoringReport:
    answers: tuple[str, ...]
    totals: tuple[tuple[str, RateLine], ...]
    sections: tuple[CharacteristicSection, ...]
    reading: tuple[str, ...]
    keeping_back: tuple[str, ...]


def monitoring_report(facts: MonitoringFacts) -> MonitoringReport:
    """The report's words and numbers."""
    characteristics = dict.fromkeys(each.characteristic for each in facts.rates)
    return MonitoringReport(
        answers=monitoring_answers(facts),
        totals=tuple((step_words(each), _line(each)) for each in facts.totals),
        sections=tuple(
            CharacteristicSection(name, step_tables([r for r in facts.rates if r.characteristic == name]))
            for name in characteristics
        ),
        reading=READING,
        keeping_back=tuple(text.format(least=facts.least, others=facts.others) for text in KEEPING_BACK),
    )


def monitoring_answers(facts: MonitoringFacts) -> tuple[str, ...]:
    """How many tests, how many ratios are low, and how many of those chance would hardly bring."""
    found = (
        [_tests_words(facts)] if facts.tests else ["No groups can be compared: the numbers are too small."]
    )
    if facts.kept_back:
        told = "nothing can be told, for too few gave another answer than the rest"
        found.append(f"About {listed(facts.kept_back)} {told}.")
    if facts.left_out:
        found.append(f"Stages left out, for too few ended there: {listed(facts.left_out)}.")
    return tuple(found)


def step_tables(rates: Sequence[RateFacts]) -> tuple[StepTable, ...]:
    """One table for each step of one characteristic, in the order of the steps."""
    titles = dict.fromkeys(step_words(each) for each in rates)
    return tuple(
        StepTable(title, tuple(_line(each) for each in rates if step_words(each) == title))
        for title in titles
    )


def step_words(facts: RateFacts) -> str:
    return f"{facts.until.capitalize()}, of everybody who {facts.since}"


def p_words(p: float) -> str:
    return "under 0.001" if p < 0.001 else f"{p:.3f}"


def ratio_words(ratio: Fraction) -> str:
    """To two decimals, and to more where two would hide on which side of four fifths it lies."""
    places = 2 if ratio == FOUR_FIFTHS else places_that_tell_apart(ratio, FOUR_FIFTHS)
    return to_decimals(ratio, places)


def _tests_words(facts: MonitoringFacts) -> str:
    low = [each for each in facts.rates if each.ratio is not None and each.ratio < FOUR_FIFTHS]
    unlikely = [each for each in facts.rates if each.p is not None and each.p < UNLIKELY]
    adjusted = [each for each in facts.rates if each.adjusted_p is not None and each.adjusted_p < UNLIKELY]
    both = sum(each in unlikely for each in low)
    sentences = [
        f"{counted(facts.tests, 'exact test was', 'exact tests were')} made.",
        _low_words(len(low), both),
    ]
    if adjusted:
        lines = counted(len(adjusted), "line has", "lines have")
        sentences.append(f"After Holm's allowance for the number of tests {lines} a p below 0.05.")
    else:
        sentences.append("After Holm's allowance for the number of tests no p is below 0.05.")
    return " ".join(sentences)


def _low_words(low: int, both: int) -> str:
    if not low:
        return "No ratio is below 0.80."
    told = f"{counted(low, 'ratio is', 'ratios are')} below 0.80"
    return f"{told}; of these {both or 'none'} {'have' if both > 1 else 'has'} a p below 0.05."


def _line(facts: RateFacts) -> RateLine:
    return RateLine(
        group=facts.group,
        n=str(facts.n),
        selected=str(facts.selected),
        rate=f"{to_decimals(100 * facts.rate, 1)} %",
        ratio="" if facts.ratio is None else ratio_words(facts.ratio),
        p="" if facts.p is None else p_words(facts.p),
        adjusted_p="" if facts.adjusted_p is None else p_words(facts.adjusted_p),
        below=facts.ratio is not None and facts.ratio < FOUR_FIFTHS,
    )
