"""What the tables of the sound campaign mean to the two cores, and how defaults come in."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

from api.campaign import Campaign
from api.imports.read import read_campaign
from assessment.framework import Floor
from assessment.ratings import AgreedRating, Attendance, Rating
from scheduler.grid import Window
from scheduler.people import Adjustment, Applicant, Assessor, DeclaredInterest, Pin, ServiceUserGroup
from scheduler.places import Room
from scheduler.problem import PanelRules
from scheduler.programme import Exercise, ExerciseKind, Session
from tests.api.campaigns import copy_of_sound, sound, sound_campaign

ALL_EXERCISES = frozenset({"interview", "written", "service_users", "reflection"})


def campaign_with(place: Path, **changed: bytes) -> Campaign:
    reading = read_campaign(
        copy_of_sound(place, {f"{name}.csv": content for name, content in changed.items()})
    )
    assert reading.campaign is not None
    return reading.campaign


def test_session_and_room_are_typed() -> None:
    problem = sound_campaign().problem
    assert problem.sessions[0] == Session("S01", "TAU", datetime.date(2015, 7, 14), Window(540, 780), 1)
    assert problem.rooms[2] == Room(
        "T3", "TAU", frozenset({ExerciseKind.SITTING, ExerciseKind.SOLO}), 2, step_free=True, quiet=True
    )
    assert problem.rooms[3].use == frozenset(ExerciseKind)


def test_exercises_have_their_defaults() -> None:
    assert sound_campaign().problem.exercises[2:] == (
        Exercise(
            "service_users",
            ExerciseKind.GROUP,
            40,
            writing_minutes=10,
            group_max=3,
            station_minutes=8,
        ),
        Exercise("reflection", ExerciseKind.SOLO, 10, after="interview", within_minutes=60, extra_time=True),
    )


def test_applicants_have_choices_and_arrangements() -> None:
    assert sound_campaign().problem.applicants == (
        Applicant("A1", ("SOM", "GLO"), Adjustment(extra_time_percent=25)),
        Applicant("A2", ("GLO", "SOM"), Adjustment(step_free=True, break_minutes=15)),
        Applicant("A3", ("SWI",)),
    )


def test_choices_are_read_by_number_whatever_the_order_of_columns(tmp_path: Path) -> None:
    content = sound("applicants.csv").replace(b"choice_1,choice_2", b"choice_2,choice_1")
    campaign = campaign_with(tmp_path, applicants=content.replace(b"-2.977,SWI,,", b"-2.977,,SWI,"))
    assert campaign.choices.by_applicant == {"A1": ("GLO", "SOM"), "A2": ("SOM", "GLO"), "A3": ("SWI",)}


def test_assessors_have_their_defaults() -> None:
    one, two, three, four = sound_campaign().problem.assessors
    assert one == Assessor("P1", "SOM", ALL_EXERCISES, 4, chair=True, safer_recruitment=True)
    assert two == Assessor("P2", "GLO", frozenset({"interview"}), 2, safer_recruitment=True)
    assert three.trained_for == frozenset({"interview", "written"})
    assert four.standby


def test_half_days_come_from_the_setting_where_the_assessor_has_none(tmp_path: Path) -> None:
    campaign = campaign_with(tmp_path, settings=sound("settings.csv") + b"assessor_half_days_max,6\n")
    assert [a.half_days_max for a in campaign.problem.assessors] == [6, 2, 3, 4]


def test_people_of_other_kinds_and_decisions_are_typed() -> None:
    problem = sound_campaign().problem
    assert problem.service_user_groups == (ServiceUserGroup("G1", ("U1", "U2"), 180),)
    assert problem.interests == (
        DeclaredInterest("A1", "P2", "former colleague", excluded=True),
        DeclaredInterest("A2", "U2", "neighbour", excluded=False),
    )
    assert problem.pins == (Pin("A1", "S01", must=True), Pin("P3", "S02", must=False))


def test_availability_of_a_service_user_is_the_groups() -> None:
    """P2 said yes to two sessions and so is away from the third; U1's absence keeps G1 away."""
    assert sound_campaign().problem.unavailable == {
        ("A1", "S03"),
        ("P2", "S03"),
        ("U1", "S03"),
        ("G1", "S03"),
    }


