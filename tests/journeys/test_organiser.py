"""An organiser's whole way in a real browser: from an empty installation over the blank workbook, a faulty
upload, its mending, a solve, a move, a pin and a second solve to version 2 with the right people to tell.

It is walked twice, once with JavaScript off: everything must work without it.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, Page, expect

from api.samples import sample_tables
from api.services.make_up_installation import AFTERWARDS
from tests.serving import Running, serving, working

PASSWORD = "three made-up words"
SOLVED_MILLISECONDS = 90_000


@pytest.fixture
def server(fresh_url: str, tmp_path: Path) -> Iterator[Running]:
    with (
        working(fresh_url),
        serving(fresh_url, data_folder=str(tmp_path), second_factor="nobody") as running,
    ):
        yield running


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_organiser_goes_from_blank_workbook_to_version_two(
    chromium: Browser, server: Running, tmp_path: Path, scripts: bool
) -> None:
    context = chromium.new_context(base_url=server.base, java_script_enabled=scripts, accept_downloads=True)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    invitation = administrator_makes_a_campaign(page, server)
    organiser_comes_in(page, invitation)
    blank = organiser_downloads_the_blank_workbook(page, tmp_path)
    faulty, sound = filled(blank, tmp_path, venue="NOWHERE"), filled(blank, tmp_path)
    organiser_sees_the_faults(page, faulty, tmp_path)
    organiser_applies(page, sound)
    first = organiser_solves(page)
    organiser_publishes(page, first, version=1)
    organiser_moves_a_run(page, first)
    applicant, session = somebody_free(page, first)
    second = organiser_pins_and_solves_around(page, first, applicant, session)
    told = organiser_publishes(page, second, version=2)
    assert applicant in told
    assert told == people_with_other_rows(page, first, second)
    page.get_by_role("button", name=re.compile("^Note all")).click()
    expect(page.get_by_role("link", name="Still to be told (0)")).to_be_visible()
    # 409 and 422 are answers; what a browser refuses (the security policy, a missing file) is not.
    assert [said for said in refused if "status of 4" not in said] == []
    context.close()


def administrator_makes_a_campaign(page: Page, server: Running) -> str:
    """The first administrator, by the link on the terminal. Returns the organiser's invitation."""
    link = re.search(r"(http://\S+/link/\S+)", server.said())
    assert link is not None
    page.goto(link[1])
    page.get_by_label("Your name").fill("Ash Admin")
    page.get_by_label("Your e-mail address").fill("admin@stepup.example")
    choose_password(page)
    page.goto("/administration")
    page.get_by_label("What is the partnership called?").fill("South West")
    page.get_by_role("button", name="Make the partnership").click()
    page.get_by_label("What is the campaign called?").fill("South West 2015")
    page.get_by_label("Name of its first organiser").fill("Olive Organiser")
    page.get_by_label("Their e-mail address").fill("olive@somerset.example")
    page.get_by_role("button", name="Make the campaign and show the link").click()
    invitation = page.get_by_label("The link").input_value()
    page.get_by_role("button", name="Sign out").click()
    return invitation


def organiser_comes_in(page: Page, invitation: str) -> None:
    page.goto(invitation)
    choose_password(page)
    expect(page.locator("h1")).to_have_text("What is done, what is next, what is wrong?")


def choose_password(page: Page) -> None:
    page.locator("#password").fill(PASSWORD)
    page.locator("#again").fill(PASSWORD)
    page.get_by_role("button", name="Choose this password and sign in").click()


def organiser_downloads_the_blank_workbook(page: Page, folder: Path) -> Path:
    go_to(page, "Bring in")
    with page.expect_download() as download:
        page.get_by_role("link", name="blank workbook").first.click()
    path = folder / "blank.xlsx"
    download.value.save_as(path)
    return path


def filled(blank: Path, folder: Path, venue: str = "") -> Path:
    """The blank workbook with the tables of the sample `tiny`; `venue` puts a session at an unknown one."""
    book = openpyxl.load_workbook(io.BytesIO(blank.read_bytes()))
    for name, table in sample_tables("tiny").items():
        if name in AFTERWARDS:
            continue
        sheet = book[name]
        sheet.delete_rows(2, sheet.max_row)
        headers = [cell.value for cell in sheet[1]]
        for number, row in enumerate(table.rows, start=2):
            for column, text in zip(table.columns, row, strict=True):
                value = venue if venue and (name, number, column) == ("sessions", 2, "venue") else text
                if value:
                    sheet.cell(number, headers.index(column) + 1, value)
    path = folder / ("faulty.xlsx" if venue else "sound.xlsx")
    book.save(path)
    return path


def organiser_sees_the_faults(page: Page, workbook: Path, folder: Path) -> None:
    bring_in(page, workbook)
    expect(page.locator(".app-answer")).to_contain_text("1 fault in 1 sheet")
    expect(page.locator("main")).to_contain_text("NOWHERE")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the workbook with the faults marked").click()
    marked = folder / "marked.xlsx"
    download.value.save_as(marked)
    sheet = openpyxl.load_workbook(marked)["sessions"]
    noted = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment and cell.row > 1]
    assert noted == ["B2"]


