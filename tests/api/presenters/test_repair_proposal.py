"""The proposed repair in one sentence: who moves and by how much, who stands in, who cannot be kept."""

from __future__ import annotations

from dataclasses import replace

from api.presenters.repair_proposal import proposal_of
from scheduler.timetable import Entry, Role, Timetable, timetable_of
from tests.api.campaigns import sound_campaign

OLD = (
    Entry("H01", 600, "interview", "I-1", "R1", Role.APPLICANT, "A001", 645, "P1"),
    Entry("H01", 600, "interview", "I-1", "R1", Role.ASSESSOR, "S01", 660, "P1"),
    Entry("H01", 700, "written", "W-1", "R2", Role.APPLICANT, "A002", 740),
    Entry("H01", 700, "written", "W-1", "R2", Role.APPLICANT, "A003", 740),
)


def sentence(*new: Entry, reasons: tuple[str, ...] = (), left_out: tuple[str, ...] = ()) -> str:
    timetables: tuple[Timetable, Timetable] = (timetable_of(OLD), timetable_of(new))
    return proposal_of(sound_campaign(), *timetables, (), reasons, left_out).sentence


def test_nothing_changes() -> None:
    assert sentence(*OLD) == "Nobody moves to another time."


def test_most_that_anybody_moves_is_told() -> None:
    moved = (replace(OLD[0], start=620, end=665), replace(OLD[1], start=620, end=680))
    assert sentence(*moved, *OLD[2:]) == "2 people move, nobody by more than 20 minutes."


def test_stand_ins_other_rooms_and_less_to_do_are_told_apart() -> None:
    new = (OLD[0], replace(OLD[1], person="S02"), replace(OLD[2], room="R3"))
    assert sentence(*new, reasons=("A003",)) == (
        "Nobody moves to another time; 1 person stands in; "
        "1 person has another room, panel or part at the same time; 1 person has less to do."
    )


def test_another_session_and_those_who_cannot_be_kept_are_told() -> None:
    new = (*OLD[:2], replace(OLD[2], session="H02"))
    assert sentence(*new, left_out=("A003",)) == (
        "Nobody moves to another time; 1 person goes to another session; 1 applicant cannot be kept."
    )
