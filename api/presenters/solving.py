"""A run of the solver in plain words: how far it is, what came of it, and ways out for those without a place.

Values and bounds are the solver's; the words for the aims are `tiers.py`'s, those for reasons and changes
`obstacles.py`'s and `changes.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from api.campaign import Campaign
from api.exports.packs.wording import counted
from api.presenters.changes import change_phrase, way_out_sentence
from api.presenters.obstacles import obstacle_phrases
from api.presenters.tiers import outcome_of, tier_words
from scheduler.explanation import Case, Change, ChangeKind, Explanation, WayOut
from scheduler.result import STOPPED_TOO_SOON, Progress, Result, Status, TierOutcome
from scheduler.rules import tiers_of

C = ChangeKind


class State(StrEnum):
    """How far the search is with one aim."""

    WAITING = "waiting"
    LOOKING = "looking"
    FOUND = "best found"
    PROVEN = "proven best"


@dataclass(frozen=True, slots=True)
class SolvingLine:
    """One aim of the timetable. `value` and `bound` are None as long as nothing is known.

    `sentence` says it all; `value_words` and `bound_words` carry their unit.
    """

    key: str
    aim: str
    state: State
    value: int | None
    bound: int | None
    value_words: str
    bound_words: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WayCard:
    """One way out. `record` is what a page's form carries and `way_of_record` reads back."""

    sentence: str
    doing: tuple[str, ...]
    cost: str
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NoPlaceCard:
    """Applicants without a place for the same reasons. Each reason is the phrases that hold together.

    Without reasons, `fallback` says what counting shows.
    """

    headline: str
    applicants: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, ...], ...]
    ways: tuple[WayCard, ...]
    fallback: str


COSTS: tuple[tuple[str, tuple[ChangeKind, ...]], ...] = (
    (
        "A word with people who are already coming",
        (C.PIN, C.APPLICANT_AVAILABLE, C.STAFF_AVAILABLE, C.STANDBY),
    ),
    (
        "More of people's time",
        (C.HALF_DAYS, C.PANELS_MAX, C.SESSION_END, C.MINUTES_MAX, C.INTERVIEWS_MAX, C.TRAINING),
    ),
    ("People or rooms to be found", (C.ASSESSOR, C.ROLE_PLAYER, C.INTERPRETERS, C.GROUP, C.ROOM)),
    ("A rule of the campaign", (C.LATE_START, C.WITHIN_MINUTES, C.RULE)),
    ("A decision to be taken again", (C.INTEREST,)),
)
COST_BY_KIND = {kind: cost for cost, kinds in COSTS for kind in kinds}


def solving_headline(campaign: Campaign, result: Result) -> str:
    """All 106 applicants have a place. 36 panels are needed and no plan needs fewer."""
    everybody = len(campaign.problem.applicants)
    placed = len(result.timetable.applicant_entries)
    if result.status is Status.INFEASIBLE:
        return "It is proven that no timetable keeps all the rules and pins."
    if not placed:
        if any(each.reason == STOPPED_TOO_SOON for each in result.unplaced):
            return STOPPED_TOO_SOON
        return "No timetable was found in the time."
    return f"{_placed_words(result, placed, everybody)} {_panels_words(result)}".strip()


def result_lines(campaign: Campaign, result: Result) -> tuple[SolvingLine, ...]:
    """Each aim as the run left it."""
    return tuple(_of_outcome(outcome) for outcome in result.objective)


def progress_lines(campaign: Campaign, told: Iterable[Progress]) -> tuple[SolvingLine, ...]:
    """Each aim as far as the run is, from all that it told so far, oldest first."""
    values: dict[str, int] = {}
    bounds: dict[str, int] = {}
    proven: set[str] = set()
    latest = ""
    for line in told:
        latest = line.tier
        if line.value is not None:
            if values.get(line.tier) != line.value:
                proven.discard(line.tier)
            values[line.tier] = line.value
        if line.bound is not None:
            bounds[line.tier] = line.bound
        if line.proven:
            proven.add(line.tier)
    return tuple(
        _line(
            tier.key,
            _state(tier.key, values, proven, latest),
            values.get(tier.key),
            _true_bound(values.get(tier.key), bounds.get(tier.key)),
        )
        for tier in tiers_of(campaign.problem)
    )


def no_place_cards(campaign: Campaign, explanation: Explanation) -> tuple[NoPlaceCard, ...]:
    """One card for all who have no place for the same reasons."""
    return tuple(_card(campaign, case) for case in explanation.cases)


