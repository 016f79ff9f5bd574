"""What stands in the way of the results: each thing by its kind, with whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping

from api.campaign import Table
from api.imports.read import raw_tables_of, read_tables
from api.presenters.in_the_way import WAYS, way_line
from api.samples import sample_tables
from api.services.allocate_places import allocate_places, offers_sha256
from api.services.look_at_results import Hindrance, InTheWay, Results, results_of
from api.services.open_campaign import Opened
from api.services.rank_applicants import rank_applicants
from tests.api.routes.results_made import (
    implausible_tables,
    level_tables,
    with_settings,
    without_ratings_of,
)

NOT_FROZEN = InTheWay(Hindrance.NOT_FROZEN)


def results(tables: Mapping[str, Table]) -> Results:
    reading = read_tables(raw_tables_of(tables))
    return results_of(Opened("c", "C", 3, {}, reading.campaign, reading.faults, reading.warnings))


def tiny(**settings: str) -> dict[str, Table]:
    tables = sample_tables("tiny")
    return {**tables, "settings": with_settings(tables["settings"], settings)}


def with_table(tables: dict[str, Table], name: str, columns: str, *rows: tuple[str, ...]) -> dict[str, Table]:
    return {**tables, name: Table(name, tuple(columns.split()), rows)}


def test_sound_results_are_those_of_rank_and_allocate() -> None:
    found = results(tiny())
    assert found.campaign is not None
    ranked = rank_applicants(found.campaign)
    allocated = allocate_places(found.campaign, ranked)
    assert (found.ranked, found.allocated) == (ranked, allocated)
    assert found.offers_sha256 == offers_sha256(ranked, allocated)
    assert (found.in_the_way, found.is_released) == ((NOT_FROZEN,), False)


def test_tables_with_faults_stop_everything() -> None:
    tables = tiny()
    del tables["councils"]
    found = results(tables)
    assert found.campaign is None
    assert [each.what for each in found.in_the_way] == [Hindrance.FAULTS]


def test_without_ratings_nobody_is_ranked() -> None:
    tables = tiny()
    del tables["ratings"], tables["agreed"]
    assert results(tables).in_the_way == (InTheWay(Hindrance.NO_RATINGS), NOT_FROZEN)


def test_implausible_ratings_are_told_with_their_name() -> None:
    (held, last) = results(implausible_tables()).in_the_way
    assert (held.what, held.concerned, last) == (Hindrance.HELD, ("kept_apart:A001:S01",), NOT_FROZEN)


def test_missing_ratings_make_one_applicant_unrankable() -> None:
    found = results(without_ratings_of(tiny(), "A005", "written"))
    assert [(each.what, each.concerned) for each in found.of(Hindrance.UNRANKABLE)] == [
        (Hindrance.UNRANKABLE, ("A005",))
    ]
    assert found.allocated is not None


def test_floor_and_red_flag_wait_for_different_pages() -> None:
    tables = with_table(
        tiny(below_floor="panel_discussion", standard_percent="40"),
        "flags",
        "flag applicant raised_by concern evidence",
        ("F01", "A005", "Dana Quill", "A concern", "Seen"),
    )
    found = results(tables)
    assert [(each.what, each.concerned) for each in found.of(Hindrance.FLOOR, Hindrance.FLAG)] == [
        (Hindrance.FLOOR, ("A001",)),
        (Hindrance.FLOOR, ("A004",)),
        (Hindrance.FLAG, ("A005",)),
    ]


def test_tie_stops_the_places_only_where_they_depend_on_it() -> None:
    contested = results(level_tables("A003", "A007"))
    assert contested.allocated is None
    assert contested.in_the_way == (
        InTheWay(Hindrance.CONTESTED_TIE, ("A003", "A007"), "NSO"),
        NOT_FROZEN,
    )
    harmless = results(level_tables("A005", "A006"))
    assert harmless.allocated is not None
    assert harmless.in_the_way == (InTheWay(Hindrance.TIE, ("A005", "A006")), NOT_FROZEN)


def test_lot_without_a_seed_names_those_who_are_level() -> None:
    tables = level_tables("A005", "A006")
    tables["settings"] = with_settings(tables["settings"], {"tie_break": "lot", "lot_seed": ""})
    assert results(tables).in_the_way == (InTheWay(Hindrance.NO_LOT_SEED, ("A005", "A006")), NOT_FROZEN)


def test_remarks_of_the_ranking_come_by_their_kind() -> None:
    columns = "applicant about decision decided_by reason"
    decided = ("A005", "standard", "appointable", "Dana Quill", "By mistake")
    confirmed = ("constant_column:S01:interview", "Dana Quill", "Read again")
    tables = with_table(tiny(rating_gap_to_discuss="1"), "decisions", columns, decided)
    tables = with_table(tables, "confirmations", "finding confirmed_by reason", confirmed)
    found = {each.what: each.concerned for each in results(tables).in_the_way}
    assert found[Hindrance.UNUSED] == ("A005",)
    assert found[Hindrance.UNKNOWN_CONFIRMED] == ("constant_column:S01:interview",)
    assert "A005 interview / reflection" in found[Hindrance.FAR_APART]


def test_everything_in_the_way_has_its_page() -> None:
    assert set(WAYS) == {each.value for each in Hindrance}
    for each in Hindrance:
        said = {Hindrance.FAULTS: "3", Hindrance.FROZEN_LATE: "2015-07-20 10:30"}
        found = said.get(each, "something")
        line = way_line(None, each, ("A001", "A002"), found, "/campaigns/c")
        assert line.url.startswith("/campaigns/c/")
        assert "{" not in line.words + line.act + line.url
