"""Interview panels: who sits on them, whom they see, and what every one of them must hold.

A panel is known by its name within a session. An applicant's and an assessor's row of a panel exercise
must name it, a role player's or interpreter's may; a run is the panel's that most of those rows name.
How a single run is held together is in `runs.py`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from scheduler.checks.views import (
    PanelView,
    known_assessors,
    panel_rows,
    panels_of,
    run_panel,
    run_room,
    runs_of_kind,
)
from scheduler.checks.wording import activity, counted, counted_by_name, listed, run_name, times
from scheduler.people import Applicant, Assessor
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.programme import ExerciseKind
from scheduler.rules import Breach
from scheduler.timetable import Role, Timetable


def applicant_meets_one_panel(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """One panel's name on all the applicant's panel rows and on the rows of the assessors they meet there."""
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for run in runs_of_kind(problem, timetable, ExerciseKind.PANEL):
        for applicant in run.applicants:
            names[applicant, run.session].update(row.panel for row in panel_rows(run))
    for (applicant, session), found in sorted(names.items()):
        if found == {""}:
            detail = f"{applicant} has an interview in {session} whose panel is not named."
        elif len(found) > 1:
            named = listed(name or "a panel without a name" for name in found)
            detail = f"{applicant} meets {named} in {session}, and should meet one panel."
        else:
            continue
        yield Breach("applicant_meets_one_panel", (applicant,), session, None, max(len(found) - 1, 1), detail)


def panel_keeps_its_members_and_room(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Each run has every member once, all runs have one room, and only panel exercises have panels."""
    rule = "panel_keeps_its_members_and_room"
    for panel in panels_of(problem, timetable):
        for run in panel.runs:
            present = Counter(row.person for row in run.of(Role.ASSESSOR))
            absent = [member for member in panel.members if present[member] == 0]
            twice = [member for member in panel.members if present[member] > 1]
            if absent or twice:
                fault = f"is without {listed(absent)}" if absent else f"lists {listed(twice)} more than once"
                detail = f"Panel {panel.reference} {fault} in {run_name(run)} ({times(run.window)})."
                who = tuple(absent or twice)
                yield Breach(rule, who, panel.session, run.window, len(who), detail)
        rooms = sorted({run_room(run) for run in panel.runs})
        if len(rooms) > 1:
            detail = f"Panel {panel.reference} works in rooms {listed(rooms)} in {panel.session}."
            yield Breach(rule, panel.members, panel.session, None, len(rooms) - 1, detail)
    yield from _panels_misnamed(problem, timetable)


