"""The lines of the advice sheet's tables: one person, one exercise or one look at order each, in words.

Which lines a sheet shows is decided in `advice_sheet.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.exports.packs.advice_wording import (
    EFFECT_WORDS,
    change_words,
    interval_words,
    places_words,
    reliability_word,
    signed,
)
from api.exports.packs.booking_chart import percent_words
from api.exports.packs.interval_chart import number_words
from assessment.advice.adjusted import AdjustedStanding
from assessment.advice.cut_line import CutLine, LineStanding
from assessment.advice.order_effects import OrderEffect
from assessment.advice.reliability import Reliability
from assessment.advice.severity import NORMAL_95, AssessorSeverity, Shares


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An exercise, or a criterion of it, in words."""

    name: str
    whole_exercise: bool
    applicants: str
    single: str
    single_interval: str
    mean: str
    word: str
    alpha_ordinal: str
    alpha_interval: str


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One source of the differences between single ratings."""

    source: str
    percent: str


@dataclass(frozen=True, slots=True)
class SeverityLine:
    """One assessor in words."""

    assessor: str
    ratings: str
    applicants: str
    severity: str
    interval: str
    plain: str
    told_apart: bool


@dataclass(frozen=True, slots=True)
class MoverLine:
    """One applicant whose place would change."""

    applicant: str
    rank: str
    overall: str
    change: str
    rank_adjusted: str
    places: str
    offer: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One look at order, in words."""

    what: str
    ratings: str
    change: str
    interval: str
    detectable: str
    why_not: str


@dataclass(frozen=True, slots=True)
class ChanceLine:
    """One applicant near the line."""

    rank: str
    applicant: str
    overall: str
    interval: str
    offer: str
    chance: str
    in_band: bool


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """How far views of one exercise differ by chance."""

    exercise: str
    share: str
    deviation: str
    degrees: str


def missing_sentence(each: Reliability) -> str:
    """Why the agreement on something cannot be said."""
    thing = f"{each.exercise} / {each.criterion}" if each.criterion else each.exercise
    return f"{thing}: {each.why_not}"


def agreement_line(each: Reliability) -> AgreementLine:
    assert each.one_way is not None
    found = each.one_way
    return AgreementLine(
        name=each.criterion or each.exercise,
        whole_exercise=not each.criterion,
        applicants=f"{each.applicants:,}",
        single=number_words(found.single.value, 2),
        single_interval=interval_words(found.single.low, found.single.high),
        mean=number_words(found.mean.value, 2) if found.mean else "",
        word=reliability_word(found.mean),
        alpha_ordinal="" if each.alpha_ordinal is None else number_words(each.alpha_ordinal, 2),
        alpha_interval="" if each.alpha_interval is None else number_words(each.alpha_interval, 2),
    )


def share_lines(shares: Shares) -> tuple[ShareLine, ...]:
    sources = (
        ("The applicant", shares.applicant),
        ("The applicant in this exercise", shares.applicant_in_exercise),
        ("How severe the assessor is", shares.assessor),
        ("This assessor's view of this applicant in this exercise", shares.view),
        ("The rest: criterion by criterion, and rounding to the scale", shares.residual),
    )
    return tuple(
        ShareLine(source, percent_words(part / shares.total)) for source, part in sources if part is not None
    )


def severity_line(each: AssessorSeverity) -> SeverityLine:
    reach = NORMAL_95 * each.standard_error
    return SeverityLine(
        assessor=each.assessor,
        ratings=f"{each.ratings:,}",
        applicants=f"{each.applicants:,}",
        severity=signed(each.severity),
        interval=interval_words(each.severity - reach, each.severity + reach, sign=True),
        plain=signed(each.difference),
        told_apart=each.told_apart,
    )


def mover_line(each: AdjustedStanding) -> MoverLine:
    would = each.offer_adjusted
    offer = "offer" if each.offer else "no offer"
    if would is not None and would != each.offer:
        offer = f"{offer}, would be {'an offer' if would else 'none'}"
    return MoverLine(
        applicant=each.applicant,
        rank=str(each.rank),
        overall=number_words(each.overall, 2),
        change=change_words(each),
        rank_adjusted=str(each.rank_adjusted),
        places=places_words(each.places),
        offer=offer,
    )


def order_line(each: OrderEffect) -> OrderLine:
    slope = each.slope
    return OrderLine(
        what=EFFECT_WORDS[each.effect],
        ratings="" if slope is None else f"{slope.rows:,}",
        change="" if slope is None else signed(slope.value, 3),
        interval="" if slope is None else interval_words(slope.low, slope.high, sign=True, places=3),
        detectable="" if each.detectable is None else number_words(each.detectable, 3),
        why_not=each.why_not,
    )


def chance_line(each: LineStanding) -> ChanceLine:
    reach = NORMAL_95 * each.standard_error
    return ChanceLine(
        rank="" if each.rank is None else str(each.rank),
        applicant=each.applicant,
        overall=number_words(each.overall, 2),
        interval=interval_words(each.overall - reach, each.overall + reach),
        offer="offer" if each.offer else "no offer" if each.rank else "below the standard",
        chance=percent_words(each.chance),
        in_band=each.in_band,
    )


def error_lines(line: CutLine) -> tuple[ErrorLine, ...]:
    return tuple(
        ErrorLine(each.exercise, percent_words(each.share), f"{each.variance**0.5:.2f}", f"{each.degrees:,}")
        for each in line.exercises
    )
