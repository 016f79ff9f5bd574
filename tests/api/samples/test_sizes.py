"""Campaigns of any size and the made-up country: as large as asked for, and sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import BAD_INPUT, DONE, run
from api.exports.tables import write_folder
from api.imports.read import read_campaign
from api.samples import SIZE_NAMES, case_named, national_tables, sample_tables
from api.samples.sizes import case_of_size, national_cases

BEFORE_THE_DAY = [
    "settings", "councils", "venues", "rooms", "sessions", "exercises", "criteria", "anchors", "matrix",
    "applicants", "assessors", "service_user_groups", "service_users", "role_players", "interpreters",
    "availability", "interests", "pins",
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "councils", "venues", "sessions"),
    [
        ("size-6", 3, 1, 4),
        ("size-12", 3, 1, 4),
        ("size-50", 4, 2, 8),
        ("size-106", 6, 2, 12),
        ("size-153", 8, 2, 18),
        ("size-200", 11, 3, 24),
        ("size-400", 20, 4, 46),
        ("size-1000", 40, 6, 110),
        ("size-2000", 40, 6, 218),
    ],
)
def test_a_size_has_councils_venues_and_sessions_to_match(
    name: str, councils: int, venues: int, sessions: int
) -> None:
    tables = sample_tables(name)
    counted = [len(tables[table].rows) for table in ("applicants", "councils", "venues", "sessions")]
    assert counted == [int(name.removeprefix("size-")), councils, venues, sessions]
    assert list(tables) == BEFORE_THE_DAY


def test_the_country_has_22_partnerships_and_4391_applicants() -> None:
    country = national_tables()
    assert list(country) == [f"partnership-{number:02d}" for number in range(1, 23)]
    sizes = [len(tables["applicants"].rows) for tables in country.values()]
    assert (min(sizes), max(sizes), sum(sizes)) == (199, 200, 4391)


def test_no_two_councils_of_the_country_have_one_name() -> None:
    names = [c.name for case in national_cases() for c in case.region.council_by_reference.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", SIZE_NAMES)
def test_the_same_seed_makes_the_same_people_on_the_same_map(name: str) -> None:
    one, same, other = sample_tables(name, 3), sample_tables(name, 3), sample_tables(name, 4)
    assert one == same
    assert one["applicants"] != other["applicants"]
    assert [one[table] for table in BEFORE_THE_DAY[:8]] == [other[table] for table in BEFORE_THE_DAY[:8]]


@pytest.mark.parametrize("name", ["size-6", "size-50", "size-1000"])
def test_a_size_reads_without_faults_or_warnings(name: str, tmp_path: Path) -> None:
    write_folder(sample_tables(name).values(), tmp_path / "campaign")
    reading = read_campaign(tmp_path / "campaign")
    assert (reading.faults, reading.warnings) == ((), ())


def test_every_partnership_reads_without_faults_or_warnings(tmp_path: Path) -> None:
    assert run(["sample", "national", "--out", str(tmp_path / "country")]) == DONE
    folders = sorted((tmp_path / "country").iterdir())
    assert [folder.name for folder in folders] == [case.name for case in national_cases()]
    readings = [read_campaign(folder) for folder in folders]
    assert [(reading.faults, reading.warnings) for reading in readings] == [((), ())] * 22


def test_a_country_is_not_written_over_anything_else(tmp_path: Path) -> None:
    (tmp_path / "country" / "partnership-02").mkdir(parents=True)
    (tmp_path / "country" / "partnership-02" / "mine.txt").write_bytes(b"mine")
    for out in ("country", "country.xlsx"):
        assert run(["sample", "national", "--out", str(tmp_path / out)]) == BAD_INPUT
    assert [file.name for file in tmp_path.rglob("*")] == ["country", "partnership-02", "mine.txt"]


@pytest.mark.parametrize("name", ["size-5", "size-2001", "size-012", "size-", "size-12.5", "partnership-01"])
def test_a_size_beyond_the_limits_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        case_named(name)


def test_a_case_beyond_the_limits_is_refused() -> None:
    with pytest.raises(ValueError, match="from 6 to 2000"):
        case_of_size(5)
