"""What assessing writes: tables with the columns of the campaign format, and the record of the checks.

Rows are text; writing them to a file is the outside's business.
"""

from __future__ import annotations

from assessment.allocation.checks import AllocationChecks
from assessment.allocation.result import Allocation
from assessment.figures import exact, to_decimals
from assessment.ranking import OrderOfMerit
from assessment.scoring import ScoreSheet

TableText = tuple[tuple[str, ...], list[tuple[str, ...]]]

SCORES_COLUMNS = ("applicant", "exercise", "criterion", "ratings", "final", "agreed")
ORDER_OF_MERIT_COLUMNS = ("rank", "applicant", "overall", "percent", "appointable", "why", "tie_break")
ALLOCATION_COLUMNS = ("applicant", "outcome", "council", "choice", "reserve_position", "why")


def scores_table(sheet: ScoreSheet) -> TableText:
    """`scores.csv`: every cell of everybody with any rating; `final` is empty while a cell is incomplete."""
    return SCORES_COLUMNS, [
        (
            cell.applicant,
            cell.exercise,
            cell.criterion,
            ";".join(exact(rating) for rating in cell.ratings),
            "" if cell.final is None else to_decimals(cell.final),
            "yes" if cell.agreed else "",
        )
        for applicant, cells in sheet.cells_by_applicant.items()
        if sheet.is_rated(applicant)
        for cell in cells
    ]


def order_of_merit_table(order: OrderOfMerit) -> TableText:
    """`order_of_merit.csv`: by reference only."""
    return ORDER_OF_MERIT_COLUMNS, [
        (
            "" if line.rank is None else str(line.rank),
            line.applicant,
            "" if line.overall is None else to_decimals(line.overall),
            "" if line.percent is None else to_decimals(line.percent),
            line.appointable.value,
            line.why,
            line.tie_break,
        )
        for line in order.lines
    ]


def allocation_table(allocation: Allocation) -> TableText:
    """`allocation.csv`: in order of merit."""
    return ALLOCATION_COLUMNS, [
        (
            line.applicant,
            line.outcome.value,
            line.council or "",
            "" if line.choice is None else str(line.choice),
            "" if line.reserve_position is None else str(line.reserve_position),
            line.why,
        )
        for line in allocation.lines
    ]


def allocation_checks_record(checks: AllocationChecks) -> dict[str, object]:
    """`allocation_checks.json`: the rule, whether all checks are kept, and each check by its key."""
    record: dict[str, object] = {"rule": checks.rule, "all_kept": checks.all_kept}
    for check in checks.checks:
        record[check.key] = {
            "sentence": check.sentence,
            "kept": check.kept,
            "pairs": [
                {"applicant": pair.applicant, "council": pair.council, "why": pair.why}
                for pair in check.pairs
            ],
        }
    return record
