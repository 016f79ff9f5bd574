"""The completeness board, live; who owes what; written work and its raters. Never a value.

The wash-up of what is locked is in `washup.py`; the sheets themselves are the raters' own, below `/rate`.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from api.permissions import Permission, may
from api.presenters.board_cells import Board
from api.presenters.completeness_board import (
    FILLING_WORDS,
    SHOWN,
    board_answer,
    board_file,
    board_table,
    cell_answer,
    cells_found,
    cells_shown,
    legend,
    rater_lines,
    session_choices,
    sums_of,
)
from api.presenters.makers import maker_name
from api.presenters.ratings_owed import (
    owed_answer,
    owed_file,
    owing_raters,
    script_cells,
    scripts_answer,
    scripts_table,
    wording,
)
from api.presenters.told import emails_of
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, on_to, part, show
from api.routes.downloads import table_file
from api.routes.drafts import address, asked, query_of, zone_of
from api.services.ask_for_ratings import last_asked, note_asked
from api.services.follow_ratings import follow_ratings
from api.services.rating_sheets import criteria_of
from api.templating import moment

router = APIRouter(prefix="/campaigns/{campaign}/ratings", include_in_schema=False)

Reader = Annotated[Caller, needs(Permission.READ_RATINGS)]
Asker = Annotated[Caller, needs(Permission.RUN_DAY)]
ASKED_OF_BOARD = ("session", "show", "search", "sort", "order", "page")
TITLE = "What is rated, and what is still missing?"


@router.get("")
def board_page(caller: Reader) -> Response:
    board = follow_ratings(caller.work, caller.campaign)
    if board is None:
        return show(caller, "ratings/faulty.html", TITLE)
    if wanted := asked(caller, "download"):
        cells = cells_shown(board, *_filter(caller, board))
        return table_file(caller, board_file(board, cells_found(board, cells, query_of(caller))), wanted)
    return show(
        caller,
        "ratings/board.html",
        TITLE,
        wide=True,
        live_url=_live_url(caller),
        sessions=session_choices(board),
        session=_session(caller, board),
        search=query_of(caller).search,
        shown=SHOWN,
        may_copy=_may_copy(caller),
        **_board_values(caller, board),
    )


@router.get("/board")
def board_part(caller: Reader) -> Response:
    """The part of the page that keeps itself up to date."""
    board = follow_ratings(caller.work, caller.campaign)
    if board is None:
        return part("ratings/faulty_part.html", base=base_of(caller))
    return part("ratings/board_part.html", base=base_of(caller), **_board_values(caller, board))


@router.get("/of/{applicant}/{exercise}")
def cell_page(caller: Reader, applicant: str, exercise: str) -> Response:
    board = _board(caller)
    cell = board.cell(applicant, exercise)
    if cell is None:
        raise NotYours
    campaign = board.campaign
    criteria = criteria_of(campaign.framework, exercise)
    return show(
        caller,
        "ratings/cell.html",
        f"Who has rated {applicant} in {campaign.name_of('exercises', exercise)}?",
        answer=cell_answer(campaign, cell),
        state=FILLING_WORDS[cell.state],
        cell=cell,
        raters=rater_lines(campaign, cell, len(criteria)),
        criteria=[campaign.name_of("criteria", criterion) for criterion in criteria],
    )


@router.get("/owed")
def owed_page(caller: Reader) -> Response:
    board = _board(caller)
    session = _session(caller, board)
    raters = owing_raters(board, emails_of(board.campaign), _asked_words(caller), session)
    url = _rate_url(caller)
    if wanted := asked(caller, "download"):
        return table_file(caller, owed_file(board.campaign, raters, url), wanted)
    search = query_of(caller).search
    found = [r for r in raters if search.casefold() in f"{r.rater} {r.name}".casefold()]
    return show(
        caller,
        "ratings/owed.html",
        "Who still owes ratings?",
        answer=owed_answer(raters),
        raters=[(one, wording(board.campaign, one, url)) for one in found],
        total=len(raters),
        search=search,
        sessions=session_choices(board),
        session=session,
        names=board.campaign.name_of,
        may_ask=may(caller.standing, Permission.RUN_DAY),
        may_copy=_may_copy(caller),
    )


@router.post("/owed")
def note_nudged(caller: Asker, form: Form) -> Response:
    """`person` of the list, any number of them, or everybody of it (`all`)."""
    record = caller.hold()
    board = _board(caller)
    owes = {one.rater: one.ratings for one in owing_raters(board, {}, {})}
    chosen = [str(person) for person in form.getlist("person")]
    people = list(owes) if field(form, "all") == "yes" else chosen
    number = note_asked(caller.work, record, owes, people, caller.doing)
    said = f"{number} {'rater is' if number == 1 else 'raters are'} noted as asked."
    return on_to(address(caller, "/ratings/owed"), said if number else "Nobody was chosen who owes a rating.")


@router.get("/scripts")
def scripts_page(caller: Reader) -> Response:
    board = _board(caller)
    cells = script_cells(board)
    only = asked(caller, "show") != "all"
    shown = [cell for cell in cells if cell.wanted] if only else cells
    kept = () if only else (("show", "all"),)
    table = scripts_table(board, shown, query_of(caller), base_of(caller), kept)
    if asked(caller, "download"):
        return table_file(caller, board_file(board, shown), "csv")
    return show(
        caller,
        "ratings/scripts.html",
        "Does all written work have its raters?",
        answer=scripts_answer(cells),
        table=table,
        only=only,
        wanting=sum(1 for cell in cells if cell.wanted),
        total=len(cells),
        may_copy=_may_copy(caller),
    )


def _may_copy(caller: Caller) -> bool:
    return may(caller.standing, Permission.COPY_RATINGS)


def _board(caller: Caller) -> Board:
    board = follow_ratings(caller.work, caller.campaign)
    if board is None:
        raise NotYours
    return board


def _session(caller: Caller, board: Board) -> str:
    session = asked(caller, "session")
    return session if session in board.session_of.values() else ""


def _live_url(caller: Caller) -> str:
    """Where the board is asked for again, with what was asked of this page."""
    given = [(n, v) for n, v in caller.request.query_params.multi_items() if n in ASKED_OF_BOARD and v]
    return f"{base_of(caller)}/ratings/board" + (f"?{urlencode(given)}" if given else "")


def _filter(caller: Caller, board: Board) -> tuple[str, str]:
    show_only = asked(caller, "show")
    return _session(caller, board), show_only if show_only in SHOWN else ""


def _board_values(caller: Caller, board: Board) -> dict[str, Any]:
    session, show_only = _filter(caller, board)
    sums = sums_of(cells_shown(board, session, ""))
    kept = [(name, value) for name, value in (("session", session), ("show", show_only)) if value]
    cells = cells_shown(board, session, show_only)
    return {
        "answer": board_answer(sums),
        "legend": legend(sums),
        "table": board_table(board, cells, query_of(caller), base_of(caller), kept),
        "version": board.version,
        "show_only": show_only,
    }


def _asked_words(caller: Caller) -> dict[str, str]:
    found = last_asked(caller.work, caller.campaign)
    names = caller.work.accounts.names_of({by for _, by in found.values()})
    zone = zone_of(caller)
    return {who: f"{moment(at, zone)}, by {maker_name(by, names)}" for who, (at, by) in found.items()}


def _rate_url(caller: Caller) -> str:
    return f"{caller.settings.base_url.rstrip('/')}{base_of(caller)}/rate"
