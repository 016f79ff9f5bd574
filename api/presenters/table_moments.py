"""Moments as a campaign's tables hold them, in the words of a page."""

from __future__ import annotations

import datetime

from api.exports.packs.wording import long_date


def moment_words(text: str) -> str:
    """2015-07-20 10:30 as 20 July 2015 at 10:30; empty where the table says nothing."""
    if not text:
        return ""
    at = datetime.datetime.fromisoformat(text)
    return f"{long_date(at.date())} at {at:%H:%M}"
