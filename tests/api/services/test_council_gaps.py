"""Where more of a council's own assessors are wanted: its own lines of the capacity plan alone."""

from __future__ import annotations

from dataclasses import replace

from api.campaign import Campaign
from api.imports.read import raw_tables_of, read_tables
from api.presenters.desk_people import Gap, our_people
from api.services.council_gaps import council_gaps
from tests.service import tables_before_the_day


def tiny(*away: tuple[str, str]) -> Campaign:
    campaign = read_tables(raw_tables_of(tables_before_the_day())).campaign
    assert campaign is not None
    return replace(campaign, problem=replace(campaign.problem, unavailable=frozenset(away)))


def test_partner_council_is_told_its_own_half_days_by_venue() -> None:
    assert council_gaps(tiny(), "NSO") == (Gap("", 1, 2), Gap("TAU", 1, 2))
    short = tiny(("S04", "H01"), ("S04", "H02"))
    assert [(gap.venue, gap.wanted, gap.offered, gap.short) for gap in council_gaps(short, "NSO")] == [
        ("", 1, 0, 1),
        ("TAU", 1, 0, 1),
    ]
    assert council_gaps(short, "BAN") == council_gaps(tiny(), "BAN")


def test_lead_authority_is_told_what_every_panel_wants_of_it() -> None:
    assert council_gaps(tiny(), "SOM") == (Gap("", 3, 3), Gap("TAU", 3, 3))


def test_gaps_are_said_in_words_and_so_is_that_there_is_none() -> None:
    campaign, said = tiny(("S04", "H01"), ("S04", "H02")), {"S04": {"H01": "", "H02": ""}}
    page = our_people(campaign, "NSO", None, said, (), council_gaps(campaign, "NSO"), "/c")
    assert (page.gaps, page.enough) == (
        (
            "At Taunton: at least 1 half-day of your assessors is wanted, at most 0 offered. 1 more half-day "
            "would help.",
        ),
        "",
    )
    enough = our_people(tiny(), "NSO", None, said, (), council_gaps(tiny(), "NSO"), "/c")
    assert (enough.gaps, enough.enough) == (
        (),
        "Counting finds enough half-days of your assessors everywhere.",
    )
