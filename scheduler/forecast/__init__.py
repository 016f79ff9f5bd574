"""How many of those invited will come, and so how many to book for each session.

`rate.py` holds the rate of attendance and how sure of it one can be; `exact.py` is the formula for one
session, `simulate.py` plays whole campaigns, `advice.py` says how many to book under a stated risk.
Standard library only; what a session can hold is told to this package (see `scheduler.planning`).
"""