def assessor_sits_on_one_panel_a_session(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Nor does an assessor work outside panel exercises."""
    rule = "assessor_sits_on_one_panel_a_session"
    panels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in timetable.entries:
        in_panel = problem.exercise_by_reference[row.exercise].kind is ExerciseKind.PANEL
        if row.role is Role.ASSESSOR and not in_panel:
            detail = f"{row.person} is in {activity(row)} as an assessor, and {row.exercise} has no panel."
            yield Breach(rule, (row.person,), row.session, row.window, 1, detail)
    for panel in panels_of(problem, timetable):
        for member in panel.members:
            panels[member, panel.session].add(panel.reference)
    for (person, session), found in sorted(panels.items()):
        if len(found) > 1:
            detail = f"{person} sits on {counted(len(found), 'panel')} in {session}: {listed(found)}."
            yield Breach(rule, (person,), session, None, len(found) - 1, detail)


def panel_has_its_full_size(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Neither fewer nor more than the campaign asks."""
    for panel in panels_of(problem, timetable):
        size, wanted = len(panel.members), problem.panel.size
        if size != wanted:
            detail = (
                f"Panel {panel.reference} in {panel.session} has {counted_by_name(panel.members, 'member')}"
                f" instead of {wanted}."
            )
            yield Breach(
                "panel_has_its_full_size", panel.members, panel.session, None, abs(size - wanted), detail
            )


def panel_has_lead_authority_members(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Counted by the members' council; a council's own panels are no exception."""
    return _panels_wanting(
        problem,
        timetable,
        "panel_has_lead_authority_members",
        f"from the lead authority ({problem.lead_council})",
        problem.panel.lead_members,
        lambda member: member.council == problem.lead_council,
    )


def panel_has_first_choice_members(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Only while the rule is `hard`; while it is `soft` these applicants are counted as a tier."""
    if problem.panel.first_choice_rule is not FirstChoiceRule.HARD:
        return
    wanted = problem.panel.first_choice_members
    for panel in panels_of(problem, timetable):
        for applicant in applicants_without_first_choice(problem, panel):
            held = first_choice_members(problem, panel, applicant)
            detail = (
                f"{applicant.reference}'s panel {panel.reference} in {panel.session} has"
                f" {counted(held, 'member')} from {applicant.first_choice}, their first choice;"
                f" {wanted} must be."
            )
            who = (applicant.reference, *panel.members)
            yield Breach("panel_has_first_choice_members", who, panel.session, None, wanted - held, detail)


def panel_is_not_one_councils_alone(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """One breach for each council with too many members; the lead authority is no exception."""
    most = problem.panel.one_council_max
    for panel in panels_of(problem, timetable):
        members = known_assessors(problem, panel.members)
        for council, held in sorted(Counter(member.council for member in members).items()):
            if held > most:
                who = tuple(member.reference for member in members if member.council == council)
                detail = (
                    f"Panel {panel.reference} in {panel.session} has {counted(held, 'member')} from"
                    f" {council} ({listed(who)}); at most {most} may be."
                )
                yield Breach("panel_is_not_one_councils_alone", who, panel.session, None, held - most, detail)


def panel_has_safer_recruitment_training(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Counted over the members, whoever else they are."""
    return _panels_wanting(
        problem,
        timetable,
        "panel_has_safer_recruitment_training",
        "with safer-recruitment training",
        problem.panel.safer_recruitment_members,
        lambda member: member.safer_recruitment,
    )


def panel_has_a_chair(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Counted over the members; none is asked for by default."""
    return _panels_wanting(
        problem,
        timetable,
        "panel_has_a_chair",
        "who may chair",
        problem.panel.chair_members,
        lambda member: member.chair,
    )


def panel_has_lived_experience(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Counted over the members; none is asked for by default."""
    return _panels_wanting(
        problem,
        timetable,
        "panel_has_lived_experience",
        "with lived experience",
        problem.panel.lived_experience_members,
        lambda member: member.lived_experience,
    )


def panel_sees_at_most_its_number(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Applicants, each once however many panel exercises there are."""
    most = problem.panel.interviews_max
    for panel in panels_of(problem, timetable):
        seen = len(panel.applicants)
        if seen > most:
            detail = (
                f"Panel {panel.reference} in {panel.session} sees"
                f" {counted_by_name(panel.applicants, 'applicant')}; at most {most} may be."
            )
            who = panel.applicants
            yield Breach("panel_sees_at_most_its_number", who, panel.session, None, seen - most, detail)


def session_has_no_more_panels_than_allowed(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Panels that see anybody in the session, by name."""
    panels = panels_of(problem, timetable)
    for session in problem.sessions:
        names = [panel.reference for panel in panels if panel.session == session.reference]
        over = len(names) - session.panels_max
        if over > 0:
            detail = (
                f"{session.reference} has {counted_by_name(names, 'panel')};"
                f" at most {session.panels_max} may work in it."
            )
            yield Breach("session_has_no_more_panels_than_allowed", (), session.reference, None, over, detail)


def assessor_is_trained_for_the_exercise(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Nor does anybody assess who is not an assessor of the campaign."""
    seen: set[tuple[str, str, str]] = set()
    for row in timetable.entries:
        key = (row.person, row.session, row.exercise)
        if row.role is not Role.ASSESSOR or key in seen:
            continue
        seen.add(key)
        assessor = problem.assessor_by_reference.get(row.person)
        if assessor is None:
            detail = f"{row.person} is in {activity(row)} as an assessor but is not one."
        elif row.exercise not in assessor.trained_for:
            detail = f"{row.person} assesses {activity(row)} but is not trained for {row.exercise}."
        else:
            continue
        yield Breach(
            "assessor_is_trained_for_the_exercise", (row.person,), row.session, row.window, 1, detail
        )


def _panels_misnamed(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    """Rows other than the applicant's and the assessors' that name a panel where another, or none, sits."""
    rule = "panel_keeps_its_members_and_room"
    for run in timetable.sittings:
        in_panel = problem.exercise_by_reference[run.exercise].kind is ExerciseKind.PANEL
        sits = run_panel(run) if in_panel else ""
        for row in run.entries:
            if row.role is Role.ASSESSOR or (in_panel and row.role is Role.APPLICANT):
                continue
            if row.panel and not in_panel:
                fault = f"and {row.exercise} has no panel"
            elif row.panel and sits and row.panel != sits:
                fault = f"and {run_name(run)} is before panel {sits}"
            else:
                continue
            detail = f"{row.person} is in {activity(row)} with panel {row.panel}, {fault}."
            yield Breach(rule, (row.person,), row.session, row.window, 1, detail)


def first_choice_members(problem: Problem, panel: PanelView, applicant: Applicant) -> int:
    """How many of the panel come from the council the applicant named first."""
    members = known_assessors(problem, panel.members)
    return sum(1 for member in members if member.council == applicant.first_choice)


def applicants_without_first_choice(problem: Problem, panel: PanelView) -> list[Applicant]:
    """The panel's applicants with a first choice for whom it lacks `panel_first_choice_members`."""
    known = problem.applicant_by_reference
    return [
        known[reference]
        for reference in panel.applicants
        if reference in known
        and known[reference].first_choice is not None
        and first_choice_members(problem, panel, known[reference]) < problem.panel.first_choice_members
    ]


def _panels_wanting(
    problem: Problem,
    timetable: Timetable,
    rule: str,
    which: str,
    wanted: int,
    counts: Callable[[Assessor], bool],
) -> Iterator[Breach]:
    """A breach of `rule` for each panel with fewer than `wanted` members that count."""
    for panel in panels_of(problem, timetable):
        held = sum(1 for member in known_assessors(problem, panel.members) if counts(member))
        if held < wanted:
            detail = (
                f"Panel {panel.reference} in {panel.session} ({listed(panel.members)}) has"
                f" {counted(held, 'member')} {which}; at least {wanted} must be."
            )
            yield Breach(rule, panel.members, panel.session, None, wanted - held, detail)
