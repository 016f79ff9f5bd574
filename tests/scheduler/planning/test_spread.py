"""Who would go where: nobody is lost, no venue is too full while another has room, the nearest come first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.planning.spread import Origin, shared_out, spread_over


def test_places_decide_how_many_want_which_council() -> None:
    places = {"SOM": 8, "GLO": 7, "SGL": 3, "SWI": 3, "NSO": 3, "BAN": 2}
    assert shared_out(106, places) == {"SOM": 33, "GLO": 29, "SGL": 12, "SWI": 12, "NSO": 12, "BAN": 8}


def test_councils_without_any_place_share_evenly() -> None:
    assert shared_out(5, {"SOM": 0, "GLO": 0}) == {"SOM": 3, "GLO": 2}


@given(st.integers(0, 500), st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 30), min_size=1))
def test_shares_are_whole_and_next_to_the_exact_ones(total: int, weights: dict[str, int]) -> None:
    shares = shared_out(total, weights)
    whole = sum(weights.values())
    assert sum(shares.values()) == total
    if whole:
        assert all(abs(shares[name] - total * weights[name] / whole) < 1 for name in weights)


def test_everybody_goes_to_the_nearest_venue() -> None:
    origins = [Origin("SOM", 5, {"TAU": 0, "GLC": 90}), Origin("GLO", 3, {"TAU": 90, "GLC": 0})]
    spread = spread_over(origins, {"TAU": 9, "GLC": 9})
    assert dict(spread.at) == {(0, "TAU"): 5, (1, "GLC"): 3}
    assert spread.first_choices_at("TAU") == {"SOM": 5}


def test_those_who_lose_least_time_leave_a_full_venue() -> None:
    origins = [
        Origin("SOM", 5, {"TAU": 0, "GLC": 90}),
        Origin("NSO", 5, {"TAU": 40, "GLC": 60}),
        Origin("GLO", 3, {"TAU": 90, "GLC": 0}),
    ]
    spread = spread_over(origins, {"TAU": 7, "GLC": 9})
    assert dict(spread.nearest) == {"TAU": 10, "GLC": 3}
    assert dict(spread.at) == {(0, "TAU"): 5, (1, "TAU"): 2, (1, "GLC"): 3, (2, "GLC"): 3}


def test_equally_long_journeys_are_shared_by_the_room_left() -> None:
    spread = spread_over([Origin("SOM", 6, {"TAU": 30, "GLC": 30})], {"TAU": 4, "GLC": 8})
    assert {venue: spread.applicants_at(venue) for venue in ("TAU", "GLC")} == {"TAU": 1, "GLC": 5}


def test_with_no_room_anywhere_they_stay_with_the_nearest() -> None:
    spread = spread_over([Origin("SOM", 6, {"TAU": 0, "GLC": 30})], {"TAU": 2, "GLC": 1})
    assert {venue: spread.applicants_at(venue) for venue in ("TAU", "GLC")} == {"TAU": 5, "GLC": 1}


VENUES = ("TAU", "GLC", "EXE")


@given(
    st.lists(
        st.builds(
            Origin,
            st.sampled_from(["SOM", "GLO"]),
            st.integers(0, 12),
            st.fixed_dictionaries({venue: st.integers(0, 12) for venue in VENUES}),
        ),
        max_size=6,
    ),
    st.fixed_dictionaries({venue: st.integers(0, 25) for venue in VENUES}),
)
def test_nobody_is_lost_and_no_venue_overfull_while_another_has_room(
    origins: list[Origin], room: dict[str, int]
) -> None:
    spread = spread_over(origins, room)
    for position, origin in enumerate(origins):
        assert sum(spread.at.get((position, v), 0) for v in VENUES) == origin.applicants
    over = any(spread.applicants_at(venue) > room[venue] for venue in VENUES)
    free = any(spread.applicants_at(venue) < room[venue] for venue in VENUES)
    assert not (over and free)
