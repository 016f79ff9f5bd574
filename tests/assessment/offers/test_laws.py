"""Laws of the offers, asked of thousands of random histories: answers, expiries, places, passes, undoing.

No place is given twice; nobody goes to a lower choice, nor to a council that is not theirs to be offered;
what is undone leaves the book as it was, byte for byte; and the acts alone give the same book again.
"""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from assessment.allocation.result import Outcome
from assessment.offers.acts import Act, ChangePlaces, Extend, Pass, Release, Response, Undo
from assessment.offers.book import Market, OfferBook, OfferLine, first_book
from assessment.offers.ledger import Ledger, advanced, after, replay
from assessment.offers.moves import ANSWERS, PERMITTED, Move, OfferState
from assessment.offers.written import book_record
from tests.assessment.offers.markets import MONDAY, market

COUNCILS = ("SOM", "PLY", "CON")
BANK_HOLIDAY = frozenset({datetime.date(2015, 8, 5)})
SEQUENCES = 10_000
# An act adds its own entry and those of the offers that expired before it: one for each applicant at most.
LOOKED_BACK = 9


def written(book: OfferBook) -> bytes:
    return json.dumps(book_record(book)).encode()


class Offers(RuleBasedStateMachine):
    """One campaign's offers from the release to whatever end the draw takes them to."""

    by_lists = False

    @initialize(data=st.data())
    def campaign(self, data: st.DataObject) -> None:
        listed = st.lists(st.sampled_from(COUNCILS), unique=True, min_size=1).map(" ".join)
        applicants = [f"A{number}" for number in range(1, data.draw(st.integers(3, 8)) + 1)]
        choices = {applicant: data.draw(listed) for applicant in applicants}
        places = {council: data.draw(st.integers(0, 3)) for council in COUNCILS}
        lists = None
        if self.by_lists:
            some = st.permutations(applicants).map(lambda order: " ".join(order[: max(1, len(order) - 1)]))
            lists = {council: data.draw(some) for council in COUNCILS}
        self.market: Market = market(choices, places, lists, 48, BANK_HOLIDAY)
        self.now = MONDAY
        self.acts: list[Act] = []
        self.ledger = Ledger(first_book(self.market))
        self.before: dict[str, Ledger] = {}
        self.do(Release(self.name(), self.now, ("P1", "P2")))

    def name(self) -> str:
        return f"E{len(self.acts) + 1}"

    def do(self, act: Act) -> None:
        refusals = len(self.ledger.refusals)
        self.before[act.act] = self.ledger
        self.acts.append(act)
        self.ledger = after(self.market, self.ledger, act)
        self.refused = len(self.ledger.refusals) > refusals

    @rule(hours=st.integers(1, 80))
    def time_passes(self, hours: int) -> None:
        self.now += datetime.timedelta(hours=hours)
        self.ledger = advanced(self.ledger, self.now)

    @rule(number=st.integers(1, 8), move=st.sampled_from(ANSWERS))
    def answer(self, number: int, move: Move) -> None:
        applicant = f"A{number}"
        book = self.ledger.book
        line = book.lines.get(applicant)
        self.do(Response(self.name(), self.now, applicant, move))
        permitted = book.released and line is not None and move in PERMITTED[line.state]
        assert self.refused != permitted

    @rule(council=st.sampled_from(COUNCILS), places=st.integers(0, 4))
    def change_places(self, council: str, places: int) -> None:
        book = self.ledger.book
        self.do(ChangePlaces(self.name(), self.now, council, places))
        assert self.refused != (book.released and places >= book.held_by_council[council])

    @rule(number=st.integers(1, 8), hours=st.integers(-10, 100))
    def extend(self, number: int, hours: int) -> None:
        self.do(Extend(self.name(), self.now, f"A{number}", self.now + datetime.timedelta(hours=hours)))

    @rule()
    def give_out(self) -> None:
        self.do(Pass(self.name(), self.now, ("P1", "P2")))
        assert self.refused == (not self.ledger.book.released)

    @precondition(lambda self: self.ledger.in_force)
    @rule()
    def undo_the_last(self) -> None:
        last = self.ledger.in_force[-1]
        self.do(Undo(self.name(), self.now, last.act))
        assert not self.refused
        # Where an act before it was undone in the meantime, the book is not to be as it was then.
        if last.act in self.before:
            was = advanced(self.before.pop(last.act), self.now)
            assert written(self.ledger.book) == written(was.book)

    @precondition(lambda self: self.ledger.in_force)
    @rule(pick=st.integers(0, 30))
    def undo_any(self, pick: int) -> None:
        in_force = self.ledger.in_force
        chosen = in_force[pick % len(in_force)]
        as_it_was = written(self.ledger.book)
        self.do(Undo(self.name(), self.now, chosen.act))
        if self.refused:
            assert written(self.ledger.book) == as_it_was
        else:
            for later in in_force[in_force.index(chosen) :]:
                self.before.pop(later.act, None)
            without = [
                act for act in self.acts[:-1] if act.act in {each.act for each in self.ledger.in_force}
            ]
            assert written(replay(self.market, without, self.now).book) == written(self.ledger.book)

    @rule()
    def release_again(self) -> None:
        released = self.ledger.book.released
        self.do(Release(self.name(), self.now, ("P1", "P2")))
        assert self.refused == released

    @invariant()
    def no_place_is_given_twice(self) -> None:
        book = self.ledger.book
        assert all(book.held_by_council[council] <= book.places[council] for council in book.places)

    @invariant()
    def only_those_with_an_offer_hold_a_place(self) -> None:
        for line in self.ledger.book.lines.values():
            assert line.state.holds_a_place == (line.council is not None) == (line.choice is not None)
            assert (line.state is OfferState.OFFERED) == (line.answer_by is not None)

    @invariant()
    def nobody_holds_a_council_that_is_not_theirs(self) -> None:
        lists = self.market.problem.council_lists if self.by_lists else None
        for line in self.ledger.book.lines.values():
            if line.council is not None and line.choice is not None:
                assert self.market.problem.choices_of(line.applicant)[line.choice - 1] == line.council
                assert lists is None or line.applicant in lists[line.council]

    @invariant()
    def every_move_was_permitted_and_no_upgrade_was_down(self) -> None:
        for entry in self.ledger.entries[-LOOKED_BACK:]:
            for change in entry.changes:
                assert PERMITTED[change.before.state][change.move] is change.after.state
                if change.move is Move.UPGRADE:
                    assert (change.after.choice or 99) < (change.before.choice or 0)

    @invariant()
    def nothing_is_left_that_a_pass_has_to_give(self) -> None:
        """After a pass nobody free to have it would rather have a place that is free and not held back."""
        if not self.ledger.entries or self.ledger.entries[-1].kind != "pass":
            return
        given = self.ledger.entries[-1].given
        held = {each.council: each.places for each in given.held_back} if given else {}
        for council, places in self.ledger.book.places.items():
            free = places - self.ledger.book.held_by_council[council] - held.get(council, 0)
            assert free <= 0 or not any(self.wants(line, council) for line in self.ledger.book.lines.values())

    def wants(self, line: OfferLine, council: str) -> bool:
        if line.applicant not in self.market.standing_by_council[council]:
            return False
        if line.state is OfferState.WAITING:
            return True
        higher = self.market.choice_of(line.applicant, council) < (line.choice or 0)
        return line.state is OfferState.OPEN_TO_UPGRADE and higher

    def teardown(self) -> None:
        if hasattr(self, "market"):
            again = replay(self.market, self.acts, self.now)
            assert written(again.book) == written(self.ledger.book)


class OffersByCouncilLists(Offers):
    by_lists = True


@pytest.mark.parametrize("machine", [Offers, OffersByCouncilLists])
def test_ten_thousand_histories_keep_every_law(machine: type[Offers]) -> None:
    """Half of them by each rule, so that the two halves run side by side."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=SEQUENCES // 2,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_first_offers_are_those_of_the_allocation() -> None:
    asked = market({"A1": "SOM", "A2": "SOM"}, {"SOM": 1})
    ledger = replay(asked, [Release("E1", MONDAY, ("P1", "P2"))], MONDAY)
    offered = [line.applicant for line in asked.allocation.lines if line.outcome is Outcome.OFFER]
    assert [a for a, line in ledger.book.lines.items() if line.state is OfferState.OFFERED] == offered
