"""Slips planted in a copy of a campaign's ratings, one at a time, for the drill (`drill_ratings.py`).

Reading order: `book.py` (the ratings to plant in), `kind.py` (what a kind of slip is), one file for each
family of slips, `catalogue.py` (all of them). Nothing here knows the checks that should catch them.
"""
