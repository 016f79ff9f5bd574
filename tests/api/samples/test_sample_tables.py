"""The published facts that every sample keeps, and that the same seed makes the same campaign."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from api import samples
from api.campaign import Table
from api.samples import SAMPLE_NAMES

_SEEDS = (0, 7)


@cache
def sample_tables(name: str, seed: int = 0) -> dict[str, Table]:
    return samples.sample_tables(name, seed)


def _column(table: Table, column: str) -> list[str]:
    index = table.columns.index(column)
    return [row[index] for row in table.rows]


def _places(name: str) -> dict[str, int]:
    councils = sample_tables(name)["councils"]
    return dict(zip(_column(councils, "council"), map(int, _column(councils, "places")), strict=True))


def test_sample_names_are_those_of_the_command_line() -> None:
    assert SAMPLE_NAMES == ("south-west-2015", "south-west-2017", "south-west-bid", "tiny")


def test_an_unknown_sample_is_refused() -> None:
    with pytest.raises(KeyError):
        sample_tables("south-west-1999")


def test_2015_has_the_published_six_councils_and_26_places() -> None:
    places = _places("south-west-2015")
    assert len(places) == 6
    assert sum(places.values()) == 26
    assert places["SOM"] == 8


def test_2017_has_the_published_eleven_councils_and_49_places() -> None:
    places = _places("south-west-2017")
    assert len(places) == 11
    assert sum(places.values()) == 49
    assert {c: places[c] for c in ("SOM", "COR", "PLY")} == {"SOM": 8, "COR": 5, "PLY": 4}


def test_the_bid_has_the_published_eleven_councils_and_66_places() -> None:
    places = _places("south-west-bid")
    assert len(places) == 11
    assert sum(places.values()) == 66
    assert {c: places[c] for c in ("SOM", "COR", "PLY")} == {"SOM": 8, "COR": 5, "PLY": 4}


@pytest.mark.parametrize(
    ("name", "invited", "came", "venues"),
    [
        ("south-west-2015", 106, 87, ["Taunton", "Gloucester"]),
        ("south-west-2017", 200, 164, ["Taunton", "Exeter", "Gloucester"]),
        ("south-west-bid", 269, 221, ["Taunton", "Exeter", "Gloucester"]),
        ("tiny", 8, 7, ["Taunton"]),
    ],
)
@pytest.mark.parametrize("seed", _SEEDS)
def test_numbers_and_venues_hold_for_every_seed(
    name: str, invited: int, came: int, venues: list[str], seed: int
) -> None:
    tables = sample_tables(name, seed)
    status = Counter(_column(tables["attendance"], "status"))
    assert len(tables["applicants"].rows) == invited
    assert len(tables["attendance"].rows) == invited
    assert status["attended"] + status["late"] + status["left_early"] == came
    assert _column(tables["venues"], "name") == venues


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_somerset_leads_and_the_name_says_what_is_made_up(name: str) -> None:
    settings = {row[0]: row[1] for row in sample_tables(name)["settings"].rows}
    assert settings["lead_council"] == "SOM"
    assert settings["campaign_name"].endswith("(made-up people, illustrative details)")


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_the_same_seed_makes_the_same_campaign_and_another_seed_another(name: str) -> None:
    assert samples.sample_tables(name, 7) == sample_tables(name, 7)
    assert sample_tables(name, 7)["applicants"] != sample_tables(name, 0)["applicants"]


@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.parametrize("seed", _SEEDS)
def test_references_names_and_addresses_are_given_once(name: str, seed: int) -> None:
    tables = sample_tables(name, seed)
    people = (
        "applicants",
        "assessors",
        "service_user_groups",
        "service_users",
        "role_players",
        "interpreters",
    )
    references = [row[0] for table in people for row in tables[table].rows]
    names = [person for table in people for person in _column(tables[table], "name")]
    emails = _column(tables["applicants"], "email") + _column(tables["assessors"], "email")
    assert [key for key, count in Counter(references + names + emails).items() if count > 1] == []
    assert [email for email in emails if not email.endswith("@example.org")] == []


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_every_row_has_a_cell_per_column(name: str) -> None:
    tables = sample_tables(name)
    widths = {
        table.name: {len(row) for row in table.rows} - {len(table.columns)} for table in tables.values()
    }
    assert [key for key, wrong in widths.items() if wrong] == []
    assert [key for key, table in tables.items() if key != table.name] == []


@pytest.mark.parametrize("seed", _SEEDS)
def test_2015_holds_what_makes_a_campaign_hard(seed: int) -> None:
    tables = sample_tables("south-west-2015", seed)
    applicants = tables["applicants"]
    assert Counter(_column(applicants, "extra_time_percent"))["25"] == 9
    assert Counter(_column(applicants, "step_free"))["yes"] == 3
    assert Counter(_column(applicants, "quiet_room"))["yes"] == 1
    assert Counter(_column(applicants, "interpreter"))["yes"] == 1
    assert Counter(_column(applicants, "break_minutes"))["15"] == 1
    away = {person for person, _, _ in tables["availability"].rows if person.startswith("A")}
    assert len(away) == 10


@pytest.mark.parametrize(
    ("name", "panels"), [("south-west-2015", 36), ("south-west-2017", 67), ("south-west-bid", 90)]
)
@pytest.mark.parametrize("seed", _SEEDS)
def test_the_lead_authority_offers_enough_half_days_but_few_to_spare(
    name: str, panels: int, seed: int
) -> None:
    assessors = sample_tables(name, seed)["assessors"]
    columns = (_column(assessors, key) for key in ("council", "standby", "half_days_max"))
    offered = sum(
        int(days)
        for council, standby, days in zip(*columns, strict=True)
        if (council, standby) == ("SOM", "no")
    )
    assert 1.2 <= offered / panels <= 1.35
