"""What the routes of the results share: who reads, who decides, how the results stand, what is in the way."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi.responses import Response

from api.campaign import Campaign, Table
from api.permissions import Permission, may
from api.presenters.data_table import Cell, Column, TableQuery, rows_to_download
from api.presenters.in_the_way import WayLine, way_line
from api.routes.access import Caller, NotYours, needs
from api.routes.answers import base_of
from api.routes.downloads import table_file
from api.services.look_at_results import Hindrance, InTheWay, Results, look_at_results

ResultsReader = Annotated[Caller, needs(Permission.READ_RESULTS)]
Decider = Annotated[Caller, needs(Permission.DECIDE_RESULTS)]


def results_here(caller: Caller) -> Results:
    return look_at_results(caller.work, caller.campaign, caller.opened())


def standing_of_results(caller: Caller, results: Results) -> dict[str, Any]:
    """What every page of the results shows: what is in the way, whether it is released, who may decide."""
    return {
        "in_the_way": ways(caller, results),
        "released": results.is_released,
        "fingerprint": results.offers_sha256,
        "may_decide": may(caller.standing, Permission.DECIDE_RESULTS),
        "change": results.change,
    }


def ways(caller: Caller, results: Results, applicant: str = "") -> tuple[WayLine, ...]:
    """What is in the way, in all or of one applicant. Those of whom ratings are missing come together."""
    base, campaign = base_of(caller), results.campaign
    may_decide = may(caller.standing, Permission.DECIDE_RESULTS)

    def line(each: InTheWay) -> WayLine:
        return way_line(campaign, each.what, each.concerned, each.found, base, may_decide)

    if applicant:
        return tuple(line(each) for each in results.in_the_way if applicant in each.concerned)
    missing = [each.concerned[0] for each in results.of(Hindrance.UNRANKABLE)]
    others = [each for each in results.in_the_way if each.what is not Hindrance.UNRANKABLE]
    together = [InTheWay(Hindrance.UNRANKABLE, tuple(missing))] if missing else []
    return tuple(sorted(map(line, [*together, *others]), key=lambda line: not line.stops))


def known_applicant(campaign: Campaign | None, applicant: str) -> str:
    """Raises `NotYours` where the campaign has nobody of this reference."""
    if campaign is None or applicant not in campaign.problem.applicant_by_reference:
        raise NotYours
    return applicant


def rows_as_file(
    caller: Caller,
    name: str,
    columns: tuple[Column, ...],
    rows: list[tuple[Cell, ...]],
    query: TableQuery,
    kind: str,
) -> Response:
    """The rows that were found, as they are shown; names, which are small there, in a column of their own."""
    found = rows_to_download(columns, rows, query)
    heads = [part for c in columns for part in ((c.key, "name") if c.key == "applicant" else (c.key,))]
    cells = tuple(tuple(_cells_of(columns, row)) for row in found)
    table = Table(name, tuple(heads), cells)
    return table_file(caller, table, kind)


def _cells_of(columns: tuple[Column, ...], row: tuple[Cell, ...]) -> list[str]:
    found = []
    for column, cell in zip(columns, row, strict=True):
        found.append(cell.text if cell.text != "–" else "")
        if column.key == "applicant":
            found.append(cell.note or "")
    return found
