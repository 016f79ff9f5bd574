"""The interface's rows: added, changed, taken away, and what happens where two do so at once."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from tests.api.routes.interface.programs import program
from tests.service import Service


def first(client: TestClient, table: str = "councils") -> dict[str, Any]:
    row: dict[str, Any] = client.get(f"/tables/{table}").json()["rows"][0]
    return row


def test_row_is_added_changed_and_taken_away(any_service: Service) -> None:
    client = program(any_service)
    added = client.post("/tables/councils/rows", json={"cells": {"council": "NEW", "places": "3"}})
    assert (added.status_code, added.json()["change"], added.json()["faults"]) == (201, 2, [])
    row = f"/tables/councils/rows/{added.json()['row_id']}"
    changed = client.put(row, json={"since": 2, "cells": {"name": "New Council"}})
    assert (changed.status_code, changed.json()["change"]) == (200, 3)
    last = client.get("/tables/councils").json()["rows"][-1]
    assert (last["since"], last["cells"]["council"], last["cells"]["name"]) == (3, "NEW", "New Council")
    assert client.delete(row, params={"since": 3}).json()["change"] == 4
    assert client.get("/tables/councils").json()["rows"][-1]["cells"]["council"] != "NEW"
    with any_service.database.reading() as work:
        entries = [entry for entry, _ in work.audit.entries(any_service.campaign)][-3:]
    assert [entry.act for entry in entries] == ["row added", "row changed", "row removed"]
    assert {entry.actor.partition(":")[0] for entry in entries} == {"token"}


def test_row_changed_meanwhile_is_a_conflict_that_says_how_it_stands(any_service: Service) -> None:
    client = program(any_service)
    row = first(client)
    url = f"/tables/councils/rows/{row['row_id']}"
    assert client.put(url, json={"since": 1, "cells": {"name": "One"}}).status_code == 200
    again = client.put(url, json={"since": 1, "cells": {"name": "Two"}})
    assert (again.status_code, again.json()) == (
        409,
        {
            "detail": "The row was changed meanwhile. Nothing was changed.",
            "now": {
                "row_id": row["row_id"],
                "since": 2,
                "cells": row["cells"] | {"name": "One"},
            },
        },
    )
    assert client.delete(url, params={"since": 1}).status_code == 409
    gone = client.put("/tables/councils/rows/99999", json={"since": 1, "cells": {}})
    assert gone.json() == {"detail": "The row is not there any more. Nothing was changed.", "now": None}


def test_row_with_faults_is_refused_with_them(service: Service) -> None:
    client = program(service)
    row = first(client)
    answer = client.put(
        f"/tables/councils/rows/{row['row_id']}", json={"since": 1, "cells": {"places": "-1", "x": "y"}}
    )
    assert answer.status_code == 422
    assert [(f["row"], f["column"]) for f in answer.json()["faults"]] == [(2, "x"), (2, "places")]
    assert first(client) == row


def test_row_s_number_and_change_are_held_within_bounds(any_service: Service) -> None:
    client = program(any_service)
    huge = 10**30
    assert client.put(f"/tables/councils/rows/{huge}", json={"since": 1, "cells": {}}).status_code == 422
    assert client.delete("/tables/councils/rows/1", params={"since": huge}).status_code == 422
    assert client.delete("/tables/councils/rows/1").status_code == 422
    assert client.delete(f"/tables/councils/rows/{2**62}", params={"since": 1}).status_code == 409
    assert client.get(f"/timetables/{huge}").status_code == 422
    assert client.get(f"/timetables/{2**31 - 1}").status_code == 404
