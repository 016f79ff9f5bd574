"""Blank rating forms: a page for each applicant that somebody rates, by reference, and plain ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from api.campaign import Campaign
from api.exports.packs.rating_forms import plain_forms, rater_forms, raters_in
from api.imports.read import raw_tables_of, read_tables
from api.samples import sample_tables
from api.services.keep_timetable import timetable_from_text
from api.services.prepare_washup import expected_raters
from scheduler.timetable import Timetable

DRAFT = Path(__file__).parents[2] / "routes" / "tiny_draft"


@pytest.fixture(scope="module")
def tiny() -> tuple[Campaign, Timetable]:
    campaign = read_tables(raw_tables_of(sample_tables("tiny"))).campaign
    assert campaign is not None
    texts = [(DRAFT / f"{name}.csv").read_text("utf-8") for name in ("timetable", "rotations")]
    return campaign, timetable_from_text(campaign, texts[0], texts[1])


def test_an_assessor_has_a_page_for_each_applicant_with_who_when_and_where(
    tiny: tuple[Campaign, Timetable],
) -> None:
    forms = rater_forms(*tiny, "S01")
    assert forms is not None
    assert (forms.title, forms.answer, forms.is_large) == (
        "Rating forms, Rhys Moorgate",
        "3 forms for 3 applicants, one on each page.",
        False,
    )
    first = forms.forms[0]
    assert (first.applicant, first.exercise, first.when, first.where, first.rater) == (
        "A007",
        "Interview with role play",
        "Monday 6 July 2015, 09:05 to 09:50",
        "Interview room 1, panel H01-P1, session H01",
        "Rhys Moorgate (S01)",
    )
    assert next((c.name, len(c.steps), c.lines) for c in first.criteria) == (
        "Values, ethics and anti-discriminatory practice",
        5,
        3,
    )
    assert first.criteria[0].steps[0].anchor == "Says something that demeans people, or sees no wrong in it."


def test_forms_are_just_the_ratings_that_the_timetable_expects(tiny: tuple[Campaign, Timetable]) -> None:
    campaign, timetable = tiny
    expected = set()
    for (applicant, exercise), raters in expected_raters(campaign.problem, timetable).items():
        name = campaign.name_of("exercises", exercise)
        members = [each for group in raters.members_by_group.values() for each in group]
        expected |= {(applicant, name, who) for who in (*raters.assessors, *members)}
    made = [forms for person in raters_in(campaign, timetable) if (forms := rater_forms(*tiny, person))]
    found = [
        (form.applicant, form.exercise, form.rater.rpartition("(")[2].strip(")"))
        for forms in made
        for form in forms.forms
    ]
    assert (len(found), set(found)) == (len(expected), expected)


def test_each_service_user_has_their_own_in_large_type_with_the_ends_and_the_middle(
    tiny: tuple[Campaign, Timetable],
) -> None:
    forms = rater_forms(*tiny, "G1")
    assert forms is not None
    assert (forms.is_large, {form.rater for form in forms.forms}) == (
        True,
        {
            "Olga Glenmarsh (U1A)",
            "Neha Tidewell (U1B)",
            "Suki Willowbank (U1C)",
            "Hope Quillfeather (U1D)",
        },
    )
    assert [step.number for step in forms.forms[0].criteria[0].anchored] == [1, 3, 5]


def test_plain_forms_are_one_for_each_exercise_that_is_rated(tiny: tuple[Campaign, Timetable]) -> None:
    forms = plain_forms(tiny[0])
    assert forms is not None
    assert [(form.exercise, form.applicant + form.when + form.rater) for form in forms.forms] == [
        ("Interview with role play", ""),
        ("Service users' round", ""),
        ("Written exercise", ""),
        ("Self-evaluation after the interview", ""),
        ("Self-evaluation after the service users' round", ""),
    ]


def test_forms_name_no_applicant_and_nothing_of_choices_or_arrangements(
    tiny: tuple[Campaign, Timetable],
) -> None:
    campaign, timetable = tiny
    said = repr([rater_forms(campaign, timetable, person) for person in raters_in(campaign, timetable)])
    names = [campaign.name_of("applicants", a.reference) for a in campaign.problem.applicants]
    councils = [campaign.name_of("councils", council) for council in campaign.places.by_council]
    assert [word for word in (*names, *councils, "extra time", "quiet") if word in said] == []


def test_whoever_rates_nobody_has_no_forms(tiny: tuple[Campaign, Timetable]) -> None:
    campaign, timetable = tiny
    nothing = replace(campaign, framework=replace(campaign.framework, weights={}))
    assert (rater_forms(campaign, timetable, "S05"), plain_forms(nothing), raters_in(nothing, timetable)) == (
        None,
        None,
        (),
    )
