"""Made-up answers to the equality form: the same for the same seed, and beside the campaign, not in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.errors import BadInput
from api.samples import made_up_monitoring, sample_tables
from api.services.write_sample import write_sample
from tests.api.campaigns import said

APPLICANTS = [f"A{number:03}" for number in range(1, 51)]


def test_same_seed_makes_the_same_answers_and_another_one_others() -> None:
    first = made_up_monitoring("south-west-2015", 0, APPLICANTS)
    assert first == made_up_monitoring("south-west-2015", 0, APPLICANTS)
    assert first != made_up_monitoring("south-west-2015", 1, APPLICANTS)


def test_everybody_is_asked_each_thing_once_and_a_few_answers_are_missing() -> None:
    rows = made_up_monitoring("south-west-2015", 0, APPLICANTS).rows
    asked = [(applicant, characteristic) for applicant, characteristic, _ in rows]
    assert len(set(asked)) == len(asked)
    assert 180 < len(asked) < 200


def test_answers_are_written_to_their_own_folder_and_the_campaign_stays_the_same(tmp_path: Path) -> None:
    campaign, answers = tmp_path / "tiny", tmp_path / "answers"
    assert write_sample("tiny", 0, campaign, answers) == len(sample_tables("tiny", 0))
    assert [path.name for path in answers.iterdir()] == ["monitoring.csv"]
    assert sorted(path.name for path in campaign.iterdir()) == sorted(
        f"{name}.csv" for name in sample_tables("tiny", 0)
    )


def test_campaign_has_no_answers_unless_they_are_asked_for(tmp_path: Path) -> None:
    write_sample("tiny", 0, tmp_path / "tiny")
    assert sorted(path.name for path in tmp_path.rglob("monitoring*")) == []


@pytest.mark.parametrize("name", ["size-10", "national"])
def test_answers_to_a_sample_that_ends_before_its_day_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as bad:
        write_sample(name, 0, tmp_path / "out", tmp_path / "answers")
    assert said(bad.value.faults) == [
        "--answers: found a sample that ends before its day; wanted a sample that goes beyond its day: tiny "
        "or one of the south-west ones"
    ]
    assert list(tmp_path.iterdir()) == []


def test_answers_among_the_campaigns_own_tables_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as bad:
        write_sample("tiny", 0, tmp_path / "tiny", tmp_path / "tiny")
    assert said(bad.value.faults) == [
        "--answers: found the campaign's own folder; wanted a folder apart from the campaign's"
    ]
    assert list(tmp_path.iterdir()) == []
