"""The interface's solves and timetables, publications and the allocation."""

from __future__ import annotations

import csv
import io

from api.samples import sample_tables
from api.services.allocate_places import allocate_places, allocation_as_table
from api.services.open_campaign import open_campaign
from api.services.rank_applicants import rank_applicants
from tests.api.routes.drafts_made import FILES, bring_in_draft
from tests.api.routes.interface.programs import program
from tests.service import Service


def test_solve_is_asked_for_looked_at_and_cancelled(any_service: Service) -> None:
    client = program(any_service, ["read", "solve"])
    asked = client.post("/jobs", json={"kind": "schedule", "seconds": 20})
    said = asked.json()
    assert (asked.status_code, said["kind"], said["state"], said["change"]) == (202, "schedule", "waiting", 1)
    assert client.get(f"/jobs/{said['job']}").json() == said
    assert [job["job"] for job in client.get("/jobs").json()] == [said["job"]]
    assert client.post(f"/jobs/{said['job']}/cancel").json()["state"] == "cancelled"
    assert client.post(f"/jobs/{said['job']}/cancel").json()["state"] == "cancelled"
    with any_service.database.reading() as work:
        job = work.jobs.by_id(said["job"])
    assert job is not None
    assert job.asked == {"seconds": 20, "seed": 0}


def test_solve_is_bounded_and_wants_a_sound_campaign(service: Service) -> None:
    client = program(service)
    most = service.settings.solve_seconds_max
    long = client.post("/jobs", json={"seconds": most + 1})
    assert (long.status_code, long.json()["faults"][0]["wanted"]) == (
        422,
        f"at most {most} on this installation",
    )
    assert client.post("/jobs", json={"kind": "repair"}).status_code == 422
    empty = program(service, campaign=service.new_campaign({}))
    refused = empty.post("/jobs", json={})
    assert refused.status_code == 422
    assert "applicants" in {fault["table"] for fault in refused.json()["faults"]}
    assert client.get("/jobs/%00").status_code == 404


def test_timetable_is_read_as_rows_and_as_files(service: Service) -> None:
    client = program(service, ["read"])
    assert client.get("/timetables").json() == []
    bring_in_draft(service)
    (listed,) = client.get("/timetables").json()
    assert (listed["number"], listed["origin"], listed["published_as"]) == (1, "file", [])
    text = client.get("/timetables/1/timetable.csv")
    assert text.headers["content-type"] == "text/csv; charset=utf-8"
    assert text.text == (FILES / "timetable.csv").read_text(encoding="utf-8")
    read = client.get("/timetables/1").json()
    assert read["timetable"] == list(csv.DictReader(io.StringIO(text.text)))
    rotations = client.get("/timetables/1/rotations.csv").text
    assert read["rotations"] == list(csv.DictReader(io.StringIO(rotations)))
    assert client.get("/timetables/1/run.csv").status_code == 422
    assert client.get("/publications").json() == []


def test_allocation_says_what_is_wanting_until_there_are_ratings(service: Service) -> None:
    answer = program(service).get("/allocation")
    assert (answer.status_code, answer.json()["faults"]) == (
        409,
        [
            {
                "table": "ratings",
                "row": None,
                "column": None,
                "found": "no ratings",
                "wanted": "the ratings, to rank by",
            }
        ],
    )


def test_allocation_is_the_one_that_the_program_works_out(any_service: Service) -> None:
    campaign = any_service.new_campaign(dict(sample_tables("tiny")))
    with any_service.database.reading() as work:
        record = work.campaigns.by_id(campaign)
        assert record is not None
        opened = open_campaign(work, record)
    assert opened.campaign is not None
    allocated = allocate_places(opened.campaign, rank_applicants(opened.campaign))
    table = allocation_as_table(allocated)
    said = program(any_service, ["read"], campaign).get("/allocation").json()
    assert (said["change"], said["offers"]) == (1, allocated.offers_by_council)
    assert said["allocation"] == [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert len(said["offers_sha256"]) == 64
    assert said["released"] is False
