"""Which service-user group serves a session from now on, and what follows from it."""

from __future__ import annotations

from scheduler.solver.repair.variables import RepairVariables


def session_has_one_service_user_group(r: RepairVariables) -> None:
    """The one that has begun goes on, unless it may be replaced."""
    history = r.scenario.history
    for v in r.orders:
        for staffing in v.options.staffing:
            s = staffing.session
            serving = [leads for (_, session), leads in r.leads.items() if session == s]
            v.model.add(sum(serving) <= 1)
            begun = history.group_of.get(s)
            stays = begun is not None and not r.scenario.may_be_replaced(begun, s)
            for run in r.group_runs(s):
                v.model.add(sum(serving) >= v.takes_place[run])
                if stays and begun is not None:
                    v.model.add(r.leads.get((begun, s), 0) >= v.takes_place[run])


def service_user_group_minutes_are_within_limit(r: RepairVariables) -> None:
    """Writing counts, and so does what the group has begun."""
    history = r.scenario.history
    for (g, s), leads in r.leads.items():
        limit = history.problem.group_by_reference[g].minutes_max
        if limit is None:
            continue
        v, worked = r.order_of[s], []
        for run in r.group_runs(s):
            minutes = v.model.new_int_var(0, 24 * 60, f"{g} works {run}")
            length = v.run_minutes[run] + v.options.exercise(run).writing_minutes
            v.model.add(minutes >= length).only_enforce_if(v.takes_place[run])
            worked.append(minutes)
        v.model.add(sum(worked) <= limit - history.worked_minutes(g, s)).only_enforce_if(leads)


def group_is_kept_apart_from_the_excluded(r: RepairVariables) -> None:
    """Rule `excluded_pair_never_meets`, for groups and their members."""
    problem = r.scenario.history.problem
    for (g, s), leads in r.leads.items():
        v = r.order_of[s]
        for run in r.group_runs(s):
            for (a, joined), joins in v.joins.items():
                if joined == run and problem.excluded(r.alias_by_reference[a].applicant, g):
                    v.model.add(joins + leads <= 1)