def way_record(way: WayOut) -> dict[str, Any]:
    """A way out as plain data, fit for JSON."""
    changes = [
        asdict(change) | {"kind": change.kind.value, "target": list(change.target)} for change in way.changes
    ]
    return {"changes": changes, "places": way.places, "of": way.of, "least": way.least}


def way_of_record(record: Mapping[str, Any]) -> WayOut:
    """Such a way out read back. Raises `ValueError`, `KeyError` or `TypeError` where it is none."""
    changes = tuple(
        Change(ChangeKind(each["kind"]), tuple(str(part) for part in each["target"]), int(each["size"]))
        for each in record["changes"]
    )
    return WayOut(changes, int(record["places"]), int(record["of"]), bool(record["least"]))


def _placed_words(result: Result, placed: int, everybody: int) -> str:
    if placed == everybody:
        who = "All" if everybody > 1 else "The"
        return f"{who} {counted(everybody, 'applicant')} {'have' if everybody > 1 else 'has'} a place."
    outcome = outcome_of(result, "unplaced")
    said = f"{placed:,} of {counted(everybody, 'applicant')} have a place"
    if outcome is not None and outcome.proven:
        return f"{said}, and no plan places more."
    most = everybody if outcome is None else everybody - outcome.bound
    return f"{said}; whether more can, up to {most:,}, was not settled in the time."


def _panels_words(result: Result) -> str:
    outcome, panels = outcome_of(result, "panel_half_days"), len(result.timetable.panels)
    if not panels:
        return ""
    said = f"{counted(panels, 'panel')} {'is' if panels == 1 else 'are'} needed"
    if outcome is None or outcome.value != panels:
        return f"{said}."
    if outcome.proven:
        return f"{said} and no plan needs fewer."
    return f"{said}; no plan can need fewer than {outcome.bound:,}."


def _of_outcome(outcome: TierOutcome) -> SolvingLine:
    state = State.PROVEN if outcome.proven else State.FOUND
    return _line(outcome.name, state, outcome.value, outcome.bound, outcome.note)


def _state(tier: str, values: Mapping[str, int], proven: set[str], latest: str) -> State:
    if tier in proven:
        return State.PROVEN
    if tier == latest:
        return State.LOOKING
    return State.FOUND if tier in values else State.WAITING


def _true_bound(value: int | None, bound: int | None) -> int | None:
    """A bound above what was found since belongs to an earlier state of the search."""
    return None if bound is None or bound < 0 or (value is not None and bound > value) else bound


def _line(tier: str, state: State, value: int | None, bound: int | None, note: str = "") -> SolvingLine:
    aim, words = tier_words(tier, value or 0)
    found = words if value is not None else ""
    least = tier_words(tier, bound)[1] if bound is not None else ""
    return SolvingLine(tier, aim, state, value, bound, found, least, _sentence(state, found, least, note))


def _sentence(state: State, found: str, least: str, note: str) -> str:
    if state is State.WAITING:
        return "Not begun."
    if state is State.PROVEN:
        return f"{found}: proven, no plan does better."
    if not found:
        return f"Looking; at least {least}." if least else "Looking."
    so_far = f"Looking: {found} so far" if state is State.LOOKING else f"{found} is the best found"
    if note:
        return f"{so_far} ({note})."
    if not least or least == found:
        return f"{so_far}."
    return f"{so_far}; no plan can do better than {least}."


def _card(campaign: Campaign, case: Case) -> NoPlaceCard:
    people = tuple((a, campaign.name_of("applicants", a)) for a in case.applicants)
    number = len(people)
    if number == 1:
        headline = (
            f"{people[0][1]} ({people[0][0]}) has no place."
            if people[0][0] != people[0][1]
            else (f"{people[0][0]} has no place.")
        )
    else:
        together = "together " if case.together else ""
        headline = f"{counted(number, 'applicant')} have no place, {together}for the same reason."
    return NoPlaceCard(
        headline=headline,
        applicants=people,
        reasons=tuple(tuple(obstacle_phrases(campaign, r.obstacles)) for r in case.reasons if r.obstacles),
        ways=tuple(_way_card(campaign, way) for way in case.ways_out),
        fallback=case.fallback,
    )


def _way_card(campaign: Campaign, way: WayOut) -> WayCard:
    return WayCard(
        sentence=way_out_sentence(campaign, way),
        doing=tuple(change_phrase(campaign, change) for change in way.changes),
        cost=_cost(way.changes),
        record=way_record(way),
    )


def _cost(changes: Sequence[Change]) -> str:
    """What it takes, in the words of the dearest of the changes."""
    order = [cost for cost, _ in COSTS]
    return max((COST_BY_KIND[change.kind] for change in changes), key=order.index)
