"""Changing a timetable by hand: the changes, the runs they change, and simple rules for who fits where.

Reading order: `changes.py`, `board.py`, `joining.py`. The door is `api.services.edit_timetable`.
"""
