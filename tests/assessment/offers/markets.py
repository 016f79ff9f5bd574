"""Small markets of offers, spelled out short, and acts at whole hours."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from assessment.allocation.deferred_acceptance import allocate_by_council_lists
from assessment.allocation.merit import allocate_by_merit
from assessment.offers.acts import Act, ChangePlaces, Extend, Pass, Release, Response, Undo
from assessment.offers.book import Market, OfferBook
from assessment.offers.ledger import Ledger, replay
from assessment.offers.moves import Move
from tests.assessment.builders import order, problem

# A Monday; offers released at 09:00 run until Wednesday at 09:00.
MONDAY = datetime.datetime(2015, 8, 3, 9)
PEOPLE = ("P1", "P2")


def market(
    choices: Mapping[str, str],
    places: Mapping[str, int],
    lists: Mapping[str, str] | None = None,
    offer_hours: int = 48,
    holidays: frozenset[datetime.date] = frozenset(),
) -> Market:
    """The applicants in order of merit with their choices ("SOM PLY"), the councils' places and lists."""
    asked = problem(order(*choices), choices, places, lists)
    allocate = allocate_by_merit if lists is None else allocate_by_council_lists
    return Market(asked, allocate(asked), offer_hours, holidays)


def at(hours: float) -> datetime.datetime:
    return MONDAY + datetime.timedelta(hours=hours)


def release(hours: float = 0, act: str = "E1") -> Release:
    return Release(act, at(hours), PEOPLE)


def says(applicant: str, move: Move, hours: float = 1) -> Response:
    return Response(f"{applicant} {move.value}", at(hours), applicant, move)


def gives_out(hours: float = 2, act: str = "E2") -> Pass:
    return Pass(act, at(hours), PEOPLE)


def changes(council: str, places: int, hours: float = 1, act: str = "E3") -> ChangePlaces:
    return ChangePlaces(act, at(hours), council, places)


def extends(applicant: str, until: float, hours: float = 1, act: str = "E4") -> Extend:
    return Extend(act, at(hours), applicant, at(until))


def undoes(act: str, hours: float = 3, name: str = "E5") -> Undo:
    return Undo(name, at(hours), act)


def played(asked: Market, *acts: Act, until: float = 4) -> Ledger:
    return replay(asked, acts, at(until))


def stands(book: OfferBook) -> dict[str, str]:
    """Everybody's state, and council where they hold a place."""
    return {
        line.applicant: f"{line.state.value} {line.council or ''}".strip() for line in book.lines.values()
    }
