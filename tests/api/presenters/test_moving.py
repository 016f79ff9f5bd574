"""What there is to choose from for a change, and how much a change breaks, in words."""

from __future__ import annotations

from api.presenters.breaches import BreachLine
from api.presenters.moving import (
    applicant_choices,
    broken_words,
    person_table,
    place_of_anchor,
    run_choices,
    session_choices,
    sitting_view,
)
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import tiny_timetable


def breach(rule: str) -> BreachLine:
    return BreachLine(rule, "A rule.", "A breach.", "S1", None, (), ())


def test_broken_words_count_rules_and_places() -> None:
    assert broken_words([breach("one")]) == "1 rule"
    assert broken_words([breach("one"), breach("one")]) == "1 rule, in 2 places"
    assert broken_words([breach("one"), breach("two")]) == "2 rules, in 2 places"


def test_run_choices_lead_back_to_their_runs() -> None:
    timetable = tiny_timetable()
    session = timetable.sittings[0].session
    runs = {(s.session, s.exercise, s.reference) for s in timetable.sittings if s.session == session}
    choices = run_choices(tiny_campaign(), timetable, session)
    assert {place_of_anchor(timetable, session, anchor) for anchor, _ in choices} == runs
    assert place_of_anchor(timetable, session, "run-nothing") is None


def test_choices_leave_out_whoever_and_wherever_it_is() -> None:
    campaign, timetable = tiny_campaign(), tiny_timetable()
    assert "A1" not in dict(applicant_choices(campaign, timetable, "A1"))
    session = campaign.problem.sessions[0].reference
    assert session not in dict(session_choices(campaign, timetable, leaving_out=session))


def test_person_table_knows_members_of_groups() -> None:
    campaign = tiny_campaign()
    member = campaign.problem.service_user_groups[0].members[0]
    tables = {who: person_table(campaign, who) for who in ("A1", "B1", "G1", member, "RP1", "nobody")}
    assert tables == {
        "A1": "applicants",
        "B1": "assessors",
        "G1": "service_user_groups",
        member: "service_users",
        "RP1": "role_players",
        "nobody": "",
    }


def test_sitting_view_of_no_run_is_none() -> None:
    assert sitting_view(tiny_campaign(), tiny_timetable(), ("S9", "interview", "x"), ()) is None
    session = tiny_timetable().sittings[0].session
    assert sitting_view(tiny_campaign(), tiny_timetable(), (session, "interview", "x"), ()) is None
