"""Why somebody has no session, as the lines the command line prints: counting, reasons, ways out.

The phrases are in `obstacles.py` and `changes.py`; what they are made of comes from `scheduler`.
"""

from __future__ import annotations

from collections.abc import Sequence

from api.campaign import Campaign
from api.exports.packs.wording import counted
from api.presenters.changes import way_out_sentence
from api.presenters.obstacles import obstacle_phrases, shortlist
from scheduler.explanation import Case, Explanation, Reason


def counting_lines(shortages: Sequence[str], limits: Sequence[str]) -> list[str]:
    """What counting alone shows, before any timetable is tried."""
    lines: list[str] = []
    if shortages:
        lines += ["Counting alone shows that not everybody can have a session:", *_indented(shortages)]
    if limits:
        lines += ["Counted session by session:", *_indented(limits)]
    return lines


def explanation_lines(campaign: Campaign, explanation: Explanation) -> list[str]:
    """How many are placed; then for everybody else the reasons and the ways out."""
    lines = [_head(explanation)]
    for case in explanation.cases:
        lines += ["", *_case_lines(campaign, case, explanation)]
    return lines


def reason_sentence(campaign: Campaign, reason: Reason) -> str:
    """One reason in one sentence, for a table."""
    return f"{'; '.join(obstacle_phrases(campaign, reason.obstacles))}."


def _head(explanation: Explanation) -> str:
    everybody = explanation.applicants
    if not explanation.cases:
        return f"All applicants can have a session: {everybody} of {everybody} placed."
    if explanation.impossible:
        return "It is proven that no timetable keeps all the rules and pins."
    found = f"{explanation.placed} of {counted(everybody, 'applicant')} can have a session"
    if explanation.proven:
        return f"{found}; it is proven that no more can."
    return f"{found} in what was found; whether more can was not settled in the time."


def _case_lines(campaign: Campaign, case: Case, explanation: Explanation) -> list[str]:
    who = shortlist(list(case.applicants))
    lines = [f"Without a session: {who}."]
    if not case.reasons:
        return [*lines, "  No reason was shown in the time. What counting says:", f"  {case.fallback}"]
    for number, reason in enumerate(case.reasons, start=1):
        lines += _reason_lines(campaign, case, reason, number)
    if case.ways_out:
        lines.append("  Ways out, the cheapest first, each tried:")
        numbered = enumerate(case.ways_out, start=1)
        lines += [f"    {number}. {way_out_sentence(campaign, way)}" for number, way in numbered]
    else:
        lines.append("  No way out was found that is one change, or several of one kind.")
    return lines


def _reason_lines(campaign: Campaign, case: Case, reason: Reason, number: int) -> list[str]:
    if not reason.obstacles:
        return ["  Nothing that a campaign can be told differently would help.", f"  {case.fallback}"]
    phrases = obstacle_phrases(campaign, reason.obstacles)
    first = "In the way" if number == 1 else "Also in the way, and enough on its own"
    if len(phrases) == 1:
        return [f"  {first}: {phrases[0]}."]
    lines = [f"  {first}, all of these together:", *(f"    - {phrase}" for phrase in phrases)]
    if not reason.settled:
        lines.append("    Whether each of them is needed for that was not settled in the time.")
    return lines


def _indented(sentences: Sequence[str]) -> list[str]:
    return [f"  {sentence}" for sentence in sentences]
