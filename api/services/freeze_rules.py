"""Fix the rules of scoring, ranking and allocation before the first session, and hold a campaign to them."""

from __future__ import annotations

import datetime
from pathlib import Path

from api.campaign import Campaign, FrozenRules, Table
from api.errors import BadInput, Fault, shown
from api.imports.columns import TABLES
from api.services.place_campaign import place_campaign
from assessment.framework import LastResort
from assessment.frozen_rules import differences, rules_text, sha256_of

TABLE = "frozen_rules"


def present_rules(campaign: Campaign) -> str:
    """The campaign's rules as they stand now, as one text."""
    settings = campaign.settings
    return rules_text(campaign.framework, settings["allocation_rule"], int(settings["offer_hours"]))


def freeze_rules(campaign: Campaign, by: str, reason: str, at: datetime.datetime, out: Path) -> FrozenRules:
    """Write the campaign to `out` with one more row of `frozen_rules`. Raises as `rules_to_freeze`."""
    frozen = rules_to_freeze(campaign, by, reason, at)
    place_campaign(_with_row(campaign, frozen), out)
    return frozen


def rules_to_freeze(campaign: Campaign, by: str, reason: str, at: datetime.datetime) -> FrozenRules:
    """The next row of `frozen_rules`: the rules as they stand, by whom, and why. Writes nothing.

    Raises `BadInput` where there is nothing new to freeze, nobody's name, no seed for the lot, a time before
    the last freezing, or no reason although the first session has begun.
    """
    rules = present_rules(campaign)
    faults = [*_not_ready(campaign, by), *_out_of_time(campaign, rules, reason, at)]
    if faults:
        raise BadInput(faults)
    return FrozenRules(
        row=len(campaign.frozen) + 2,
        version=len(campaign.frozen) + 1,
        at=at,
        rules_sha256=sha256_of(rules),
        rules=rules,
        frozen_by=by,
        reason=reason,
    )


def frozen_cells(frozen: FrozenRules) -> dict[str, str]:
    """The row as the table has it."""
    return {
        "version": str(frozen.version),
        "at": f"{frozen.at:%Y-%m-%d %H:%M}",
        "rules_sha256": frozen.rules_sha256,
        "rules": frozen.rules,
        "frozen_by": frozen.frozen_by,
        "reason": frozen.reason,
    }


def rules_changed(campaign: Campaign) -> list[Fault]:
    """What differs from the rules last frozen; nothing where they are kept, or none were frozen."""
    if not campaign.frozen:
        return []
    last = campaign.frozen[-1]
    if sha256_of(last.rules) != last.rules_sha256:
        found = "rules that do not have the fingerprint in their row"
        return [Fault(TABLE, last.row, "rules", found, "the rules as they were frozen")]
    wanted = f"the rules of version {last.version}, or a new version with its reason (stepup freeze)"
    return [
        Fault(TABLE, last.row, "rules", sentence, wanted)
        for sentence in differences(last.rules, present_rules(campaign))
    ]


def freezing_remarks(campaign: Campaign) -> list[str]:
    """What somebody should know about when the rules were fixed, where ratings are about to be ranked."""
    begun = first_session(campaign)
    if not campaign.frozen:
        return ["The rules were not frozen before the first session (stepup freeze does it)."]
    late = [each for each in campaign.frozen if begun is not None and each.at >= begun]
    return [
        f"Version {each.version} of the rules was frozen on {each.at:%Y-%m-%d %H:%M}, after the first "
        f"session had begun; the reason is in the table {TABLE}."
        for each in late
    ]


def first_session(campaign: Campaign) -> datetime.datetime | None:
    """When the first session begins."""
    midnight = datetime.time()
    starts = [
        datetime.datetime.combine(session.date, midnight) + datetime.timedelta(minutes=session.window.start)
        for session in campaign.problem.sessions
    ]
    return min(starts, default=None)


def _not_ready(campaign: Campaign, by: str) -> list[Fault]:
    faults = []
    if not by.strip():
        faults.append(Fault("--by", None, None, shown(by), "the name of whoever fixes the rules"))
    if campaign.framework.last_resort is LastResort.LOT and not campaign.framework.lot_seed:
        wanted = "a text for the lot: its fingerprint is frozen with the rules"
        faults.append(Fault("settings", None, "lot_seed", shown(""), wanted))
    return faults


def _out_of_time(campaign: Campaign, rules: str, reason: str, at: datetime.datetime) -> list[Fault]:
    begun, faults = first_session(campaign), []
    if begun is not None and at >= begun and not reason.strip():
        found = f"no reason, on {at:%Y-%m-%d %H:%M}"
        faults.append(Fault("--reason", None, None, found, "a reason: the first session has begun"))
    if campaign.frozen and at < campaign.frozen[-1].at:
        wanted = f"a time not before {campaign.frozen[-1].at:%Y-%m-%d %H:%M}, when they were frozen last"
        faults.append(Fault("--at", None, None, f"{at:%Y-%m-%d %H:%M}", wanted))
    if campaign.frozen and campaign.frozen[-1].rules == rules:
        found = f"the very rules of version {campaign.frozen[-1].version}"
        faults.append(Fault(TABLE, campaign.frozen[-1].row, None, found, "something that has changed"))
    return faults


def _with_row(campaign: Campaign, frozen: FrozenRules) -> list[Table]:
    columns = tuple(column.name for column in TABLES[TABLE].columns)
    row = frozen_cells(frozen)
    earlier = campaign.tables.get(TABLE, Table(TABLE, columns, ()))
    kept = [dict(zip(earlier.columns, cells, strict=True)) for cells in earlier.rows]
    rows = tuple(tuple(each.get(column, "") for column in columns) for each in [*kept, row])
    others = [table for name, table in campaign.tables.items() if name != TABLE]
    return [*others, Table(TABLE, columns, rows)]
