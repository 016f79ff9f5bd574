"""The order of merit: who meets the standard, in what order, how sure that is; and one applicant's scores.

Nothing is decided here: decisions are in `decisions.py`, places in `allocation.py`. Advice has a page of its
own and never sorts.
"""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from api.exports.packs.outcomes import merit_sheet, tie_break_order
from api.presenters.data_table import TableQuery, data_table
from api.presenters.merit_applicant import applicant_scores
from api.presenters.merit_page import (
    MERIT_COLUMNS,
    cut_reference,
    is_in_order,
    line_seen,
    merit_answer,
    merit_rows,
    waiting_answer,
)
from api.routes.answers import base_of, on_to, show
from api.routes.downloads import table_file
from api.routes.results import (
    ResultsReader,
    known_applicant,
    results_here,
    rows_as_file,
    standing_of_results,
    ways,
)
from api.services.look_at_advice import SEED, SIMULATIONS, look_at_advice, look_at_line
from api.services.rank_applicants import ranking_tables
from assessment.allocation.result import Outcome

router = APIRouter(prefix="/campaigns/{campaign}/merit", include_in_schema=False)

MERIT = "Who meets the standard, in what order, and how sure is that?"
ROWS_MAX = 250


@router.get("")
def merit_page(caller: ResultsReader) -> Response:
    results, base = results_here(caller), base_of(caller)
    campaign, ranked = results.campaign, results.ranked
    if campaign is None or ranked is None:
        return show(caller, "merit/merit.html", MERIT, ranked=None, **standing_of_results(caller, results))
    query = TableQuery.read(caller.request.query_params)
    allocation = results.allocated.allocation if results.allocated else None
    line = line_seen(look_at_line(caller.work, caller.campaign, results))
    rows = merit_rows(campaign, ranked.order, allocation, line, base)
    if (wanted := caller.request.query_params.get("download")) in ("csv", "xlsx"):
        return rows_as_file(caller, "order_of_merit", MERIT_COLUMNS, rows, query, wanted)
    sheet = merit_sheet(campaign, ranked.order)
    offered = [each for each in allocation.lines if each.outcome is Outcome.OFFER] if allocation else []
    return show(
        caller,
        "merit/merit.html",
        MERIT,
        wide=True,
        ranked=ranked,
        answer=merit_answer(campaign, ranked.order),
        waiting=waiting_answer(ranked.order),
        line=line,
        sheet=sheet,
        cut=cut_reference(sheet),
        in_order=is_in_order(query),
        offers=len(offered),
        tie_break=tie_break_order(campaign),
        table=data_table(
            "The order of merit, best first; those without a rank at the end",
            MERIT_COLUMNS,
            rows,
            query,
            f"{base}/merit",
            nouns=("applicant", "applicants"),
            page_rows=ROWS_MAX,
            anchor="order",
        ),
        **standing_of_results(caller, results),
    )


@router.get("/advice")
def advice_page(caller: ResultsReader) -> Response:
    results = results_here(caller)
    seen = look_at_advice(caller.work, caller.campaign, results)
    pack = None
    if seen is not None:
        from api.exports.packs.advice_sheet import advice_sheet

        pack = advice_sheet(seen.advice, SIMULATIONS, SEED)
    return show(
        caller,
        "merit/advice.html",
        "How far can these ratings be relied on?",
        pack=pack,
        version=seen.version if seen else 0,
        **standing_of_results(caller, results),
    )


@router.get("/order_of_merit.csv")
def order_as_file(caller: ResultsReader) -> Response:
    return _table_file(caller, "order_of_merit")


@router.get("/scores.csv")
def scores_as_file(caller: ResultsReader) -> Response:
    return _table_file(caller, "scores")


@router.get("/{applicant}")
def applicant_page(caller: ResultsReader, applicant: str) -> Response:
    results = results_here(caller)
    known_applicant(results.campaign, applicant)
    assert results.campaign is not None
    scores = None
    if results.ranked is not None:
        allocation = results.allocated.allocation if results.allocated else None
        sheet, order = results.ranked.sheet, results.ranked.order
        scores = applicant_scores(results.campaign, sheet, order, allocation, applicant)
    return show(
        caller,
        "merit/applicant.html",
        f"Why does {applicant} stand where they do?",
        scores=scores,
        applicant=applicant,
        own=ways(caller, results, applicant),
        **standing_of_results(caller, results),
    )


def _table_file(caller: ResultsReader, name: str) -> Response:
    """The very file that `stepup rank` writes."""
    ranked = results_here(caller).ranked
    if ranked is None:
        return on_to(f"{base_of(caller)}/merit", "There is no order of merit yet.")
    tables = {table.name: table for table in ranking_tables(ranked)}
    return table_file(caller, tables[name], "csv")
