"""Ways out applied to the tables mean what the solver tried: every kind of change, on forty small campaigns.

Whether a change helps is the solver's to say; here its meaning in the tables is held against its meaning in
the problem. For some campaigns it goes all the way: explained, applied, read again and solved.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from api.campaign import Campaign
from api.presenters.solving import no_place_cards, way_of_record, way_record
from api.services.apply_way_out import apply_changes, apply_way_out
from scheduler.explanation import Change, ChangeKind, Fact, Obstacle, ObstacleKind
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.solver.explain.changes import applied, candidates
from scheduler.solver.explain.explain import explain
from scheduler.solver.schedule import schedule
from tests.api.services.tables_of_problem import campaign_of, reading_of
from tests.builders import tiny_problem, with_changes
from tests.scheduler.solver.explain.over_constrained import campaigns

# Campaigns whose ways out are of many kinds, and quickly solved.
EXPLAINED = (
    "applicant away",
    "assessor kept out",
    "interest",
    "half-days",
    "on standby",
    "panels",
    "long journey",
    "too few for a group",
    "interpreters",
    "step-free rooms",
    "role player's minutes",
    "tiny random 10",
)
PARAMS = Params(seconds=20, workers=1)
# Of each kind of change, in how many campaigns it is looked at; and how many in each.
CAMPAIGNS_A_KIND, CHANGES_A_CAMPAIGN = 6, 2


def after(campaign: Campaign, changes: list[Change]) -> Problem:
    """The problem of the campaign with these changes in its tables, which must read without a fault."""
    reading = reading_of({**campaign.tables, **apply_changes(campaign, changes)})
    assert (reading.faults, changes) == ((), changes)
    assert reading.campaign is not None
    return reading.campaign.problem


def alike(problem: Problem, before: Problem) -> object:
    """A problem with new people and rooms under names that do not depend on who named them."""
    known = {person for person, _ in before.travel_minutes}
    names: dict[str, str] = {}
    for table in ("rooms", "assessors", "role_players", "interpreters", "service_user_groups"):
        old = {each.reference for each in getattr(before, table)}
        new = [each for each in getattr(problem, table) if each.reference not in old]
        names |= {each.reference: f"new {table} {n}" for n, each in enumerate(new)}
        if table == "service_user_groups":
            names |= {user: f"user {n}" for group in new for n, user in enumerate(group.members)}

    def named(reference: str) -> str:
        return names.get(reference, reference)

    def renamed(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(replace(row, reference=named(row.reference)) for row in rows)  # type: ignore

    return replace(
        problem,
        rooms=renamed(problem.rooms),  # type: ignore[arg-type]
        assessors=renamed(problem.assessors),  # type: ignore[arg-type]
        role_players=renamed(problem.role_players),  # type: ignore[arg-type]
        interpreters=renamed(problem.interpreters),  # type: ignore[arg-type]
        service_user_groups=tuple(
            replace(g, reference=named(g.reference), members=tuple(map(named, g.members)))
            for g in problem.service_user_groups
        ),
        unavailable=frozenset((named(person), session) for person, session in problem.unavailable),
        travel_minutes={key: n for key, n in problem.travel_minutes.items() if key[0] in known},
        interests=tuple(i for i in problem.interests if i.excluded),
    )


def every_obstacle(problem: Problem) -> list[Obstacle]:
    """Whatever could stand in anybody's way, so that every change there is comes up."""
    groups, players = problem.service_user_groups, problem.role_players
    staff: tuple[Fact, ...] = (
        *((x.reference,) for x in problem.assessors),
        *((g.reference,) for g in groups),
        *((p.reference,) for p in players),
        *((i.reference,) for i in problem.interpreters),
    )
    limited: tuple[Fact, ...] = (
        *((g.reference,) for g in groups if g.minutes_max is not None),
        *((p.reference,) for p in players if p.minutes_max is not None),
    )
    facts: dict[ObstacleKind, tuple[Fact, ...]] = {
        ObstacleKind.PIN: tuple((pin.person, pin.session) for pin in problem.pins),
        ObstacleKind.AVAILABILITY: tuple((a.reference,) for a in problem.applicants),
        ObstacleKind.STAFF_AVAILABILITY: staff,
        ObstacleKind.STANDBY: tuple((x.reference,) for x in problem.assessors if x.standby),
        ObstacleKind.HALF_DAYS: tuple((x.reference,) for x in problem.assessors),
        ObstacleKind.TRAINING: tuple((x.reference,) for x in problem.assessors),
        ObstacleKind.PANELS_MAX: tuple((s.reference,) for s in problem.sessions),
        ObstacleKind.MINUTES_MAX: limited,
        ObstacleKind.ASSESSORS: tuple((council,) for council in problem.councils),
        ObstacleKind.ROOMS: tuple(
            (s.venue, e.kind.value) for s in problem.sessions for e in problem.exercises
        ),
        ObstacleKind.INTEREST: tuple((i.applicant, i.person) for i in problem.interests if i.excluded),
    }
    return [Obstacle(kind, facts.get(kind, ((),))) for kind in ObstacleKind if facts.get(kind, ((),))]


