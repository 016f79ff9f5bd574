"""The aims within one running order: nobody dropped, then the least waiting (tier `idle_minutes`)."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.solver.running_order.variables import Variables


def dropped(v: Variables) -> cp_model.LinearExprT:
    """Applicants who have to stay out, where staying out is allowed at all."""
    return sum(1 - comes for comes in v.comes.values())


def idle_minutes(v: Variables) -> cp_model.LinearExprT:
    """Last end less first start, less own activities and one move between each two, over all applicants.

    Each span is told that it is at least the sum of what it must hold: without that line the solver finds
    no bound to speak of. Dropped applicants have a span of their own, which costs nothing.
    """
    problem = v.options.problem
    move = problem.move_minutes * (len(problem.exercises) - 1)
    waiting: list[cp_model.LinearExprT] = []
    for session, applicant in v.options.applicants:
        if not problem.exercises:
            continue
        a, window = applicant.reference, problem.session_by_reference[session].window
        own = sum(e.preparation_minutes + problem.minutes_for(applicant, e) for e in problem.exercises)
        first = v.model.new_int_var(window.start, window.end, f"first {a}")
        last = v.model.new_int_var(window.start, 2 * window.end, f"last {a}")
        v.model.add_min_equality(first, [v.start[a, e.reference] for e in problem.exercises])
        v.model.add_max_equality(last, [v.end[a, e.reference] for e in problem.exercises])
        v.model.add(last - first >= own + move).only_enforce_if(v.comes[a])
        waits = v.model.new_int_var(0, 2 * 24 * 60, f"waits {a}")
        v.model.add(waits >= last - first - own - move).only_enforce_if(v.comes[a])
        waiting.append(waits)
    return sum(waiting)