def test_travel_takes_given_times_before_modelled_ones() -> None:
    """A2 has a row of their own; P2 has coordinates, so the row of their council is not theirs."""
    travel = sound_campaign().problem.travel_minutes
    assert [travel[person, "TAU"] for person in ("A1", "A2", "A3", "P1", "P2", "P3")] == [
        0,
        70,
        50,
        0,
        80,
        115,
    ]


def test_travel_of_an_assessor_without_coordinates_is_their_councils_row(tmp_path: Path) -> None:
    campaign = campaign_with(tmp_path, assessors=sound("assessors.csv").replace(b"51.5,-2.4", b","))
    assert campaign.problem.travel_of("P2", "TAU") == 100
    assert campaign.problem.travel_of("P2", "EXE") == 155


def test_settings_reach_the_rules() -> None:
    problem = sound_campaign().problem
    assert problem.panel == PanelRules()
    assert (problem.lead_council, problem.grid_minutes, problem.move_minutes) == ("SOM", 5, 5)
    assert (problem.travel_minutes_max_morning, problem.travel_late_start) == (90, 600)


def test_weights_are_exact() -> None:
    framework = sound_campaign().framework
    assert framework.weights == {
        ("interview", "values"): Fraction(2),
        ("written", "writing"): Fraction(3, 2),
        ("service_users", "values"): Fraction(1),
    }
    assert framework.floors == (Floor(1, 0), Floor(2, 2))
    assert framework.standard_percent == Fraction(60)


def test_floors_can_be_switched_off(tmp_path: Path) -> None:
    campaign = campaign_with(tmp_path, settings=sound("settings.csv") + b"floor_ratings,none\n")
    assert campaign.framework.floors == ()


def test_default_tie_break_keeps_the_exercises_there_are(tmp_path: Path) -> None:
    content = sound("settings.csv").replace(b"tie_break,interview;service_users;written;lot\n", b"")
    campaign = campaign_with(
        tmp_path,
        settings=content,
        exercises=sound("exercises.csv").replace(b",,,yes,yes\nservice", b",,,yes,no\nservice"),
        matrix=sound("matrix.csv").replace(b"written,writing,1.5\n", b""),
        ratings=b"applicant,exercise,criterion,assessor,rating\n",
    )
    assert campaign.framework.tie_break == ("interview", "service_users")


def test_what_was_given_after_the_day_is_typed() -> None:
    campaign = sound_campaign()
    assert campaign.attendance == {
        "A1": Attendance.ATTENDED,
        "A2": Attendance.LATE,
        "A3": Attendance.DID_NOT_ATTEND,
    }
    assert campaign.ratings[0] == Rating("A1", "interview", "values", "P1", Fraction(4))
    assert campaign.agreed == (
        AgreedRating("A2", "interview", "values", Fraction(7, 2), "Settled after both read their notes."),
    )


def test_campaign_before_the_day_has_no_attendance(tmp_path: Path) -> None:
    folder = copy_of_sound(tmp_path, without=["attendance.csv", "ratings.csv", "agreed.csv"])
    campaign = read_campaign(folder).campaign
    assert campaign is not None
    assert (campaign.attendance, campaign.ratings, campaign.agreed) == (None, (), ())


def test_council_lists_come_in_order_of_position(tmp_path: Path) -> None:
    content = b"council,applicant,position\nGLO,A2,2\nGLO,A1,1\nSWI,A3,5\n"
    assert campaign_with(tmp_path, council_lists=content).council_lists == {
        "GLO": ("A1", "A2"),
        "SWI": ("A3",),
    }


def test_names_are_kept_beside_the_cores() -> None:
    campaign = sound_campaign()
    assert campaign.person_name("A1") == "Ada Mabey"
    assert campaign.name_of("councils", "SWI") == "Swindon"
    assert campaign.settings["offer_hours"] == "48"
