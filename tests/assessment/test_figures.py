"""Numbers as they are written: exact halves up, thirds kept, and never by way of a binary float."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.figures import (
    choice_words,
    exact,
    number_word,
    places_that_tell_apart,
    to_decimals,
    trimmed,
)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("10/3", 2, "3.33"),
        ("20/3", 2, "6.67"),
        ("2.675", 2, "2.68"),  # a float holds 2.67499999... here
        ("1.005", 2, "1.01"),  # and 1.00499999... here
        ("2.665", 2, "2.67"),  # half-even would say 2.66
        ("0.004", 2, "0.00"),
        ("-0.004", 2, "0.00"),
        ("-1.5", 0, "-2"),
        ("4.995", 2, "5.00"),
        ("3", 2, "3.00"),
    ],
)
def test_to_decimals_rounds_an_exact_half_up(value: str, places: int, text: str) -> None:
    assert to_decimals(Fraction(value), places) == text


@given(st.fractions(min_value=0, max_value=1000))
def test_to_decimals_is_never_more_than_half_a_hundredth_off(value: Fraction) -> None:
    shown = Fraction(to_decimals(value))
    assert value - Fraction(1, 200) < shown <= value + Fraction(1, 200)


@pytest.mark.parametrize(
    ("value", "text"), [("57", "57"), ("68.40", "68.4"), ("200/3", "66.67"), ("100", "100")]
)
def test_trimmed_drops_trailing_zeros_only(value: str, text: str) -> None:
    assert trimmed(Fraction(value)) == text


@pytest.mark.parametrize(
    ("value", "text"), [("3", "3"), ("3.5", "3.5"), ("2.125", "2.125"), ("10/3", "10/3")]
)
def test_exact_does_not_round(value: str, text: str) -> None:
    assert exact(Fraction(value)) == text


@given(st.fractions())
def test_exact_reads_back_as_the_same_number(value: Fraction) -> None:
    assert Fraction(exact(value)) == value


def test_places_that_tell_apart_grow_until_the_numbers_differ() -> None:
    sixty = Fraction(60)
    assert [places_that_tell_apart(Fraction(each), sixty) for each in ("57", "59.998", "59.99996")] == [
        2,
        3,
        5,
    ]


def test_places_that_tell_apart_refuse_equal_numbers() -> None:
    with pytest.raises(ValueError, match="60 and 60 are the same number"):
        places_that_tell_apart(Fraction(60), Fraction(60))


def test_words_for_counts_and_choices_end_in_digits() -> None:
    assert [number_word(count) for count in (0, 3, 10, 11)] == ["no", "three", "ten", "11"]
    assert [choice_words(choice) for choice in (1, 10, 11)] == ["first choice", "tenth choice", "choice 11"]
