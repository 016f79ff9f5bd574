"""Why an applicant is unplaced: one sentence each, session by session, by counting alone.

Every sentence is true of the problem and of the timetable it was made from. Where counting finds nothing
in the way of a session, the sentence says only that no running order was found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.capacity.supply import Need, interpreters_free, is_free, may_work, needs_of
from scheduler.people import Applicant
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.programme import Exercise, ExerciseKind, Session
from scheduler.timetable import Panel, Role, Timetable

FULL = "every panel place is taken"


def reasons_for(problem: Problem, unplaced: Sequence[str], timetable: Timetable) -> dict[str, str]:
    """One sentence for each of `unplaced` (references of applicants), in their order.

    `timetable` is the best that was found without them and is taken to keep every rule.
    """
    use = _Use.of(timetable)
    return {
        reference: _reason(problem, use, problem.applicant_by_reference[reference]) for reference in unplaced
    }


@dataclass(frozen=True)
class _Use:
    """What a timetable already uses."""

    panels: dict[str, list[Panel]]
    sessions_of: dict[str, set[str]]
    minutes_played: dict[tuple[str, str], int]

    @classmethod
    def of(cls, timetable: Timetable) -> _Use:
        """Panels by session, sessions by person, and role players' minutes by person and session."""
        panels: dict[str, list[Panel]] = defaultdict(list)
        sessions_of: dict[str, set[str]] = defaultdict(set)
        minutes_played: dict[tuple[str, str], int] = defaultdict(int)
        for panel in timetable.panels:
            panels[panel.session].append(panel)
        for row in timetable.entries:
            sessions_of[row.person].add(row.session)
            if row.role is Role.ROLE_PLAYER:
                minutes_played[row.person, row.session] += row.window.minutes
        return cls(panels, sessions_of, minutes_played)

    def busy(self, problem: Problem, person: str, session: Session) -> bool:
        """Whether the person works in this session or in one that clashes with it."""
        others = (problem.session_by_reference[reference] for reference in self.sessions_of.get(person, ()))
        return any(
            other.reference == session.reference
            or (other.date == session.date and (other.venue != session.venue or other.overlaps(session)))
            for other in others
        )


def _reason(problem: Problem, use: _Use, applicant: Applicant) -> str:
    who = applicant.reference
    musts = sorted({pin.session for pin in problem.pins if pin.person == who and pin.must})
    if len(musts) > 1:
        return f"{who} is pinned into {_listed(musts)}, and nobody attends more than one session."
    available = [s for s in problem.sessions if problem.available(who, s.reference)]
    if not available:
        return f"There is no session that {who} is available for."
    if musts and musts[0] not in [session.reference for session in available]:
        return f"{who} is pinned into {musts[0]} but is not available for it."
    open_to = [s for s in available if (who, s.reference) not in problem.forbidden_pins]
    open_to = [s for s in open_to if not musts or s.reference == musts[0]]
    if not open_to:
        return f"Pins keep {who} out of every session they are available for."
    return _why_none(who, musts, [(s.reference, _blocker(problem, use, applicant, s)) for s in open_to])


def _why_none(who: str, musts: list[str], blockers: list[tuple[str, str]]) -> str:
    """One sentence from (session, what is in the way there), alike sessions named together."""
    sessions_by_blocker: dict[str, list[str]] = defaultdict(list)
    for session, blocker in blockers:
        sessions_by_blocker[blocker].append(session)
    if len(blockers) == 1:
        session, blocker = blockers[0]
        only = f"{who} is pinned into" if musts else f"The only session that {who} could attend is"
        return f"{only} {session}, where {blocker}."
    if list(sessions_by_blocker) == [FULL]:
        sessions = _listed(sessions_by_blocker[FULL])
        return f"All {len(blockers)} sessions that {who} could attend are full: {FULL} in {sessions}."
    parts = [f"in {_listed(sessions)} {blocker}" for blocker, sessions in sessions_by_blocker.items()]
    return f"None of the {len(blockers)} sessions that {who} could attend can take them: {'; '.join(parts)}."


def _blocker(problem: Problem, use: _Use, applicant: Applicant, session: Session) -> str:
    """The first thing that keeps the applicant out of the session."""
    tests = (_too_short, _no_room, _no_interpreters, _no_group, _no_role_player, _no_panel)
    for test in tests:
        found = test(problem, use, applicant, session)
        if found:
            return found
    return "counting finds nothing in the way, but no place was found beside everybody else"


def _too_short(problem: Problem, use: _Use, applicant: Applicant, session: Session) -> str:
    start = session.window.start
    if problem.must_start_late(applicant.reference, session.venue):
        start = max(start, problem.travel_late_start)
    minutes = sum(e.preparation_minutes + problem.minutes_for(applicant, e) for e in problem.exercises)
    moves = max(len(problem.exercises) - 1, 0)
    minutes += moves * problem.move_minutes
    if moves:
        minutes += max(applicant.adjustment.break_minutes - problem.move_minutes, 0)
    left = session.window.end - start
    if minutes <= left:
        return ""
    return f"their exercises and the time between take {minutes} minutes and there are {max(left, 0)}"


