"""The rules of scoring, ranking and allocation as a page: what they are, whether they are fixed and kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.comparison_sheet import NAMES, RULE_WORDS
from api.exports.packs.outcomes import tie_break_order
from api.exports.packs.wording import counted, day_and_time, listed
from assessment.figures import exact, trimmed
from assessment.framework import BelowFloor, LastResort


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in words; `setting` is where it is changed, empty for the matrix."""

    label: str
    words: str
    setting: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of the rules, as it was fixed. `is_late` where the first session had begun."""

    version: int
    at: str
    by: str
    reason: str
    fingerprint: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class RulesPage:
    """`answer` says whether the rules are fixed; `changed` what differs from the version fixed last."""

    answer: str
    lines: tuple[RuleLine, ...]
    matrix: tuple[tuple[str, str, str], ...]
    versions: tuple[VersionLine, ...]
    changed: tuple[str, ...]
    next_version: int
    first_session: str
    is_late: bool
    can_freeze: bool


def rules_page(
    campaign: Campaign, changed: tuple[str, ...], begun: datetime.datetime | None, proposed: datetime.datetime
) -> RulesPage:
    """`changed` are the differences from the frozen rules, `begun` when the first session begins."""
    versions = tuple(
        VersionLine(
            each.version,
            day_and_time(each.at),
            each.frozen_by,
            each.reason,
            each.rules_sha256,
            begun is not None and each.at >= begun,
        )
        for each in campaign.frozen
    )
    return RulesPage(
        answer=_answer(versions, changed),
        lines=_lines(campaign),
        matrix=tuple(
            (campaign.name_of("exercises", exercise), campaign.name_of("criteria", criterion), exact(weight))
            for (exercise, criterion), weight in campaign.framework.weights.items()
        ),
        versions=versions,
        changed=changed,
        next_version=len(versions) + 1,
        first_session=day_and_time(begun) if begun else "",
        is_late=begun is not None and proposed >= begun,
        can_freeze=not versions or bool(changed),
    )


def _answer(versions: tuple[VersionLine, ...], changed: tuple[str, ...]) -> str:
    if not versions:
        return "The rules are not fixed yet: whoever changes a setting changes who is offered a place."
    last = versions[-1]
    said = f"Version {last.version} of the rules was fixed by {last.by} on {last.at}"
    if not changed:
        return f"{said}. The rules are still these."
    return f"{said}. The rules have changed since, so nobody can be ranked until that is mended."


def _lines(campaign: Campaign) -> tuple[RuleLine, ...]:
    frame = campaign.framework
    floors = [
        f"at most {counted(each.at_most, 'final rating')} of {each.rating}"
        if each.at_most
        else f"no final rating of {each.rating}"
        for each in frame.floors
    ]
    below = {
        BelowFloor.NOT_APPOINTABLE: "Whoever breaks one is not appointable.",
        BelowFloor.PANEL_DISCUSSION: "About whoever breaks one, a named person decides.",
    }
    words = (
        f"{listed(floors).capitalize()}, after rounding down. {below[frame.below_floor]}"
        if floors
        else "There are none."
    )
    rule = campaign.settings["allocation_rule"]
    found = [
        RuleLine("Scale", f"{frame.scale_min} to {frame.scale_max}", "scale_max"),
        RuleLine("Ratings needed", f"{counted(frame.raters_min, 'rating')} of each criterion", "raters_min"),
        RuleLine(
            "Far apart", f"From {counted(frame.rating_gap_to_discuss, 'point')} on", "rating_gap_to_discuss"
        ),
        RuleLine("Floors", words, "floor_ratings"),
        RuleLine(
            "Standard",
            f"{trimmed(frame.standard_percent)} % of the highest possible score",
            "standard_percent",
        ),
        RuleLine("Ties", f"Broken by {', then '.join(tie_break_order(campaign))}", "tie_break"),
    ]
    if frame.last_resort is LastResort.LOT:
        seed = "There is a seed; its fingerprint is part of the rules." if frame.lot_seed else "No seed yet."
        found.append(RuleLine("Lot", seed, "lot_seed"))
    found.append(RuleLine("Places", f"{NAMES[rule]}. {RULE_WORDS[rule]}", "allocation_rule"))
    hours = counted(int(campaign.settings["offer_hours"]), "working-day hour")
    found.append(RuleLine("Time to answer an offer", hours, "offer_hours"))
    return tuple(found)
