"""Make every paper of a campaign, as HTML and as PDF, and the pages that lead to them from `index.html`.

Everything is made in a folder of its own first and put in place at the end, so that a letter or timetable of
an earlier run never stays behind among the new ones. What the papers say is decided in `api.exports`,
what the pages say in `api.presenters`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.campaign import Campaign
from api.exports.documents import Document, Kind, documents_of, html_of, sheet_html_of
from api.exports.packs.outcomes import merit_sheet, tie_break_order
from api.exports.packs.wording import anchor_name, counted
from api.exports.pdf import Sheet, make_pdfs
from api.presenters.links import PAPERS_FOLDER, links_by_subject, shelves_of
from api.presenters.outcomes import allocation_view, merit_view
from api.presenters.overview import (
    attention,
    breach_lines,
    came_words,
    letter_remarks,
    outcome_answers,
    standard_words,
    timetable_answers,
)
from api.presenters.people import applicant_lines, outcomes_in_words, staff_lines
from api.presenters.sessions import calendar_of
from api.presenters.tiers import tier_lines
from api.templating import page_styles, render, static_text
from assessment.allocation.checks import AllocationChecks
from assessment.allocation.result import Allocation
from assessment.ranking import OrderOfMerit
from scheduler.checks import breaches_of
from scheduler.disruption import Repair
from scheduler.result import Result
from scheduler.rules import Breach
from scheduler.timetable import Timetable

MAKING = ".papers-being-made"
PAGES = (
    ("index.html", "Summary"),
    ("people.html", "Who is where when"),
    ("merit.html", "Order of merit"),
    ("allocation.html", "Allocation"),
    ("papers.html", "All papers"),
)


@dataclass(frozen=True, slots=True)
class Papers:
    """What was made: the first page, how many papers (each in two forms), and the timetable's breaches."""

    index: Path
    papers: int
    breaches: tuple[Breach, ...]


def make_papers(
    campaign: Campaign,
    timetable: Timetable,
    result: Result | None,
    order: OrderOfMerit | None,
    allocation: Allocation | None,
    checks: AllocationChecks | None,
    out: Path,
    watch: Callable[[int, int], None] | None = None,
    repairs: Sequence[Repair] = (),
    *,
    with_forms: bool = False,
) -> Papers:
    """Write `index.html`, the pages beside it and the folder `papers` into `out`.

    `watch` hears how many of how many PDFs are done. Papers of an earlier run in `out` are replaced.
    `repairs` are those of a repaired timetable, whose breaches are judged accordingly.
    `with_forms`: blank rating forms too.

    :raises api.exports.pdf.PangoMissing: before anything in `out` has changed.
    """
    documents = documents_of(campaign, timetable, order, allocation, with_forms=with_forms)
    breaches = tuple(breaches_of(campaign.problem, timetable, repairs=repairs))
    pages = {
        "index.html": _index(campaign, timetable, result, order, allocation, checks, documents, breaches),
        "people.html": _people(campaign, timetable, result, order, allocation, documents),
        "merit.html": _merit(campaign, order, allocation),
        "allocation.html": _allocation(campaign, order, allocation, checks, documents),
        "papers.html": _page(campaign, "papers.html", shelves=shelves_of(documents)),
    }
    out.mkdir(parents=True, exist_ok=True)
    making = out / MAKING
    shutil.rmtree(making, ignore_errors=True)
    try:
        _write_papers(campaign, documents, making, watch)
        _put_in_place(making, out / PAPERS_FOLDER)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    for name, text in pages.items():
        (out / name).write_text(text, encoding="utf-8")
    return Papers(out / "index.html", len(documents), breaches)


def _write_papers(
    campaign: Campaign,
    documents: tuple[Document, ...],
    folder: Path,
    watch: Callable[[int, int], None] | None,
) -> None:
    folder.mkdir()
    sheets: list[Sheet] = []
    for document in documents:
        path = folder / f"{document.stem}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html_of(document, campaign), encoding="utf-8")
        sheets.append(Sheet(sheet_html_of(document, campaign), path.with_suffix(".pdf")))
    make_pdfs(sheets, watch)


def _put_in_place(made: Path, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    made.rename(place)


def _index(
    campaign: Campaign,
    timetable: Timetable,
    result: Result | None,
    order: OrderOfMerit | None,
    allocation: Allocation | None,
    checks: AllocationChecks | None,
    documents: tuple[Document, ...],
    breaches: tuple[Breach, ...],
) -> str:
    return _page(
        campaign,
        "index.html",
        answers=timetable_answers(campaign, timetable, result, breaches),
        outcome_answers=outcome_answers(campaign, order, allocation, checks),
        breaches=breach_lines(breaches),
        attention=attention(order, allocation),
        without_letter=letter_remarks(campaign, order, allocation),
        unplaced=[line for line in applicant_lines(campaign, timetable, result, {}) if not line.stays],
        calendar=calendar_of(campaign, timetable, links_by_subject(documents)),
        tiers=tier_lines(campaign.problem, timetable, result),
        merit_words=_merit_words(campaign, order),
        anchors=_council_anchors(campaign),
        allocation=allocation_view(campaign, order, allocation, checks) if order and allocation else None,
        shelves=shelves_of(documents),
    )


def _people(
    campaign: Campaign,
    timetable: Timetable,
    result: Result | None,
    order: OrderOfMerit | None,
    allocation: Allocation | None,
    documents: tuple[Document, ...],
) -> str:
    links = links_by_subject(documents)
    outcomes = outcomes_in_words(campaign, order, allocation)
    return _page(
        campaign,
        "people.html",
        applicants=applicant_lines(campaign, timetable, result, links, outcomes),
        has_outcomes=bool(outcomes),
        staff=staff_lines(campaign, timetable, links),
        script=static_text("find.js"),
    )


def _merit(campaign: Campaign, order: OrderOfMerit | None, allocation: Allocation | None) -> str:
    return _page(
        campaign,
        "merit.html",
        sheet=merit_sheet(campaign, order) if order is not None else None,
        lines=merit_view(campaign, order, allocation) if order is not None else (),
        merit_words=_merit_words(campaign, order),
        tie_break=tie_break_order(campaign),
    )


def _merit_words(campaign: Campaign, order: OrderOfMerit | None) -> str:
    if order is None:
        return ""
    places = counted(sum(campaign.places.by_council.values()), "place")
    there_are = "There is" if places.startswith("1 ") else "There are"
    return f"{came_words(campaign, order)} {standard_words(campaign, order)} {there_are} {places}."


def _council_anchors(campaign: Campaign) -> dict[str, str]:
    """The place of each council on the allocation page."""
    return {council: f"council-{anchor_name(council)}" for council in campaign.places.by_council}


def _allocation(
    campaign: Campaign,
    order: OrderOfMerit | None,
    allocation: Allocation | None,
    checks: AllocationChecks | None,
    documents: tuple[Document, ...],
) -> str:
    return _page(
        campaign,
        "allocation.html",
        view=allocation_view(campaign, order, allocation, checks) if order and allocation else None,
        anchors=_council_anchors(campaign),
        sheets={document.subject: document.stem for document in documents if document.kind is Kind.COUNCIL},
    )


def _page(campaign: Campaign, name: str, **values: object) -> str:
    return render(
        f"pages/{name}",
        title=dict(PAGES)[name],
        campaign_name=campaign.settings["campaign_name"],
        lead_council=campaign.name_of("councils", campaign.places.lead_council),
        styles=page_styles(),
        pages=PAGES,
        here=name,
        **values,
    )
