"""The advice as tables and as a record: five CSV files by reference only, and `advice.json` with every
figure.

Every table ends in the column `advice_only`, always yes: nothing in it changes a rating, a score, a rank or
an offer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from api.campaign import Table
from api.exports.packs.advice_sheet import Advice
from api.exports.packs.advice_wording import EFFECT_WORDS, ONLY_ADVICE
from assessment.advice.adjusted import AdjustedStanding
from assessment.advice.cut_line import LineStanding
from assessment.advice.intraclass import Correlation
from assessment.advice.order_effects import OrderEffect
from assessment.advice.refusal import Refusal
from assessment.advice.reliability import Reliability
from assessment.advice.severity import NORMAL_95, AssessorSeverity

Cell = str | float | int | bool | None
Row = dict[str, Cell]

CORRELATION = ("", "_low", "_high")
RELIABILITY_COLUMNS = (
    "exercise",
    "criterion",
    "applicants",
    "ratings",
    "raters_mean",
    *(f"icc_single{end}" for end in CORRELATION),
    *(f"icc_mean{end}" for end in CORRELATION),
    "icc_agreement_single",
    "icc_agreement_mean",
    *(f"icc_consistency_single{end}" for end in CORRELATION),
    *(f"icc_consistency_mean{end}" for end in CORRELATION),
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_interval",
    "why_not",
)
SEVERITY_COLUMNS = (
    "assessor",
    "ratings",
    "applicants",
    "severity",
    "standard_error",
    "low",
    "high",
    "told_apart",
    "plain_difference",
)
RANK_COLUMNS = (
    "rank",
    "applicant",
    "overall",
    "change",
    "standard_error",
    "adjusted",
    "rank_adjusted",
    "places_up",
    "told_apart",
    "offer",
    "offer_adjusted",
)
ORDER_COLUMNS = (
    "effect",
    "what",
    "ratings",
    "applicants",
    "change",
    "standard_error",
    "low",
    "high",
    "p_value",
    "found_from",
    "why_not",
)
LINE_COLUMNS = (
    "rank",
    "applicant",
    "overall",
    "standard_error",
    "offer",
    "chance_percent",
    "told_apart",
)


def advice_tables(advice: Advice) -> tuple[Table, ...]:
    """`reliability`, `severity`, `ranks_by_severity`, `order_effects`, `cut_line`.

    Scores, severities, changes and errors are in points of the scale. `icc_single` is of one rating,
    `icc_mean` of the mean of `raters_mean`; the agreement and consistency forms are there where the same
    assessors rated everybody. `criterion` is empty for a whole exercise. `severity` is how much lower than
    the average assessor; `plain_difference` the same without a model. `places_up` is negative for places
    down. `found_from` is the least effect that would show four times in five. `told_apart` is yes where
    chance (5 %) does not explain a figure; in `cut_line`, where the chance of an offer is below 5 % or above
    95 %. Where advice was refused a table has no rows and `advice.json` the reasons.
    """
    severe, line = advice.severities, advice.cut_line
    assessors = () if isinstance(severe, Refusal) else severe.assessors
    standings = () if isinstance(line, Refusal) else line.standings
    return (
        _table("reliability", RELIABILITY_COLUMNS, map(_reliability_row, advice.reliabilities)),
        _table("severity", SEVERITY_COLUMNS, map(_severity_row, assessors)),
        _table("ranks_by_severity", RANK_COLUMNS, map(_rank_row, advice.standings)),
        _table("order_effects", ORDER_COLUMNS, map(_order_row, advice.order_effects)),
        _table("cut_line", LINE_COLUMNS, map(_line_row, standings)),
    )


def advice_record(advice: Advice) -> dict[str, object]:
    """Every figure under the name of its table, unrounded, with what stands in no table."""
    severe, line = advice.severities, advice.cut_line
    return {
        "advice_only": ONLY_ADVICE,
        "reliability": [_reliability_row(each) for each in advice.reliabilities],
        "severity": {"refused": severe.reasons}
        if isinstance(severe, Refusal)
        else {
            "ratings": severe.ratings,
            "applicants": severe.applicants,
            "variances": asdict(severe.shares),
            "assessors": [_severity_row(each) for each in severe.assessors],
            "ranks": [_rank_row(each) for each in advice.standings],
        },
        "order_effects": {
            "timetabled": advice.timetabled,
            "ratings_with_known_time": advice.moments,
            "ratings_of_whole_exercises": advice.views,
            "effects": [_order_row(each) for each in advice.order_effects],
        },
        "cut_line": {"refused": line.reasons}
        if isinstance(line, Refusal)
        else {
            "lowest_with_offer": line.lowest_with_offer,
            "highest_without": line.highest_without,
            "reliability_of_scores": line.reliability,
            "pairs_over_the_line": line.pairs,
            "pairs_as_good_as_level": line.pairs_alike,
            "offers_elsewhere": line.offers_elsewhere,
            "cannot_be_told_apart": [each.applicant for each in line.band],
            "exercises": [asdict(each) for each in line.exercises],
            "applicants": [_line_row(each) for each in line.standings],
        },
    }


def _reliability_row(each: Reliability) -> Row:
    found, two_way = each.one_way, each.two_way
    row: Row = {
        "exercise": each.exercise,
        "criterion": each.criterion,
        "applicants": each.applicants,
        "ratings": each.ratings,
        "raters_mean": found.raters_mean if found else None,
        "alpha_nominal": each.alpha_nominal,
        "alpha_ordinal": each.alpha_ordinal,
        "alpha_interval": each.alpha_interval,
        "why_not": each.why_not,
    }
    if found:
        row |= _correlation("icc_single", found.single) | _correlation("icc_mean", found.mean)
    if two_way:
        for name, found_agreement in (
            ("icc_agreement_single", two_way.agreement_single),
            ("icc_agreement_mean", two_way.agreement_mean),
        ):
            row[name] = found_agreement.value if found_agreement else None
        row |= _correlation("icc_consistency_single", two_way.consistency_single)
        row |= _correlation("icc_consistency_mean", two_way.consistency_mean)
    return row


def _correlation(name: str, found: Correlation | None) -> Row:
    if found is None:
        return {}
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


def _severity_row(each: AssessorSeverity) -> Row:
    reach = NORMAL_95 * each.standard_error
    return {
        "assessor": each.assessor,
        "ratings": each.ratings,
        "applicants": each.applicants,
        "severity": each.severity,
        "standard_error": each.standard_error,
        "low": each.severity - reach,
        "high": each.severity + reach,
        "told_apart": each.told_apart,
        "plain_difference": each.difference,
    }


def _rank_row(each: AdjustedStanding) -> Row:
    return {
        "rank": each.rank,
        "applicant": each.applicant,
        "overall": each.overall,
        "change": each.change,
        "standard_error": each.standard_error,
        "adjusted": each.adjusted,
        "rank_adjusted": each.rank_adjusted,
        "places_up": each.places,
        "told_apart": each.told_apart,
        "offer": each.offer,
        "offer_adjusted": each.offer_adjusted,
    }


def _order_row(each: OrderEffect) -> Row:
    row: Row = {"effect": each.effect.value, "what": EFFECT_WORDS[each.effect], "why_not": each.why_not}
    if each.slope:
        row |= {
            "ratings": each.slope.rows,
            "applicants": each.slope.clusters,
            "change": each.slope.value,
            "standard_error": each.slope.standard_error,
            "low": each.slope.low,
            "high": each.slope.high,
            "p_value": each.slope.p_value,
            "found_from": each.detectable,
        }
    return row


def _line_row(each: LineStanding) -> Row:
    return {
        "rank": each.rank,
        "applicant": each.applicant,
        "overall": each.overall,
        "standard_error": each.standard_error,
        "offer": each.offer,
        "chance_percent": 100 * each.chance,
        "told_apart": not each.in_band,
    }


def _table(name: str, columns: tuple[str, ...], rows: Iterable[Mapping[str, Cell]]) -> Table:
    """Numbers with four decimals; an empty cell where there is none."""
    return Table(
        name,
        (*columns, "advice_only"),
        tuple((*(_cell(row.get(column)) for column in columns), "yes") for row in rows),
    )


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.4f}" if isinstance(value, float) else str(value)
