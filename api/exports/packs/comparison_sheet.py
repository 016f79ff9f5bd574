"""The comparison: what the chosen rule does with places and choices, and what each other aim would cost whom.

It is for those who choose the rule, before the campaign opens; it names councils and nobody else. The figures
are those of `assessment.allocation.compare`, of one order of merit or of many drawn by lot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from api.campaign import Campaign
from api.exports.packs.wording import counted
from assessment.allocation.compare import SENTENCES, Aim, Compared
from assessment.allocation.problem import AllocationRule
from assessment.figures import choice_words, places_that_tell_apart, to_decimals, trimmed

NAMES: Mapping[str, str] = {
    AllocationRule.MERIT: "By merit",
    AllocationRule.COUNCIL_LISTS: "By council lists",
    Aim.MOST_PLACES: "Most places",
    Aim.MOST_FIRST_CHOICES: "Most first choices",
    Aim.BEST_WORST_CHOICE: "Best worst choice",
}
RULE_WORDS: Mapping[str, str] = {
    AllocationRule.MERIT: "In order of merit, each gets the highest of their choices that has a place left.",
    AllocationRule.COUNCIL_LISTS: "Applicants ask their choices in turn; each council keeps the best on its "
    "own list, and whoever it lets go asks on.",
}
WIDTH, LABEL_WIDTH, BAR_WIDTH, PITCH = 760, 150, 380, 34


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over all orders of merit: its mean, the least and the most; with one order all the same."""

    mean: Fraction
    least: int
    most: int


@dataclass(frozen=True)
class Figures:
    """What one allocation comes to. `passed_over` counts applicants, in all and at each council."""

    way: str
    filled: Spread
    choices_given: tuple[Spread, ...]
    worst_choice: Spread
    unplaced: Spread
    passed_over: Spread
    passed_over_at: Mapping[str, Spread]
    orders_with_passed_over: int

    @property
    def first_choices(self) -> Spread:
        return self.choices_given[0]


