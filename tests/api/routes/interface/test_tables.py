"""The interface's tables: read, replaced as a whole against the change that was read, applicants pushed."""

from __future__ import annotations

from typing import Any

import pytest

from api.samples import sample_tables
from tests.api.routes.interface.programs import program, read_home
from tests.service import Service, tables_before_the_day


def rows(table: str, sample: str = "tiny") -> list[dict[str, str]]:
    found = sample_tables(sample)[table]
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def faults(answer: Any) -> list[tuple[str, int | None, str | None]]:
    return [(f["table"], f["row"], f["column"]) for f in answer.json()["faults"]]


def test_campaign_says_its_change_counts_and_faults(any_service: Service) -> None:
    tables = tables_before_the_day()
    with any_service.database.reading() as work:
        record = work.campaigns.by_id(any_service.campaign)
    assert record is not None
    assert read_home(program(any_service, ["read"])) == {
        "campaign": any_service.campaign,
        "name": record.name,
        "change": 1,
        "is_ready": True,
        "counts": {name: len(table.rows) for name, table in sorted(tables.items())},
        "faults": [],
        "warnings": [],
    }


def test_campaign_without_tables_names_those_that_are_missing(service: Service) -> None:
    said = read_home(program(service, campaign=service.new_campaign({})))
    assert (said["change"], said["is_ready"], said["counts"]) == (0, False, {})
    assert ("applicants", None, None) in [(f["table"], f["row"], f["column"]) for f in said["faults"]]


def test_table_is_read_with_row_ids_and_the_change_as_etag(service: Service) -> None:
    answer = program(service).get("/tables/councils")
    table = sample_tables("tiny")["councils"]
    said = answer.json()
    assert (answer.headers["etag"], said["change"], said["columns"]) == ('"1"', 1, list(table.columns))
    assert [row["cells"] for row in said["rows"]] == rows("councils")
    assert {row["since"] for row in said["rows"]} == {1}
    assert len({row["row_id"] for row in said["rows"]}) == len(table.rows)
    listed = program(service).get("/tables").json()
    assert {"name": "councils", "columns": list(table.columns), "rows": len(table.rows)} in listed


@pytest.mark.parametrize("table", ["nothing", "monitoring", "%00", "councils%00"])
def test_table_that_is_not_there_is_not_found(any_service: Service, table: str) -> None:
    client = program(any_service)
    answer = client.get(f"/tables/{table}")
    assert (answer.status_code, client.post(f"/tables/{table}/rows", json={"cells": {}}).status_code) == (
        404,
        404,
    )


def test_whole_campaign_is_pushed_into_an_empty_one_in_one_change(any_service: Service) -> None:
    client = program(any_service, campaign=any_service.new_campaign({}))
    pushed = {name: rows(name) for name in tables_before_the_day()}
    answer = client.put("/tables", json=pushed, headers={"If-Match": '"0"'})
    assert (answer.status_code, answer.json()) == (200, {"change": 1, "faults": []})
    assert read_home(client)["is_ready"] is True
    for name in pushed:
        assert [row["cells"] for row in client.get(f"/tables/{name}").json()["rows"]] == pushed[name]


def test_push_over_a_change_that_was_not_read_is_refused(service: Service) -> None:
    client = program(service)
    pushed = {"councils": rows("councils")}
    without = client.put("/tables", json=pushed)
    stale = client.put("/tables", json=pushed, headers={"If-Match": '"0"'})
    nonsense = client.put("/tables", json=pushed, headers={"If-Match": "yesterday"})
    assert [answer.status_code for answer in (without, stale, nonsense)] == [428, 412, 412]
    assert stale.json() == {
        "detail": "The campaign stands at change 1 now. Read it again; nothing was changed."
    }
    assert client.put("/tables", json=pushed, headers={"If-Match": "1"}).json()["change"] == 2


