"""All papers of the tiny campaign in one folder: every link leads somewhere, nothing old stays behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from api.services.make_papers import PAGES, Papers, make_papers
from scheduler.result import Result, Status, Unplaced
from scheduler.timetable import timetable_of
from tests.api.exports.page_text import page_of
from tests.api.exports.tiny_campaign import NAMES, tiny_campaign, tiny_outcomes
from tests.builders import tiny_timetable, without_rows

PAGE_NAMES = [name for name, _ in PAGES]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    return make_papers(
        campaign,
        tiny_timetable(),
        None,
        outcomes.order,
        outcomes.allocation,
        outcomes.checks,
        tmp_path_factory.mktemp("run"),
    )


def test_papers_are_counted_and_the_timetable_is_checked(made: Papers) -> None:
    assert (made.index.name, made.papers, made.breaches) == ("index.html", 37, ())


def test_folder_holds_the_pages_and_each_paper_twice(made: Papers) -> None:
    folder = made.index.parent
    assert sorted(each.name for each in folder.iterdir()) == sorted([*PAGE_NAMES, "papers"])
    pdf, html = (sorted(p.with_suffix("") for p in folder.rglob(f"papers/*/*.{e}")) for e in ("pdf", "html"))
    assert (len(pdf), pdf) == (37, html)


def test_every_link_is_relative_and_leads_somewhere(made: Papers) -> None:
    folder = made.index.parent
    ids = {name: set(page_of((folder / name).read_text("utf-8")).ids) for name in PAGE_NAMES}
    for name in PAGE_NAMES:
        for link in page_of((folder / name).read_text("utf-8")).links:
            path, _, place = link.partition("#")
            assert (folder / (path or name)).is_file(), link
            if place and path not in ids:
                ids[path or name] = set(page_of((folder / (path or name)).read_text("utf-8")).ids)
            assert not place or place in ids[path or name], link


def test_every_paper_is_linked(made: Papers) -> None:
    folder = made.index.parent
    links = {link.partition("#")[0] for link in page_of((folder / "papers.html").read_text("utf-8")).links}
    papers = {each.relative_to(folder).as_posix() for each in (folder / "papers").rglob("*.*")}
    assert papers - links == set()


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_page_is_well_formed_and_fetches_nothing(made: Papers, name: str) -> None:
    html = (made.index.parent / name).read_text("utf-8")
    page = page_of(html)
    assert (page.faults, page.attributes["html"]["lang"], len(page.headings)) == ([], "en-GB", 1)
    assert page.titles == [f"{dict(PAGES)[name]}: Tiny 2015 (made up)"]
    assert len(page.ids) == len(set(page.ids))
    assert html.replace("http://www.w3.org/2000/svg", "").count("://") == 0
    tags = [tag for tag, _ in page.tags]
    assert tags.count("caption") == tags.count("table")
    assert [facts for tag, facts in page.tags if tag == "th" and "scope" not in facts] == []


def test_merit_page_has_no_names(made: Papers) -> None:
    text = (made.index.parent / "merit.html").read_text("utf-8")
    assert [name for name in NAMES["applicants"].values() if name in text] == []


def test_first_page_begins_with_the_answers(made: Papers) -> None:
    text = page_of(made.index.read_text("utf-8")).text
    first = (
        "Has everybody a session, and who goes where? All 4 applicants have a session. 3 panels are needed."
    )
    assert first in text
    assert "No rule is broken." in text
    assert "No letter is written to A4" in text


def test_papers_of_an_earlier_run_do_not_stay_behind(made: Papers, tmp_path: Path) -> None:
    out = tmp_path / "run"
    shutil.copytree(made.index.parent, out)
    (out / "timetable.csv").write_text("kept", "utf-8")
    make_papers(tiny_campaign(), without_rows(tiny_timetable(), session="S1"), None, None, None, None, out)
    assert sorted(each.stem for each in (out / "papers" / "applicants").glob("*.pdf")) == ["A3", "A4"]
    assert (out / "papers" / "letters").exists() is False
    assert (out / "timetable.csv").read_text("utf-8") == "kept"


def test_breaches_and_missing_people_are_on_the_first_page(tmp_path: Path) -> None:
    timetable = without_rows(tiny_timetable(), person="A4")
    result = Result(Status.FEASIBLE, timetable, (), (Unplaced("A4", "No panel is free."),), 1.0, 0, 1)
    papers = make_papers(tiny_campaign(), timetable, result, None, None, None, tmp_path)
    text = page_of(papers.index.read_text("utf-8")).text
    assert "A4, Dina Dale. No session. No panel is free." in text
    assert [breach.detail for breach in papers.breaches if breach.detail not in text] == []
    assert len(papers.breaches) > 0


def test_campaign_without_a_timetable_still_has_its_pages(tmp_path: Path) -> None:
    papers = make_papers(tiny_campaign(), timetable_of(()), None, None, None, None, tmp_path)
    assert papers.papers == 0
    text = page_of(papers.index.read_text("utf-8")).text
    assert "0 of 4 applicants have a session." in text
    assert "No session is held yet." in text
    assert "The allocation will be here when there is an order of merit." in text


def test_hostile_names_stay_text_on_every_page(tmp_path: Path) -> None:
    hostile = """<script>alert(1)</script>"' &"""
    names = {table: dict.fromkeys(found, hostile) for table, found in NAMES.items()}
    campaign = tiny_campaign(names, campaign_name=hostile)
    outcomes = tiny_outcomes(campaign)
    rows = without_rows(without_rows(tiny_timetable(), session="S1"), session="S2")
    make_papers(campaign, rows, None, outcomes.order, outcomes.allocation, outcomes.checks, tmp_path)
    for name in PAGE_NAMES:
        page = page_of((tmp_path / name).read_text("utf-8"))
        scripts = [tag for tag, _ in page.tags if tag == "script"]
        assert (page.faults, scripts) == ([], ["script"] if name == "people.html" else [])
        assert hostile in page.text
