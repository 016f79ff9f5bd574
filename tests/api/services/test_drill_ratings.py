"""The drill on the samples: every slip it plants is stopped, and nothing is raised without one."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from api.campaign import Campaign
from api.cli import BAD_INPUT, run
from api.errors import BadInput
from api.exports.tables import write_folder
from api.imports.read import read_campaign
from api.samples import sample_tables
from api.services.drill_ratings import READING, TOO_MUCH, Drill, drill_lines, drill_ratings, write_drill
from api.services.planting.catalogue import KINDS
from assessment.plausibility import CHECK_BY_KEY
from assessment.ratings import Attendance
from tests.api.campaigns import copy_of_sound

# What the issue asks for by name, and by which check each is to be caught.
NAMED = {
    "ranks": "permutation",
    "panel_upside_down": "panel_apart",
    "shifted": "shifted_rows",
    "two_applicants": "two_applicants_exchanged",
    "constant": "constant_column",
}


def sample(name: str, folder: Path, seed: int = 0) -> Campaign:
    write_folder(sample_tables(name, seed).values(), folder)
    campaign = read_campaign(folder).campaign
    assert campaign is not None
    return campaign


@pytest.mark.parametrize("name", ["south-west-2015", "south-west-2017", "south-west-bid"])
def test_every_planted_slip_is_stopped_and_the_clean_campaign_raises_nothing(
    name: str, tmp_path: Path
) -> None:
    drill = drill_ratings(sample(name, tmp_path), seed=0, trials=0)
    assert ([each.kind.key for each in drill.got_through], drill.clean) == ([], ())
    stopped_by = {each.kind.key: each.caught.check for each in drill.planted if each.caught}
    assert {key: stopped_by[key] for key in NAMED} == NAMED
    by_plausibility = [check for check in stopped_by.values() if check in CHECK_BY_KEY]
    assert (len(by_plausibility) >= 12, drill.all_well) == (True, True)


@pytest.mark.parametrize("seed", range(1, 7))
def test_samples_of_other_seeds_raise_nothing(seed: int, tmp_path: Path) -> None:
    from api.services.question_ratings import question_ratings

    assert question_ratings(sample("south-west-2015", tmp_path, seed)) == ()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return sample("tiny", tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def drilled(tiny: Campaign) -> Drill:
    return drill_ratings(tiny, seed=0, trials=3)


def test_small_campaign_has_no_place_for_some_slips_and_says_so(drilled: Drill) -> None:
    assert len(drilled.drilled) == len(KINDS)
    without = {each.kind.key: each for each in drilled.drilled if each.slip is None}
    assert without["upside_down"].why_not == TOO_MUCH
    assert without["sorted"].why_not == without["sorted"].kind.lacking
    lines = drill_lines(drilled)
    assert all(f"{each.kind.title}: not planted, for {each.why_not}." in lines for each in without.values())
    assert (drilled.all_well, len(drilled.planted) + len(without)) == (True, len(KINDS))


def test_slip_that_gets_through_is_named_and_the_drill_does_not_end_well(drilled: Drill) -> None:
    through = replace(drilled, drilled=(replace(drilled.planted[0], caught=None), *drilled.drilled[1:]))
    title = drilled.planted[0].kind.title
    assert (through.all_well, drill_lines(through)[-1]) == (False, f"These got through: {title}.")


def test_what_a_campaign_raises_by_itself_catches_nothing(tiny: Campaign) -> None:
    """A campaign with a finding of its own does not end well, and that finding is told first."""
    came = dict(tiny.attendance or {})
    first = tiny.ratings[0].applicant
    absent = replace(tiny, attendance=came | {first: Attendance.DECLINED})
    drill = drill_ratings(absent, seed=0, trials=0)
    assert ([each.name for each in drill.clean], drill.all_well) == ([f"rated_but_absent:{first}"], False)


def test_drill_is_never_written_into_the_campaign(tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path)
    before = sorted(path.name for path in folder.iterdir())
    assert run(["drill", str(folder), "--out", str(folder / "drill")]) == BAD_INPUT
    assert sorted(path.name for path in folder.iterdir()) == before


def test_misread_cells_are_stopped_while_reading(drilled: Drill) -> None:
    at_reading = [each for each in drilled.planted if each.kind.at_reading]
    assert [each.caught.check if each.caught else "" for each in at_reading] == [READING] * 4


def test_trials_are_counted(drilled: Drill) -> None:
    tried = [each for each in drilled.drilled if each.trials]
    assert {each.trials for each in tried} == {3}
    assert all(0 <= each.trials_caught <= 3 for each in tried)
    assert next(each.trials_caught for each in tried if each.kind.key == "typed_twice") == 3


def test_same_seed_plants_the_same_slips(tiny: Campaign, drilled: Drill) -> None:
    again = drill_ratings(tiny, seed=0, trials=0)
    assert [each.slip.words if each.slip else "" for each in again.drilled] == [
        each.slip.words if each.slip else "" for each in drilled.drilled
    ]


def test_planted_copies_are_campaigns_and_the_campaign_itself_stays(
    tiny: Campaign, drilled: Drill, tmp_path: Path
) -> None:
    before = {name: table.rows for name, table in tiny.tables.items()}
    write_drill(tiny, drilled, tmp_path)
    assert {name: table.rows for name, table in tiny.tables.items()} == before
    copies = sorted(path.name for path in (tmp_path / "planted").iterdir())
    assert copies == sorted(each.kind.key for each in drilled.planted)
    assert read_campaign(tmp_path / "planted" / "column_copied").campaign is not None
    assert read_campaign(tmp_path / "planted" / "left_empty").campaign is None
    record = json.loads((tmp_path / "drill.json").read_text(encoding="utf-8"))
    assert (record["planted"], record["raised_without_a_slip"]) == (len(drilled.planted), [])
    with (tmp_path / "drill.csv").open(newline="", encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == len(KINDS)


def test_drill_without_ratings_is_refused(tmp_path: Path) -> None:
    campaign = read_campaign(copy_of_sound(tmp_path, without=["ratings.csv", "agreed.csv"])).campaign
    assert campaign is not None
    with pytest.raises(BadInput):
        drill_ratings(campaign, 0, 0)
