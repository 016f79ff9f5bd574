"""Implausible ratings stop at the door: what the checks of plausibility make of a campaign, as faults.

What they look for is in `assessment/plausibility`. Evidence reaches them as fingerprints, never as text. A
held finding passes once the table `confirmations` has its name, with who looked into it and why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from api.campaign import Campaign, Table
from api.errors import Fault
from assessment.plausibility import Finding, Verdict, findings, unknown_names, unresolved

MENDED = "the ratings put right; this cannot be confirmed"
LOOKED_INTO = "the ratings put right or, if they are right, {} in the table confirmations, with who and why"


def question_ratings(campaign: Campaign) -> tuple[Finding, ...]:
    """Everything that is implausible about the ratings as first entered, confirmed or not."""
    return findings(
        campaign.framework,
        campaign.ratings,
        attendance=campaign.attendance,
        apart={(each.applicant, each.person) for each in campaign.problem.interests if each.excluded},
        session_by_applicant=session_by_applicant(campaign),
        evidence=evidence_fingerprints(campaign),
    )


def implausible_faults(stopped: Sequence[Finding]) -> list[Fault]:
    """Findings as faults of the table `ratings`; each is about many rows, so they have none."""
    return [
        Fault(
            "ratings",
            None,
            None,
            f"{each.name}: {each.reason}",
            MENDED if each.verdict is Verdict.REFUSED else LOOKED_INTO.format(each.name),
        )
        for each in stopped
    ]


def implausible_warnings(campaign: Campaign) -> tuple[str, ...]:
    """What will stop the ranking, for whoever works on the ratings before that."""
    names = [each.name for each in unresolved(question_ratings(campaign), campaign.confirmed)]
    return (
        (f"implausible ratings stop the ranking until somebody looks: {', '.join(names)}",) if names else ()
    )


def confirmation_remarks(campaign: Campaign, found: Sequence[Finding]) -> tuple[str, ...]:
    """Confirmed names that no finding bears any more: mistyped, or the ratings have changed since."""
    names = unknown_names(found, campaign.confirmed)
    return (f"Confirmed, but no finding about these ratings: {', '.join(names)}.",) if names else ()


def session_by_applicant(campaign: Campaign) -> dict[str, str]:
    """The session of each applicant, as far as the table `attendance` says it."""
    found = zip(
        _cells(campaign, "attendance", "applicant"), _cells(campaign, "attendance", "session"), strict=False
    )
    return {applicant: session for applicant, session in found if session}


def evidence_fingerprints(campaign: Campaign) -> list[str]:
    """A fingerprint of each rating's evidence, without regard to capitals and spaces; empty without any.

    Where the ratings are not those of the table, nothing is known of their evidence.
    """
    texts = _cells(campaign, "ratings", "evidence")
    if len(texts) != len(campaign.ratings):
        return []
    plain = (" ".join(text.casefold().split()) for text in texts)
    return [hashlib.blake2b(text.encode(), digest_size=8).hexdigest() if text else "" for text in plain]


def _cells(campaign: Campaign, table: str, column: str) -> list[str]:
    """One column of a table from top to bottom; nothing where the campaign does not have it."""
    found: Table | None = campaign.tables.get(table)
    if found is None or column not in found.columns:
        return []
    place = found.columns.index(column)
    return [row[place] for row in found.rows]