@dataclass(frozen=True)
class Comparison:
    """Everything a comparison came to, the rule it was made for first.

    `chosen` is the campaign's own rule, which is another where it cannot be compared yet. `drawn` says that
    the orders of merit were drawn by lot.
    """

    chosen: str
    rule: str
    drawn: bool
    orders: int
    seed: int
    appointable: Fraction
    applicants: int
    places: int
    figures: tuple[Figures, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One allocation in words. `choices` are how many get their first, second, ... choice."""

    name: str
    chosen: bool
    filled: str
    choices: tuple[str, ...]
    worst_choice: str
    unplaced: str
    passed_over: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One allocation as a bar over all places; lengths in the units of the drawing."""

    name: str
    y: int
    first_width: float
    other_width: float
    free_width: float
    words: str


@dataclass(frozen=True, slots=True)
class ComparisonSheet:
    """`councils` are those at which somebody would be passed over: name, then how many for each aim."""

    answers: tuple[str, ...]
    choice_heads: tuple[str, ...]
    lines: tuple[SheetLine, ...]
    bars: tuple[Bar, ...]
    width: int
    height: int
    label_width: int
    aims: tuple[tuple[str, str], ...]
    passed_over_heads: tuple[str, ...]
    councils: tuple[tuple[str, tuple[str, ...]], ...]
    how: str
    averages: bool
    by_lists: bool
    remarks: tuple[str, ...]


def figures_of(plays: Sequence[tuple[Compared, ...]], councils: Iterable[str]) -> tuple[Figures, ...]:
    """The same allocation of every play together."""
    found = list(councils)
    return tuple(_figures(each, found) for each in zip(*plays, strict=True))


def comparison_sheet(campaign: Campaign, comparison: Comparison) -> ComparisonSheet:
    """The sheet of one comparison."""
    figures = comparison.figures
    aims = [each for each in figures if each.way in SENTENCES]
    return ComparisonSheet(
        answers=comparison_answers(comparison),
        choice_heads=tuple(
            f"{choice_words(number).capitalize()}" for number in range(1, len(figures[0].choices_given) + 1)
        ),
        lines=tuple(_line(comparison, each) for each in figures),
        bars=tuple(_bar(comparison, each, place) for place, each in enumerate(figures)),
        width=WIDTH,
        height=len(figures) * PITCH + 2,
        label_width=LABEL_WIDTH,
        aims=tuple((NAMES[each.way], _meaning(each.way)) for each in figures),
        passed_over_heads=tuple(NAMES[each.way] for each in aims),
        councils=tuple(
            (
                campaign.name_of("councils", council),
                tuple(said(each.passed_over_at[council]) for each in aims),
            )
            for council in figures[0].passed_over_at
            if any(each.passed_over_at[council].most for each in aims)
        ),
        how=how_words(comparison),
        averages=comparison.drawn,
        by_lists=comparison.rule == AllocationRule.COUNCIL_LISTS,
        remarks=comparison.remarks,
    )


def comparison_answers(comparison: Comparison) -> tuple[str, ...]:
    """What the comparison comes to, in a few sentences."""
    own, *others = comparison.figures
    return (_own_words(comparison, own), *(_other_words(own, each, comparison.orders) for each in others))


def how_words(comparison: Comparison) -> str:
    """Which orders of merit the figures are of."""
    if not comparison.drawn:
        return "The figures are of the campaign's own order of merit."
    people = counted(comparison.applicants, "applicant")
    if comparison.appointable < 1:
        people += f", of whom the first {trimmed(comparison.appointable * 100)} % are taken as appointable"
    return (
        f"The figures are of {counted(comparison.orders, 'order')} of merit drawn by lot from {people} (seed "
        f"{comparison.seed}; the same seed gives the same figures): the mean and, in brackets, the least and "
        "the most. An order drawn by lot says nothing about anybody."
    )


def said(spread: Spread) -> str:
    """A figure in words: 12, or 12.4 (9 to 15) over many orders."""
    if spread.least == spread.most:
        return str(spread.most)
    return f"{mean_words(spread)} ({spread.least} to {spread.most})"


def mean_words(spread: Spread) -> str:
    """The mean with as many decimals as tell it from the least and the most, where these differ."""
    if spread.least == spread.most:
        return str(spread.most)
    ends = (Fraction(spread.least), Fraction(spread.most))
    return to_decimals(spread.mean, max(places_that_tell_apart(spread.mean, end, 1) for end in ends))


def name_words(comparison: Comparison, way: str) -> str:
    """What a way is called; the campaign's own rule is marked."""
    return f"{NAMES[way]} (the rule chosen)" if way == comparison.chosen else NAMES[way]


def _own_words(comparison: Comparison, own: Figures) -> str:
    mean = "on average " if comparison.drawn else ""
    places = counted(comparison.places, "place")
    are = "is" if said(own.filled) == "1" else "are"
    get = "gets" if said(own.first_choices) == "1" else "get"
    return (
        f"{name_words(comparison, own.way)}, {mean}{said(own.filled)} of {places} {are} filled and "
        f"{said(own.first_choices)} {get} their first choice. Nobody is passed over."
    )


def _other_words(own: Figures, other: Figures, orders: int) -> str:
    if other.way not in SENTENCES:
        return (
            f"{NAMES[other.way]}, {said(other.filled)} places would be filled, and "
            f"{said(other.first_choices)} would get their first choice."
        )
    gain = _gain(own, other)
    if not gain:
        return f"{NAMES[other.way]}: nothing could be gained, the rule does as well as can be."
    over = said(other.passed_over)
    people = "applicant" if over == "1" else "applicants"
    where = f", in {other.orders_with_passed_over} of {orders} orders" if orders > 1 else ""
    return f"{NAMES[other.way]}: {gain}. {over} {people} would be passed over by somebody lower{where}."


def _gain(own: Figures, other: Figures) -> str:
    if other.way == Aim.MOST_PLACES and other.filled != own.filled:
        return f"{said(other.filled)} places could be filled instead of {said(own.filled)}"
    if other.way == Aim.MOST_FIRST_CHOICES and other.first_choices != own.first_choices:
        return (
            f"{said(other.first_choices)} could get their first choice instead of {said(own.first_choices)}"
        )
    if other.way == Aim.BEST_WORST_CHOICE and (other.filled, other.worst_choice) != (
        own.filled,
        own.worst_choice,
    ):
        return (
            f"the lowest choice given could be number {said(other.worst_choice)} instead of "
            f"{said(own.worst_choice)}, with {said(other.filled)} places filled"
        )
    return ""


def _meaning(way: str) -> str:
    return SENTENCES[Aim(way)] if way in SENTENCES else RULE_WORDS[way]


def _line(comparison: Comparison, each: Figures) -> SheetLine:
    return SheetLine(
        name=NAMES[each.way],
        chosen=each.way == comparison.chosen,
        filled=said(each.filled),
        choices=tuple(said(spread) for spread in each.choices_given),
        worst_choice=said(each.worst_choice) if each.worst_choice.most else "",
        unplaced=said(each.unplaced),
        passed_over=said(each.passed_over),
    )


def _bar(comparison: Comparison, each: Figures, place: int) -> Bar:
    unit = Fraction(BAR_WIDTH, comparison.places or 1)
    first, filled = each.first_choices.mean, each.filled.mean
    return Bar(
        name=NAMES[each.way],
        y=place * PITCH,
        first_width=round(float(first * unit), 1),
        other_width=round(float((filled - first) * unit), 1),
        free_width=round(float((comparison.places - filled) * unit), 1),
        words=f"{mean_words(each.first_choices)} of {mean_words(each.filled)}, "
        f"{mean_words(each.passed_over)} passed over",
    )


def _figures(plays: Sequence[Compared], councils: Sequence[str]) -> Figures:
    width = max(len(each.choices_given) for each in plays)
    return Figures(
        way=plays[0].way,
        filled=_spread(each.filled for each in plays),
        choices_given=tuple(_spread(each.choices_given[place] for each in plays) for place in range(width)),
        worst_choice=_spread(each.worst_choice for each in plays),
        unplaced=_spread(each.unplaced for each in plays),
        passed_over=_spread(each.applicants_passed_over() for each in plays),
        passed_over_at={
            council: _spread(each.applicants_passed_over(council) for each in plays) for council in councils
        },
        orders_with_passed_over=sum(bool(each.passed_over) for each in plays),
    )


def _spread(numbers: Iterable[int]) -> Spread:
    found = list(numbers)
    return Spread(Fraction(sum(found), len(found)), min(found), max(found))
