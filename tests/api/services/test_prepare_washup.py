"""The wash-up of the sound campaign, with and without a timetable, and where something cannot be told."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from api.campaign import Campaign
from api.errors import BadInput
from api.exports.packs.washup_agenda import Washup
from api.imports.read import read_campaign
from api.services.prepare_washup import expected_raters, prepare_washup
from assessment.allocation.result import Outcome
from assessment.completeness import ExpectedRaters, RatingState
from assessment.framework import LastResort
from assessment.ratings import AgreedRating, Rating
from assessment.standard import Appointable
from assessment.washup import Remark
from assessment.washup_effect import Position
from tests.api.campaigns import copy_of_sound, said, sound, sound_campaign
from tests.builders import tiny_problem, tiny_timetable

TIMETABLE = """session,exercise,sitting,room,start,end,person,role,panel
S01,interview,I1,T1,09:00,09:40,A1,applicant,P-1
S01,interview,I1,T1,09:00,09:55,P1,assessor,P-1
S01,interview,I1,T1,09:00,09:55,P3,assessor,P-1
S01,service_users,G1,T2,10:00,10:40,A1,applicant,
S01,service_users,G1,T2,10:00,10:50,G1,service_user_group,
"""
FLAGS = """flag,applicant,raised_by,at,concern,evidence,decision,decided_by,decided_at,reason
F01,A1,Eve,2015-07-14 11:20,a concern,seen,no_concern,Dil,2015-07-15 09:00,looked into
F02,A2,Eve,2015-07-14 11:30,a concern,seen,,,,
"""


def campaign_at(folder: Path) -> Campaign:
    campaign = read_campaign(folder).campaign
    assert campaign is not None
    return campaign


def open_cells(washup: Washup) -> list[tuple[str, str]]:
    return [(each.applicant, each.exercise) for each in washup.still_open]


def test_discrepancy_of_the_sound_campaign_is_open_and_nothing_is_missing() -> None:
    washup = prepare_washup(sound_campaign())
    assert (washup.present, washup.timetabled, washup.all_done) == (("A1", "A2"), False, False)
    assert washup.completeness.incomplete == ()
    assert open_cells(washup) == [("A1", "service_users")]
    assert [each.remarks for each in washup.settled] == [()]
    assert (washup.not_told, washup.warnings) == ((), ())


def test_all_is_done_once_it_is_settled_with_a_reason() -> None:
    campaign = sound_campaign()
    settled = AgreedRating("A1", "service_users", "values", Fraction(4), "both read their notes")
    assert prepare_washup(replace(campaign, agreed=(*campaign.agreed, settled))).all_done
    without = prepare_washup(replace(campaign, agreed=(*campaign.agreed, replace(settled, reason=""))))
    assert not without.all_done
    assert [each.remarks for each in without.to_look_at] == [(Remark.NEEDS_REASON,)]


def test_stake_says_where_the_applicant_would_stand_at_either_end() -> None:
    """A1's overall is (7 + 6 + 4) / 4 1/2; with 3 or 5 in the round one more or less, still before A2."""
    (stake,) = prepare_washup(sound_campaign()).stakes
    offered = Position(Fraction(34, 9), 1, Appointable.YES, Outcome.OFFER, "SOM")
    assert (stake.now, stake.moved) == (offered, ())
    assert stake.at_lowest == replace(offered, overall=Fraction(32, 9), rank=2)
    assert stake.at_highest == replace(offered, overall=Fraction(4))


def test_stakes_are_left_out_with_a_word_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.services.prepare_washup.STAKES_RATINGS_MAX", 23)
    washup = prepare_washup(sound_campaign())
    assert washup.stakes == ()
    assert washup.not_told == ("What hangs on each open discrepancy is told once fewer are open.",)


