"""What is typed into the forecast's form, as the job is told it."""

from __future__ import annotations

import pytest

from api.errors import BadInput
from api.services.ask_forecast import USUAL, forecast_asked

USUALLY = {"rate": "82%", "of": 106, "risk": 5.0, "plays": 10_000, "seed": 0}


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({}, {}),
        (USUAL, {}),
        ({"rate": "82", "of": "1,000", "risk": "2.5 %"}, {"of": 1000, "risk": 2.5}),
        ({"rate": "0.82"}, {"rate": "0.82"}),
        ({"draft": "3", "seed": "7", "plays": "500"}, {"draft": 3, "seed": 7, "plays": 500}),
    ],
)
def test_fields_are_read_as_people_type_them(typed: dict[str, str], asked: dict[str, object]) -> None:
    assert forecast_asked(typed) == {**USUALLY, **asked}


def test_counts_need_no_number_beside_them() -> None:
    assert forecast_asked({"rate": "87 / 106", "of": "nonsense"}) == {
        "rate": "87/106",
        "risk": 5.0,
        "plays": 10_000,
        "seed": 0,
    }


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        forecast_asked({"rate": "most", "risk": "50", "plays": "5", "seed": "x", "draft": "two"})
    assert [(fault.column, fault.found, fault.wanted) for fault in refused.value.faults] == [
        ("rate", '"most"', "how many of those invited come, such as 82 % or 87/106"),
        ("risk", '"50"', "per cent from 0 to 49"),
        ("plays", '"5"', "a whole number from 100 to 100,000"),
        ("seed", '"x"', "a whole number from 0 to 2,147,483,647"),
        ("draft", '"two"', "a whole number from 1 to 1,000,000"),
    ]


def test_rate_at_which_hardly_anybody_comes_says_so() -> None:
    with pytest.raises(BadInput) as refused:
        forecast_asked({"rate": "10 %"})
    assert [fault.wanted for fault in refused.value.faults] == [
        "the share who come, at least a quarter of them"
    ]
