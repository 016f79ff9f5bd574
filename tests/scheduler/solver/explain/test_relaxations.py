"""Removing an obstacle: every kind has its removal, and a timetable that was sound stays so without it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from scheduler.explanation import Obstacle, ObstacleKind
from scheduler.people import DeclaredInterest, Pin
from scheduler.problem import Problem
from scheduler.solver.explain.obstacles import obstacles_of
from scheduler.solver.explain.relaxations import REMOVALS, only, without
from tests.builders import tiny_problem, tiny_timetable

# These change what a run is or who there is; a timetable is then made anew.
CHANGED_ROWS = {ObstacleKind.LENGTHS, ObstacleKind.OTHERS, ObstacleKind.ARRANGEMENT, ObstacleKind.PANEL_SIZE}


def restricted() -> Problem:
    """The tiny campaign with something of every kind to remove."""
    problem = tiny_problem()
    return replace(
        problem,
        unavailable=frozenset({("A1", "S2"), ("B1", "S3"), ("G1", "S3"), ("U3", "S1"), ("RP1", "S3")}),
        pins=(Pin("A2", "S1", True), Pin("B1", "S1", True)),
        interests=(DeclaredInterest("A1", "B4", "colleague", True),),
        assessors=tuple(replace(x, standby=x.reference == "B8") for x in problem.assessors),
    )


def obstacles() -> list[Obstacle]:
    return obstacles_of(restricted(), ("A1",))


def test_every_kind_of_obstacle_can_be_removed() -> None:
    assert set(REMOVALS) == set(ObstacleKind)


@pytest.mark.parametrize("obstacle", obstacles(), ids=lambda obstacle: obstacle.kind.value)
def test_removing_an_obstacle_leaves_a_sound_timetable_sound(obstacle: Obstacle) -> None:
    problem = restricted()
    assert breaches_of(problem, tiny_timetable()) == []
    if obstacle.kind not in CHANGED_ROWS:
        changed = without(problem, [obstacle])
        assert changed != problem
        assert breaches_of(changed, tiny_timetable()) == []


def test_removing_everybody_else_leaves_their_pins_and_interests_behind() -> None:
    alone = only(restricted(), ["A1"])
    assert [a.reference for a in alone.applicants] == ["A1"]
    assert alone.pins == (Pin("B1", "S1", True),)
    assert [i.applicant for i in only(restricted(), ["A2"]).interests] == []


def test_panels_are_made_no_smaller_than_the_other_rules_need() -> None:
    problem = tiny_problem()
    smaller = without(problem, [Obstacle(ObstacleKind.PANEL_SIZE)])
    # One lead-authority member, one trained, one chair and one with lived experience might be four people.
    assert smaller.panel == problem.panel
    bare = [ObstacleKind.SAFER_RECRUITMENT, ObstacleKind.CHAIR, ObstacleKind.LIVED_EXPERIENCE]
    kinds = [ObstacleKind.PANEL_SIZE, *bare, ObstacleKind.FIRST_CHOICE]
    assert without(problem, [Obstacle(kind) for kind in kinds]).panel.size == 1
