"""A way out, done: the campaign's tables with the changes made that `explain` proposed.

Each kind of change is a few cells or rows. What it means to the solver is said in
`scheduler.solver.explain.changes`; a test holds the two together. Whoever is still to be found gets a row
with a reference of their own and a name that says so. Nothing is stored here, and the tables are to be
checked like any others before they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from api.campaign import Campaign, Table
from api.services.editing.cells import Cells
from scheduler.explanation import Change, ChangeKind, WayOut
from scheduler.grid import clock
from scheduler.problem import Problem
from scheduler.programme import ExerciseKind

C = ChangeKind
Doing = Callable[[Campaign, Cells, Change], None]

# Seats of a new room where the campaign has no room of its kind to go by.
SEATS = 12
TRAITS = ("chair", "safer_recruitment", "lived_experience")


def apply_way_out(campaign: Campaign, way: WayOut) -> Mapping[str, Table]:
    """The tables that the way out changes, each as a whole; all others stay as they are."""
    return apply_changes(campaign, way.changes)


def apply_changes(campaign: Campaign, changes: Iterable[Change]) -> Mapping[str, Table]:
    """The same for changes by themselves. Raises `KeyError` where one names what is not in the campaign."""
    cells = Cells(campaign.tables)
    for change in changes:
        _DOINGS[change.kind](campaign, cells, change)
    return cells.changed()


def _pin(campaign: Campaign, cells: Cells, change: Change) -> None:
    person, session = change.target
    cells.drop("pins", person=person, session=session)


def _available(campaign: Campaign, cells: Cells, change: Change) -> None:
    """A group comes with all its members. Who names the sessions they can do gets one more of these."""
    person, session = change.target
    group = campaign.problem.group_by_reference.get(person)
    for one in (person, *(group.members if group else ())):
        cells.drop("availability", person=one, session=session)
        if any(row["available"] == "yes" for row in cells.rows("availability", person=one)):
            cells.add("availability", person=one, session=session, available="yes")


def _standby(campaign: Campaign, cells: Cells, change: Change) -> None:
    cells.set("assessors", change.target[0], standby="no")


def _half_days(campaign: Campaign, cells: Cells, change: Change) -> None:
    assessor = campaign.problem.assessor_by_reference[change.target[0]]
    cells.set("assessors", assessor.reference, half_days_max=str(assessor.half_days_max + change.size))


def _panels_max(campaign: Campaign, cells: Cells, change: Change) -> None:
    session = campaign.problem.session_by_reference[change.target[0]]
    cells.set("sessions", session.reference, panels_max=str(session.panels_max + change.size))


def _session_end(campaign: Campaign, cells: Cells, change: Change) -> None:
    session = campaign.problem.session_by_reference[change.target[0]]
    cells.set("sessions", session.reference, end=clock(session.window.end + change.size))


def _minutes_max(campaign: Campaign, cells: Cells, change: Change) -> None:
    (who,) = change.target
    group = campaign.problem.group_by_reference.get(who)
    person = group or campaign.problem.role_player_by_reference[who]
    table = "service_user_groups" if group else "role_players"
    cells.set(table, who, minutes_max=str((person.minutes_max or 0) + change.size))


def _interviews_max(campaign: Campaign, cells: Cells, change: Change) -> None:
    cells.set_setting("panel_interviews_max", str(campaign.problem.panel.interviews_max + change.size))


def _training(campaign: Campaign, cells: Cells, change: Change) -> None:
    assessor = campaign.problem.assessor_by_reference[change.target[0]]
    needed = assessor.trained_for | {exercise.reference for exercise in campaign.problem.panel_exercises}
    trained = [e.reference for e in campaign.problem.exercises if e.reference in needed]
    cells.set("assessors", assessor.reference, trained_for=";".join(trained))


def _assessor(campaign: Campaign, cells: Cells, change: Change) -> None:
    council, session, *traits = change.target
    name = campaign.name_of("councils", council)
    for _ in range(change.size):
        cells.add_person(
            "assessors",
            f"{council}-{session}",
            f"Assessor to be found ({name}, {session})",
            session,
            council=council,
            half_days_max="1",
            **{trait: "yes" for trait in TRAITS if trait in traits},
        )


def _role_player(campaign: Campaign, cells: Cells, change: Change) -> None:
    (session,) = change.target
    cells.add_person("role_players", f"player-{session}", f"Role player to be found ({session})", session)


def _interpreters(campaign: Campaign, cells: Cells, change: Change) -> None:
    (session,) = change.target
    for _ in range(2):
        cells.add_person(
            "interpreters", f"interpreter-{session}", f"Interpreter to be found ({session})", session
        )


def _group(campaign: Campaign, cells: Cells, change: Change) -> None:
    """As large as the smallest that there is."""
    (session,) = change.target
    groups = campaign.problem.service_user_groups
    name = f"Service-user group to be found ({session})"
    group = cells.add_person("service_user_groups", f"group-{session}", name, session)
    for number in range(1, min((len(g.members) for g in groups), default=1) + 1):
        user = cells.free_reference(f"user-{session}")
        cells.add("service_users", service_user=user, group=group, name=f"To be found {number} ({session})")


def _room(campaign: Campaign, cells: Cells, change: Change) -> None:
    """As large as the largest of its kind anywhere in the campaign."""
    venue, kind, *traits = change.target
    alike = [room.seats for room in campaign.problem.rooms if ExerciseKind(kind) in room.use]
    cells.add(
        "rooms",
        room=cells.free_reference(f"{venue}-{kind}"),
        venue=venue,
        name=f"Room to be found ({campaign.name_of('venues', venue)})",
        use=kind,
        seats=str(max([1, *alike]) if alike else SEATS),
        **{trait: "yes" for trait in ("step_free", "quiet") if trait in traits},
    )


def _late_start(campaign: Campaign, cells: Cells, change: Change) -> None:
    cells.set_setting("travel_late_start", clock(campaign.problem.travel_late_start - change.size))


def _within(campaign: Campaign, cells: Cells, change: Change) -> None:
    exercise = campaign.problem.exercise_by_reference[change.target[0]]
    cells.set(
        "exercises", exercise.reference, within_minutes=str((exercise.within_minutes or 0) + change.size)
    )


def _rule(campaign: Campaign, cells: Cells, change: Change) -> None:
    setting, *exercise = change.target
    if exercise:
        cells.set("exercises", exercise[0], **{setting: _group_size(campaign.problem, exercise[0], change)})
    elif setting == "panel_first_choice_rule":
        cells.set_setting(setting, "soft")
    else:
        now: int = getattr(campaign.problem.panel, setting.removeprefix("panel_"))
        more = change.size if setting == "panel_one_council_max" else -change.size
        cells.set_setting(setting, str(now + more))


def _group_size(problem: Problem, named: str, change: Change) -> str:
    exercise = problem.exercise_by_reference[named]
    if change.target[0] == "group_min":
        return str(exercise.group_min - change.size)
    return str((exercise.group_max or 0) + change.size)


def _interest(campaign: Campaign, cells: Cells, change: Change) -> None:
    """It stays on record that it was declared; what was decided is the other way now."""
    applicant, person = change.target
    cells.set_rows("interests", {"applicant": applicant, "person": person}, decision="allow")


_DOINGS: dict[ChangeKind, Doing] = {
    C.PIN: _pin,
    C.APPLICANT_AVAILABLE: _available,
    C.STAFF_AVAILABLE: _available,
    C.STANDBY: _standby,
    C.HALF_DAYS: _half_days,
    C.PANELS_MAX: _panels_max,
    C.SESSION_END: _session_end,
    C.MINUTES_MAX: _minutes_max,
    C.INTERVIEWS_MAX: _interviews_max,
    C.TRAINING: _training,
    C.ASSESSOR: _assessor,
    C.ROLE_PLAYER: _role_player,
    C.INTERPRETERS: _interpreters,
    C.GROUP: _group,
    C.ROOM: _room,
    C.LATE_START: _late_start,
    C.WITHIN_MINUTES: _within,
    C.RULE: _rule,
    C.INTEREST: _interest,
}
