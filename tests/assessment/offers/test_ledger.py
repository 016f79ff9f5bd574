"""What each act does, when it is refused, and what undoing gives back."""

from __future__ import annotations

import pytest

from assessment.offers.acts import Act, Pass, Release
from assessment.offers.ledger import PlacesChanged, Refusal
from assessment.offers.moves import PERMITTED, Move, OfferState
from tests.assessment.offers.markets import (
    at,
    changes,
    extends,
    gives_out,
    market,
    played,
    release,
    says,
    stands,
    undoes,
)

# One place each: A1 and A2 get their first choices, A3 waits for either.
THREE = market({"A1": "SOM PLY", "A2": "PLY SOM", "A3": "SOM PLY"}, {"SOM": 1, "PLY": 1})


def test_every_state_has_its_moves_and_the_last_three_have_none() -> None:
    assert tuple(PERMITTED) == tuple(OfferState)
    assert [state.value for state, moves in PERMITTED.items() if not moves] == [
        "declined",
        "expired",
        "withdrawn",
    ]


def test_release_offers_what_the_allocation_says() -> None:
    ledger = played(THREE, release())
    assert stands(ledger.book) == {"A1": "offered SOM", "A2": "offered PLY", "A3": "waiting"}
    assert {line.answer_by for line in ledger.book.lines.values()} == {at(48), None}
    assert ledger.refusals == ()


@pytest.mark.parametrize(
    ("move", "state"),
    [
        (Move.ACCEPT, "accepted SOM"),
        (Move.ACCEPT_AND_UPGRADE, "accepted_and_open_to_upgrade SOM"),
        (Move.DECLINE, "declined"),
        (Move.WITHDRAW, "withdrawn"),
    ],
)
def test_answer_is_recorded(move: Move, state: str) -> None:
    assert stands(played(THREE, release(), says("A1", move)).book)["A1"] == state


def test_offer_expires_after_its_last_minute_and_not_before() -> None:
    assert stands(played(THREE, release(), until=48).book)["A1"] == "offered SOM"
    ledger = played(THREE, release(), until=48.1)
    assert stands(ledger.book) == {"A1": "expired", "A2": "expired", "A3": "waiting"}
    assert [(entry.act, entry.at) for entry in ledger.entries[1:]] == [("", at(48)), ("", at(48))]


def test_answer_in_the_last_minute_counts_and_one_after_it_does_not() -> None:
    assert (
        stands(played(THREE, release(), says("A1", Move.ACCEPT, 48), until=60).book)["A1"] == "accepted SOM"
    )
    late = played(THREE, release(), says("A1", Move.ACCEPT, 48.1), until=60)
    assert late.refusals == (
        Refusal("A1 accept", "A1 did not answer in time, so 'accept' cannot be recorded."),
    )


def test_longer_deadline_keeps_the_offer_open() -> None:
    ledger = played(THREE, release(), extends("A1", 60), until=60)
    assert stands(ledger.book) == {"A1": "offered SOM", "A2": "expired", "A3": "waiting"}


def test_declined_place_goes_to_the_one_waiting_with_a_pass_and_not_before() -> None:
    declined = played(THREE, release(), says("A1", Move.DECLINE))
    assert stands(declined.book)["A3"] == "waiting"
    passed = played(THREE, release(), says("A1", Move.DECLINE), says("A2", Move.ACCEPT), gives_out())
    assert stands(passed.book) == {"A1": "declined", "A2": "accepted PLY", "A3": "offered SOM"}
    assert passed.book.lines["A3"].answer_by == at(50)


def test_more_places_are_there_for_the_next_pass() -> None:
    acts = (release(), says("A1", Move.ACCEPT), says("A2", Move.ACCEPT), changes("PLY", 2, 1.5))
    ledger = played(THREE, *acts, gives_out())
    assert stands(ledger.book)["A3"] == "offered PLY"
    assert ledger.entries[3].places == PlacesChanged("PLY", 1, 2)


