"""Counting that the placement and the running orders rely on."""

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


def runs_of_role_player(exercise: Exercise, session: Session, move_minutes: int, begins: int = 0) -> int:
    """Most runs that one role player can be in from `begins` (minutes after midnight) to the session's end.

    Between two of them there is a move; or none in one room, where only preparation and writing part them.
    """
    apart = exercise.preparation_minutes + exercise.writing_minutes
    pause = 0 if exercise.kind is ExerciseKind.SOLO else min(move_minutes, apart)
    first = max(begins, session.window.start + exercise.preparation_minutes)
    minutes = session.window.end - exercise.writing_minutes - first
    return max(0, minutes + pause) // max(1, exercise.minutes + pause)


def runs_begun_before(minute: int, exercise: Exercise, session: Session) -> int:
    """Most interviews with one panel whose contact begins before this minute after midnight."""
    busy = exercise.preparation_minutes + exercise.minutes + exercise.writing_minutes
    return max(0, -((session.window.start + exercise.preparation_minutes - minute) // max(1, busy)))


def least_groups_of_assessors(panels: int, sessions: int, size: int) -> int:
    """So many groups of assessors are separate at least, where so many panels sit in so many sessions.

    In one of the sessions there are `panels / sessions` panels or more, all of different people; and each
    panel of the campaign brings together at most `size` groups.
    """
    if not panels:
        return 0
    at_once = -(-panels // max(1, sessions))
    return max(1, size * at_once - panels * (size - 1))
