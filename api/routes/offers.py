"""The offers: whether it is safe to release them, how they stand afterwards, people, reserves, log, files."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from api.presenters.data_table import TableQuery, data_table
from api.presenters.frame import PageError
from api.presenters.offer_log import LOG_COLUMNS, history_of, log_rows, recorded_acts
from api.presenters.offers_page import (
    PEOPLE_COLUMNS,
    RESERVE_COLUMNS,
    SHOWS,
    STATES,
    clock_words,
    council_stands,
    in_words,
    offer_answer,
    offer_figures,
    people_rows,
    reserve_rows,
)
from api.presenters.reconciliation import check_lines, safety_answer
from api.presenters.release_page import held_back_lines, pass_lines
from api.presenters.response_form import ResponseForm, response_choices
from api.routes.access import Caller, NotYours
from api.routes.answers import base_of, on_to
from api.routes.downloads import file
from api.routes.offer_standing import (
    OffersHere,
    known_applicant,
    may_decide,
    offers_here,
    offers_page,
)
from api.routes.results import ResultsReader
from api.services.follow_offers import Followed, offers_files
from api.services.look_at_offers import names_a_release
from api.services.offer_moments import ANSWER, EXTEND, proposed_moment, spell_moment
from api.services.reconcile_offers import reconcile_offers

router = APIRouter(prefix="/campaigns/{campaign}/offers", include_in_schema=False)

FILES = ("offers.csv", "offer_log.csv", "next_pass.csv")
SAFE, STAND = "Is it safe to tell people?", "How do the offers stand?"
NO_FILES = "There are no files of the offers while they cannot be followed."


@router.get("")
def offers(caller: ResultsReader) -> Response:
    here = offers_here(caller)
    if here.now.campaign is None or not names_a_release(here.now.campaign):
        return _before(caller, here)
    return _after(caller, here)


@router.get("/people/{applicant}")
def person(caller: ResultsReader, applicant: str) -> Response:
    return person_page(caller, applicant)


@router.get("/reserves")
def reserves(caller: ResultsReader) -> Response:
    here = offers_here(caller)
    found = here.now.followed
    rows = (
        reserve_rows(
            here.campaign, found.ranked.order, found.ledger.book, base_of(caller), may_decide(caller)
        )
        if found
        else []
    )
    table = data_table(
        "Without an offer, in order of merit",
        RESERVE_COLUMNS,
        rows,
        TableQuery.read(caller.request.query_params),
        f"{base_of(caller)}/offers/reserves",
        nouns=("applicant", "applicants"),
        kept=_kept(caller),
        downloads=(),
        anchor="reserves",
    )
    return offers_page(caller, "reserves.html", "Who is next?", here, number=len(rows), table=table)


@router.get("/log")
def log(caller: ResultsReader) -> Response:
    here = offers_here(caller)
    found, base = here.now.followed, base_of(caller)
    acts = recorded_acts(here.campaign, found.ledger) if found else ()
    table = data_table(
        "Everything that is recorded, the newest first",
        LOG_COLUMNS,
        log_rows(acts, base, may_decide(caller)),
        TableQuery.read(caller.request.query_params),
        f"{base}/offers/log",
        nouns=("act", "acts"),
        kept=_kept(caller),
        downloads=(),
        anchor="log",
    )
    number = sum(act.holds for act in acts)
    return offers_page(
        caller, "log.html", "What was done about the offers?", here, number=number, table=table
    )


@router.get("/files/{offers_file}")
def download(caller: ResultsReader, offers_file: str) -> Response:
    if offers_file not in FILES:
        raise NotYours
    here = offers_here(caller)
    if here.now.followed is None:
        return on_to(f"{base_of(caller)}/offers", NO_FILES)
    return file(caller, offers_files(here.campaign, here.now.followed)[offers_file], offers_file)


def person_page(
    caller: Caller,
    applicant: str,
    form: ResponseForm | None = None,
    errors: tuple[PageError, ...] = (),
    status: int = 200,
) -> Response:
    """One applicant: how their offer stands, what can be recorded, what became of them."""
    here = offers_here(caller)
    campaign, found = here.campaign, here.now.followed
    reference = known_applicant(campaign, applicant)
    line = found.ledger.book.lines.get(reference) if found else None
    usual = spell_moment(proposed_moment(campaign, caller.now, ANSWER))
    extends = spell_moment(proposed_moment(campaign, caller.now, EXTEND))
    return offers_page(
        caller,
        "person.html",
        f"What became of {reference}’s offer?",
        here,
        errors=errors,
        status=status,
        applicant=reference,
        name=campaign.name_of("applicants", reference) if may_decide(caller) else reference,
        line=line,
        state=STATES[line.state][0] if line else "",
        council=campaign.name_of("councils", line.council) if line and line.council else "",
        answer_by=clock_words(line.answer_by) if line and line.answer_by else "",
        left=in_words(line.answer_by, here.at) if line and line.answer_by and here.at else "",
        history=history_of(campaign, found.ledger.entries, reference) if found else (),
        choices=[campaign.name_of("councils", c) for c in campaign.choices.by_applicant.get(reference, ())],
        answers=response_choices(line) if line and found and found.ledger.book.released else (),
        form=form or ResponseForm(at=usual, until_at=extends),
        fields={error.url: error.text for error in errors},
    )


def _before(caller: Caller, here: OffersHere) -> Response:
    found = reconcile_offers(caller.work, caller.opened(), here.now)
    lines = check_lines(found, base_of(caller))
    return offers_page(
        caller,
        "before.html",
        SAFE,
        here,
        answer=safety_answer(lines, found),
        found=found,
        checks=lines,
        is_safe=not any(line.state == "stops" for line in lines),
    )


def _after(caller: Caller, here: OffersHere) -> Response:
    found, base = here.now.followed, base_of(caller)
    return offers_page(
        caller,
        "after.html",
        STAND,
        here,
        wide=True,
        stand=_stand(caller, here, found, base) if found else None,
    )


def _stand(caller: Caller, here: OffersHere, found: Followed, base: str) -> dict[str, object]:
    """What the page after a release says."""
    campaign, book, at = here.campaign, found.ledger.book, here.at or found.ledger.at
    show = caller.request.query_params.get("show", "")
    show = show if show in SHOWS else "offers"
    lines = [line for line in book.lines.values() if line.state in SHOWS[show][1]]
    rows = people_rows(campaign, found.ranked.order, lines, at, base, may_decide(caller))
    coming = found.coming
    return {
        "answer": offer_answer(book, at),
        "figures": offer_figures(book, f"{base}/offers"),
        "councils": council_stands(campaign, book),
        "show": show,
        "shows": [(key, words) for key, (words, _) in SHOWS.items()],
        "table": data_table(
            SHOWS[show][0],
            PEOPLE_COLUMNS,
            rows,
            TableQuery.read(caller.request.query_params),
            f"{base}/offers",
            nouns=("applicant", "applicants"),
            kept=[*_kept(caller), *([("show", show)] if show != "offers" else [])],
            downloads=(),
            anchor="people",
        ),
        "pass_lines": pass_lines(campaign, found.ranked.order, coming) if coming else (),
        "held": held_back_lines(campaign, coming) if coming else (),
        "why_not": found.why_not,
        "is_released_then": book.released,
    }


def _kept(caller: Caller) -> list[tuple[str, str]]:
    at = caller.request.query_params.get("at", "")
    return [("at", at)] if at else []
