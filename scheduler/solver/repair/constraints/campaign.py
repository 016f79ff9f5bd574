"""Rules over several sessions: one session an applicant, half-days, clashing sessions, pins of staff."""

from __future__ import annotations

from collections import defaultdict

from scheduler.solver.repair.variables import Literal, RepairVariables


def applicant_attends_one_session(r: RepairVariables) -> None:
    for a in r.scenario.applicants:
        names = [alias.reference for alias in r.scenario.aliases if alias.applicant == a]
        if len(names) > 1:
            r.model.add_at_most_one(r.comes[name] for name in names)


def assessor_half_days_are_within_limit(r: RepairVariables) -> None:
    """Half-days begun, or in sessions that stay as they are, are taken off first."""
    problem = r.scenario.history.problem
    more: dict[str, list[Literal]] = defaultdict(list)
    for (x, s), sits in r.sits_in.items():
        if s not in r.scenario.rows_fixed(x):
            more[x].append(sits)
    for x, sessions in more.items():
        most = problem.assessor_by_reference[x].half_days_max - len(r.scenario.rows_fixed(x))
        if len(sessions) > most:
            r.model.add(sum(sessions) <= most)


def person_is_in_one_session_at_a_time(r: RepairVariables) -> None:
    """Nor at two venues on one day (`person_works_at_one_venue_a_day`)."""
    for v in r.orders:
        for (player, run), plays in v.plays.items():
            r.model.add_implication(plays, r.plays_in[player, run.session])
    for one, other in r.scenario.clashing():
        for works in (r.sits_in, r.plays_in, r.leads, _interprets_in(r)):
            for (person, session), here in works.items():
                there = works.get((person, other))
                if session == one and there is not None:
                    r.model.add_implication(here, there.negated())


def pins_are_kept(r: RepairVariables) -> None:
    """Staff who must be in a session are, while it has work of their kind and they may not be replaced."""
    history = r.scenario.history
    for person, s in sorted(history.problem.required_pins):
        v = r.order_of.get(s)
        has_rows = any(row.session == s for row in history.begun_rows.get(person, []))
        if v is None or has_rows or r.scenario.may_be_replaced(person, s):
            continue
        if person in history.problem.assessor_by_reference:
            works = [r.works[s, p] for p in v.options.panels_of(s)]
            _present_if(r, [r.sits_in[person, s]] if (person, s) in r.sits_in else [], works)
        elif person in history.problem.role_player_by_reference:
            runs = [run for run in r.runs_of(s) if v.options.exercise(run).role_player]
            plays = [v.plays[person, run] for run in runs if (person, run) in v.plays]
            _present_if(r, plays, [v.takes_place[run] for run in runs])
        elif person in history.problem.interpreter_by_reference:
            here = [lit for (i, a), lit in r.interprets.items() if r.alias_by_reference[a].session == s]
            theirs = [
                lit
                for (i, a), lit in r.interprets.items()
                if i == person and r.alias_by_reference[a].session == s
            ]
            _present_if(r, theirs, here)
        elif person not in history.problem.applicant_by_reference:
            serve = [
                leads
                for (g, session), leads in r.leads.items()
                if session == s and person in (g, *history.problem.group_by_reference[g].members)
            ]
            _present_if(r, serve, [v.takes_place[run] for run in r.group_runs(s)])


def _present_if(r: RepairVariables, present: list[Literal], work: list[Literal]) -> None:
    """At least one of `present` wherever there is any of the work."""
    for one in work:
        r.model.add_bool_or([*present, one.negated()])


def _interprets_in(r: RepairVariables) -> dict[tuple[str, str], Literal]:
    """By interpreter and session, whether they are with anybody there."""
    found: dict[tuple[str, str], Literal] = {}
    for (i, a), interprets in r.interprets.items():
        key = (i, r.alias_by_reference[a].session)
        if key not in found:
            found[key] = r.literal(f"{i} interprets in {key[1]}")
        r.model.add_implication(interprets, found[key])
    return found
