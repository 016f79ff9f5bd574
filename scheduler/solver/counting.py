"""Counting that both stages rely on."""

from __future__ import annotations

from scheduler.programme import Exercise, ExerciseKind, Session


def runs_in_time(exercise: Exercise, session: Session) -> int:
    """Most runs of an exercise, one after the other, in one room; or of one group, in any rooms.

    A group may be with one run while the next one prepares elsewhere.
    """
    minutes, busy = session.window.minutes, exercise.minutes + exercise.writing_minutes
    if exercise.kind is ExerciseKind.GROUP:
        return max(0, minutes - exercise.preparation_minutes) // max(1, busy)
    return minutes // max(1, exercise.preparation_minutes + busy)
