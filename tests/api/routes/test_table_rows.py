"""One row of a table through the browser: changed, added, removed; two people at one row; its history."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.permissions import Role
from tests.api.routes.page_reading import PageReading
from tests.service import Service


def row_url(service: Service, browser: TestClient, table: str, reference: str) -> str:
    return PageReading(browser.get(f"{service.base}/tables/{table}").text).url(reference)


def fields_of(browser: TestClient, url: str) -> dict[str, list[str]]:
    return PageReading(browser.get(url).text).fields


def table_rows(service: Service, table: str) -> list[tuple[str, ...]]:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        return [row.cells for row in work.campaigns.tables(record)[table].rows]


def change_number(service: Service) -> int:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        return record.change


def test_a_row_is_shown_with_what_it_holds(service: Service) -> None:
    browser = service.browser("organiser")
    fields = fields_of(browser, row_url(service, browser, "sessions", "H01"))
    seen = fields.pop("seen")
    venue = table_rows(service, "sessions")[0][1]
    assert (seen, fields) == (
        ["1"],
        {
            "cell-session": ["H01"],
            "cell-venue": [venue],
            "cell-date-day": ["6"],
            "cell-date-month": ["7"],
            "cell-date-year": ["2015"],
            "cell-start": ["09:00"],
            "cell-end": ["13:15"],
            "cell-panels_max": ["2"],
        },
    )


def test_saving_a_row_as_it_was_changes_nothing(service: Service) -> None:
    browser = service.browser("organiser")
    for table in ("rooms", "sessions", "applicants", "assessors", "exercises", "availability"):
        before = table_rows(service, table)
        url = row_url(service, browser, table, before[-1][0])
        answer = browser.post(url, data=fields_of(browser, url))
        assert answer.headers["location"] == f"{service.base}/tables/{table}?saved=1"
        assert (table_rows(service, table), change_number(service)) == (before, 1)


def test_a_change_is_saved_as_the_format_spells_it(any_service: Service) -> None:
    service = any_service
    browser = service.browser("organiser")
    url = row_url(service, browser, "sessions", "H02")
    fields = fields_of(browser, url)
    fields |= {"cell-date-day": ["9"], "cell-date-month": ["7"], "cell-start": ["9:30"]}
    answer = browser.post(url, data=fields)
    assert answer.headers["location"] == f"{service.base}/tables/sessions?saved=2"
    assert table_rows(service, "sessions")[1][:1] + table_rows(service, "sessions")[1][2:4] == (
        "H02",
        "2015-07-09",
        "09:30",
    )
    page = PageReading(browser.get(url).text)
    assert page.rows[1:] == [
        [
            "2",
            page.rows[1][1],
            "Made-up Organiser",
            "Date: “2015-07-06” became “2015-07-09”Start: “13:30” became “09:30”",
        ],
        ["1", page.rows[2][1], "the program", "It was put in."],
    ]


def test_a_fault_stands_beside_its_field_and_keeps_what_was_typed(service: Service) -> None:
    browser = service.browser("organiser")
    url = row_url(service, browser, "applicants", "A001")
    fields = fields_of(browser, url) | {"cell-email": ["nobody"], "cell-extra_time_percent": ["lots"]}
    answer = browser.post(url, data=fields)
    page = PageReading(answer.text)
    errors = [(text, to) for text, to in page.links if to.startswith("#")]
    assert (answer.status_code, errors, page.fields["cell-email"], change_number(service)) == (
        422,
        [
            ('Email: Found "nobody"; wanted an e-mail address', "#cell-email"),
            (
                'Extra time percent: Found "lots"; wanted a whole number from 0 to 300',
                "#cell-extra_time_percent",
            ),
        ],
        ["nobody"],
        1,
    )


def test_faults_left_elsewhere_are_told_with_the_way_to_them(service: Service) -> None:
    browser = service.browser("organiser")
    url = row_url(service, browser, "role_players", "R01")
    fields = fields_of(browser, url) | {"cell-role_player": ["R09"]}
    told = PageReading(browser.get(browser.post(url, data=fields).headers["location"]).text)
    assert "elsewhere" not in told.text
    council = "BAN"
    url = row_url(service, browser, "councils", council)
    answer = browser.post(url, data=fields_of(browser, url) | {"cell-council": ["NEW"]})
    told = PageReading(browser.get(answer.headers["location"]).text)
    assert "Saved: council NEW." in told.lines
    first = next(text for text, _ in told.links if text.startswith(("applicants ", "assessors ")))
    page = PageReading(browser.get(told.url(first)).text)
    assert any(f'Found "{council}"; wanted a reference from councils' in line for line in page.lines)


def test_two_people_at_one_row_are_told_and_keep_either(any_service: Service) -> None:
    service = any_service
    other = service.account("second@stepup.example", "Second Organiser")
    service.give(other, Role.ORGANISER)
    mine, theirs = service.browser("organiser"), service.browser(other)
    url = row_url(service, mine, "applicants", "A001")
    opened = fields_of(mine, url)
    theirs.post(url, data=opened | {"cell-name": ["Their Name"]})
    answer = mine.post(url, data=opened | {"cell-name": ["My Name"], "cell-quiet_room": ["yes"]})
    page = PageReading(answer.text)
    was = opened["cell-name"][0]
    assert (answer.status_code, page.rows[1:], page.buttons, change_number(service)) == (
        409,
        [
            ["Name", was, "Their Name", "My Name", "both of you"],
            [
                "Quiet room",
                opened["cell-quiet_room"][0] or "–",
                opened["cell-quiet_room"][0] or "–",
                "yes",
                "you did",
            ],
        ],
        ["Keep mine"],
        2,
    )
    assert page.lines[1].startswith("Second Organiser changed applicant A001 on ")
    kept = mine.post(page.actions[0], data=page.fields)
    assert kept.headers["location"] == f"{service.base}/tables/applicants?saved=3"
    assert table_rows(service, "applicants")[0][:2] == ("A001", "My Name")
    history = PageReading(mine.get(url).text).rows[1:]
    assert [row[2] for row in history] == ["Made-up Organiser", "Second Organiser", "the program"]


def test_two_people_at_different_cells_can_keep_both(service: Service) -> None:
    browser = service.browser("organiser")
    url = row_url(service, browser, "applicants", "A001")
    opened = fields_of(browser, url)
    browser.post(url, data=opened | {"cell-name": ["Their Name"]})
    answer = browser.post(url, data=opened | {"cell-quiet_room": ["yes"]})
    page = PageReading(answer.text)
    assert (answer.status_code, page.buttons) == (409, ["Keep both changes", "Keep mine"])
    both = {name: values[:1] for name, values in page.fields.items()}
    browser.post(page.actions[0], data=both)
    fields = fields_of(browser, url)
    assert (fields["cell-name"], fields["cell-quiet_room"]) == (["Their Name"], ["yes"])


def test_a_row_removed_meanwhile_can_be_put_in_again(service: Service) -> None:
    browser = service.browser("organiser")
    url = row_url(service, browser, "interests", table_rows(service, "interests")[0][0])
    opened = fields_of(browser, url)
    assert browser.post(f"{url}/remove", data={"seen": opened["seen"]}).status_code == 303
    answer = browser.post(url, data=opened | {"cell-kind": ["neighbours"]})
    page = PageReading(answer.text)
    assert (answer.status_code, page.buttons) == (409, ["Put it in again as I typed it"])
    assert any(line.startswith("Made-up Organiser removed ") for line in page.lines)
    assert browser.post(page.actions[0], data=page.fields).status_code == 303
    assert table_rows(service, "interests")[-1][2] == "neighbours"
    assert browser.post(f"{url}/remove", data={"seen": "1"}).status_code == 303
    assert browser.get(url).status_code == 404


def test_removing_a_row_that_was_changed_meanwhile_asks_again(service: Service) -> None:
    browser = service.browser("organiser")
    url = row_url(service, browser, "applicants", "A008")
    opened = fields_of(browser, url)
    browser.post(url, data=opened | {"cell-name": ["Changed"]})
    answer = browser.post(f"{url}/remove", data={"seen": opened["seen"]})
    page = PageReading(answer.text)
    assert (answer.status_code, page.fields, page.buttons) == (
        409,
        {"seen": ["2"]},
        ["Remove applicant A008"],
    )
    assert browser.post(f"{url}/remove", data=page.fields).status_code == 303
    assert [row[0] for row in table_rows(service, "applicants")] == [f"A00{n}" for n in range(1, 8)]


def test_a_new_row_is_added_below_the_others(any_service: Service) -> None:
    service = any_service
    browser = service.browser("organiser")
    url = f"{service.base}/tables/service_user_groups/rows/new"
    refused = browser.post(url, data={"cell-group": "", "cell-name": "Friends"})
    assert (refused.status_code, PageReading(refused.text).fields["cell-name"]) == (422, ["Friends"])
    answer = browser.post(url, data={"cell-group": "G9", "cell-name": "Friends", "cell-minutes_max": ""})
    assert answer.headers["location"] == f"{service.base}/tables/service_user_groups?saved=2"
    assert table_rows(service, "service_user_groups")[-1][:2] == ("G9", "Friends")


def test_the_first_row_of_a_table_makes_the_table(service: Service) -> None:
    browser = service.browser("organiser")
    person, venue = table_rows(service, "applicants")[0][0], table_rows(service, "venues")[0][0]
    fields = {"cell-from": person, "cell-venue": venue, "cell-minutes": "45"}
    assert browser.post(f"{service.base}/tables/travel/rows/new", data=fields).status_code == 303
    assert table_rows(service, "travel") == [(person, venue, "45")]


def test_boxes_are_ticked_and_kept_in_their_order(service: Service) -> None:
    browser = service.browser("organiser")
    room = table_rows(service, "rooms")[0]
    url = row_url(service, browser, "rooms", room[0])
    browser.post(url, data=fields_of(browser, url) | {"cell-use": ["", "sitting", "group"]})
    assert table_rows(service, "rooms")[0][3] == "sitting;group"
    nothing = browser.post(url, data=fields_of(browser, url) | {"cell-use": [""]})
    assert nothing.status_code == 422


def test_text_that_no_cell_may_hold_is_refused(any_service: Service) -> None:
    service = any_service
    browser = service.browser("organiser")
    url = row_url(service, browser, "applicants", "A001")
    for typed in ("a\x00b", "a\x07b", "x" * 40_000):
        answer = browser.post(url, data=fields_of(browser, url) | {"cell-name": [typed]})
        assert answer.status_code in (303, 422)
    browser.post(url, data=fields_of(browser, url) | {"cell-name": ["two\r\nlines"]})
    assert table_rows(service, "applicants")[0][1] == "two\nlines"


def test_rows_of_nowhere_are_not_there(service: Service) -> None:
    browser = service.browser("organiser")
    url = row_url(service, browser, "applicants", "A001")
    number = url.rpartition("/")[2]
    for path in (
        f"sessions/rows/{number}",
        "applicants/rows/0",
        f"applicants/rows/{10**30}",
        "nothing/rows/new",
    ):
        assert browser.get(f"{service.base}/tables/{path}").status_code == 404
        assert browser.post(f"{service.base}/tables/{path}", data={"seen": "1"}).status_code == 404


def test_whoever_may_not_read_tables_finds_no_row(service: Service) -> None:
    url = row_url(service, service.browser("organiser"), "applicants", "A001")
    for role in ("assessor", "officer", "administrator", "nobody"):
        browser = service.browser(role)
        answers = [browser.get(url), browser.get(f"{url}/remove"), browser.post(url)]
        answers.append(browser.post(f"{url}/remove"))
        assert [answer.status_code for answer in answers] == [404, 404, 404, 404]


def test_whoever_only_reads_sees_the_row_without_a_form(service: Service) -> None:
    for role in ("centre_manager", "auditor"):
        browser = service.browser(role)
        url = row_url(service, browser, "applicants", "A001")
        answer = browser.get(url)
        page = PageReading(answer.text)
        assert (answer.status_code, page.actions, browser.post(url).status_code) == (200, [], 404)
        assert "obi.sedgebrook@example.org" in page.lines