def test_every_kind_of_change_means_in_the_tables_what_the_solver_tried() -> None:
    seen: Counter[ChangeKind] = Counter()
    for problem in [
        tiny_problem(),
        with_changes(tiny_problem(), "assessors", "B4", standby=True),
        *campaigns().values(),
    ]:
        campaign = campaign_of(problem)
        if campaign is None:
            continue
        for kind in ChangeKind:
            size = campaign.problem.grid_minutes if kind.value.endswith(("minutes", "end", "max")) else 1
            found = candidates(kind, campaign.problem, size, every_obstacle(campaign.problem))
            if seen[kind] < CAMPAIGNS_A_KIND and found:
                seen[kind] += 1
                for change in (*found[:1], *found[1:][-CHANGES_A_CAMPAIGN + 1 :]):
                    wanted = alike(applied(campaign.problem, [change]), campaign.problem)
                    assert alike(after(campaign, [change]), campaign.problem) == wanted
    assert set(seen) == set(ChangeKind)


def test_two_new_people_of_one_change_have_references_of_their_own() -> None:
    campaign = campaign_of(tiny_problem())
    assert campaign is not None
    change = Change(ChangeKind.ASSESSOR, ("SOM", "S1"), 2)
    tables = apply_changes(campaign, [change, change])
    assert [row[0] for row in tables["assessors"].rows[-4:]] == [f"SOM-S1-{n}" for n in (1, 2, 3, 4)]
    assert list(tables) == ["assessors", "availability"]


@pytest.mark.parametrize("name", EXPLAINED)
def test_ways_out_applied_place_those_they_were_for(name: str) -> None:
    campaign = campaign_of(campaigns()[name])
    assert campaign is not None
    explanation = explain(campaign.problem, PARAMS)
    cards = no_place_cards(campaign, explanation)
    assert [bool(card.ways) for card in cards] == [True for case in explanation.cases]
    for case, card in zip(explanation.cases, cards, strict=True):
        for way, shown in zip(case.ways_out, card.ways, strict=True):
            assert way_of_record(shown.record) == way
            reading = reading_of({**campaign.tables, **apply_way_out(campaign, way)})
            assert reading.campaign is not None
            then = schedule(replace(reading.campaign.problem, tiers=("unplaced",)), PARAMS).timetable
            assert (way, len(then.applicant_entries)) == (way, explanation.placed + way.places)


def test_way_record_is_plain_data() -> None:
    campaign = campaign_of(tiny_problem())
    assert campaign is not None
    explanation = explain(
        with_changes(tiny_problem(), "sessions", "S3", panels_max=0), Params(seconds=5, workers=1)
    )
    ways = [way for case in explanation.cases for way in case.ways_out]
    assert [way_of_record(way_record(way)) for way in ways] == ways