def _no_room(problem: Problem, use: _Use, applicant: Applicant, session: Session) -> str:
    for exercise in problem.exercises:
        wanted = _wanted_of_rooms(applicant, exercise)
        rooms = [room for room in problem.rooms_for(exercise, session.venue) if room.seats > 0]
        if "step-free" in wanted:
            rooms = [room for room in rooms if room.step_free]
        if "quiet" in wanted:
            rooms = [room for room in rooms if room.quiet]
        if not rooms:
            which = f"{' and '.join(wanted)} room" if wanted else "room"
            return f"no {which} of {session.venue} serves {exercise.reference}"
    return ""


def _wanted_of_rooms(applicant: Applicant, exercise: Exercise) -> list[str]:
    writing = exercise.kind in (ExerciseKind.SITTING, ExerciseKind.SOLO)
    step_free = ["step-free"] if applicant.adjustment.step_free else []
    return step_free + (["quiet"] if applicant.adjustment.quiet_room and writing else [])


def _no_interpreters(problem: Problem, use: _Use, applicant: Applicant, session: Session) -> str:
    if not applicant.adjustment.interpreter:
        return ""
    able = [i for i in interpreters_free(problem, session) if not problem.excluded(applicant.reference, i)]
    if len(able) < 2:
        return "two interpreters are not available"
    if sum(1 for i in able if not use.busy(problem, i, session)) < 2:
        return "two interpreters are not free, being with other applicants"
    return ""


def _no_group(problem: Problem, use: _Use, applicant: Applicant, session: Session) -> str:
    if not problem.group_exercises:
        return ""
    able = [
        group.reference
        for group in problem.service_user_groups
        if all(is_free(problem, person, session) for person in (group.reference, *group.members))
        and not problem.excluded(applicant.reference, group.reference)
    ]
    return "" if able else "no service-user group is available that may meet them"


def _no_role_player(problem: Problem, use: _Use, applicant: Applicant, session: Session) -> str:
    if not any(exercise.role_player for exercise in problem.exercises):
        return ""
    able = [
        player
        for player in problem.role_players
        if is_free(problem, player.reference, session)
        and not problem.excluded(applicant.reference, player.reference)
    ]
    if not able:
        return "no role player is available who may meet them"
    alone = [exercise for exercise in problem.exercises if exercise.role_player and not exercise.is_shared]
    minutes = max((problem.minutes_for(applicant, exercise) for exercise in alone), default=0)
    played = {p.reference: use.minutes_played.get((p.reference, session.reference), 0) for p in able}
    if all(p.minutes_max is not None and played[p.reference] + minutes > p.minutes_max for p in able):
        return f"no role player who may meet them has {minutes} minutes left"
    return ""


def _no_panel(problem: Problem, use: _Use, applicant: Applicant, session: Session) -> str:
    if not problem.panel_exercises:
        return ""
    panels = use.panels.get(session.reference, [])
    with_places = [panel for panel in panels if len(panel.applicants) < problem.panel.interviews_max]
    if any(_may_see(problem, panel, applicant) for panel in with_places):
        return ""
    if with_places:
        taken = "no panel with a place left may see them"
    else:
        taken = FULL if panels else "there is no panel"
    if len(panels) >= session.panels_max:
        return taken if panels else "no panel may work"
    lacking = _lacking_for_another_panel(problem, use, applicant, session)
    return f"{taken} and {'another' if panels else 'one'} {lacking}" if lacking else ""


def _may_see(problem: Problem, panel: Panel, applicant: Applicant) -> bool:
    if any(problem.excluded(applicant.reference, member) for member in panel.members):
        return False
    if problem.panel.first_choice_rule is not FirstChoiceRule.HARD or applicant.first_choice is None:
        return True
    councils = [problem.assessor_by_reference[member].council for member in panel.members]
    return councils.count(applicant.first_choice) >= problem.panel.first_choice_members


def _lacking_for_another_panel(problem: Problem, use: _Use, applicant: Applicant, session: Session) -> str:
    """What a further panel for this applicant would lack, or "" where counting finds nothing."""
    left = [
        a
        for a in problem.assessors
        if may_work(problem, a, session)
        and not use.busy(problem, a.reference, session)
        and len(use.sessions_of.get(a.reference, ())) < a.half_days_max
        and not problem.excluded(applicant.reference, a.reference)
    ]
    needs = needs_of(problem)
    if problem.panel.first_choice_rule is FirstChoiceRule.HARD and applicant.first_choice is not None:
        first = applicant.first_choice
        number = problem.panel.first_choice_members
        needs.append(
            Need(
                first,
                f"assessor from {first}",
                f"assessors from {first}",
                number,
                lambda a: a.council == first,
            )
        )
    for need in needs:
        held = sum(1 for a in left if need.counts(a))
        if held < need.number:
            members = need.one if need.number == 1 else need.many
            return f"would need {need.number} {members}, of whom {_number_free(held)} free"
    return ""


def _number_free(number: int) -> str:
    return {0: "none is", 1: "1 is"}.get(number, f"{number} are")


def _listed(references: Iterable[str]) -> str:
    names = list(references)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
