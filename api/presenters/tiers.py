"""How good the timetable is, tier by tier, in words: what was aimed for, what was reached, what is proven."""

from __future__ import annotations

from dataclasses import dataclass

from api.exports.packs.wording import counted, listed
from scheduler.checks import tier_values
from scheduler.checks.panels import applicants_without_first_choice
from scheduler.checks.views import panels_of
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.result import Result, TierOutcome
from scheduler.rules import LINK_GROUP, tiers_of
from scheduler.timetable import Timetable

NOT_LOOKED_INTO = "Not looked into"
PROVEN = "Proven: no plan does better"
FOUND = "Best found so far"

AIMS = {
    "unplaced": ("Fewest applicants without a session", "applicant"),
    "panel_half_days": ("Fewest panels to staff, over all sessions", "panel"),
    "sessions_held": ("Fewest sessions to hold", "session"),
    "without_first_choice_member": (
        "Fewest applicants whose panel has nobody from their first-choice council",
        "applicant",
    ),
    "applicant_travel_minutes": ("Least travel for applicants, one way, all together", "minute"),
    "assessor_travel_minutes": ("Least travel for assessors, one way, all half-days together", "minute"),
    "heaviest_load": ("Lightest load for the busiest assessor, of the half-days they offered", "per cent"),
    "idle_minutes": ("Least waiting for applicants between activities, all together", "minute"),
    "assessor_links": ("Assessors linked with one another, by sitting together with as many as can be", ""),
}
APPLICANTS, STAFF, SESSIONS = "people.html#applicants", "people.html#staff", "#sessions"
LINKS = {
    "unplaced": APPLICANTS,
    "panel_half_days": SESSIONS,
    "sessions_held": SESSIONS,
    "without_first_choice_member": APPLICANTS,
    "applicant_travel_minutes": APPLICANTS,
    "assessor_travel_minutes": STAFF,
    "heaviest_load": STAFF,
    "idle_minutes": APPLICANTS,
    "assessor_links": STAFF,
}


@dataclass(frozen=True, slots=True)
class TierLine:
    """One aim. `bound` is empty where none is known; `note` says what a proof covers, where it is less.

    `link` leads to the sessions or people that the value counts.
    """

    aim: str
    value: str
    bound: str
    state: str
    proven: bool
    note: str
    link: str


def tier_lines(problem: Problem, timetable: Timetable, result: Result | None) -> tuple[TierLine, ...]:
    """The tiers in their order. Without a result they are measured here and nothing is known of bounds."""
    if result is not None:
        return tuple(_of_outcome(problem, timetable, outcome) for outcome in result.objective)
    values = tier_values(problem, timetable)
    return tuple(
        TierLine(
            _aim(tier.key),
            _amount(tier.key, values[tier.key]),
            "",
            NOT_LOOKED_INTO,
            False,
            _who(problem, timetable, tier.key),
            LINKS.get(tier.key, ""),
        )
        for tier in tiers_of(problem)
    )


def tier_words(tier: str, value: int) -> tuple[str, str]:
    """An aim, and a value of it with its unit, in words."""
    return _aim(tier), _amount(tier, value)


def outcome_of(result: Result | None, tier: str) -> TierOutcome | None:
    """What a run reached in one tier, where it says."""
    outcomes = result.objective if result is not None else ()
    return next((outcome for outcome in outcomes if outcome.name == tier), None)


def _of_outcome(problem: Problem, timetable: Timetable, outcome: TierOutcome) -> TierLine:
    notes = (outcome.note[:1].upper() + outcome.note[1:], _who(problem, timetable, outcome.name))
    return TierLine(
        aim=_aim(outcome.name),
        value=_amount(outcome.name, outcome.value),
        bound=_amount(outcome.name, outcome.bound),
        state=PROVEN if outcome.proven else FOUND,
        proven=outcome.proven,
        note=". ".join(note for note in notes if note),
        link=LINKS.get(outcome.name, ""),
    )


def _who(problem: Problem, timetable: Timetable, tier: str) -> str:
    """The applicants whom a tier counts, where no other page shows them."""
    if tier != "without_first_choice_member" or problem.panel.first_choice_rule is not FirstChoiceRule.SOFT:
        return ""
    lacking = {
        applicant.reference
        for panel in panels_of(problem, timetable)
        for applicant in applicants_without_first_choice(problem, panel)
    }
    return f"Without one: {listed(sorted(lacking))}" if lacking else ""


def links_in_words(value: int) -> str:
    """The value of `assessor_links` as people say it."""
    groups, repeats = divmod(value, LINK_GROUP)
    return f"{counted(groups, 'separate group')}, {counted(repeats, 'repeated pairing')}"


def _aim(tier: str) -> str:
    return AIMS[tier][0] if tier in AIMS else tier.replace("_", " ").capitalize()


def _amount(tier: str, value: int) -> str:
    if tier == "assessor_links":
        return links_in_words(value)
    unit = AIMS[tier][1] if tier in AIMS else ""
    if unit == "per cent" or not unit:
        return f"{value:,} {unit}".strip()
    return counted(value, unit)
