"""The drafts of a campaign as a list, and what is said at the top of every page about one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.exports.packs.wording import counted
from api.presenters.data_table import Cell, Column
from api.presenters.makers import maker_name
from api.storage.tables.campaigns import CampaignChange
from api.storage.tables.timetables import StoredTimetable
from api.templating import moment

DRAFT_COLUMNS = (
    Column("draft", "Draft"),
    Column("from", "Where it comes from"),
    Column("values", "What it comes to"),
    Column("breaches", "Breaches of the rules", number=True),
    Column("tables", "The campaign’s tables"),
    Column("made", "Made"),
)
ORIGINS = {"solve": "Solved", "repair": "Repaired", "move": "Changed by hand", "file": "From files"}
SHORT = (
    ("panel_half_days", "panel", "panels"),
    ("sessions_held", "session held", "sessions held"),
    ("without_first_choice_member", "without a first-choice member", "without a first-choice member"),
)


@dataclass(frozen=True, slots=True)
class DraftsAround:
    """What the list needs to know besides the drafts: addresses, names, versions, the tables as they are."""

    base: str
    zone: str
    names: Mapping[str, str]
    versions: Mapping[int, int]
    changes: Mapping[int, CampaignChange]
    change_now: int
    sha256_now: str


def draft_rows(drafts: Sequence[StoredTimetable], around: DraftsAround) -> list[tuple[Cell, ...]]:
    """One row per draft, in the order they come in."""
    return [_row(draft, around) for draft in drafts]


def draft_title(draft: StoredTimetable) -> str:
    """Draft 4, or Draft 4: with the late ones."""
    return f"Draft {draft.number}: {draft.name}" if draft.name else f"Draft {draft.number}"


def short_values(draft: StoredTimetable) -> str:
    """The first aims in a few words, as they were when the draft was made."""
    values = _values(draft)
    if not values:
        return "Not measured"
    out = values.get("unplaced", 0)
    said = [f"{out:,} without a place" if out else "all placed"]
    for key, one, many in SHORT:
        if key in values and (values[key] or key != "without_first_choice_member"):
            said.append(counted(values[key], one, many))
    return ", ".join(said)


def breaches_when_made(draft: StoredTimetable) -> int:
    """How many rules a draft broke when it was made; what a solver made breaks none."""
    measured = draft.run.get("measured")
    found = measured.get("breaches", 0) if isinstance(measured, dict) else 0
    return found if isinstance(found, int) else 0


def _row(draft: StoredTimetable, around: DraftsAround) -> tuple[Cell, ...]:
    breaches = breaches_when_made(draft)
    version = around.versions.get(draft.number)
    published = f"Published as version {version}" if version else None
    origin = ORIGINS.get(draft.origin, draft.origin)
    parent = f"{origin}, from draft {draft.parent}" if draft.parent else origin
    return (
        Cell(
            draft_title(draft), f"{around.base}/timetables/{draft.number}", order=draft.number, note=published
        ),
        Cell(draft.sentence, note=parent),
        Cell(short_values(draft)),
        Cell(f"{breaches:,}", order=breaches),
        _tables(draft, around),
        Cell(
            moment(draft.made_at, around.zone),
            order=draft.made_at.timestamp(),
            note=f"by {maker_name(draft.made_by, around.names)}",
        ),
    )


def _tables(draft: StoredTimetable, around: DraftsAround) -> Cell:
    change = around.changes.get(draft.campaign_change)
    note = f"Change {draft.campaign_change}" + (f": {change.sentence}" if change else "")
    same = draft.campaign_change == around.change_now or draft.input_sha256 == around.sha256_now
    return Cell("As they are now" if same else "They have changed since", note=note)


def _values(draft: StoredTimetable) -> dict[str, int]:
    """By aim: measured where it was changed by hand or brought in, else as the run ended."""
    measured = draft.run.get("measured")
    if isinstance(measured, dict) and isinstance(measured.get("values"), dict):
        return dict(measured["values"])
    objective = draft.run.get("objective")
    lines = objective if isinstance(objective, list) else []
    return {
        str(line["name"]): line["value"]
        for line in lines
        if isinstance(line, dict) and isinstance(line.get("value"), int) and "name" in line
    }
