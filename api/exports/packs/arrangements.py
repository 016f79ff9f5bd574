"""An applicant's arrangements in words: what to provide, never why it is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from api.campaign import Campaign
from api.exports.packs.legend import signs_of
from api.exports.packs.wording import listed
from scheduler.people import Adjustment
from scheduler.programme import Exercise, ExerciseKind
from scheduler.timetable import Entry, Role, Timetable

QUIET_KINDS = (ExerciseKind.SITTING, ExerciseKind.SOLO)


def arrangements_of(
    campaign: Campaign, timetable: Timetable, applicant: str, *, by_letter: bool = False
) -> tuple[str, ...]:
    """Each arrangement of one applicant as a phrase; empty for most people.

    `by_letter` names exercises by the letter of their sign, for sheets that explain the letters.
    """
    adjustment = campaign.problem.applicant_by_reference[applicant].adjustment
    phrases: list[str] = []
    if adjustment.extra_time_percent:
        phrases.append(_extra_time(campaign, adjustment, by_letter))
    if adjustment.step_free:
        phrases.append("step-free access to every room")
    if adjustment.quiet_room:
        written = [each for each in campaign.problem.exercises if each.kind in QUIET_KINDS]
        phrases.append(f"a quiet room for {_named(campaign, written, by_letter)}")
    if adjustment.interpreter:
        phrases.append(_interpreters(campaign, timetable, applicant))
    if adjustment.break_minutes:
        phrases.append(f"a break of at least {adjustment.break_minutes} minutes between two activities")
    return tuple(phrases)


def arrangements_to_make(adjustment: Adjustment) -> tuple[str, ...]:
    """What to provide for somebody at a place of work: no exercise, room or interpreter of the day."""
    phrases = (
        (bool(adjustment.extra_time_percent), f"{adjustment.extra_time_percent} per cent extra time"),
        (adjustment.step_free, "step-free access"),
        (adjustment.quiet_room, "a quiet room for written work"),
        (adjustment.interpreter, "two interpreters"),
        (bool(adjustment.break_minutes), f"breaks of at least {adjustment.break_minutes} minutes"),
    )
    return tuple(words for is_needed, words in phrases if is_needed)


def interpreters_of(timetable: Timetable, applicant: str) -> tuple[str, ...]:
    """The interpreters who are with this applicant in every activity, by reference.

    One who shares only some of the runs is there for another applicant of the same group.
    """
    own = {_run_of(row) for row in timetable.applicant_entries.get(applicant, [])}
    shared: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in timetable.entries:
        if row.role is Role.INTERPRETER and _run_of(row) in own:
            shared[row.person].add(_run_of(row))
    return tuple(sorted(person for person, runs in shared.items() if runs == own))


def _run_of(row: Entry) -> tuple[str, ...]:
    return (row.session, row.exercise, row.sitting)


def _extra_time(campaign: Campaign, adjustment: Adjustment, by_letter: bool) -> str:
    share = f"{adjustment.extra_time_percent} per cent extra time"
    longer = [exercise for exercise in campaign.problem.exercises if exercise.extra_time]
    if not longer:
        return share
    return f"{share} for {_named(campaign, longer, by_letter)} (already in the times)"


def _interpreters(campaign: Campaign, timetable: Timetable, applicant: str) -> str:
    names = [campaign.name_of("interpreters", each) for each in interpreters_of(timetable, applicant)]
    everywhere = "two interpreters in every activity"
    return f"{everywhere}: {listed(names)}" if names else everywhere


def _named(campaign: Campaign, exercises: Sequence[Exercise], by_letter: bool) -> str:
    signs = [signs_of(campaign)[exercise.reference] for exercise in exercises]
    return listed([sign.letter if by_letter else f"{sign.name}" for sign in signs])
