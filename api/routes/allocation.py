"""The allocation: who goes where; what other rules would do; the offers rehearsed. All of it only looks.

The comparison and the rehearsal are worked out when their page is asked for. A rehearsal of 300 plays of the
largest case of the past takes a third of a second; so many plays are asked for at most that a page is there
within about a second, and whoever wants more runs `stepup rehearse`.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.exports.packs.comparison_sheet import NAMES, RULE_WORDS, comparison_sheet
from api.exports.packs.rehearsal_sheet import rehearsal_sheet
from api.presenters.allocation_page import OUTCOME_COLUMNS, allocation_page, outcome_rows
from api.presenters.data_table import TableQuery, data_table
from api.routes.answers import base_of, on_to, page_errors, show
from api.routes.downloads import table_file
from api.routes.results import ResultsReader, results_here, rows_as_file, standing_of_results
from api.services.allocate_places import allocation_as_table
from api.services.ask_rehearsal import USUAL, look_at_rehearsal, plays_most, rehearsal_asked
from api.services.compare_rules import compare_in
from assessment.allocation.problem import AllocationRule

router = APIRouter(prefix="/campaigns/{campaign}/allocation", include_in_schema=False)

WHERE = "Who goes where?"
COMPARE = "What would other ways of giving out the places do?"
REHEARSE = "How full will each council be once everybody has answered?"


@router.get("")
def allocation_page_(caller: ResultsReader) -> Response:
    results, base = results_here(caller), base_of(caller)
    campaign, ranked, allocated = results.campaign, results.ranked, results.allocated
    shown = standing_of_results(caller, results)
    if campaign is None or ranked is None or allocated is None:
        return show(caller, "allocation/allocation.html", WHERE, page=None, **shown)
    query = TableQuery.read(caller.request.query_params)
    rows = outcome_rows(campaign, ranked.order, allocated.allocation, base)
    if (wanted := caller.request.query_params.get("download")) in ("csv", "xlsx"):
        return rows_as_file(caller, "outcomes", OUTCOME_COLUMNS, rows, query, wanted)
    rule = campaign.settings["allocation_rule"]
    return show(
        caller,
        "allocation/allocation.html",
        WHERE,
        wide=True,
        page=allocation_page(campaign, ranked.order, allocated.allocation, allocated.checks, base),
        rule=NAMES[rule],
        rule_words=RULE_WORDS[rule],
        by_lists=rule == AllocationRule.COUNCIL_LISTS,
        has_lists=bool(campaign.council_lists),
        warnings=allocated.allocation.warnings,
        table=data_table(
            "Everybody who came, in order of merit",
            OUTCOME_COLUMNS,
            rows,
            query,
            f"{base}/allocation",
            nouns=("applicant", "applicants"),
            anchor="outcomes",
        ),
        **shown,
    )


@router.get("/allocation.csv")
def allocation_as_file(caller: ResultsReader) -> Response:
    """The very file that `stepup allocate` writes."""
    allocated = results_here(caller).allocated
    if allocated is None:
        return on_to(f"{base_of(caller)}/allocation", "There is no allocation yet.")
    return table_file(caller, allocation_as_table(allocated), "csv")


@router.get("/compare")
def compare_page(caller: ResultsReader) -> Response:
    results = results_here(caller)
    pack = None
    why_not: tuple[str, ...] = ()
    if results.campaign is not None and results.ranked is not None:
        try:
            done = compare_in(results.campaign, None, None, None)
            pack = comparison_sheet(done.campaign, done.comparison)
        except BadInput as bad:
            why_not = tuple(fault.found for fault in bad.faults)
    shown = standing_of_results(caller, results)
    return show(caller, "allocation/compare.html", COMPARE, wide=True, pack=pack, why_not=why_not, **shown)


@router.get("/rehearsal")
def rehearsal_page(caller: ResultsReader) -> Response:
    results = results_here(caller)
    given = caller.request.query_params
    typed = {name: given.get(name, usual) for name, usual in USUAL.items()}
    values: dict[str, Any] = {"pack": None, "why_not": (), "errors": (), "status": 200}
    most = plays_most(results)
    if results.allocated is not None and results.campaign is not None:
        try:
            asked = rehearsal_asked(typed, most)
        except BadInput as bad:
            values |= {"errors": page_errors(bad.faults), "status": 422}
        else:
            try:
                done = look_at_rehearsal(caller.work, caller.campaign, results, asked)
                values["pack"] = rehearsal_sheet(results.campaign, done.rehearsal, done.answering, done.seed)
            except BadInput as bad:
                values["why_not"] = tuple(fault.found for fault in bad.faults)
    fields = {error.url: error.text for error in values["errors"]}
    shown = standing_of_results(caller, results)
    return show(
        caller,
        "allocation/rehearsal.html",
        REHEARSE,
        typed=typed,
        most=most,
        fields=fields,
        **values,
        **shown,
    )
