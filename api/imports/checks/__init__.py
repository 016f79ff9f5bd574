"""Checks between cells and between tables, by subject; `catalogue.py` runs all of them."""
