"""The sentences of the advice sheet and of the command that writes it."""

from __future__ import annotations

from collections.abc import Sequence

from api.exports.packs.booking_chart import percent_words
from api.exports.packs.interval_chart import number_words
from api.exports.packs.wording import counted, listed
from assessment.advice.adjusted import AdjustedStanding
from assessment.advice.cut_line import CutLine
from assessment.advice.intraclass import Correlation
from assessment.advice.order_effects import Effect, OrderEffect
from assessment.advice.refusal import Refusal, references
from assessment.advice.reliability import Reliability
from assessment.advice.severity import AssessorSeverity, Severities

ONLY_ADVICE = "Advice only. It changes no rating, no score, no rank and no offer."
EFFECT_WORDS = {
    Effect.POSITION: "Each further applicant seen on the same day",
    Effect.TIME_OF_DAY: "Each hour later in the day",
    Effect.CONTRAST: "Each point by which those seen before on that day were rated higher",
    Effect.AFTERNOON: "An afternoon instead of a morning",
    Effect.DAY: "Each further day of sessions",
}
# Words for ICCs: T. K. Koo and M. Y. Li, Journal of Chiropractic Medicine 15 (2016) 155-163.
RELIABILITY_WORDS = ((0.9, "excellent"), (0.75, "good"), (0.5, "moderate"))
# One look in so many is expected to show something by chance alone.
SIGNIFICANT = 0.05


def cut_line_answer(line: CutLine | Refusal) -> str:
    """How sharp the line is."""
    if isinstance(line, Refusal):
        return f"How sharp the line is cannot be said. {' '.join(line.reasons)}"
    offers = sum(each.offer for each in line.standings)
    band, away = line.band, number_words(line.offers_elsewhere, 1)
    if not band:
        return (
            f"The line is sharp: of {counted(offers, 'offer')} about {away} would go to somebody else if "
            "only the chance disagreement between assessors had fallen out differently."
        )
    held = sum(each.offer for each in band)
    pairs = (
        f" In {line.pairs_alike:,} of {counted(line.pairs, 'pair')} across the line the two differ by less "
        "than the standard error of their difference."
    )
    return (
        f"{counted(len(band), 'applicant')} cannot be told apart from the line between offer and no offer: "
        f"{held} with an offer and {len(band) - held} without. Of {counted(offers, 'offer')} about {away} "
        "would go to somebody else if only the chance disagreement between assessors had fallen out "
        f"differently.{pairs if line.pairs else ''}"
    )


def agreement_answer(found: Sequence[Reliability]) -> str:
    """The exercises by the agreement of their means."""
    known = [
        (each, each.one_way.mean)
        for each in found
        if each.one_way and each.one_way.mean and not each.criterion
    ]
    if not known:
        return "How far assessors agree cannot be said: too few applicants were rated by two of them."
    said = [
        f"{each.exercise} {number_words(mean.value, 2)} ({reliability_word(mean)})" for each, mean in known
    ]
    return f"Agreement of the assessors' mean, of at most 1: {listed(said)}."


def severity_answer(found: Severities | Refusal, standings: Sequence[AdjustedStanding]) -> str:
    """What severity explains, and what would move."""
    if isinstance(found, Refusal):
        return f"How severe each assessor is cannot be said. {' '.join(found.reasons)}"
    apart = sum(each.told_apart for each in found.assessors)
    share = percent_words(found.shares.assessor / found.shares.total)
    words = (
        f"Differences in severity make up {share} of the differences between single ratings; {apart} of "
        f"{counted(len(found.assessors), 'assessor')} can be told apart from the average."
    )
    moved = [each for each in standings if each.places]
    if not moved:
        return f"{words} Had all been equally severe, nobody's place in the order of merit would change."
    most = max(abs(each.places) for each in moved)
    return (
        f"{words} Had all been equally severe, {len(moved)} of "
        f"{counted(len(standings), 'ranked applicant')} would stand elsewhere in the order of merit, the "
        f"most by {counted(most, 'place')}; {crossing_words(standings)}."
    )


def crossing_words(standings: Sequence[AdjustedStanding]) -> str:
    gain = tuple(each.applicant for each in standings if each.offer_adjusted and not each.offer)
    lose = tuple(each.applicant for each in standings if each.offer and each.offer_adjusted is False)
    if not gain and not lose:
        return "no offer would change hands"
    parts = [f"{references(gain)} would have an offer"] if gain else []
    parts += [f"{references(lose)} would have none"] if lose else []
    return " and ".join(parts)


def order_answer(found: Sequence[OrderEffect]) -> str:
    """Whether order shows; several looks are taken, so each must show more clearly."""
    looks = [(each, each.slope) for each in found if each.slope]
    if not looks:
        return f"Whether order played a part cannot be said. {found[0].why_not if found else ''}".rstrip()
    shown = [
        f"{EFFECT_WORDS[each.effect][0].lower()}{EFFECT_WORDS[each.effect][1:]} {signed(slope.value)} points"
        for each, slope in looks
        if slope.p_value < SIGNIFICANT / len(looks)
    ]
    if shown:
        return f"Order may have played a part: {listed(shown)}. Look at how sessions were arranged."
    return (
        "There is no sign that ratings depend on when or after whom somebody was seen; an effect smaller "
        "than those in the table could well have stayed hidden."
    )


def reliability_word(found: Correlation | None) -> str:
    """Poor, moderate, good or excellent, by both ends of the interval where it is known."""
    if found is None:
        return "none: nothing tells applicants apart"
    worst = word_for(found.value if found.low is None else found.low)
    best = word_for(found.value if found.high is None else found.high)
    return worst if worst == best else f"{worst} to {best}"


def word_for(value: float) -> str:
    return next((word for least, word in RELIABILITY_WORDS if value >= least), "poor")


def severity_words(each: AssessorSeverity) -> str:
    if not each.told_apart:
        return "not told apart"
    return "severe" if each.severity > 0 else "lenient"


def change_words(each: AdjustedStanding) -> str:
    return f"{signed(each.change)} \N{PLUS-MINUS SIGN} {each.standard_error:.2f}"


def places_words(places: int) -> str:
    if not places:
        return "stays"
    return f"{abs(places)} {'up' if places > 0 else 'down'}"


def interval_words(low: float | None, high: float | None, sign: bool = False, places: int = 2) -> str:
    """0.42 to 0.58; empty where not known."""
    if low is None or high is None:
        return ""
    first, last = (signed(each, places) if sign else number_words(each, places) for each in (low, high))
    return f"{first} to {last}"


def signed(value: float, places: int = 2) -> str:
    """A difference, with its sign."""
    text = number_words(value, places)
    return f"+{text}" if value > 0 and float(f"{value:.{places}f}") else text
