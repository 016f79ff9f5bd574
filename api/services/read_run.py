"""How the run that made a draft ended, read back from its `run.json`: value, bound and proof of each aim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.campaign import Campaign
from api.services.keep_draft import timetable_of_draft
from api.storage.tables.timetables import StoredTimetable
from scheduler.result import Result, Status, TierOutcome, Unplaced
from scheduler.timetable import Timetable


def result_of_draft(campaign: Campaign, draft: StoredTimetable) -> Result | None:
    """None for a draft that no run made (moved by hand, brought in).

    Raises `BadInput` where the campaign no longer knows somebody in the draft.
    """
    if "objective" not in draft.run:
        return None
    return result_of_run(draft.run, timetable_of_draft(campaign, draft))


def result_of_run(run: Mapping[str, Any], timetable: Timetable) -> Result:
    """The result that `run_record` wrote down. When the first timetable was in hand is not in there."""
    return Result(
        status=Status(run["status"]),
        timetable=timetable,
        objective=tuple(
            TierOutcome(o["name"], o["value"], o["bound"], o["proven"], o.get("note", ""))
            for o in run["objective"]
        ),
        unplaced=tuple(Unplaced(u["applicant"], u["reason"]) for u in run["unplaced"]),
        seconds=run["seconds"],
        seed=run["seed"],
        workers=run["workers"],
    )
