"""The wash-up's tables and lines: who gave what stands in one table only, and only where it is settled."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from api.services.prepare_washup import prepare_washup
from api.services.record_washup import washup_lines, washup_record, washup_tables
from assessment.ratings import AgreedRating
from tests.api.campaigns import copy_of_sound, sound_campaign
from tests.api.services.test_prepare_washup import FLAGS, TIMETABLE, campaign_at


def test_tables_of_the_sound_campaign() -> None:
    tables = {table.name: table.rows for table in washup_tables(prepare_washup(sound_campaign()))}
    assert tables["washup_agenda"] == (
        ("1", "A2", "interview", "values", "2;5", "3", "yes", "3.5"),
        ("2", "A1", "service_users", "values", "3;5", "2", "no", ""),
    )
    assert tables["washup_settled"] == (
        (
            "A2",
            "interview",
            "values",
            "P1:2;P2:5",
            "3.50",
            "3.5",
            "0.00",
            "Settled after both read their notes.",
            "",
        ),
    )
    assert tables["washup_effect"] == (
        ("A1", "0", "", *("3.78",) * 2, "1", "1", *("yes",) * 2, *("offer",) * 2, *("SOM",) * 2, "no"),
        ("A2", "1", "", *("3.61",) * 2, "2", "2", *("yes",) * 2, *("offer",) * 2, *("GLO",) * 2, "no"),
    )
    assert tables["owed"][0] == ("P1", "interview", "2", "2", "0", "0", "0")
    assert tables["completeness"][0] == ("A1", "interview", "values", "P1", "given", "complete")
    assert tables["washup_flags"] == ()


def test_no_table_but_the_settled_one_has_a_rater_beside_a_rating() -> None:
    """The agenda names no rater at all; the completeness names raters and no rating."""
    tables = {table.name: table for table in washup_tables(prepare_washup(sound_campaign()))}
    raters = {"P1", "P2", "P3", "U1", "U2"}
    with_rater = {name for name, table in tables.items() if any(raters & set(row) for row in table.rows)}
    assert with_rater == {"completeness", "owed"}
    assert {"rating", "ratings"} & {c for name in with_rater for c in tables[name].columns} == set()


def test_record_counts_what_is_open() -> None:
    record = washup_record(prepare_washup(sound_campaign()))
    kept = {key: record[key] for key in ("came", "cells", "incomplete", "discrepancies", "open", "all_done")}
    assert kept == {"came": 2, "cells": 6, "incomplete": 0, "discrepancies": 2, "open": 1, "all_done": False}


def test_lines_say_what_is_missing_open_and_changed(tmp_path: Path) -> None:
    campaign = sound_campaign()
    ratings = tuple(each for each in campaign.ratings if (each.applicant, each.assessor) != ("A1", "P3"))
    odd = AgreedRating("A1", "interview", "values", Fraction(5), "")
    changed = replace(campaign, ratings=ratings, agreed=(*campaign.agreed, odd))
    (tmp_path / "timetable.csv").write_text(TIMETABLE, encoding="utf-8")
    assert washup_lines(prepare_washup(changed, tmp_path)) == [
        "1 of 6 cells of the matrix is incomplete, and so 1 applicant cannot be ranked: A1.",
        "  1 rating on written, not known from whom",
        "Held against the timetable, 1 expected rating was not given and 1 rating was given by somebody "
        "else. The number of ratings decides what is complete, not who gave them.",
        "1 discrepancy has to be discussed by 1 panel; the widest is 2 apart.",
        "1 discrepancy is settled.",
        "Ratings of one thing that are 2 or more apart are discussed.",
        "  Panel 2: A1 service_users / values, 2 apart",
        "To look at: A1 interview / values. It needs a reason. The ratings were not far apart. "
        "It lies outside the first ratings.",
        "2 agreed ratings changed no overall score, no rank and no offer.",
    ]


def test_lines_of_red_flags_count_them_and_tell_no_concern(tmp_path: Path) -> None:
    lines = washup_lines(prepare_washup(campaign_at(copy_of_sound(tmp_path, {"flags.csv": FLAGS.encode()}))))
    assert [line for line in lines if "flag" in line] == ["2 red flags, 1 of them not yet decided."]
    assert [line for line in lines if "concern" in line] == []
