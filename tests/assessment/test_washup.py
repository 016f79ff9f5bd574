"""The agenda of the wash-up: what is on it, in which order, and what is settled."""

from __future__ import annotations

from fractions import Fraction

from assessment.scoring import score_sheet
from assessment.washup import Discrepancy, washup_agenda
from tests.assessment.builders import agreed, framework, ratings


def test_agenda_has_the_widest_gap_first_and_says_what_is_settled() -> None:
    given = ratings("A02", ["1 3", "3 4", "3 3", "5 1 4"]) + ratings("A01", ["3 3", "1 4", "2 4", ""])
    sheet = score_sheet(framework(), ["A02", "A01"], given, [agreed("A02", "written", "analysis", "4")])
    one, two, three, four, five = (Fraction(number) for number in range(1, 6))
    assert washup_agenda(framework(), sheet) == (
        Discrepancy("A02", "written", "analysis", (five, one, four), four, four),
        Discrepancy("A01", "interview", "analysis", (one, four), three, None),
        Discrepancy("A01", "service_users", "empathy", (two, four), two, None),
        Discrepancy("A02", "interview", "empathy", (one, three), two, None),
    )
    assert [each.settled for each in washup_agenda(framework(), sheet)] == [True, False, False, False]


def test_agenda_is_empty_where_nobody_differs_by_the_gap() -> None:
    sheet = score_sheet(framework(), ["A01"], ratings("A01", ["3 4", "3 3", "4", ""]), [])
    assert washup_agenda(framework(), sheet) == ()
