"""What a stage came to, in a few plain sentences: the lines the command line prints at its end.

The figures are the result's own; nothing is computed here but counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from api.campaign import Campaign
from api.services.allocate_places import Allocated
from api.services.rank_applicants import Ranked
from api.services.run_campaign import Run
from api.services.verify_timetable import Verified
from assessment.allocation.result import Outcome
from assessment.ranking import Appointable
from scheduler.balance import RotationBalance, rotation_balances
from scheduler.result import Result, Status, TierOutcome, Unplaced
from scheduler.rules import RULE_BY_KEY, TIERS, Breach

TIER_SENTENCE = {tier.key: tier.sentence for tier in TIERS}
FEWEST = {
    "panel_half_days": ("panel is needed", "panels are needed", "no plan needs fewer"),
    "sessions_held": ("session is held", "sessions are held", "no plan holds fewer"),
}
EACH = "each of them"
OUTCOMES = (
    (Outcome.RESERVE, "on the reserve list"),
    (Outcome.NOT_PLACED, "not placed"),
    (Outcome.NOT_APPOINTABLE, "not appointable"),
    (Outcome.UNRANKABLE, "unrankable"),
)


def schedule_lines(campaign: Campaign, result: Result) -> list[str]:
    """Who is placed, and how good the timetable is: proven, or how far it might still be from the best."""
    applicants = len(campaign.problem.applicants)
    lines = placed_lines(applicants, result.unplaced)
    if result.status is Status.INFEASIBLE:
        return [*lines, "It is proven that no timetable keeps all the rules and pins."]
    if result.status is Status.UNKNOWN:
        return [*lines, "No timetable was found in the time given. There may be one: allow more seconds."]
    lines += [tier_line(outcome) for outcome in result.objective if outcome.name != "unplaced"]
    return lines + rotation_lines(rotation_balances(result.timetable.meetings))


def placed_lines(applicants: int, unplaced: Sequence[Unplaced]) -> list[str]:
    """How many have a session; and for everybody who has none, why."""
    if not unplaced:
        return [f"All applicants have a session: {applicants} of {applicants} placed."]
    head = f"{applicants - len(unplaced)} of {applicants} applicants have a session. Without one:"
    return [head, *(f"  {_reason(alike)}" for alike in _by_reason(unplaced))]


def _by_reason(unplaced: Sequence[Unplaced]) -> list[list[Unplaced]]:
    """Those whose reasons differ in nothing but the reference, together."""
    groups: dict[str, list[Unplaced]] = {}
    for each in unplaced:
        groups.setdefault(_of_each(each), []).append(each)
    return list(groups.values())


def _of_each(unplaced: Unplaced) -> str:
    """The reason with the reference taken out, where it stands as a word of its own."""
    return re.sub(rf"(?<![\w-]){re.escape(unplaced.applicant)}(?![\w-])", EACH, unplaced.reason)


def _reason(alike: Sequence[Unplaced]) -> str:
    """One reason, under the references it concerns unless it begins with the only one already."""
    first = alike[0]
    if len(alike) > 1:
        references = ", ".join(each.applicant for each in alike)
        return f"{references}: {_of_each(first)}"
    if first.reason.startswith(f"{first.applicant} "):
        return first.reason
    return f"{first.applicant}: {first.reason}"


def tier_line(outcome: TierOutcome) -> str:
    """One tier in words. A value that is not proven comes with what no plan can be below."""
    if outcome.name in FEWEST:
        one, several, proof = FEWEST[outcome.name]
        found = f"{outcome.value} {one if outcome.value == 1 else several}"
        if outcome.proven:
            return f"{found}, and {proof} ({outcome.name} {outcome.value}, proven)."
        return f"{found} ({outcome.name}); not proven, no plan has fewer than {outcome.bound}."
    sentence = TIER_SENTENCE.get(outcome.name, outcome.name)
    if outcome.proven:
        return f"{sentence}: {outcome.value:,}, proven the least."
    return (
        f"{sentence}: {outcome.value:,}, {outcome.note or 'not proven'}, no plan is below {outcome.bound:,}."
    )


def rotation_lines(balances: Sequence[RotationBalance]) -> list[str]:
    """How even the orders are where they are least so; nothing where there are no rotations."""
    if not balances:
        return []
    apart = max(balance.follows_most - balance.follows_least for balance in balances)
    even = f"equally often, give or take {apart}" if apart else "equally often"
    often = sum(balance.rests_in_a_row for balance in balances)
    rests = "nobody rests" if often == 0 else f"{_count(often, 'time', 'times')} somebody rests"
    head = "Rotations: over a session each service user follows each other"
    return [f"{head} {even}; {rests} two rounds running."]


def verified_lines(campaign: Campaign, verified: Verified) -> list[str]:
    """Who has no place in the timetable, who has none because they are absent, and every breach."""
    everybody = [applicant.reference for applicant in campaign.problem.applicants]
    placed = verified.timetable.session_of_applicant
    away = [a for a in everybody if a not in placed and a not in verified.unplaced]
    if not verified.unplaced and not away:
        first = f"All applicants have a session: {len(everybody)} of {len(everybody)} placed."
    else:
        number = sum(a in placed for a in everybody)
        first = f"{number} of {len(everybody)} applicants have a session."
        if verified.unplaced:
            first += f" Without one: {', '.join(verified.unplaced)}."
        if away:
            first += f" Absent: {', '.join(away)}."
    return [first, *breach_lines(verified.breaches)]


def breach_lines(breaches: Sequence[Breach]) -> list[str]:
    """Every breach as a sentence, under the rule it breaks, and how many there are."""
    lines: list[str] = []
    for key in dict.fromkeys(breach.rule for breach in breaches):
        lines.append(RULE_BY_KEY[key].sentence)
        lines += [f"  {breach.detail}" for breach in breaches if breach.rule == key]
    return [*lines, f"{_count(len(breaches), 'breach', 'breaches')}."]


def ranking_lines(campaign: Campaign, ranked: Ranked) -> list[str]:
    """How many came, and how they stand."""
    count = Counter(line.appointable for line in ranked.order.lines)
    judged, everybody = len(ranked.order.lines), len(campaign.problem.applicants)
    rated = judged - count[Appointable.UNRANKABLE]
    # Without the attendance table nobody knows who came: then the order holds whoever has a rating.
    came = f"{judged} of {everybody} applicants came, {rated} are rated"
    head = came if campaign.attendance is not None else f"{rated} of {everybody} applicants are rated"
    lines = [f"{head}; {count[Appointable.YES]} are appointable and ranked."]
    if count[Appointable.PANEL_DISCUSSION]:
        lines.append(f"{count[Appointable.PANEL_DISCUSSION]} need a decision: below a floor.")
    if ranked.unrankable:
        lines.append(
            f"{len(ranked.unrankable)} cannot be ranked, ratings are missing: {', '.join(ranked.unrankable)}."
        )
    return lines + list(ranked.remarks)


def allocation_lines(campaign: Campaign, allocated: Allocated) -> list[str]:
    """Offers by council, what became of the others, and whether every check is kept."""
    offers = allocated.offers_by_council
    places = campaign.places.by_council
    count = Counter(line.outcome for line in allocated.allocation.lines)
    lines = [f"{_count(count[Outcome.OFFER], 'offer', 'offers')} for {sum(places.values())} places:"]
    for council, number in places.items():
        lines.append(f"  {campaign.name_of('councils', council)}: {offers.get(council, 0)} of {number}")
    others = [f"{count[outcome]} {words}" for outcome, words in OUTCOMES if count[outcome]]
    lines += [f"{', '.join(others)}."] if others else []
    for check in allocated.checks.checks:
        if not check.kept:
            lines.append(f"Check not kept: {check.sentence}")
            lines += [f"  {pair.applicant} {pair.council}: {pair.why}" for pair in check.pairs]
    if allocated.checks.all_kept:
        lines.append("Every check of the allocation is kept.")
    return lines + list(allocated.allocation.warnings)


def run_lines(campaign: Campaign, run: Run) -> list[str]:
    """The whole chain, ending with where to look."""
    lines = schedule_lines(campaign, run.result)
    lines += breach_lines(run.breaches) if run.breaches else ["No breaches of any rule."]
    if run.assessed is None:
        lines.append("There are no ratings yet: nobody is ranked.")
    else:
        lines += ranking_lines(campaign, run.assessed.ranked)
        lines += allocation_lines(campaign, run.assessed.allocated)
    return [*lines, f"Open this in a browser: {run.index}"]


def _count(number: int, one: str, several: str) -> str:
    return f"{number or 'No'} {one if number == 1 else several}"
