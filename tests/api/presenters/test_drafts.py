"""Drafts in short: what one comes to, whoever or whatever made it."""

from __future__ import annotations

from collections.abc import Mapping

from api.clock import utc_now
from api.presenters.drafts import breaches_when_made, draft_title, short_values
from api.storage.tables.timetables import StoredTimetable


def draft(run: Mapping[str, object], name: str = "") -> StoredTimetable:
    return StoredTimetable(
        id="d",
        campaign_id="c",
        number=4,
        name=name,
        origin="solve",
        campaign_change=1,
        input_sha256="",
        content_sha256="",
        timetable_csv="",
        rotations_csv="",
        run=dict(run),
        made_by="program",
        made_at=utc_now(),
    )


def test_draft_title_has_its_name() -> None:
    assert (draft_title(draft({})), draft_title(draft({}, "late ones"))) == ("Draft 4", "Draft 4: late ones")


def test_short_values_come_from_the_run_or_were_measured() -> None:
    solved = {"objective": [{"name": "unplaced", "value": 2}, {"name": "panel_half_days", "value": 36}]}
    assert short_values(draft(solved)) == "2 without a place, 36 panels"
    values = {"unplaced": 0, "panel_half_days": 1, "sessions_held": 1, "without_first_choice_member": 3}
    by_hand = {"measured": {"values": values, "breaches": 5}}
    said = "all placed, 1 panel, 1 session held, 3 without a first-choice member"
    assert (short_values(draft(by_hand)), breaches_when_made(draft(by_hand))) == (said, 5)


def test_odd_run_records_are_borne() -> None:
    odd_ones: tuple[Mapping[str, object], ...] = (
        {},
        {"objective": "x"},
        {"objective": [1, {"name": "unplaced"}]},
        {"measured": 3},
    )
    for run in odd_ones:
        odd = draft(run)
        assert (short_values(odd), breaches_when_made(odd)) == ("Not measured", 0)
