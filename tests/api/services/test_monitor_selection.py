"""Monitoring of a whole campaign: which stages there are, what leaves, and that no small count does."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from api.errors import BadInput
from api.imports.monitoring import read_monitoring
from api.samples import made_up_monitoring
from api.services.monitor_selection import (
    Monitored,
    monitor_selection,
    monitoring_lines,
    rates_table,
    stages_reached,
    write_monitoring,
)
from api.services.write_sample import write_sample
from assessment.framework import LastResort
from assessment.monitoring import LEAST
from tests.api.campaigns import SOUND, said, sound_campaign

SMALL = ("n", "selected", "not_selected")


@pytest.fixture(scope="module")
def campaign_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("monitoring") / "campaign"
    write_sample("south-west-2015", 0, folder, folder.parent / "answers")
    return folder


@pytest.fixture(scope="module")
def monitored(campaign_folder: Path) -> Monitored:
    return monitor_selection(campaign_folder, campaign_folder.parent / "answers")


def test_totals_of_2015_are_those_of_the_campaign(monitored: Monitored) -> None:
    assert [(each.since, each.until, each.n, each.selected) for each in monitored.facts.totals] == [
        ("applied", "attended", 106, 87),
        ("attended", "met the standard", 87, 68),
        ("met the standard", "was offered a place", 68, 26),
        ("applied", "was offered a place", 106, 26),
    ]


def test_no_small_count_leaves(monitored: Monitored) -> None:
    table = rates_table(monitored.facts)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert rows != []
    assert [row for row in rows if any(int(row[column]) < LEAST for column in SMALL)] == []


def test_lines_of_each_step_hold_everybody(monitored: Monitored) -> None:
    """So there is no line left out for a subtraction to find."""
    totals = {(each.since, each.until): (each.n, each.selected) for each in monitored.facts.totals}
    whole_way = {"applied": 106, "attended": 87, "met the standard": 68}
    steps = {(each.characteristic, each.since, each.until) for each in monitored.facts.rates}
    for characteristic, since, until in steps:
        lines = [
            each
            for each in monitored.facts.rates
            if (each.characteristic, each.since, each.until) == (characteristic, since, until)
        ]
        told = (sum(each.n for each in lines), sum(each.selected for each in lines))
        assert told == totals.get((since, until), (whole_way[since], told[1]))


def test_nothing_of_a_person_leaves(monitored: Monitored, campaign_folder: Path, tmp_path: Path) -> None:
    answers = campaign_folder.parent / "answers"
    write_monitoring(monitored, answers, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "monitoring.csv",
        "monitoring.html",
        "monitoring.json",
        "monitoring.pdf",
    ]
    applicants = [applicant.reference for applicant in monitored.campaign.problem.applicants]
    texts = [
        (tmp_path / f"monitoring.{ending}").read_text(encoding="utf-8") for ending in ("csv", "json", "html")
    ]
    texts.append("\n".join(monitoring_lines(monitored.facts)))
    assert [one for one in applicants if any(one in text for text in texts)] == []
    record = json.loads(texts[1])
    assert [key for key in record if key.endswith("sha256")] == ["input_sha256"]


def test_answers_are_never_written_over(monitored: Monitored, campaign_folder: Path) -> None:
    answers = campaign_folder.parent / "answers"
    before = (answers / "monitoring.csv").read_bytes()
    for given in (answers, answers / "monitoring.csv"):
        with pytest.raises(BadInput) as refused:
            write_monitoring(monitored, given, answers)
        assert said(refused.value.faults) == [
            "--out: found the folder of the answers themselves; wanted another folder"
        ]
    assert (answers / "monitoring.csv").read_bytes() == before


def test_answers_among_the_campaigns_tables_are_refused(campaign_folder: Path) -> None:
    with pytest.raises(BadInput) as refused:
        monitor_selection(SOUND, SOUND)
    assert said(refused.value.faults)[0].startswith(
        "monitoring: found the answers in the campaign's own folder; wanted monitoring.csv"
    )


def test_stages_are_those_there_are_yet() -> None:
    campaign = sound_campaign()
    assert stages_reached(campaign) == ({"A1": 3, "A2": 3, "A3": 0}, 3, ())
    before = replace(campaign, ratings=(), agreed=())
    assert stages_reached(before) == (
        {"A1": 1, "A2": 1, "A3": 0},
        1,
        ("there are no ratings yet: only attendance is told",),
    )
    with pytest.raises(BadInput):
        stages_reached(replace(before, attendance=None))


def test_offers_that_cannot_be_made_yet_are_left_out_without_naming_anybody() -> None:
    campaign = sound_campaign()
    frame = replace(campaign.framework, last_resort=LastResort.PANEL, tie_break=())
    level = tuple(replace(each, rating=campaign.ratings[0].rating) for each in campaign.ratings)
    choices = replace(campaign.choices, by_applicant=dict.fromkeys(("A1", "A2", "A3"), ("SOM",)))
    places = replace(campaign.places, by_council={"SOM": 1})
    tied = replace(campaign, framework=frame, ratings=level, agreed=(), choices=choices, places=places)
    assert stages_reached(tied) == (
        {"A1": 2, "A2": 2, "A3": 0},
        2,
        ("offers are not told, for places cannot be given out yet; allocate says why",),
    )


def test_made_up_answers_are_those_of_the_sample(campaign_folder: Path, monitored: Monitored) -> None:
    applicants = [applicant.reference for applicant in monitored.campaign.problem.applicants]
    made = made_up_monitoring("south-west-2015", 0, applicants)
    answers = read_monitoring(campaign_folder.parent / "answers", set(applicants)).answers
    assert [(a, c, answers[c][a]) for a, c, _ in made.rows] == list(made.rows)
