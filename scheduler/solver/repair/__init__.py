"""Repair: the timetable that changes least after somebody is absent, late or leaving, or a room is lost.

Reading order: `history.py` (what has begun), `board.py`, `in_place.py`, `stand_ins.py` and `least.py` (what
can be done, and proven, without a model), `scenario.py` (who could do what is left), `variables.py`,
`constraints/`, `changed.py` (who would notice), `aims.py`, `hints.py`, `extract.py`, `attempt.py`,
`stages.py`, `door.py`.
The rules of a running order are those of `scheduler.solver.running_order`; only those that a repair sees in
another light are said again here, under the same names.
"""
