"""The tables through the browser: the list, one table searched and downloaded, settings, columns."""

from __future__ import annotations

from api.imports.read import read_tables
from api.imports.settings import SETTINGS
from api.imports.upload import Upload, raw_of_uploads
from api.permissions import Role
from api.samples import sample_tables
from tests.api.routes.page_reading import PageReading
from tests.service import Service, tables_before_the_day

SETTINGS_NUMBER = len(SETTINGS)


def read(service: Service, path: str, who: str = "organiser") -> PageReading:
    answer = service.browser(who).get(f"{service.base}/tables{path}")
    assert answer.status_code == 200
    return PageReading(answer.text)


def test_every_table_is_listed_with_its_rows(service: Service) -> None:
    page = read(service, "")
    before = [row for row in page.rows if row and row[0] in ("Applicants", "Travel", "Flags")]
    assert before == [
        [
            "Applicants",
            "The applicants, their choices in order, and the arrangements made for them.",
            "8 rows",
            "none",
        ],
        ["Travel", "Real journey times, where they are known.", "not used", "–"],
        [
            "Flags",
            "Red flags: what an applicant said or did that no rating should decide, and what was decided.",
            "not used",
            "–",
        ],
    ]
    assert (len(page.rows), page.lines[1]) == (36, "Everything fits together: no faults.")


def test_an_empty_campaign_says_what_to_do_first(service: Service) -> None:
    campaign = service.new_campaign({})
    service.give(service.accounts["organiser"], Role.ORGANISER, campaign=campaign)
    answer = service.browser("organiser").get(f"/campaigns/{campaign}/tables")
    page = PageReading(answer.text)
    assert page.url("Bring in a workbook") == f"/campaigns/{campaign}/bring-in"
    councils = next(row for row in page.rows if row[0] == "Councils")
    assert councils[2:] == ["not there yet, and needed", "–"]


def test_a_table_is_searched_sorted_and_names_its_references(service: Service) -> None:
    page = read(service, "/assessors?search=safer&sort=assessor&order=down")
    assert "0 of 5 rows have “safer”. Show all rows" in page.lines
    page = read(service, "/interests")
    rows = sample_tables("tiny")["interests"].rows
    names = {
        row[0]: row[1]
        for name in ("applicants", "assessors", "role_players")
        for row in sample_tables("tiny")[name].rows
    }
    assert page.rows[1:] == [
        [f"{a}{names[a]}", f"{p}{names[p]}", kind, decision] for a, p, kind, decision in rows
    ]


def test_rows_with_faults_say_where_and_can_be_shown_alone(service: Service) -> None:
    browser = service.browser("organiser")
    url = PageReading(browser.get(f"{service.base}/tables/venues").text).url("TAU")
    fields = PageReading(browser.get(url).text).fields
    browser.post(url, data=fields | {"cell-venue": ["NEW"]})
    page = read(service, "/sessions?faulty=1")
    assert [row[:3] for row in page.rows] == [
        ["Session", "Faults", "Venue"],
        ["H01", "1 faultVenue", "TAU"],
        ["H02", "1 faultVenue", "TAU"],
    ]
    assert "2 faults in this table. Only rows with faults are shown. Show every row" in page.lines


def test_dates_are_shown_in_words_and_sorted_by_time(service: Service) -> None:
    page = read(service, "/sessions?sort=start&order=down")
    assert [row[:1] + row[2:4] for row in page.rows[1:]] == [
        ["H02", "6 July 2015", "13:30"],
        ["H01", "6 July 2015", "09:00"],
    ]


def test_a_table_is_downloaded_as_it_is_kept(service: Service) -> None:
    browser = service.browser("auditor")
    kept = tables_before_the_day()["applicants"]
    for kind in ("csv", "xlsx"):
        answer = browser.get(f"{service.base}/tables/applicants?download={kind}&sort=applicant&order=down")
        raw = raw_of_uploads([Upload(f"applicants.{kind}", answer.content)])
        table = read_tables(raw).tables.by_name["applicants"].table
        assert (answer.headers["content-disposition"], table.columns, table.rows) == (
            f'attachment; filename="applicants.{kind}"',
            kept.columns,
            tuple(reversed(kept.rows)),
        )


