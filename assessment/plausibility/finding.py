"""What a check of plausibility says: a finding, with a name that a person can write into a table.

How findings are come by is in the files of the checks (`catalogue.py` lists them); what is done about them is
the service's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from enum import StrEnum

from assessment.plausibility.expectation import Expectation
from assessment.plausibility.sheet import Sheet


class Verdict(StrEnum):
    """What a finding stops: `refused` cannot be right, so the table must be mended before anything is ranked;
    `held` may be right, and passes once a named person has looked and confirmed it."""

    REFUSED = "refused"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about the ratings that cannot be right, or that a person must look at.

    `name` is short, printable and stays the same while the ratings do, e.g. `constant_column:B12:interview`;
    it begins with the key of its check. `concerned` are the references of the raters and applicants in
    question, `reason` is a sentence with the figures. `forms` are the (rater, applicant, exercise) whose
    ratings it is about, `weight` by how much it is beyond what is needed, as a natural logarithm (0 where
    nothing was reckoned). `behind` names a weightier finding about the same ratings, which most likely
    explains this one.
    """

    name: str
    check: str
    verdict: Verdict
    concerned: tuple[str, ...]
    reason: str
    forms: frozenset[tuple[str, str, str]] = frozenset()
    weight: float = 0.0
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its key, a sentence that says what it looks for, its verdict, and how it looks."""

    key: str
    sentence: str
    verdict: Verdict
    look: Callable[[Check, Sheet, Expectation], Iterator[Finding]]

    def found(
        self,
        parts: Iterable[str],
        concerned: Iterable[str],
        reason: str,
        forms: Iterable[tuple[str, str, str]] = (),
        weight: float = 0.0,
    ) -> Finding:
        """A finding of this check; `parts` are the references that make its name."""
        return Finding(
            name=":".join((self.key, *parts)),
            check=self.key,
            verdict=self.verdict,
            concerned=tuple(dict.fromkeys(concerned)),
            reason=reason,
            forms=frozenset(forms),
            weight=weight,
        )


def unresolved(findings: Iterable[Finding], confirmed: Set[str]) -> tuple[Finding, ...]:
    """The findings that stop the ranking: refused ones, and held ones that nobody has confirmed.

    One that stands behind another waits for that one. Once a person has confirmed the other to be right, it
    comes forward by itself, unless it is about the same rater's ratings: those have been looked into.
    """
    found = tuple(findings)
    by_name = {finding.name: finding for finding in found}
    return tuple(
        finding
        for finding in found
        if (finding.verdict is Verdict.REFUSED or finding.name not in confirmed)
        and not (finding.behind and _explained(finding, by_name[finding.behind], confirmed))
    )


def unknown_names(findings: Iterable[Finding], confirmed: Set[str]) -> tuple[str, ...]:
    """Confirmed names that no finding bears any more: mistyped, or the ratings have changed since."""
    return tuple(sorted(confirmed - {finding.name for finding in findings}))


def _explained(finding: Finding, front: Finding, confirmed: Set[str]) -> bool:
    return front.name not in confirmed or bool(
        {rater for rater, _, _ in finding.forms} & {rater for rater, _, _ in front.forms}
    )
