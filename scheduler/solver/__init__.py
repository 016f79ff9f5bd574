"""The only home of OR-Tools. `schedule.py` is the door; start reading there, or in `scheduler/README.md`."""
