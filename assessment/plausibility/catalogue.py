"""Every check of plausibility, in the order in which they are told, and the door that asks all of them.

Two findings may be about one slip: where a scale is upside down, exchanging any two applicants looks better
too. The weightier one is told first and the others stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from assessment.framework import Framework
from assessment.plausibility import copies, numbering, panels, record, shifts, swaps, upside_down
from assessment.plausibility.expectation import expectation_of
from assessment.plausibility.finding import Check, Finding, Verdict
from assessment.plausibility.sheet import Sheet
from assessment.ratings import Attendance, Rating

CHECKS: tuple[Check, ...] = (
    Check(
        "kept_apart",
        "Nobody rates an applicant from whom a declared interest keeps them apart.",
        Verdict.HELD,
        record.kept_apart,
    ),
    Check(
        "row_numbers",
        "No rater's ratings of an exercise are row numbers: 1, 2, 3 and so on down every form.",
        Verdict.REFUSED,
        numbering.row_numbers,
    ),
    Check(
        "permutation",
        "No rater's ratings are ranks: each of 1 to n once, among applicants or among criteria.",
        Verdict.HELD,
        numbering.ranks,
    ),
    Check(
        "sorted_column",
        "No rater's column is in order of size, as if it had been sorted by itself.",
        Verdict.HELD,
        numbering.sorted_column,
    ),
    Check(
        "constant_column",
        "No rater gives the same rating throughout where others saw differences.",
        Verdict.HELD,
        numbering.constant_column,
    ),
    Check(
        "upside_down",
        "No rater's scale is upside down: high where others are low, and low where they are high.",
        Verdict.HELD,
        upside_down.upside_down,
    ),
    Check(
        "panel_apart",
        "No panel's ratings lie apart from all others', as if it had used another scale.",
        Verdict.HELD,
        panels.panel_apart,
    ),
    Check(
        "papers_exchanged",
        "No two applicants' ratings of an exercise, by all who rated them, fit each other's better.",
        Verdict.HELD,
        panels.papers_exchanged,
    ),
    Check(
        "two_applicants_exchanged",
        "No rater's ratings of two applicants fit what others gave far better when exchanged.",
        Verdict.HELD,
        swaps.two_applicants_exchanged,
    ),
    Check(
        "raters_exchanged",
        "No two raters' ratings of different applicants fit far better when the raters are exchanged.",
        Verdict.HELD,
        swaps.raters_exchanged,
    ),
    Check(
        "criteria_exchanged",
        "No rater's ratings of two criteria fit what others gave far better when exchanged.",
        Verdict.HELD,
        swaps.criteria_exchanged,
    ),
    Check(
        "exercises_exchanged",
        "No rater's ratings of two exercises fit what others gave far better when exchanged.",
        Verdict.HELD,
        swaps.exercises_exchanged,
    ),
    Check(
        "shifted_rows",
        "No block of a rater's column fits what others gave far better one place up or down.",
        Verdict.HELD,
        shifts.shifted_rows,
    ),
    Check(
        "copied_form",
        "No rater's forms of two applicants are the same in every rating and every word.",
        Verdict.HELD,
        copies.copied_between_applicants,
    ),
    Check(
        "copied_column",
        "No two raters' forms of a session are the same in every rating and every word.",
        Verdict.HELD,
        copies.copied_between_raters,
    ),
    Check(
        "rated_but_absent",
        "Nobody is rated who, by the table attendance, was not there.",
        Verdict.HELD,
        record.rated_but_absent,
    ),
    Check(
        "rating_of_another",
        "No applicant has a rater or a rating too many, least of all where another lacks it.",
        Verdict.HELD,
        record.rating_of_another,
    ),
)
CHECK_BY_KEY = {check.key: check for check in CHECKS}


def findings(
    framework: Framework,
    ratings: Sequence[Rating],
    *,
    attendance: Mapping[str, Attendance] | None = None,
    apart: Set[tuple[str, str]] = frozenset(),
    session_by_applicant: Mapping[str, str] | None = None,
    evidence: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """Everything about the ratings that cannot be right, or that a person must look at.

    `ratings` are in the order of the table. `apart` holds (applicant, rater) whom a declared interest keeps
    apart. `session_by_applicant` need not know everybody: where it is silent, anybody may have been there.
    `evidence` has a fingerprint of each rating's evidence, empty where there is none; or is empty altogether.
    """
    if not ratings:
        return ()
    sheet = Sheet(
        framework, ratings, attendance, apart, session_by_applicant or {}, evidence or [""] * len(ratings)
    )
    expectation = expectation_of(sheet)
    return _told(finding for check in CHECKS for finding in check.look(check, sheet, expectation))


def _told(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, with the weightier one that it stands behind, if there is one."""
    by_name: dict[str, Finding] = {}
    for finding in found:
        if finding.name not in by_name or finding.weight > by_name[finding.name].weight:
            by_name[finding.name] = finding
    front_of: dict[tuple[str, str], str] = {}
    behind: dict[str, str] = {}
    for finding in sorted(by_name.values(), key=lambda each: (-each.weight, each.name)):
        places = (
            [(applicant, exercise) for _, applicant, exercise in sorted(finding.forms)]
            if finding.weight
            else []
        )
        fronts = [front_of[place] for place in places if place in front_of]
        if fronts:
            behind[finding.name] = fronts[0]
        else:
            front_of.update(dict.fromkeys(places, finding.name))
    return tuple(replace(finding, behind=behind.get(finding.name, "")) for finding in by_name.values())
