"""The forecast as a job: for counted sessions before anybody has applied, for a draft, for nobody."""

from __future__ import annotations

from api.permissions import Role
from api.services.keep_findings import forecast_of
from api.storage.tables.jobs import JobKind, JobState
from tests.api.short_of_a_place import ask, done
from tests.service import Service, tables_before_the_day

ASKED = {"rate": "87/106", "risk": 5, "plays": 200, "seed": 3}


def before_invitations(service: Service) -> None:
    """The service's campaign is one to which nobody has applied."""
    tables = tables_before_the_day("tiny")
    people = {row[0] for row in tables.pop("applicants").rows}
    tables = {
        name: type(table)(name, table.columns, tuple(row for row in table.rows if not people & set(row)))
        for name, table in tables.items()
    }
    service.campaign = service.new_campaign(tables)
    service.give(service.accounts["organiser"], Role.ORGANISER)


def test_forecast_needs_no_applicants(any_service: Service) -> None:
    before_invitations(any_service)
    ended = done(any_service, ask(any_service, JobKind.FORECAST, **ASKED))
    forecast = forecast_of(ended.result["forecast"])
    assert (ended.state, ended.result["invite"], forecast.timetabled) == (
        JobState.DONE,
        forecast.invite,
        False,
    )
    assert (forecast.seed, forecast.risk, forecast.campaign.plays) == (3, 0.05, 200)


def test_forecast_of_a_draft_is_of_those_who_are_in_it(service: Service) -> None:
    done(service, ask(service, JobKind.SCHEDULE, seconds=10))
    ended = done(service, ask(service, JobKind.FORECAST, draft=1, **ASKED))
    forecast = forecast_of(ended.result["forecast"])
    assert (forecast.timetabled, forecast.campaign.booked) == (True, 8)


def test_same_seed_gives_the_same_forecast(service: Service) -> None:
    first, second = (done(service, ask(service, JobKind.FORECAST, **ASKED)).result for _ in range(2))
    assert first == second
