"""The advice sheet: how far assessors agree, who rates severely, what order did, how sharp the cut line is.

It is for those who answer for the selection, before offers go out. It names people by reference only, and
says on every page that it changes nothing. Its tables' lines are in `advice_lines.py`, its sentences in
`advice_wording.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.exports.packs.advice_lines import (
    AgreementLine,
    ChanceLine,
    ErrorLine,
    MoverLine,
    OrderLine,
    SeverityLine,
    ShareLine,
    agreement_line,
    chance_line,
    error_lines,
    missing_sentence,
    mover_line,
    order_line,
    severity_line,
    share_lines,
)
from api.exports.packs.advice_wording import (
    ONLY_ADVICE,
    agreement_answer,
    cut_line_answer,
    order_answer,
    severity_answer,
    severity_words,
)
from api.exports.packs.booking_chart import percent_words
from api.exports.packs.interval_chart import Estimate, IntervalChart, interval_chart
from assessment.advice.adjusted import AdjustedStanding, movers_at_the_line
from assessment.advice.cut_line import CutLine, LineStanding
from assessment.advice.order_effects import OrderEffect
from assessment.advice.refusal import Refusal
from assessment.advice.reliability import Reliability
from assessment.advice.severity import NORMAL_95, AssessorSeverity, Severities

CHART_LINES_MOST = 32
# So many applicants are shown on either side of those who cannot be told apart from the line.
BEYOND_THE_BAND = 3


@dataclass(frozen=True)
class Advice:
    """Everything advice came to. `moments` is how many views have a known time, of `views` in all.

    `standings` and `offers_changed` are empty where severity was refused.
    """

    reliabilities: tuple[Reliability, ...]
    severities: Severities | Refusal
    standings: tuple[AdjustedStanding, ...]
    order_effects: tuple[OrderEffect, ...]
    timetabled: bool
    moments: int
    views: int
    cut_line: CutLine | Refusal


@dataclass(frozen=True, slots=True)
class AdviceSheet:
    """The sheet. `severity_refused` and `line_refused` hold the reasons where there is nothing to show.

    `several_lines` is true where somebody without an offer stands above somebody with one.
    """

    only_advice: str
    answers: tuple[str, ...]
    agreement: tuple[AgreementLine, ...]
    agreement_missing: tuple[str, ...]
    shares: tuple[ShareLine, ...]
    severity_chart: IntervalChart | None
    severity: tuple[SeverityLine, ...]
    severity_left_out: int
    severity_refused: tuple[str, ...]
    movers: tuple[MoverLine, ...]
    order: tuple[OrderLine, ...]
    order_sources: str
    line_chart: IntervalChart | None
    line: tuple[ChanceLine, ...]
    line_left_out: int
    several_lines: bool
    errors: tuple[ErrorLine, ...]
    line_refused: tuple[str, ...]
    simulations: str
    seed: int


def advice_sheet(advice: Advice, simulations: int, seed: int) -> AdviceSheet:
    """The sheet of one campaign's advice."""
    found, line = advice.severities, advice.cut_line
    severe = () if isinstance(found, Refusal) else most_extreme(found.assessors)
    near = () if isinstance(line, Refusal) else near_the_line(line)
    return AdviceSheet(
        only_advice=ONLY_ADVICE,
        answers=advice_answers(advice),
        agreement=tuple(agreement_line(each) for each in advice.reliabilities if each.one_way),
        agreement_missing=tuple(missing_sentence(each) for each in advice.reliabilities if each.why_not),
        shares=() if isinstance(found, Refusal) else share_lines(found.shares),
        severity_chart=_severity_chart(severe) if severe else None,
        severity=tuple(severity_line(each) for each in severe),
        severity_left_out=0 if isinstance(found, Refusal) else len(found.assessors) - len(severe),
        severity_refused=found.reasons if isinstance(found, Refusal) else (),
        movers=tuple(mover_line(each) for each in movers_at_the_line(advice.standings)),
        order=tuple(order_line(each) for each in advice.order_effects),
        order_sources=_order_sources(advice),
        line_chart=line_chart(line, near) if isinstance(line, CutLine) and near else None,
        line=tuple(chance_line(each) for each in near),
        line_left_out=0 if isinstance(line, Refusal) else len({*line.band} - {*near}),
        several_lines=isinstance(line, CutLine) and has_several_lines(line),
        errors=() if isinstance(line, Refusal) else error_lines(line),
        line_refused=line.reasons if isinstance(line, Refusal) else (),
        simulations=f"{simulations:,}",
        seed=seed,
    )


