"""Compare the rule with what else could be done with the places, so that it is chosen with eyes open.

With ratings the real order of merit is compared; before there are any, orders drawn by lot. What is compared
is `assessment.allocation.compare`'s; the words are `api.exports.packs.comparison_sheet`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from api.campaign import Campaign, Table
from api.errors import BadInput, Fault
from api.exports.packs.comparison_sheet import Comparison, Figures, Spread, comparison_sheet, figures_of
from api.exports.tables import csv_text, write_files
from api.services.identify_campaign import campaign_sha256, versions
from api.services.plan_capacity import campaign_before_invitations
from api.services.rank_applicants import assessment_faults, rank_applicants
from api.services.schedule_campaign import json_bytes
from api.services.single_paper import paper_files
from assessment.allocation.compare import SENTENCES, Compared, compare, play
from assessment.allocation.problem import AllocationProblem, AllocationRule
from assessment.errors import CannotAssess
from assessment.figures import to_decimals
from assessment.ranking import OrderOfMerit
from assessment.ratings import Attendance

SIMULATIONS = 200
STAYS_AWAY = (Attendance.DECLINED, Attendance.WITHDREW, Attendance.DID_NOT_ATTEND)
NO_LISTS = (
    "There are no council lists, so the rule council_lists cannot be compared. Add the table council_lists "
    "to see it too."
)
FIGURE_COLUMNS = ("way", "chosen", "figure", "mean", "least", "most")
PASSED_OVER_COLUMNS = (
    "allocation",
    "applicant",
    "standing",
    "council",
    "choice",
    "holder",
    "holder_standing",
)
PASSED_OVER_DRAWN_COLUMNS = ("way", "council", "mean", "least", "most")


@dataclass(frozen=True)
class RulesCompared:
    """A comparison and the campaign it is of; `real` holds each allocation on the real order of merit."""

    campaign: Campaign
    problem: AllocationProblem
    comparison: Comparison
    real: tuple[Compared, ...]
    warnings: tuple[str, ...]


def compare_rules(
    path: Path, simulations: int | None, seed: int | None, appointable: Fraction | None
) -> RulesCompared:
    """Compare on the real order of merit where there are ratings, or on so many drawn by lot.

    `appointable` is the share of applicants taken as appointable in an order drawn by lot. Raises `BadInput`.
    """
    checked = campaign_before_invitations(path)
    return replace(compare_in(checked.campaign, simulations, seed, appointable), warnings=checked.warnings)


def compare_in(
    campaign: Campaign, simulations: int | None, seed: int | None, appointable: Fraction | None
) -> RulesCompared:
    """The same for a campaign that has been read. Writes nothing. Raises `BadInput`."""
    refuse_without_choices(campaign)
    drawn = simulations is not None or not (campaign.ratings or campaign.agreed)
    if not drawn and (seed is not None or appointable is not None):
        found = "--seed or --appointable, and ratings that settle the order of merit"
        wanted = "--simulations beside it, to draw orders all the same"
        raise BadInput([Fault("compare", None, None, found, wanted)])
    order = OrderOfMerit(()) if drawn else rank_applicants(campaign).order
    problem = AllocationProblem(order, campaign.choices, campaign.places, campaign.council_lists or None)
    chosen = AllocationRule(campaign.settings["allocation_rule"])
    rule = chosen if campaign.council_lists else AllocationRule.MERIT
    applicants = those_who_may_come(campaign)
    share, count = appointable or Fraction(1), simulations or SIMULATIONS
    try:
        plays = (
            tuple(play(problem, rule, applicants, share, count, seed or 0))
            if drawn
            else (compare(problem, rule),)
        )
    except CannotAssess as stopped:
        raise BadInput(assessment_faults(stopped)) from stopped
    comparison = Comparison(
        chosen=chosen,
        rule=rule,
        drawn=drawn,
        orders=len(plays),
        seed=seed or 0,
        appointable=share,
        applicants=len(applicants),
        places=sum(campaign.places.by_council.values()),
        figures=figures_of(plays, campaign.places.by_council),
        remarks=() if campaign.council_lists else (NO_LISTS,),
    )
    return RulesCompared(campaign, problem, comparison, () if drawn else plays[0], ())


def refuse_without_choices(campaign: Campaign) -> None:
    """Raises `BadInput` where nobody has listed a council."""
    if any(campaign.choices.by_applicant.values()):
        return
    found = "no applicant with a choice" if campaign.choices.by_applicant else "no applicants"
    wanted = (
        "applicants with choices: put in last time's applicants, or try a made-up campaign (stepup sample "
        "south-west-2015 --out FOLDER)"
    )
    raise BadInput([Fault("applicants", None, "choice_1", found, wanted)])


def those_who_may_come(campaign: Campaign) -> list[str]:
    """The applicants of whom it is not known that they stay away."""
    attendance = campaign.attendance or {}
    everybody = [applicant.reference for applicant in campaign.problem.applicants]
    return [each for each in everybody if attendance.get(each) not in STAYS_AWAY]


def write_comparison(done: RulesCompared, out: Path) -> None:
    """Write `comparison.csv`, `passed_over.csv`, `comparison.json` and the sheet. Raises `OSError`."""
    sheet = comparison_sheet(done.campaign, done.comparison)
    tables = (figures_table(done.comparison), passed_over_table(done))
    files = {f"{table.name}.csv": csv_text(table).encode() for table in tables}
    files["comparison.json"] = json_bytes(comparison_record(done))
    title = "What each way of giving out places would do"
    write_files(files | paper_files("comparison", title, sheet, done.campaign), out)


def figures_table(comparison: Comparison) -> Table:
    """Every figure of every allocation."""
    rows = [
        (
            each.way,
            "yes" if each.way == comparison.chosen else "no",
            figure,
            to_decimals(spread.mean),
            str(spread.least),
            str(spread.most),
        )
        for each in comparison.figures
        for figure, spread in spreads_of(each).items()
    ]
    return Table("comparison", FIGURE_COLUMNS, tuple(rows))


def spreads_of(figures: Figures) -> dict[str, Spread]:
    """The figures of one allocation by name."""
    return {
        "places_filled": figures.filled,
        **{f"choice_{n}": spread for n, spread in enumerate(figures.choices_given, start=1)},
        "worst_choice": figures.worst_choice,
        "unplaced": figures.unplaced,
        "passed_over": figures.passed_over,
    }


def passed_over_table(done: RulesCompared) -> Table:
    """Who would be passed over; of orders drawn by lot only how many at each council: they are nobody's."""
    if done.comparison.drawn:
        counts = [
            (each.way, council, to_decimals(spread.mean), str(spread.least), str(spread.most))
            for each in done.comparison.figures
            for council, spread in each.passed_over_at.items()
        ]
        return Table("passed_over", PASSED_OVER_DRAWN_COLUMNS, tuple(counts))
    rows = []
    for compared in done.real:
        for each in compared.passed_over:
            standing = done.problem.standing_at(each.council, done.comparison.rule)
            holder = each.holder or ""
            rows.append(
                (
                    compared.way,
                    each.applicant,
                    str(standing[each.applicant]),
                    each.council,
                    str(each.choice),
                    holder,
                    str(standing.get(holder, "")),
                )
            )
    return Table("passed_over", PASSED_OVER_COLUMNS, tuple(rows))


def comparison_record(done: RulesCompared) -> dict[str, object]:
    """What was compared, on which orders, and every figure."""
    comparison = done.comparison
    return {
        "chosen": comparison.chosen,
        "rule": comparison.rule,
        "orders_of_merit": "drawn by lot" if comparison.drawn else "the campaign's own",
        "simulations": comparison.orders if comparison.drawn else None,
        "seed": comparison.seed if comparison.drawn else None,
        "appointable_percent": float(comparison.appointable * 100) if comparison.drawn else None,
        "places": comparison.places,
        "aims": {str(aim): sentence for aim, sentence in SENTENCES.items()},
        "ways": [
            {
                "way": each.way,
                "orders_with_somebody_passed_over": each.orders_with_passed_over,
                **{
                    figure: {"mean": float(spread.mean), "least": spread.least, "most": spread.most}
                    for figure, spread in spreads_of(each).items()
                },
            }
            for each in comparison.figures
        ],
        "remarks": list(comparison.remarks),
        "input_sha256": campaign_sha256(done.campaign),
        "versions": versions(),
    }
