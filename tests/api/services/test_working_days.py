"""England's bank holidays, as published by the government for these years."""

from __future__ import annotations

import datetime

from api.services.working_days import bank_holidays


def days(*texts: str) -> set[datetime.date]:
    return {datetime.date.fromisoformat(text) for text in texts}


def test_bank_holidays_of_2015_with_the_substitute_for_a_saturday() -> None:
    found = bank_holidays(datetime.date(2015, 3, 1), datetime.date(2015, 9, 1))
    published = days(
        "2015-01-01",
        "2015-04-03",
        "2015-04-06",
        "2015-05-04",
        "2015-05-25",
        "2015-08-31",
        "2015-12-25",
        "2015-12-28",
    )
    # Boxing Day itself was a Saturday, which does not count anyway.
    assert found - days("2015-12-26") == published


def test_bank_holidays_know_those_of_a_single_year() -> None:
    found = bank_holidays(datetime.date(2022, 1, 1), datetime.date(2023, 12, 31))
    # The late May holiday was moved for the Jubilee; the State Funeral; the Coronation.
    assert days("2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08") <= found
    assert not days("2022-05-30") & found
