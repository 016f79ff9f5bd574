"""Measurements, not tests: nothing here asserts on seconds. `make bench` runs them and writes the reports."""
