"""A campaign from the first arrival to the councils' receipts, in real browsers: one session of the sample
`tiny`. `make journey` plays that of 2015 whole."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.whole import play_whole, rows

AWAY = ("A001", "A004")


def test_campaign_played_on_the_pages_ends_as_the_command_says(
    chromium: Browser, fresh_url: str, tmp_path: Path
) -> None:
    ended = play_whole(chromium, fresh_url, "tiny", tmp_path, 1, AWAY)
    assert ended.told.refused == []
    assert rows(ended.allocation_of_pages) == rows(ended.allocation_of_command)
    assert rows(ended.offers_of_pages) == rows(ended.offers_of_command)
    assert ended.told.sheets > 0
    assert len(ended.told.repairs) == 1
    assert sum(ended.told.answers.values()) == ended.offers > 0
    assert ended.held > 0
