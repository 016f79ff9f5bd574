"""How far a solve is, aim by aim, from what its job has told."""

from __future__ import annotations

from api.presenters.solve_page import POINTS_MAX, Course, course_of
from api.storage.tables.jobs import JobProgress
from tests.api.campaigns import sound_campaign

PANELS, SESSIONS = "panel_half_days", "sessions_held"


def told(*lines: tuple[float, str, int | None, int | None, bool]) -> list[JobProgress]:
    return [
        JobProgress(
            job_id="j", attempt=1, seconds=seconds, tier=tier, value=value, bound=bound, is_proven=proven
        )
        for seconds, tier, value, bound, proven in lines
    ]


def states(course: Course, number: int = 3) -> list[tuple[str, str]]:
    return [(curve.state, curve.words) for curve in course.curves[:number]]


def test_nothing_told_yet_is_all_to_do() -> None:
    course = course_of(sound_campaign(), [], None, ended=False)
    assert (course.said, states(course, 1)) == ("0 of 9 aims are settled.", [("waiting", "")])


def test_aim_goes_from_looking_to_best_found_to_proven() -> None:
    first = told(
        (0.1, "unplaced", 0, 0, True), (0.2, PANELS, 38, None, False), (0.2, SESSIONS, 4, None, False)
    )
    looking = course_of(sound_campaign(), [*first, *told((1, PANELS, 36, 35, False))], None, ended=False)
    assert looking.said == ("1 of 9 aims is settled. Now: fewest panels to staff, over all sessions.")
    assert states(looking) == [
        ("proven", "0 applicants; no plan does better."),
        ("looking", "Best found 36 panels, no plan below 35 panels."),
        ("stopped", "4 sessions."),
    ]
    settled = [*first, *told((1, PANELS, 36, 35, False), (2, PANELS, 36, 36, True))]
    proven = course_of(sound_campaign(), settled, None, ended=False)
    assert states(proven)[1:] == [
        ("proven", "36 panels; no plan does better."),
        ("looking", "4 sessions so far."),
    ]


def test_nothing_is_looked_for_once_it_has_ended() -> None:
    lines = told((1, PANELS, 36, 35, False))
    ended = course_of(sound_campaign(), lines, None, ended=True)
    assert (ended.said, [curve.state for curve in ended.curves[:2]]) == (
        "0 of 9 aims are settled.",
        ["waiting", "stopped"],
    )


def test_curves_are_of_what_changed_and_thinned_where_there_is_much() -> None:
    steps = [(float(n), PANELS, 1000 - n, None, False) for n in range(500)]
    course = course_of(sound_campaign(), told((0.1, "unplaced", 0, 0, True), *steps), None, ended=False)
    unplaced, panels = course.curves[:2]
    assert unplaced.points == ()
    assert len(panels.points) <= POINTS_MAX + 1
    assert (panels.points[0].value, panels.points[-1].value) == (1000, 501)


def test_bound_above_the_best_found_is_left_out() -> None:
    """It belongs to an earlier state of the search."""
    lines = told((1, PANELS, 38, 37, False), (2, PANELS, 36, None, False), (3, PANELS, 36, 35, False))
    panels = course_of(sound_campaign(), lines, None, ended=False).curves[1]
    assert [(point.value, point.bound) for point in panels.points] == [(38, 37), (36, None), (36, 35)]
