"""Why somebody has no session, and what would help, each claim re-solved before anybody sees it.

What can stand in the way (`obstacles.py`) can be taken out of a campaign (`relaxations.py`); what an
organiser can do (`changes.py`) can be put in. Both give ordinary campaigns, put to the ordinary solver
(`oracle.py`). From its answers `cores.py` finds the reasons and `ways_out.py` the ways out; `explain.py` is
the door.
"""
