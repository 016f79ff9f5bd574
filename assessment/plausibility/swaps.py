"""Ratings with the wrong applicant, criterion, exercise or rater, because two things changed places.

Each story exchanges two sets of numbers and asks how much better they then fit what the others gave. A swap
of two applicants whose ratings are much alike cannot be seen, by this or any other check, and does little
harm; to be sure, two forms of five criteria must lie about a point and a half apart on each. Two raters who
exchange the ratings of the same applicants change no score and leave no trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from assessment.plausibility.doubt import needed, needed_of_moved
from assessment.plausibility.expectation import Expectation
from assessment.plausibility.finding import Check, Finding
from assessment.plausibility.sheet import Form, Sheet, forms_of, rows_of
from assessment.plausibility.wording import mean, numbers, references

Pairs = list[tuple[int, int]]


def two_applicants_exchanged(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """One rater's forms of two applicants of a session, in one exercise."""
    limit = needed_of_moved(sum(sheet.pairs_in_a_session(list(forms)) for forms in sheet.columns.values()))
    for (rater, exercise), forms in sheet.columns.items():
        if expectation.room_by_column[rater, exercise] < limit:
            continue
        rooms = {applicant: expectation.room_in(form) for applicant, form in forms.items()}
        for applicant, other in _with_room(rooms, limit):
            if not sheet.same_session(applicant, other):
                continue
            pairs = sheet.side_by_side(forms[applicant], forms[other])
            weight = expectation.weighed(_gain(expectation, pairs), len(pairs))
            if weight >= limit:
                one, two = sorted((applicant, other))
                reason = _exchanged_applicants(sheet, rater, exercise, {one: forms[one], two: forms[two]})
                in_question = forms_of(rater, (one, two), exercise)
                yield check.found(
                    (rater, one, two, exercise), (rater, one, two), reason, in_question, weight - limit
                )


