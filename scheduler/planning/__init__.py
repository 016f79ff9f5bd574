"""How many applicants the sessions can hold, and what a number of them needs, before anybody is invited.

`sessions.py` counts what each session can hold, `offer.py` all of them together, `spread.py` says who would
go to which venue, `needs.py` holds need against offer. Counting gives bounds only; `trial.py` lets the solver
show what is really reached. Who in a finished campaign cannot be placed, and why, is `scheduler.capacity`'s.
"""
