"""The offers rehearsed before they are released: made-up answers, real passes, many times over.

Who declines is drawn; who then gets the place is decided by the very code that decides it in earnest
(`passes.py`). What comes out is a forecast for planning and never a promise to anybody. The chances of an
answer are assumptions of whoever rehearses.
"""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessment.offers.book import Market, OfferBook, first_book, first_offers, moved, offered, upgraded
from assessment.offers.moves import Move, OfferState
from assessment.offers.passes import next_pass

# When an answer is due does not matter here; the book wants a moment.
DUE = datetime.datetime.max


@dataclass(frozen=True, slots=True)
class Answering:
    """How applicants are assumed to answer; each is a chance from 0 to 1.

    `decline`: an offer is declined or not answered. `upgrade`: somebody who accepts a choice that is not
    their first asks for an upgrade. `withdraw`: somebody who has accepted gives the place up later.
    """

    decline: float
    upgrade: float
    withdraw: float


@dataclass(frozen=True, slots=True)
class CouncilRehearsed:
    """What became of one council's places over all plays.

    `filled` is the mean number filled at the end; `low` and `high` hold nine plays of ten between them.
    `short` is the share of plays that leave a place empty; `short_by_domino` of those that do so after
    somebody had left the council for a higher choice. `left_upwards` is the mean number who leave so.
    `last_rank` is the lowest rank that the council went down to, in the plays' median; None where it had
    nobody.
    """

    council: str
    places: int
    offers: int
    filled: float
    low: int
    high: int
    short: float
    short_by_domino: float
    left_upwards: float
    last_rank: int | None


@dataclass(frozen=True, slots=True)
class ApplicantRehearsed:
    """In what share of plays somebody is offered any place, and in what share their first choice."""

    applicant: str
    rank: int
    any_offer: float
    first_choice: float


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All councils in the order of their table, all ranked applicants in order of merit.

    `filled` is the mean over all councils; `passes` the mean number of passes until nothing moved any more.
    """

    plays: int
    councils: tuple[CouncilRehearsed, ...]
    applicants: tuple[ApplicantRehearsed, ...]
    filled: float
    passes: float


@dataclass(slots=True)
class _Play:
    """One play as it goes: the book, who was ever offered what, and who went up from where."""

    book: OfferBook
    best_choice: dict[str, int]
    lowest_rank: dict[str, int]
    left_upwards: Counter[str]
    withdrawing: set[str]
    passes: int = 0


def rehearse(market: Market, answering: Answering, plays: int, seed: int) -> Rehearsal:
    """Play the offers `plays` times (at least 1). The same seed gives the same rehearsal.

    :raises PanelDecisionNeeded: applicants who share a rank come to want the same last place.
    """
    rng = random.Random(seed)
    done = [play(market, answering, rng) for _ in range(plays)]
    first = Counter(council for council, _ in first_offers(market.allocation).values())
    ranks = market.problem.rank_by_applicant
    return Rehearsal(
        plays=plays,
        councils=tuple(
            _council(council, places, first[council], done)
            for council, places in market.problem.places.by_council.items()
        ),
        applicants=tuple(_applicant(applicant, rank, done) for applicant, rank in ranks.items()),
        filled=sum(each.book.held_by_council.total() for each in done) / plays,
        passes=sum(each.passes for each in done) / plays,
    )


def play(market: Market, answering: Answering, rng: random.Random) -> _Play:
    """One play from the release until nobody has anything left to answer and no place can be given."""
    begun = _Play(first_book(market), {}, {}, Counter(), set())
    offers = first_offers(market.allocation)
    _offer(market, begun, {a: council for a, (council, _) in offers.items()})
    begun.book = replace(begun.book, released=True)
    while True:
        _answer(begun, answering, rng)
        coming = next_pass(market, begun.book)
        if not coming.upgrades and not coming.offers and not begun.withdrawing:
            return begun
        begun.passes += 1
        for each in coming.upgrades:
            line = upgraded(begun.book.lines[each.applicant], each.council, each.choice)
            begun.book = begun.book.with_lines(line)
            begun.left_upwards[each.left] += 1
            _reached(market, begun, each.applicant, each.council)
        _offer(market, begun, {each.applicant: each.council for each in coming.offers})


def _offer(market: Market, begun: _Play, council_by_applicant: Mapping[str, str]) -> None:
    lines = begun.book.lines
    begun.book = begun.book.with_lines(
        *(
            offered(lines[a], council, market.choice_of(a, council), DUE)
            for a, council in council_by_applicant.items()
        )
    )
    for applicant, council in council_by_applicant.items():
        _reached(market, begun, applicant, council)


def _reached(market: Market, begun: _Play, applicant: str, council: str) -> None:
    choice, rank = market.choice_of(applicant, council), market.problem.rank_by_applicant[applicant]
    begun.best_choice[applicant] = min(choice, begun.best_choice.get(applicant, choice))
    begun.lowest_rank[council] = max(rank, begun.lowest_rank.get(council, rank))


def _answer(begun: _Play, answering: Answering, rng: random.Random) -> None:
    """Everybody with an offer answers; those withdraw who accepted last time and have thought again."""
    changed = [moved(begun.book.lines[each], Move.WITHDRAW) for each in sorted(begun.withdrawing)]
    begun.withdrawing = set()
    for line in begun.book.lines.values():
        if line.state is OfferState.OFFERED:
            answered = moved(line, _drawn(line.choice or 1, answering, rng))
            changed.append(answered)
            if answered.state.holds_a_place and rng.random() < answering.withdraw:
                begun.withdrawing.add(line.applicant)
    begun.book = begun.book.with_lines(*changed)


def _drawn(choice: int, answering: Answering, rng: random.Random) -> Move:
    if rng.random() < answering.decline:
        return Move.DECLINE
    return Move.ACCEPT_AND_UPGRADE if choice > 1 and rng.random() < answering.upgrade else Move.ACCEPT


def _council(council: str, places: int, offers: int, done: list[_Play]) -> CouncilRehearsed:
    filled = sorted(each.book.held_by_council[council] for each in done)
    ranks = sorted(each.lowest_rank[council] for each in done if council in each.lowest_rank)
    short = [each for each in done if each.book.held_by_council[council] < places]
    return CouncilRehearsed(
        council=council,
        places=places,
        offers=offers,
        filled=sum(filled) / len(done),
        low=filled[int(0.05 * (len(done) - 1))],
        high=filled[round(0.95 * (len(done) - 1))],
        short=len(short) / len(done),
        short_by_domino=sum(each.left_upwards[council] > 0 for each in short) / len(done),
        left_upwards=sum(each.left_upwards[council] for each in done) / len(done),
        last_rank=ranks[len(ranks) // 2] if ranks else None,
    )


def _applicant(applicant: str, rank: int, done: list[_Play]) -> ApplicantRehearsed:
    return ApplicantRehearsed(
        applicant=applicant,
        rank=rank,
        any_offer=sum(applicant in each.best_choice for each in done) / len(done),
        first_choice=sum(each.best_choice.get(applicant) == 1 for each in done) / len(done),
    )
