"""What the capacity sheet says, as data."""

from __future__ import annotations

from dataclasses import replace

from api.exports.packs.capacity_sheet import NeedLine, capacity_answers, capacity_sheet, lacking
from api.services.plan_capacity import plan_capacity
from scheduler.planning.needs import Line, Unit
from scheduler.planning.plan import Held, Plan, Trial
from tests.api.campaigns import sound_campaign

CAMPAIGN = sound_campaign()


def plan(applicants: int | None) -> Plan:
    return plan_capacity(CAMPAIGN, applicants, 0, None).plan


def trial(of: int, placed: int, most: int) -> Trial:
    return Trial(of, placed, most, (Held("S01", placed, 1),), {("", "panels", ""): 1}, 0)


def test_sheet_holds_each_venue_after_the_whole() -> None:
    sheet = capacity_sheet(CAMPAIGN, plan(2), ("Assumed.",))
    assert [block.title for block in sheet.blocks] == ["All venues together", "Taunton", "Exeter"]
    assert sheet.blocks[0].lines[2] == NeedLine("Panels", "1", "1", "", "Enough", False)
    assert (sheet.enough, sheet.lacking, sheet.tried, sheet.assumptions) == (True, (), False, ("Assumed.",))


def test_trial_stands_beside_need_and_offer() -> None:
    sheet = capacity_sheet(CAMPAIGN, replace(plan(2), trial=trial(2, 2, 2)), ())
    assert [line.in_trial for line in sheet.blocks[0].lines[:3]] == ["0", "0", "1"]
    assert [line.in_trial for line in sheet.sessions] == ["2", "0", "0"]


def test_trial_that_falls_short_says_how_much_more_may_be_possible() -> None:
    short = replace(plan(3), trial=trial(3, 2, 9))
    assert not short.enough
    assert capacity_answers(short)[1:] == (
        "3 applicants need at least 1 session (3 offered), 1 panel (1 offered) and 1 lead-authority"
        " half-day (3 offered). By counting that would do, but the trial timetable did not place"
        " everybody.",
        "The trial timetable placed 2 of 3, and no timetable places more than 3; more time (--seconds) may"
        " find a better one.",
    )
    proven = replace(plan(3), trial=trial(3, 2, 2))
    assert capacity_answers(proven)[-1] == "The trial timetable placed 2 of 3, and no timetable places more."


def test_what_could_be_done_without_is_wanted_and_comes_last() -> None:
    lines = (
        Line("TAU", "half-days for first choices", 3, 1, must=False, about="GLO"),
        Line("", "service-user group's time", 130, 60, Unit.MINUTES),
        Line("EXE", "panels", None, 0),
    )
    assert lacking(CAMPAIGN, replace(plan(2), lines=lines)) == (
        "In all, service-user group's time: at least 2 h 10 min needed, at most 1 h offered.",
        "At Exeter, panels: nothing is offered that would hold anybody.",
        "At Taunton, Gloucestershire half-days, for first choices: at least 3 wanted, at most 1 offered.",
    )