REFUSED: list[tuple[str, list[Act], str]] = [
    ("answer before the release", [says("A1", Move.ACCEPT, 0)], "No offers have been released yet."),
    ("pass before the release", [gives_out(0)], "No offers have been released yet."),
    ("places before the release", [changes("SOM", 2, 0)], "No offers have been released yet."),
    ("second release", [release(), release(1, "E9")], "The offers have been released already."),
    (
        "release by one person",
        [Release("E1", at(0), ("P1", "P1"))],
        "Two different people have to put their names to it.",
    ),
    (
        "pass by one person",
        [release(), Pass("E2", at(2), ("P1",))],
        "Two different people have to put their names to it.",
    ),
    (
        "answer without an offer",
        [release(), says("A3", Move.ACCEPT)],
        "A3 has no offer, so 'accept' cannot be recorded.",
    ),
    (
        "second thoughts",
        [release(), says("A1", Move.ACCEPT), says("A1", Move.DECLINE, 2)],
        "A1 has accepted, so 'decline' cannot be recorded.",
    ),
    (
        "upgrade asked for after a plain acceptance",
        [release(), says("A1", Move.ACCEPT), says("A1", Move.ACCEPT_AND_UPGRADE, 2)],
        "A1 has accepted, so 'accept_and_upgrade' cannot be recorded.",
    ),
    (
        "answer of somebody unheard of",
        [release(), says("A9", Move.ACCEPT)],
        "A9 is not in the order of merit, so there is no offer to answer.",
    ),
    (
        "fewer places than are held",
        [release(), changes("SOM", 0)],
        "SOM cannot go down to 0 places: 1 are offered or accepted.",
    ),
    ("places of no council", [release(), changes("XXX", 3)], "XXX is not a council of the campaign."),
    (
        "deadline of nobody's offer",
        [release(), extends("A3", 60)],
        "A3 has no offer: there is no deadline to extend.",
    ),
    ("shorter deadline", [release(), extends("A1", 40)], "A1 has until 2015-08-05 09:00 already."),
    ("undoing nothing", [release(), undoes("E7")], "There is no act E7 in force."),
    (
        "undoing what others came of",
        [release(), says("A1", Move.DECLINE), says("A2", Move.ACCEPT), gives_out(), undoes("A1 decline")],
        "E2 came of it: undo E2 first.",
    ),
    (
        "undoing a release that was answered",
        [release(), says("A1", Move.ACCEPT), undoes("E1")],
        "A1 accept came of it: undo A1 accept first.",
    ),
    (
        "an act dated before the last",
        [release(2), says("A1", Move.ACCEPT, 1)],
        "It is dated before the act that it follows.",
    ),
]


@pytest.mark.parametrize(
    ("acts", "why"), [(acts, why) for _, acts, why in REFUSED], ids=[name for name, _, _ in REFUSED]
)
def test_act_that_is_not_permitted_is_refused_and_changes_nothing(acts: list[Act], why: str) -> None:
    ledger, without = played(THREE, *acts), played(THREE, *acts[:-1])
    assert ledger.refusals == (Refusal(acts[-1].act, why),)
    assert (ledger.book, ledger.entries, ledger.in_force) == (without.book, without.entries, without.in_force)


@pytest.mark.parametrize(
    ("acts", "undone"),
    [
        ([], "E1"),
        ([says("A1", Move.ACCEPT)], "A1 accept"),
        ([says("A1", Move.DECLINE)], "A1 decline"),
        ([says("A1", Move.DECLINE), says("A2", Move.ACCEPT), gives_out()], "E2"),
        ([changes("SOM", 3)], "E3"),
        ([extends("A1", 60)], "E4"),
    ],
)
def test_undoing_the_last_act_gives_back_what_was(acts: list[Act], undone: str) -> None:
    done: list[Act] = [release(), *acts]
    before, after = played(THREE, *done[:-1]), played(THREE, *done, undoes(undone))
    assert (after.book, after.entries, after.in_force) == (before.book, before.entries, before.in_force)
    assert [each.undoes for each in after.undone] == [undone]


def test_earlier_act_can_be_undone_where_nothing_came_of_it() -> None:
    acts: list[Act] = [release(), says("A1", Move.ACCEPT), says("A2", Move.ACCEPT, 1.5)]
    ledger = played(THREE, *acts, undoes("A1 accept"))
    assert (ledger.refusals, stands(ledger.book)) == (
        (),
        {"A1": "offered SOM", "A2": "accepted PLY", "A3": "waiting"},
    )


def test_act_can_be_done_again_after_it_was_undone() -> None:
    acts: list[Act] = [
        release(),
        says("A1", Move.DECLINE),
        undoes("A1 decline", 2),
        says("A1", Move.ACCEPT, 3),
    ]
    assert stands(played(THREE, *acts).book)["A1"] == "accepted SOM"


def test_later_acts_wait_for_their_time() -> None:
    assert played(THREE, release(), says("A1", Move.ACCEPT, 5), until=4) == played(THREE, release(), until=4)
