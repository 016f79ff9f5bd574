"""The clock of an offer: whole working days count, Saturdays, Sundays and bank holidays do not."""

from __future__ import annotations

import datetime

import pytest

from assessment.offers.clock import answer_by

# The last Monday of August 2015 and Christmas of the same year.
HOLIDAYS = frozenset(datetime.date(2015, *day) for day in ((8, 31), (12, 25), (12, 28)))


@pytest.mark.parametrize(
    ("offered", "hours", "ends"),
    [
        ("2015-08-03 09:00", 48, "2015-08-05 09:00"),  # Monday to Wednesday
        ("2015-08-07 17:00", 48, "2015-08-11 17:00"),  # Friday to Tuesday
        ("2015-08-28 17:00", 48, "2015-09-02 17:00"),  # Friday, with a bank holiday on Monday
        ("2015-08-08 11:00", 48, "2015-08-12 00:00"),  # Saturday: all of Monday and Tuesday
        ("2015-08-31 08:00", 24, "2015-09-02 00:00"),  # on the bank holiday itself
        ("2015-12-24 12:00", 48, "2015-12-30 12:00"),  # over Christmas
        ("2015-08-03 09:00", 1, "2015-08-03 10:00"),
        ("2015-08-07 23:00", 1, "2015-08-08 00:00"),  # the midnight after a working day
        ("2015-08-07 23:00", 2, "2015-08-10 01:00"),
    ],
)
def test_hours_count_on_working_days_only(offered: str, hours: int, ends: str) -> None:
    found = answer_by(datetime.datetime.fromisoformat(offered), hours, HOLIDAYS)
    assert found == datetime.datetime.fromisoformat(ends)