def test_faulty_push_tells_every_fault_and_changes_nothing(service: Service) -> None:
    client = program(service)
    bad = rows("councils")
    bad[0] |= {"places": "many"}
    bad[1] |= {"latitude": "north"}
    pushed = {"councils": bad, "venues": [{"venue": "V1", "colour": "red"}]}
    first = client.put("/tables", json=pushed, headers={"If-Match": '"1"'})
    assert (first.status_code, faults(first)) == (422, [("venues", None, '"colour"')])
    second = client.put("/tables", json={"councils": bad}, headers={"If-Match": '"1"'})
    assert (second.status_code, faults(second)) == (
        422,
        [("councils", 2, "places"), ("councils", 3, "latitude")],
    )
    unknown = client.put("/tables", json={"nothing": []}, headers={"If-Match": '"1"'})
    assert (unknown.status_code, unknown.json()["faults"][0]["table"]) == (422, '"nothing"')
    assert client.put("/tables", json={}, headers={"If-Match": '"1"'}).status_code == 422
    assert read_home(client)["change"] == 1


def test_push_tells_what_it_leaves_wrong_in_other_tables(service: Service) -> None:
    client = program(service)
    kept = [row for row in rows("sessions") if row["session"] == "H01"]
    answer = client.put("/tables", json={"sessions": kept}, headers={"If-Match": '"1"'})
    assert answer.status_code == 200
    assert {fault[0] for fault in faults(answer)} <= {"availability", "pins"}
    assert read_home(client)["is_ready"] is (faults(answer) == [])


def test_applicants_are_added_and_changed_by_reference(any_service: Service) -> None:
    client = program(any_service, ["read", "write"])
    known = rows("applicants")
    new = {"applicant": "Z99", "name": "Zoë Newcomer", "choice_1": known[0]["choice_1"]}
    changed = {"applicant": known[1]["applicant"], "name": "Another Name"}
    answer = client.post("/applicants", json={"applicants": [new, changed]})
    assert (answer.status_code, answer.json()) == (200, {"change": 2, "faults": []})
    now = [row["cells"] for row in client.get("/tables/applicants").json()["rows"]]
    assert now[1] == known[1] | {"name": "Another Name"}
    assert now[-1] == dict.fromkeys(known[0], "") | new
    assert [row for row in now if row not in (now[1], now[-1])] == [known[0], *known[2:]]
    assert [row["since"] for row in client.get("/tables/applicants").json()["rows"]].count(2) == 2


def test_pushed_applicants_need_a_reference_of_their_own(service: Service) -> None:
    client = program(service)
    pushed = [{"applicant": "Z1"}, {"name": "Nobody"}, {"applicant": "Z1"}]
    answer = client.post("/applicants", json={"applicants": pushed})
    assert (answer.status_code, faults(answer)) == (
        422,
        [("applicants", 3, "applicant"), ("applicants", 4, "applicant")],
    )
    assert read_home(client)["change"] == 1


@pytest.mark.parametrize(
    "body",
    [
        "not json",
        "[]",
        "null",
        '{"applicants": []}',
        '{"applicants": [{"applicant": 7}]}',
        '{"applicants": [{"applicant": "A"}], "more": 1}',
        '{"applicants": [{"applicant": "\\ud800"}]}',
        '{"applicants": [{"\\ud800": "A"}]}',
    ],
)
def test_what_has_another_shape_is_refused_in_json(service: Service, body: str) -> None:
    answer = program(service).post("/applicants", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert set(answer.json()) in ({"detail", "problems"}, {"detail", "faults"})


def test_character_of_number_0_is_refused_before_a_database_sees_it(any_service: Service) -> None:
    client = program(any_service)
    for cells in ({"applicant": "A\0"}, {"applicant": "A", "\0": "x"}):
        assert client.post("/applicants", json={"applicants": [cells]}).status_code == 422
        assert client.post("/tables/applicants/rows", json={"cells": cells}).status_code == 422


def test_push_beyond_the_caps_is_refused(service: Service) -> None:
    many = [{"applicant": f"Z{number}"} for number in range(50_000)]
    answer = program(service).post("/applicants", json={"applicants": many})
    assert answer.status_code == 422
    assert "at most" in answer.json()["faults"][0]["wanted"]