def test_a_column_is_added_and_a_choice_more(service: Service) -> None:
    browser = service.browser("organiser")
    page = read(service, "/applicants")
    assert f"{service.base}/tables/applicants/columns" in page.actions
    for column in ("choice_5", "choice_6"):
        assert browser.post(page.actions[-1], data={"column": column}).status_code == 303
    assert read(service, "/applicants").rows[0][-2:] == ["Choice 5", "Choice 6"]
    refused = browser.post(page.actions[-1], data={"column": "choice_9"})
    assert (refused.status_code, "wanted one of choice_7" in refused.text) == (422, True)


def test_settings_are_shown_with_meaning_value_and_default(service: Service) -> None:
    page = read(service, "/settings")
    rows = {row[0]: row[1:] for row in page.rows[1:]}
    assert len(rows) == SETTINGS_NUMBER
    assert rows["Panel sizepanel_size"] == ["Assessors on each panel.", "2", "3"]
    assert rows["Offer hoursoffer_hours"][2] == "48"


def test_a_setting_is_changed_and_refused_in_words(any_service: Service) -> None:
    service = any_service
    browser = service.browser("organiser")
    url = f"{service.base}/tables/settings/raters_min"
    fields = PageReading(browser.get(url).text).fields
    refused = browser.post(url, data=fields | {"cell-raters_min": ["none"]})
    page = PageReading(refused.text)
    assert (refused.status_code, page.fields["cell-raters_min"], page.links[0]) == (
        422,
        ["none"],
        ('Raters min: Found "none"; wanted a whole number from 1 to 20', "#cell-raters_min"),
    )
    answer = browser.post(url, data=fields | {"cell-raters_min": ["1"]})
    assert answer.headers["location"] == f"{service.base}/tables/settings?saved=2"
    rows = {row[0]: row[1:] for row in read(service, "/settings").rows[1:]}
    assert rows["Raters minraters_min"] == ["Ratings needed before a cell counts as complete.", "1", "2"]
    again = browser.post(url, data=fields | {"cell-raters_min": ["3"]})
    assert (again.status_code, PageReading(again.text).buttons) == (409, ["Keep mine"])


def test_a_setting_without_a_row_gets_one_and_may_be_added_by_one_only(service: Service) -> None:
    browser = service.browser("organiser")
    given = {row[0] for row in tables_before_the_day()["settings"].rows}
    name = next(name for name, column in SETTINGS.items() if name not in given and column.default)
    url = f"{service.base}/tables/settings/{name}"
    default = SETTINGS[name].default
    same = {"seen": "0", f"cell-{name}": default}
    assert browser.post(url, data=same).headers["location"].endswith("?saved=1")
    new = {"seen": "0", f"cell-{name}": ";".join(default.split(";")[:-1])}
    assert browser.post(url, data=new).headers["location"].endswith("?saved=2")
    assert browser.post(url, data=new).status_code == 409


def test_what_is_no_table_and_no_setting_is_not_there(service: Service) -> None:
    browser = service.browser("organiser")
    for path in ("nothing", "monitoring", "settings/nothing", "applicants?change=99", "applicants?change=-1"):
        assert browser.get(f"{service.base}/tables/{path}").status_code == 404
    assert browser.post(f"{service.base}/tables/settings/nothing").status_code == 404
    assert browser.post(f"{service.base}/tables/travel/columns", data={"column": "x"}).status_code == 404


def test_whoever_may_not_read_tables_finds_none(service: Service) -> None:
    for role in ("assessor", "officer", "administrator", "nobody"):
        browser = service.browser(role)
        for path in ("", "/applicants", "/applicants?download=csv", "/settings", "/settings/panel_size"):
            assert browser.get(f"{service.base}/tables{path}").status_code == 404
    for role in ("centre_manager", "auditor"):
        browser = service.browser(role)
        assert browser.get(f"{service.base}/tables/settings/panel_size").status_code == 404
        assert browser.post(f"{service.base}/tables/applicants/columns").status_code == 404
        assert "Add a row" not in browser.get(f"{service.base}/tables/applicants").text