def raters_exchanged(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """Two raters of a session who saw different applicants: one's numbers stand under the other's name."""
    groups = _by_session(sheet)
    limit = needed_of_moved(sum(len(raters) * (len(raters) - 1) // 2 for raters in groups.values()))
    for (exercise, session), raters in groups.items():
        rooms = {rater: expectation.room_in(rows_of(forms.values())) for rater, forms in raters.items()}
        for pair in _with_room(rooms, limit):
            one, other = sorted(pair)
            mine, theirs = raters[one], raters[other]
            if len(mine) != len(theirs) or mine.keys() & theirs.keys():
                continue
            counterparts = zip(mine.values(), theirs.values(), strict=True)
            pairs = [p for form, counterpart in counterparts for p in sheet.side_by_side(form, counterpart)]
            weight = expectation.weighed(_gain(expectation, pairs), len(pairs) / len(mine))
            if weight >= limit:
                reason = (
                    f"{one}'s ratings of {references(mine)} and {other}'s of {references(theirs)} in "
                    f"{exercise} fit "
                    f"what others gave far better when the two raters' numbers are exchanged"
                )
                parts = (one, other, exercise, *([session] if session else []))
                forms = [*forms_of(one, mine, exercise), *forms_of(other, theirs, exercise)]
                yield check.found(parts, (one, other, *mine, *theirs), reason, forms, weight - limit)


def criteria_exchanged(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """One rater's numbers for two criteria of an exercise stand under each other's heading.

    A rater who is severe on one criterion and lenient on another is not taken for this: each criterion may
    have its own shift before its numbers are held against the exchange.
    """
    most = (max(map(len, forms.values())) for forms in sheet.columns.values())
    limit = needed(sum(size * (size - 1) // 2 for size in most))
    for (rater, exercise), forms in sheet.columns.items():
        if expectation.room_by_column[rater, exercise] < limit:
            continue
        criteria = _by_criterion(sheet, forms)
        rooms = {name: expectation.room_in(rows.values()) for name, rows in criteria.items()}
        for pair in _with_room(rooms, limit):
            one, other = sorted(pair)
            shared = [applicant for applicant in criteria[one] if applicant in criteria[other]]
            pairs = [(criteria[one][each], criteria[other][each]) for each in shared]
            weight = _gain_beyond_shifts(expectation, pairs, limit)
            if weight >= limit:
                reason = (
                    f"{rater}'s ratings of {references(shared)} in {exercise} fit what others gave far "
                    f"better when "
                    f"the numbers for {one} and {other} are exchanged"
                )
                in_question = forms_of(rater, shared, exercise)
                yield check.found(
                    (rater, exercise, one, other), (rater, *shared), reason, in_question, weight - limit
                )


def exercises_exchanged(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """One rater's numbers for two exercises stand under each other's heading, criterion by criterion."""
    by_rater: dict[str, list[str]] = {}
    for rater, exercise in sheet.columns:
        by_rater.setdefault(rater, []).append(exercise)
    limit = needed(sum(len(each) * (len(each) - 1) // 2 for each in by_rater.values()))
    room = expectation.room_by_column
    for rater, exercises in by_rater.items():
        for one, other in combinations(sorted(exercises), 2):
            if room[rater, one] + room[rater, other] < limit:
                continue
            mine, theirs = sheet.columns[rater, one], sheet.columns[rater, other]
            shared = [applicant for applicant in mine if applicant in theirs]
            pairs = [p for each in shared for p in sheet.side_by_side(mine[each], theirs[each])]
            if not pairs:
                continue
            weight = _gain_beyond_shifts(expectation, pairs, limit)
            weight = expectation.weighed(weight, len(pairs) / len(shared))
            if weight >= limit:
                reason = (
                    f"{rater}'s ratings of {references(shared)} fit what others gave far better when the "
                    f"numbers "
                    f"for {one} and {other} are exchanged"
                )
                forms = [*forms_of(rater, shared, one), *forms_of(rater, shared, other)]
                yield check.found((rater, one, other), (rater, *shared), reason, forms, weight - limit)


def _gain(expectation: Expectation, pairs: Pairs) -> float:
    """How much likelier the ratings of these paired rows become when each has the other's."""
    back = [(other, row) for row, other in pairs]
    as_it_stands = expectation.stands([row for pair in pairs for row in pair])
    return expectation.moved(pairs) + expectation.moved(back) - as_it_stands


def _gain_beyond_shifts(expectation: Expectation, pairs: Pairs, limit: float) -> float:
    """The gain, where either side may have a shift of its own as long as nothing was exchanged."""
    gain = _gain(expectation, pairs)
    if gain < limit:  # it can only become less
        return gain
    one, other = [row for row, _ in pairs], [row for _, row in pairs]
    own_shifts = expectation.stands_with_shift(one) + expectation.stands_with_shift(other)
    return gain + expectation.stands([*one, *other]) - own_shifts


def _with_room(rooms: dict[str, float], limit: float) -> Iterator[tuple[str, str]]:
    """The pairs that could gain enough at the very best."""
    ordered = sorted(((room, one) for one, room in rooms.items()), reverse=True)
    for place, (room, one) in enumerate(ordered):
        for other_room, other in ordered[place + 1 :]:
            if room + other_room < limit:
                break
            yield one, other


def _by_session(sheet: Sheet) -> dict[tuple[str, str], dict[str, dict[str, Form]]]:
    """The forms of each rater by (exercise, session); one group for all whose session is not known."""
    found: dict[tuple[str, str], dict[str, dict[str, Form]]] = {}
    sessions = sheet.session_by_applicant
    for (rater, exercise), forms in sheet.columns.items():
        for applicant, form in forms.items():
            group = found.setdefault((exercise, sessions.get(applicant, "")), {})
            group.setdefault(rater, {})[applicant] = form
    return found


def _by_criterion(sheet: Sheet, forms: dict[str, Form]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for applicant, form in forms.items():
        for row in form:
            found.setdefault(sheet.ratings[row].criterion, {})[applicant] = row
    return found


def _exchanged_applicants(sheet: Sheet, rater: str, exercise: str, forms: dict[str, Form]) -> str:
    gave = " and ".join(f"{who} {numbers(sheet, form)}" for who, form in forms.items())
    means = [(who, sheet.others(form)) for who, form in forms.items()]
    others = " and ".join(f"{who} {mean(sheet, levels)}" for who, levels in means if levels)
    one_other = any(len(sheet.raters_by_form[who, exercise]) == 2 for who in forms)
    either = " (of two raters, it may be the other's that are exchanged)" if one_other else ""
    return (
        f"{rater} gave {gave} in {exercise}, which fits far better when exchanged: others gave "
        f"{others} on average{either}"
    )
