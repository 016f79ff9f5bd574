"""What is said before a release: counts that agree, what stops it, what is only to be looked at."""

from __future__ import annotations

from api.errors import Fault
from api.presenters.reconciliation import CouncilCount, Reconciled, check_lines, safety_answer, stops

SOUND = Reconciled(
    came=7,
    ranked=5,
    not_appointable=2,
    councils=(CouncilCount("SOM", "Somerset", 4, 4),),
    reserves=1,
    frozen_by="Dana Quill",
)


def test_all_counts_agree() -> None:
    lines = check_lines(SOUND, "/c")
    assert {line.state for line in lines} == {"fine"}
    assert safety_answer(lines, SOUND) == "Yes. All counts agree: 4 offers for 4 places."
    assert stops(SOUND) == ()


def test_everything_that_stops_a_release_leads_to_where_it_is_mended() -> None:
    found = Reconciled(
        came=9,
        ranked=5,
        not_appointable=1,
        unrankable=("A1",),
        owed=("A1",),
        to_discuss=("A2",),
        councils=(CouncilCount("SOM", "Somerset", 4, 5),),
        differ=("A3, Interview",),
        flags=("F01, A4",),
        frozen_by="Dana Quill",
    )
    lines = [line for line in check_lines(found, "/c") if line.state == "stops"]
    assert [(line.sentence, line.details, line.url) for line in lines] == [
        (
            "9 applicants came: 5 ranked, 1 not appointable and 2 without a result yet. "
            "These do not add up to 9.",
            (),
            "/c/tables/attendance",
        ),
        ("Ratings of 1 applicant who came are missing.", ("A1",), "/c/ratings"),
        ("1 applicant waits for the panel’s decision.", ("A2",), "/c/washup"),
        ("Ratings that lie far apart are not settled: 1.", ("A3, Interview",), "/c/washup"),
        ("Red flags are not decided: 1.", ("F01, A4",), "/c/washup"),
        ("5 offers for 4 places; 0 on the reserve list.", ("Somerset: 5 offers, 4 places",), "/c/allocation"),
    ]
    assert safety_answer(lines, found) == "No. 6 things stop the release."


def test_what_is_only_to_be_looked_at_does_not_stop_it() -> None:
    found = Reconciled(
        came=5,
        ranked=4,
        unrankable=("A9",),
        councils=(CouncilCount("SOM", "Somerset", 5, 4),),
        began=("A1",),
        confirmed=2,
        requests=("Somerset asks for 6",),
        not_signed_off=("H01",),
        remarks=("Something odd.",),
    )
    lines = check_lines(found, "/c")
    assert [line.sentence for line in lines if line.state == "look"] == [
        "1 applicant who came stays without a rank: nobody has what is missing.",
        "4 offers for 5 places; 0 on the reserve list. Some places have nobody.",
        "The rules of scoring and allocation were never fixed.",
        "Ratings of 1 applicant were begun and are not locked: not counted.",
        "Ratings that looked like a slip and were found to be right: 2.",
        "1 request of councils for other places: not decided.",
        "1 session not signed off.",
        "Something odd.",
    ]
    assert stops(found) == ()


def test_where_nothing_can_be_ranked_only_that_is_said() -> None:
    found = Reconciled(faults=(Fault("ratings", None, None, "no ratings", "the ratings, to rank by"),))
    (line,) = check_lines(found, "/c")
    assert (line.state, line.sentence) == ("stops", "No ratings. Wanted: the ratings, to rank by.")
