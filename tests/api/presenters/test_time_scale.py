"""The time axis of a chart, as a script is told of it."""

from __future__ import annotations

from api.exports.packs.session_chart import session_chart
from api.presenters.time_scale import time_scale
from scheduler.grid import clock
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import tiny_timetable


def test_time_scale_finds_every_start_again() -> None:
    campaign, timetable = tiny_campaign(), tiny_timetable()
    session = timetable.sittings[0].session
    drawing = session_chart(campaign, timetable, session).drawing
    scale = time_scale(drawing, campaign.problem.grid_minutes)
    assert scale is not None
    starts = {round((block.x - scale.x) / scale.units_per_minute + scale.first) for block in drawing.blocks}
    assert starts == {s.window.start for s in timetable.sittings if s.session == session}
    assert clock(scale.first) == drawing.ticks[0].label