def advice_answers(advice: Advice) -> tuple[str, ...]:
    """What the advice comes to, one sentence or two for each question; the same on paper and on a
    terminal."""
    return (
        cut_line_answer(advice.cut_line),
        agreement_answer(advice.reliabilities),
        severity_answer(advice.severities, advice.standings),
        order_answer(advice.order_effects),
    )


def most_extreme(assessors: Sequence[AssessorSeverity]) -> tuple[AssessorSeverity, ...]:
    """The most severe first; of very many the most severe and the most lenient."""
    order = sorted(assessors, key=lambda each: (-each.severity, each.assessor))
    half = CHART_LINES_MOST // 2
    return tuple(order) if len(order) <= CHART_LINES_MOST else (*order[:half], *order[-half:])


def near_the_line(line: CutLine) -> tuple[LineStanding, ...]:
    """Those who cannot be told apart from the line, and a few beyond; of very many those nearest to even
    chances."""
    places = [place for place, each in enumerate(line.standings) if each.in_band]
    if not places:
        edge = sum(each.offer for each in line.standings)
        return line.standings[max(edge - BEYOND_THE_BAND, 0) : edge + BEYOND_THE_BAND]
    wanted = set(places)
    for place in (places[0], places[-1]):
        wanted |= set(range(place - BEYOND_THE_BAND, place + BEYOND_THE_BAND + 1))
    known = [place for place in wanted if 0 <= place < len(line.standings)]
    known.sort(key=lambda place: (abs(line.standings[place].chance - 0.5), place))
    return tuple(line.standings[place] for place in sorted(known[:CHART_LINES_MOST]))


def _severity_chart(shown: Sequence[AssessorSeverity]) -> IntervalChart:
    return interval_chart(
        "severity",
        "Severity of assessors with 95 % intervals",
        "Points lower than the average assessor",
        [
            Estimate(
                label=each.assessor,
                value=each.severity,
                low=each.severity - NORMAL_95 * each.standard_error,
                high=each.severity + NORMAL_95 * each.standard_error,
                filled=each.told_apart,
                shaded=False,
                words=severity_words(each),
            )
            for each in shown
        ],
        0.0,
        "average",
    )


def _order_sources(advice: Advice) -> str:
    known = f"{advice.moments:,} of {advice.views:,}"
    if advice.timetabled:
        return (
            f"Of {known} ratings of a whole exercise the timetable says when the assessor saw the applicant; "
            "the others, such as written papers read later, are left out."
        )
    return (
        f"No timetable was given. For {known} ratings of a whole exercise the session is known from the "
        "attendance table, so only half-days and days can be compared."
    )


def has_several_lines(line: CutLine) -> bool:
    """Whether somebody without an offer stands above somebody with one."""
    lowest, highest = line.lowest_with_offer, line.highest_without
    return lowest is not None and highest is not None and highest > lowest


def line_chart(line: CutLine, near: Sequence[LineStanding]) -> IntervalChart:
    """The scores of these near the line, with their intervals and chances."""
    return interval_chart(
        "cut-line",
        "Overall scores near the line with 95 % intervals",
        "Overall score",
        [
            Estimate(
                label=f"{each.rank or 'none'}  {each.applicant}",
                value=each.overall,
                low=each.overall - NORMAL_95 * each.standard_error,
                high=each.overall + NORMAL_95 * each.standard_error,
                filled=each.offer,
                shaded=each.in_band,
                words=f"{percent_words(each.chance)}{', offer' if each.offer else ''}",
            )
            for each in near
        ],
        line.lowest_with_offer,
        "lowest with an offer",
    )
