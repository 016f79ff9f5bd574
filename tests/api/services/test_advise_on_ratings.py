"""The advice on a made-up campaign as a whole: that it is there, that it is advice, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from api.errors import BadInput
from api.exports.tables import write_folder
from api.samples import sample_tables
from api.services.advice_tables import advice_record, advice_tables
from api.services.advise_on_ratings import BY_COUNCIL_LISTS, Advised, advise_on_ratings
from api.services.allocate_places import allocate_places
from api.services.rank_applicants import rank_applicants
from assessment.advice.cut_line import CutLine
from assessment.advice.order_effects import Effect
from assessment.advice.refusal import Refusal
from assessment.advice.severity import Severities
from assessment.allocation.result import Outcome
from tests.api.campaigns import SOUND, copy_of_sound, sound

SIMULATIONS = 1000


@pytest.fixture(scope="module")
def south_west(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("campaigns") / "south-west-2015"
    write_folder(sample_tables("south-west-2015").values(), folder)
    return folder


@pytest.fixture(scope="module")
def done(south_west: Path) -> Advised:
    return advise_on_ratings(south_west, None, SIMULATIONS, 0)


def test_every_part_is_given_on_the_sample(done: Advised) -> None:
    advice = done.advice
    assert isinstance(advice.severities, Severities)
    assert isinstance(advice.cut_line, CutLine)
    assert len(advice.reliabilities) == 5 + 13
    assert [each.effect for each in advice.order_effects if each.slope] == [Effect.AFTERNOON, Effect.DAY]


def test_severity_of_the_sample_is_near_what_was_made_up(done: Advised) -> None:
    """The made-up assessors' severity has a standard deviation of 0.18; ratings are rounded to 1 to 5."""
    assert isinstance(done.advice.severities, Severities)
    assert 0.13 < done.advice.severities.shares.assessor**0.5 < 0.23


def test_advice_is_about_the_order_and_the_offers_as_they_stand(done: Advised) -> None:
    ranked = rank_applicants(done.campaign)
    offers = {
        line.applicant
        for line in allocate_places(done.campaign, ranked).allocation.lines
        if line.outcome is Outcome.OFFER
    }
    ranks = [(line.applicant, line.rank) for line in ranked.order.lines if line.rank]
    assert [(each.applicant, each.rank) for each in done.advice.standings] == ranks
    assert isinstance(done.advice.cut_line, CutLine)
    found = done.advice.cut_line.standings
    assert [(each.applicant, each.rank) for each in found if each.rank] == ranks
    assert {each.applicant for each in found if each.offer} == offers
    assert sum(each.chance for each in found) == pytest.approx(len(offers))


def test_same_seed_gives_the_same_advice(south_west: Path, done: Advised) -> None:
    again = advise_on_ratings(south_west, None, SIMULATIONS, 0)
    other = advise_on_ratings(south_west, None, SIMULATIONS, 1)
    assert advice_tables(again.advice) == advice_tables(done.advice)
    assert advice_tables(other.advice) != advice_tables(done.advice)


def test_tables_say_that_they_are_advice_and_name_nobody(done: Advised) -> None:
    tables = advice_tables(done.advice)
    assert [table.name for table in tables] == [
        "reliability",
        "severity",
        "ranks_by_severity",
        "order_effects",
        "cut_line",
    ]
    for table in tables:
        assert table.columns[-1] == "advice_only"
        assert {row[-1] for row in table.rows} == {"yes"}
        assert {len(row) for row in table.rows} == {len(table.columns)}
    names = {name for (kind, _), name in done.campaign.names.items() if kind in ("applicants", "assessors")}
    assert names & {cell for table in tables for row in table.rows for cell in row} == set()


def test_record_and_tables_hold_the_same_people(done: Advised) -> None:
    record = advice_record(done.advice)
    line, severity = record["cut_line"], record["severity"]
    assert isinstance(line, dict)
    assert isinstance(severity, dict)
    by_name = {table.name: [row[:2] for row in table.rows] for table in advice_tables(done.advice)}
    assert [each["applicant"] for each in line["applicants"]] == [row[1] for row in by_name["cut_line"]]
    assert [each["assessor"] for each in severity["assessors"]] == [row[0] for row in by_name["severity"]]


def test_small_campaign_is_refused_part_by_part_with_reasons() -> None:
    done = advise_on_ratings(SOUND, None, SIMULATIONS, 0)
    assert isinstance(done.advice.severities, Refusal)
    assert isinstance(done.advice.cut_line, Refusal)
    assert done.advice.severities.reasons[0] == ("Applicants with ratings: 2; at least 10 are needed.")
    assert [len(table.rows) for table in advice_tables(done.advice)] == [6, 0, 0, 5, 0]
    record = advice_record(done.advice)
    assert record["severity"] == {"refused": done.advice.severities.reasons}
    assert record["cut_line"] == {"refused": done.advice.cut_line.reasons}


Changed = Callable[[bytes], bytes]


def test_campaign_by_council_lists_has_no_chances(south_west: Path, tmp_path: Path) -> None:
    tables = sample_tables("south-west-2015")
    folder = tmp_path / "lists"
    write_folder(tables.values(), folder)
    settings = folder / "settings.csv"
    settings.write_text(
        settings.read_text().replace("allocation_rule,merit", "allocation_rule,council_lists")
    )
    people = [row[0] for row in tables["attendance"].rows if row[2] == "attended"]
    choices = {row[0]: set(row) for row in tables["applicants"].rows}
    rows = [
        f"{council[0]},{applicant},{position}"
        for council in tables["councils"].rows
        for position, applicant in enumerate((a for a in people if council[0] in choices[a]), start=1)
    ]
    (folder / "council_lists.csv").write_text("\n".join(["council,applicant,position", *rows, ""]))
    done = advise_on_ratings(folder, None, SIMULATIONS, 0)
    assert done.advice.cut_line == Refusal((BY_COUNCIL_LISTS,))
    assert {each.offer_adjusted for each in done.advice.standings} == {None}
    assert {each.offer for each in done.advice.standings} == {True, False}


def test_campaign_without_ratings_is_bad_input(tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path, without=["ratings.csv", "agreed.csv"])
    with pytest.raises(BadInput) as refused:
        advise_on_ratings(folder, None, SIMULATIONS, 0)
    assert [fault.found for fault in refused.value.faults] == ["no ratings"]


def test_faults_of_the_timetable_are_bad_input(tmp_path: Path) -> None:
    timetable = tmp_path / "timetable.csv"
    timetable.write_bytes(b"session,exercise,sitting,room,start,end,person,role,panel\n")
    broken = copy_of_sound(tmp_path, {"ratings.csv": sound("ratings.csv")})
    with pytest.raises(BadInput):
        advise_on_ratings(broken, tmp_path / "nowhere", SIMULATIONS, 0)
