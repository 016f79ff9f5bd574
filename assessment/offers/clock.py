"""The clock of an offer: hours that count on working days only.

A working day counts whole, from midnight to midnight; a Saturday, a Sunday and a bank holiday do not count at
all. So 48 hours from Friday at 17:00 end on Tuesday at 17:00, or on Wednesday where the Monday is a holiday.
Times are local clock times. Source of the rule: 48 hours excluding weekends, as in NHS specialty recruitment
(domain notes, 2.4).
"""

from __future__ import annotations

import datetime
from collections.abc import Collection

ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5


def is_working_day(day: datetime.date, holidays: Collection[datetime.date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def answer_by(
    offered_at: datetime.datetime, hours: int, holidays: Collection[datetime.date]
) -> datetime.datetime:
    """The last minute at which an offer can be answered.

    `hours` are at least 1; `holidays` are the bank holidays of the time. An offer made on a day that does not
    count begins to run at the next midnight before a working day. An end that falls on the very midnight
    after a working day is that midnight.
    """
    left = datetime.timedelta(hours=hours)
    at = offered_at
    while True:
        midnight = datetime.datetime.combine(at.date() + ONE_DAY, datetime.time())
        if is_working_day(at.date(), holidays):
            if left <= midnight - at:
                return at + left
            left -= midnight - at
        at = midnight