def organiser_applies(page: Page, workbook: Path) -> None:
    bring_in(page, workbook)
    expect(page.locator(".app-answer")).to_contain_text("No faults")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("main")).to_contain_text("Applied, as change 1.")


def bring_in(page: Page, workbook: Path) -> None:
    go_to(page, "Bring in")
    page.locator("#files").set_input_files(workbook)
    page.get_by_role("button", name="Upload and look").click()


def organiser_solves(page: Page) -> int:
    """Returns the number of the draft."""
    go_to(page, "Solve")
    page.get_by_label("How many seconds may it take?").fill("20")
    page.get_by_role("button", name="Start solving").click()
    return draft_of_the_solve(page)


def draft_of_the_solve(page: Page) -> int:
    """Wait until the solve has ended; without scripts its page loads itself anew."""
    link = page.get_by_role("button", name=re.compile(r"See the timetable, draft \d+"))
    expect(link).to_be_visible(timeout=SOLVED_MILLISECONDS)
    expect(page.locator("main")).to_contain_text("All 8 applicants have a place")
    number = re.search(r"/timetables/(\d+)", link.get_attribute("href") or "")
    assert number is not None
    return int(number[1])


def organiser_moves_a_run(page: Page, draft: int) -> int:
    """The last run of the first session a quarter of an hour later, although that may break a rule."""
    open_draft(page, draft)
    page.locator(".app-card__link").first.click()
    page.locator("#runs tbody tr").last.get_by_role("link").first.click()
    start = re.search(r"(\d\d):(\d\d)", page.locator(".app-answer").inner_text())
    assert start is not None
    later = int(start[1]) * 60 + int(start[2]) + 15
    page.get_by_label("To start at").fill(f"{later // 60:02d}:{later % 60:02d}")
    page.get_by_role("button", name="See what that changes").first.click()
    page.locator(".app-confirm button.govuk-button").first.click()
    expect(page.locator("main")).to_contain_text(f"draft {draft + 1}", ignore_case=True)
    return draft + 1


def somebody_free(page: Page, draft: int) -> tuple[str, str]:
    """An applicant whom nothing ties to their session, and the other session."""
    tables = sample_tables("tiny")
    tied = {row[0] for name in ("availability", "pins") for row in tables[name].rows}
    rows = rows_of(page, draft)
    applicant, there = next(
        (who, next(iter(places))[0])
        for who, places in rows.items()
        if who not in tied and any(place[-2] == "applicant" for place in places)
    )
    return applicant, next(row[0] for row in tables["sessions"].rows if row[0] != there)


def organiser_pins_and_solves_around(page: Page, draft: int, applicant: str, session: str) -> int:
    open_draft(page, draft)
    page.get_by_label("Find a person, by name or reference").fill(applicant)
    page.get_by_role("button", name="Find", exact=True).click()
    page.locator("main").get_by_role("link", name=re.compile(applicant)).first.click()
    page.get_by_label("Another pin, for the session").select_option(session)
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.locator("main")).to_contain_text(f"Must be in {session}")
    page.get_by_role("button", name=re.compile("^Solve the rest")).first.click()
    return draft_of_the_solve(page)


def organiser_publishes(page: Page, draft: int, version: int) -> set[str]:
    """Returns the references of the people who are to be told."""
    open_draft(page, draft)
    page.get_by_role("link", name="See what publishing it means").click()
    told = set(
        re.findall(r"\(([A-Z0-9-]+)\)", " ".join(page.locator("#affected tbody th").all_inner_texts()))
    )
    page.get_by_role("button", name=f"Publish version {version}").click()
    expect(page.locator("h1")).to_contain_text(f"ersion {version}")
    return told


def people_with_other_rows(page: Page, old: int, new: int) -> set[str]:
    """Everybody whose rows differ between the files of two drafts."""
    before, after = rows_of(page, old), rows_of(page, new)
    return {who for who in {*before, *after} if before.get(who) != after.get(who)}


def rows_of(page: Page, draft: int) -> dict[str, set[tuple[str, ...]]]:
    """The rows of a draft's `timetable.csv` by person, but for the names of runs, which nobody is told."""
    home = re.match(r"(.*/campaigns/\w+)", page.url)
    assert home is not None
    answer = page.context.request.get(f"{home[1]}/timetables/{draft}/files.zip")
    with zipfile.ZipFile(io.BytesIO(answer.body())) as files:
        table = csv.DictReader(io.StringIO(files.read("timetable.csv").decode()))
        rows: dict[str, set[tuple[str, ...]]] = {}
        for row in table:
            told = tuple(row[c] for c in ("session", "exercise", "room", "start", "end", "role", "panel"))
            rows.setdefault(row["person"], set()).add(told)
    return rows


def go_to(page: Page, place: str) -> None:
    """One of the campaign's pages, by the row of pages at the top."""
    places = page.get_by_role("navigation", name="Pages of this campaign")
    places.get_by_role("link", name=place, exact=True).click()


def open_draft(page: Page, draft: int) -> None:
    go_to(page, "Timetable")
    page.locator(f'a[href$="/timetables/{draft}"]').first.click()
