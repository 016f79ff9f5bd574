"""The peers do what they say, on the smallest campaigns: their panels are sound, their reports honest."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from scheduler.params import Params
from tests.benchmarks.campaigns import problem_of
from tests.benchmarks.peers.direct import direct_placement
from tests.benchmarks.peers.first_come import first_come_placement
from tests.benchmarks.peers.judged import judge
from tests.benchmarks.peers.orders import PeerPanel, is_sound, timetable_from
from tests.benchmarks.peers.timefold_peer import MODEL, timefold_input


@pytest.mark.parametrize("name", ["size-12", "south-west-2015"])
def test_first_come_staffs_sound_panels_and_sees_nobody_twice(name: str) -> None:
    problem = problem_of(name)
    panels = first_come_placement(problem)
    assert [panel for panel in panels if not is_sound(problem, panel)] == []
    seen = [applicant for panel in panels for applicant in panel.applicants]
    assert len(seen) == len(set(seen))
    working = [(member, panel.session) for panel in panels for member in panel.members]
    assert len(working) == len(set(working))
    assert first_come_placement(problem) == panels


def test_direct_model_places_everybody_on_the_fewest_panels() -> None:
    problem = problem_of("size-6")
    panels = direct_placement(problem, Params(seconds=5, workers=1))
    assert [panel for panel in panels if not is_sound(problem, panel)] == []
    timetable, _ = timetable_from(problem, panels, Params(seconds=1, workers=1))
    found = judge("direct model", "size-6", timetable, 0)
    assert (found.values[:4], found.breaches) == ((0, 2, 1, 0), ())


def test_panel_that_breaks_a_rule_is_left_out_whole() -> None:
    problem = problem_of("size-6")
    panel = direct_placement(problem, Params(seconds=2, workers=1))[0]
    short = PeerPanel(panel.session, panel.members[1:], panel.applicants)
    assert not is_sound(problem, short)
    timetable, _ = timetable_from(problem, [short], Params(seconds=1, workers=1))
    assert judge("somebody", "size-6", timetable, 0).values[0] == 6


def test_timefold_is_given_what_its_classes_hold() -> None:
    """Its model runs in a Python of its own, so nothing else would tell."""
    fields = {
        node.name: [each.target.id for each in node.body if isinstance(each, ast.AnnAssign)]  # type: ignore[union-attr]
        for node in ast.parse(Path(MODEL).read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    }
    given = timefold_input(problem_of("size-12"), Params(seconds=1))
    panels, assessors, applicants, rules = (
        given[key] for key in ("panels", "assessors", "applicants", "rules")
    )
    assert isinstance(panels, list)
    assert isinstance(assessors, list)
    assert isinstance(applicants, list)
    assert isinstance(rules, dict)
    assert list(panels[0]) == fields["Panel"]
    assert list(assessors[0]) == fields["Assessor"]
    assert [*applicants[0], "panel"] == fields["Booking"]
    assert ["id", *rules] == fields["Rules"]
