"""The days that do not count when somebody has so many working hours to answer: England's bank holidays."""

from __future__ import annotations

import datetime


def bank_holidays(first: datetime.date, last: datetime.date) -> frozenset[datetime.date]:
    """England's bank holidays, substitute days too, in the years from the first day to the last."""
    from holidays import country_holidays

    return frozenset(country_holidays("GB", subdiv="ENG", years=range(first.year, last.year + 1)))
