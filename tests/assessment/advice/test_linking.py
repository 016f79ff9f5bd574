"""Who is linked to whom by applicants both rated, and how it is said."""

from __future__ import annotations

from assessment.advice.linking import linked_groups, unlinked_sentences


def pairs(text: str) -> list[tuple[str, str]]:
    """ "A1:S1 A1:S2" is two pairs."""
    return [(pair.split(":")[0], pair.split(":")[1]) for pair in text.split()]


def test_assessors_are_linked_through_others() -> None:
    assert linked_groups(pairs("A1:S1 A1:S2 A2:S2 A2:S3 A3:S3 A3:S4")) == (("S1", "S2", "S3", "S4"),)


def test_groups_come_with_the_largest_first() -> None:
    found = linked_groups(pairs("A1:S1 A2:S2 A2:S3 A3:S4 A4:S5 A4:S6 A5:S6 A5:S7"))
    assert found == (("S5", "S6", "S7"), ("S2", "S3"), ("S1",), ("S4",))


def test_applicant_and_assessor_of_one_reference_are_not_one() -> None:
    assert linked_groups(pairs("X:S1 A1:X")) == (("S1",), ("X",))


def test_one_assessor_alone_is_named() -> None:
    assert unlinked_sentences((("S1", "S2", "S3"), ("S9",))) == (
        "S9 shares no applicant with the other 3 assessors, directly or through others.",
        "The largest group is S1, S2 and S3. How severe one group is beside another cannot be told: its"
        " applicants may simply be weaker or stronger.",
    )


def test_every_group_is_named() -> None:
    first, second, _ = unlinked_sentences((("S1", "S2"), ("S3", "S4"), ("S5",)))
    assert (
        first
        == "S3 and S4 share no applicant with any assessor of another group, directly or through others."
    )
    assert second == "S5 shares no applicant with any assessor of another group, directly or through others."
