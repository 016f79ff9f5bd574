"""Whatever `stepup check` accepts, `stepup schedule` answers, and `stepup verify` agrees."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from api.campaign import Table
from api.cli import BAD_INPUT, DONE, NOT_ALL_WELL, run
from api.exports.tables import write_folder
from api.imports.read import read_campaign
from tests.journeys.campaign_tables import campaigns


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(campaigns())
def test_what_check_accepts_schedule_answers_and_verify_agrees_with(tables: list[Table]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        campaign, out = Path(folder) / "campaign", Path(folder) / "out"
        write_folder(tables, campaign)
        reading = read_campaign(campaign)
        checked = run(["check", str(campaign)])
        assert checked == (BAD_INPUT if reading.faults else DONE)
        scheduled = run(
            ["schedule", str(campaign), "--out", str(out), "--seconds", "2", "--workers", "1", "--quiet"]
        )
        if reading.faults:
            assert (scheduled, out.exists()) == (BAD_INPUT, False)
            return
        record = json.loads((out / "run.json").read_text(encoding="utf-8"))
        unplaced = record["unplaced"]
        assert scheduled == (NOT_ALL_WELL if unplaced else DONE)
        assert all(entry["reason"] for entry in unplaced)
        assert all(tier["bound"] <= tier["value"] for tier in record["objective"])
        verified = run(["verify", str(campaign), str(out)])
        # Only where pins of staff allow no timetable at all does an empty one break a rule.
        assert verified == (NOT_ALL_WELL if record["status"] in ("infeasible", "unknown") else DONE)


def test_most_campaigns_drawn_are_accepted() -> None:
    """Else the law above would say little."""
    accepted: list[bool] = []

    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(campaigns())
    def look(tables: list[Table]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            write_folder(tables, Path(folder) / "campaign")
            accepted.append(not read_campaign(Path(folder) / "campaign").faults)

    look()
    assert sum(accepted) > len(accepted) / 2