def test_timetable_says_who_was_expected_and_a_stand_in_is_seen(tmp_path: Path) -> None:
    """P3 was on the panel and did not rate; P2 rated instead. The group rated by its members."""
    (tmp_path / "timetable.csv").write_text(TIMETABLE, encoding="utf-8")
    washup = prepare_washup(sound_campaign(), tmp_path)
    assert washup.timetabled
    assert [(d.rater, d.exercise, d.state) for d in washup.completeness.due if d.applicant == "A1"] == [
        ("P1", "interview", RatingState.GIVEN),
        ("P3", "interview", RatingState.MISSING),
        ("P2", "interview", RatingState.NOT_EXPECTED),
        ("P1", "written", RatingState.GIVEN),
        ("P3", "written", RatingState.GIVEN),
        ("U1", "service_users", RatingState.GIVEN),
        ("U2", "service_users", RatingState.GIVEN),
    ]
    assert washup.completeness.incomplete == ()


def test_timetable_with_a_fault_is_refused(tmp_path: Path) -> None:
    (tmp_path / "timetable.csv").write_text(TIMETABLE.replace("P3", "P9"), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        prepare_washup(sound_campaign(), tmp_path)
    assert said(refused.value.faults) == [
        'timetable: row 4, column person: found "P9"; wanted a person of this campaign'
    ]


def test_expected_are_the_staff_of_each_run() -> None:
    found = expected_raters(tiny_problem(), tiny_timetable())
    assert found["A1", "interview"] == ExpectedRaters(("B1", "B2", "B3"))
    assert found["A1", "round"] == ExpectedRaters((), {"G1": ("U1", "U2")})
    assert ("A1", "written") not in found


def test_red_flags_come_undecided_first_and_keep_the_wash_up_open(tmp_path: Path) -> None:
    settled = sound("agreed.csv") + b"A1,service_users,values,4,read again\n"
    folder = copy_of_sound(tmp_path, {"flags.csv": FLAGS.encode(), "agreed.csv": settled})
    washup = prepare_washup(campaign_at(folder))
    assert [flag.flag for flag in washup.flags] == ["F02", "F01"]
    assert ([flag.flag for flag in washup.open_flags], washup.all_done) == (["F02"], False)


def test_before_any_rating_all_is_missing_and_the_effect_is_not_told(tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path, without=["ratings.csv", "agreed.csv"])
    washup = prepare_washup(campaign_at(folder))
    assert len(washup.completeness.incomplete) == 6
    assert (washup.effect, washup.not_told) == ((), ("no ratings.",))


def test_nobody_there_is_refused(tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path, without=["ratings.csv", "agreed.csv", "attendance.csv"])
    with pytest.raises(BadInput) as refused:
        prepare_washup(campaign_at(folder))
    assert said(refused.value.faults) == [
        "attendance: found nobody who came, and no ratings; wanted somebody who came, or ratings"
    ]


def test_whoever_did_not_come_is_not_discussed() -> None:
    campaign = sound_campaign()
    absent = [
        Rating("A3", "interview", "values", rater, Fraction(rating))
        for rater, rating in (("P1", 1), ("P2", 5))
    ]
    washup = prepare_washup(replace(campaign, ratings=(*campaign.ratings, *absent)))
    assert open_cells(washup) == [("A1", "service_users")]


def test_offers_that_only_the_panel_can_settle_are_not_told() -> None:
    """A1 and A2 are level without the agreed rating, and the campaign leaves ties to the panel."""
    campaign = sound_campaign()
    frame = replace(campaign.framework, last_resort=LastResort.PANEL, tie_break=())
    level = tuple(replace(each, rating=Fraction(4)) for each in campaign.ratings)
    choices = replace(campaign.choices, by_applicant=dict.fromkeys(("A1", "A2", "A3"), ("SOM",)))
    places = replace(campaign.places, by_council={"SOM": 1})
    washup = prepare_washup(replace(campaign, framework=frame, ratings=level, choices=choices, places=places))
    (told,) = washup.not_told
    assert told.startswith("A1, A2 share rank 1, and there are not enough places")
    assert {line.after.outcome for line in washup.effect} == {None}
    assert [line.applicant for line in washup.effect if line.changed] == ["A2"]
