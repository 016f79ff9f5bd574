"""The whole chain on one campaign: timetable, order of merit, allocation, papers, all in one folder.

What the ratings and choices rule out is found before the long part, so that faults leave nothing written.
The papers are `make_papers.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api.campaign import Campaign, Table
from api.errors import BadInput, Fault
from api.exports.tables import write_files
from api.exports.xlsx import workbook_bytes
from api.services.allocate_places import Allocated, allocate_places, allocation_as_table, allocation_files
from api.services.rank_applicants import Ranked, rank_applicants, ranking_tables
from api.services.schedule_campaign import (
    forget_repairs,
    make_ready,
    schedule_campaign,
    schedule_files,
    timetable_tables,
)
from scheduler.checks import breaches_of
from scheduler.params import Params
from scheduler.result import Result, Watcher
from scheduler.rules import Breach

RESULT_WORKBOOK = "result.xlsx"
INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Assessed:
    """What came of the ratings."""

    ranked: Ranked
    allocated: Allocated


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a run of the chain came to. `assessed` is None while there are no ratings."""

    result: Result
    breaches: tuple[Breach, ...]
    assessed: Assessed | None
    index: Path


def run_campaign(
    campaign: Campaign,
    params: Params,
    out: Path,
    watch: Watcher | None = None,
    watch_papers: Callable[[int, int], None] | None = None,
    *,
    with_forms: bool = False,
) -> Run:
    """Timetable, rank, allocate and print; write it all to `out`.

    `watch_papers` is told how many papers are made, of how many; `with_forms`: blank rating forms
    too. Raises `BadInput` where ratings cannot be ranked, places not allocated or papers not made on this
    computer, `OSError` where `out` cannot be written.
    """
    # The papers bring in libraries that no other use case needs.
    from api.services.make_papers import make_papers

    assessed = _assessed(campaign)
    _check_that_papers_can_be_made()
    make_ready(out)
    result = schedule_campaign(campaign, params, watch)
    breaches = tuple(breaches_of(campaign.problem, result.timetable))
    write_files(_files(campaign, result, assessed), out)
    forget_repairs(out)
    order = assessed.ranked.order if assessed else None
    allocation = assessed.allocated.allocation if assessed else None
    checks = assessed.allocated.checks if assessed else None
    make_papers(
        campaign,
        result.timetable,
        result,
        order,
        allocation,
        checks,
        out,
        watch_papers,
        with_forms=with_forms,
    )
    return Run(result, breaches, assessed, out / INDEX)


def _check_that_papers_can_be_made() -> None:
    """Making no paper at all shows whether the text library is there, before anybody waits for the rest."""
    from api.exports.pdf import PangoMissing, make_pdfs

    try:
        make_pdfs([])
    except PangoMissing as missing:
        raise BadInput(
            [Fault("papers", None, None, "no text library on this computer", f"one. {missing}")]
        ) from missing


def _assessed(campaign: Campaign) -> Assessed | None:
    if not campaign.ratings and not campaign.agreed:
        return None
    ranked = rank_applicants(campaign)
    return Assessed(ranked, allocate_places(campaign, ranked))


def _files(campaign: Campaign, result: Result, assessed: Assessed | None) -> dict[str, bytes]:
    files = schedule_files(campaign, result)
    tables: list[Table] = list(timetable_tables(result.timetable))
    if assessed is not None:
        files |= allocation_files(campaign, assessed.ranked, assessed.allocated)
        tables += [*ranking_tables(assessed.ranked), allocation_as_table(assessed.allocated)]
    return files | {RESULT_WORKBOOK: workbook_bytes(tables)}
