"""The planted plan keeps every rule that the sample sets around it, so that a timetable exists."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

import pytest

from api.samples import SAMPLE_NAMES, SIZE_NAMES, case_named
from api.samples.campaign import Cast, made_up_cast
from api.samples.cases import Case
from api.samples.staff import Worker

_CAMPAIGNS = [
    *((name, seed) for name in SAMPLE_NAMES for seed in range(5)),
    *((name, seed) for name in ("size-6", *SIZE_NAMES) for seed in range(2)),
]


@pytest.fixture(params=_CAMPAIGNS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def made(request: pytest.FixtureRequest) -> tuple[Case, Cast]:
    name, seed = request.param
    return case_named(name), _cast(name, seed)


@cache
def _cast(name: str, seed: int) -> Cast:
    return made_up_cast(case_named(name), random.Random(f"{name}/{seed}"))


def _workers(cast: Cast) -> list[Worker]:
    staff = cast.staff
    return [*staff.assessors, *staff.groups, *staff.role_players, *staff.interpreters]


def _planted_pairs(cast: Cast) -> set[tuple[str, str]]:
    working = {(worker.reference, half.reference) for worker in _workers(cast) for half in worker.planted}
    return working | set(cast.plan.session_by_applicant.items())


def test_plan_uses_the_fewest_panels_and_sessions(made: tuple[Case, Cast]) -> None:
    case, cast = made
    panels = -(-case.invited // case.interviews_max)
    assert len(cast.plan.panels) == panels
    assert len(cast.plan.sessions) == -(-panels // case.panels_max)
    assert sorted(cast.plan.session_by_applicant) == [a.reference for a in cast.applicants]
    most = max(Counter(panel.session for panel in cast.plan.panels).values())
    assert most == min(panels, case.panels_max)


def test_nobody_in_the_plan_is_ruled_out_by_availability(made: tuple[Case, Cast]) -> None:
    _, cast = made
    only = {person for person, _, available in cast.availability if available == "yes"}
    yes = {(person, session) for person, session, available in cast.availability if available == "yes"}
    no = {(person, session) for person, session, available in cast.availability if available == "no"}
    against = [(p, s) for p, s in _planted_pairs(cast) if (p, s) in no or (p in only and (p, s) not in yes)]
    assert against == []


def test_pins_are_kept_by_the_plan(made: tuple[Case, Cast]) -> None:
    _, cast = made
    pairs = _planted_pairs(cast)
    assert [pin for pin in cast.pins if ((pin[0], pin[1]) in pairs) != (pin[2] == "must")] == []


def test_nobody_works_at_two_venues_on_a_day_or_twice_in_a_session(made: tuple[Case, Cast]) -> None:
    _, cast = made
    for worker in _workers(cast):
        venues_by_date = {(half.date, half.venue) for half in worker.planted}
        assert len(venues_by_date) == len({date for date, _ in venues_by_date}), worker.reference
        assert len(worker.planted) == len({half.reference for half in worker.planted}), worker.reference


def test_assessors_keep_within_their_half_days_and_standbys_stay_out(made: tuple[Case, Cast]) -> None:
    _, cast = made
    over = [a.reference for a in cast.staff.assessors if len(a.planted) > a.half_days_max]
    assert over == []
    assert [a.reference for a in cast.staff.assessors if a.standby and a.planted] == []
    assert {a.half_days_max for a in cast.staff.assessors} <= {2, 3, 4, 5, 6}


def test_every_panel_is_as_the_settings_ask(made: tuple[Case, Cast]) -> None:
    case, cast = made
    assessors = {a.reference: a for a in cast.staff.assessors}
    for panel in cast.plan.panels:
        members = [assessors[reference] for reference in panel.members]
        councils = Counter(member.council for member in members)
        assert len(set(panel.members)) == case.panel_size
        assert len(panel.applicants) <= case.interviews_max
        assert councils[case.region.lead] >= 1
        assert max(councils.values()) <= 2
        assert {a.first_choice for a in panel.applicants} - set(councils) == set()
        assert any(member.safer_recruitment for member in members)
        assert [m.reference for m in members if m.trained_for and "interview" not in m.trained_for] == []


def test_every_session_has_its_other_staff(made: tuple[Case, Cast]) -> None:
    case, cast = made
    for half in cast.plan.sessions:
        panels = len(cast.plan.panels_of(half.reference))
        assert sum(half in group.planted for group in cast.staff.groups) == 1
        assert sum(half in player.planted for player in cast.staff.role_players) == min(
            panels, case.panels_max
        )
    for applicant, arrangement in cast.arranged.items():
        if arrangement.interpreter == "yes":
            session = cast.plan.session_by_applicant[applicant]
            there = [t for t in cast.staff.interpreters if session in {h.reference for h in t.planted}]
            assert len(there) == 2


def test_no_declared_interest_keeps_apart_people_who_meet_in_the_plan(made: tuple[Case, Cast]) -> None:
    _, cast = made
    apart = {
        (applicant, person) for applicant, person, _, decision in cast.interests if decision == "exclude"
    }
    groups = {half.reference: group for group in cast.staff.groups for half in group.planted}
    for panel in cast.plan.panels:
        met = {*panel.members, *(reference for reference, _ in groups[panel.session].members)}
        for worker in cast.staff.role_players:
            if panel.session in {half.reference for half in worker.planted}:
                met.add(worker.reference)
        assert apart & {(a.reference, person) for a in panel.applicants for person in met} == set()
