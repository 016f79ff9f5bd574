"""Advice on ratings: how far they agree, who rates severely, what order did, how sharp the cut line is.

Nothing in this package decides anything or changes a score, a rank or an offer; that is why it may reckon
with binary floating-point numbers. Read `views.py` first, then `reliability.py`, `severity.py`,
`order_effects.py` and `cut_line.py`.
"""
