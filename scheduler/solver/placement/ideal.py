"""The best that counting alone would allow for tiers 1 to 4: all placed, and not a panel or session more.

A placement that reaches it needs no further proof for these tiers, and asking for just that is many times
faster than improving step by step. Where it cannot be reached, the tiers are solved one by one instead.
"""

from __future__ import annotations

from itertools import accumulate

from scheduler.solver.placement.options import Options

IDEAL_TIERS = ("unplaced", "panel_half_days", "sessions_held", "without_first_choice_member")


def ideal_values(options: Options) -> dict[str, int] | None:
    """Lower bounds for tiers 1 to 4 when nobody is left unplaced, or None where that cannot be.

    Panels: the number of applicants over the most that one panel can see. Sessions: as few as hold
    everybody, the largest first. First choices: none lacking.
    """
    people = len(options.problem.applicants)
    if not options.problem.panel_exercises:
        sessions = 1 if people else 0
        return _ideal(0, sessions)
    capacity = [options.panel_capacity(session) for session in options.problem.sessions]
    if not any(capacity):
        return None if people else _ideal(0, 0)
    panels = -(-people // max(capacity))
    largest = sorted(
        (most * s.panels_max for most, s in zip(capacity, options.problem.sessions, strict=True)),
        reverse=True,
    )
    held = next((k for k, seats in enumerate(accumulate(largest, initial=0)) if seats >= people), None)
    return None if held is None else _ideal(panels, held)


def _ideal(panels: int, held: int) -> dict[str, int]:
    return dict(zip(IDEAL_TIERS, (0, panels, held, 0), strict=True))
