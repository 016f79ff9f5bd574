"""What the rules leave to named people: applicants below a floor, and those who are level to the end.

Both are told whether or not somebody has decided already, for until the release one may decide again.
"""

from __future__ import annotations

from dataclasses import replace

from api.services.look_at_results import Results
from assessment.ranking import Appointable, standings_of
from assessment.standard import by_scores


def floors_left_to_decide(results: Results, applicant: str) -> str:
    """The broken floors that leave this applicant to a person's decision; empty where nothing does."""
    campaign, ranked = results.campaign, results.ranked
    if campaign is None or ranked is None or applicant not in {e.applicant for e in ranked.order.lines}:
        return ""
    judged = by_scores(campaign.framework, ranked.sheet.cells_by_applicant[applicant], None)
    return judged.why if judged.appointable is Appointable.PANEL_DISCUSSION else ""


def level_with(results: Results, applicant: str) -> tuple[str, ...]:
    """Those who are level and left to the panel, this applicant among them; nobody where the rules decide."""
    campaign, ranked = results.campaign, results.ranked
    if campaign is None or ranked is None:
        return ()
    appointable = [line.applicant for line in ranked.order.lines if line.rank is not None]
    undecided = replace(campaign.decisions, ties=())
    for standing in standings_of(campaign.framework, ranked.sheet, appointable, undecided):
        if applicant in standing.applicants:
            return standing.applicants if len(standing.applicants) > 1 else ()
    return ()


def rank_of(results: Results, applicant: str) -> int | None:
    lines = results.ranked.order.lines if results.ranked else ()
    return next((line.rank for line in lines if line.applicant == applicant), None)
