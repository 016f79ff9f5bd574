"""What all who rated an exercise got wrong together, so that they agree among themselves.

A panel's means for its applicants are held against what others gave the same applicants in the other
exercises (`standings.py`). A panel may be severe or lenient by half a step on a scale of five.

What is not seen: a panel of one applicant; one whose other scale moved the ratings by less than about a step
and a half; two papers exchanged that lie less than about two steps apart; all of it where the exercises go
together only loosely. What was exchanged for an applicant in every exercise leaves no trace in the ratings.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from assessment.plausibility.doubt import needed, needed_of_moved
from assessment.plausibility.expectation import Expectation
from assessment.plausibility.finding import Check, Finding
from assessment.plausibility.sheet import Sheet, forms_of
from assessment.plausibility.standings import Standing, step_of
from assessment.plausibility.wording import counted, mean, references, spread

SEVERITIES = (-0.5, -0.25, 0.0, 0.25, 0.5)
OTHER_SCALES = (-3.0, -2.5, -2.0, -1.5, -1.0, 1.0, 1.5, 2.0, 2.5, 3.0)


def panel_apart(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """The raters who saw the same applicants of a session, and a session's exercise as a whole."""
    groups = {key: people for key, people in _groups(sheet).items() if key[0] in expectation.standings}
    limit = needed(len(groups))
    for (exercise, session, raters), applicants in groups.items():
        standings = [expectation.standings[exercise][each] for each in applicants]
        # No story makes a mean likelier than one that is just as expected, whose log chance is 0.
        if -sum(each.chance for each in standings) < limit:
            continue
        weight = _apart(standings, step_of(sheet))
        if weight >= limit:
            there = dict.fromkeys(r for each in applicants for r in sheet.raters_by_form[each, exercise])
            parts = (*(raters or ("everybody",)), exercise, *([session] if session else []))
            forms = [form for rater in there for form in forms_of(rater, applicants, exercise)]
            reason = _apart_in_words(sheet, exercise, list(there), applicants)
            yield check.found(parts, (*there, *applicants), reason, forms, weight - limit)


def papers_exchanged(check: Check, sheet: Sheet, expectation: Expectation) -> Iterator[Finding]:
    """Two applicants of a session, in one exercise, by everybody who rated them."""
    by_exercise = expectation.standings
    limit = needed_of_moved(sum(sheet.pairs_in_a_session(list(each)) for each in by_exercise.values()))
    for exercise, standings in by_exercise.items():
        rooms = sorted(((-each.chance, who) for who, each in standings.items()), reverse=True)
        for place, (room, one) in enumerate(rooms):
            for other_room, other in rooms[place + 1 :]:
                if room + other_room < limit:
                    break
                weight = _exchanged(standings[one], standings[other])
                if weight >= limit and sheet.same_session(one, other):
                    yield _papers(check, sheet, exercise, sorted((one, other)), weight - limit)


def _apart(standings: Sequence[Standing], step: float) -> float:
    """How much likelier another scale makes these means than any severity; a mean over the ways to err."""
    as_it_stands = max(sum(each.chance_shifted(s * step) for each in standings) for s in SEVERITIES)
    stories = [sum(each.chance_shifted(s * step) for each in standings) for s in OTHER_SCALES]
    stories.append(sum(each.chance_turned for each in standings))
    best = max(stories)
    whole = best + math.log(sum(math.exp(story - best) for story in stories) / len(stories))
    return whole - as_it_stands


def _exchanged(one: Standing, other: Standing) -> float:
    """How much likelier the two means become when they change places."""
    apart = one.mean - other.mean
    return one.chance_shifted(apart) + other.chance_shifted(-apart) - one.chance - other.chance


def _groups(sheet: Sheet) -> dict[tuple[str, str, tuple[str, ...]], list[str]]:
    """Two applicants or more by (exercise, session, raters), and again without raters for a whole session."""
    found: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for (applicant, exercise), raters in sheet.raters_by_form.items():
        session = sheet.session_by_applicant.get(applicant, "")
        found.setdefault((exercise, session, tuple(sorted(raters))), []).append(applicant)
        if session:
            found.setdefault((exercise, session, ()), []).append(applicant)
    of_one_panel = {(e, s, len(people)) for (e, s, raters), people in found.items() if raters}
    return {
        (exercise, session, raters): people
        for (exercise, session, raters), people in found.items()
        if len(people) > 1 and (raters or (exercise, session, len(people)) not in of_one_panel)
    }


def _apart_in_words(sheet: Sheet, exercise: str, raters: Sequence[str], applicants: Sequence[str]) -> str:
    people, panel = set(applicants), set(raters)
    own: list[int] = []
    rest: list[int] = []
    elsewhere: list[int] = []
    for each, level in zip(sheet.ratings, sheet.given, strict=True):
        if each.exercise == exercise:
            (own if each.applicant in people else rest).append(level)
        elif each.applicant in people and each.assessor not in panel:
            elsewhere.append(level)
    beside = f", everybody else's {spread(sheet, rest)} with a mean of {mean(sheet, rest)}" if rest else ""
    other = (
        f"; in other exercises the same applicants were given {mean(sheet, elsewhere)}" if elsewhere else ""
    )
    return (
        f"the {counted(len(own), 'rating')} of {references(applicants)} in {exercise} by "
        f"{references(raters)} are {spread(sheet, own)} with a mean of {mean(sheet, own)}{beside}{other}"
    )


def _papers(check: Check, sheet: Sheet, exercise: str, pair: Sequence[str], weight: float) -> Finding:
    one, two = pair
    raters = sorted({*sheet.raters_by_form[one, exercise], *sheet.raters_by_form[two, exercise]})
    here: dict[str, list[int]] = {who: [] for who in pair}
    elsewhere: dict[str, list[int]] = {who: [] for who in pair}
    for each, level in zip(sheet.ratings, sheet.given, strict=True):
        if each.applicant in pair:
            (here if each.exercise == exercise else elsewhere)[each.applicant].append(level)
    means = [mean(sheet, levels[who]) for who in pair for levels in (here, elsewhere)]
    reason = (
        f"everybody who rated {exercise} gave {one} {means[0]} on average and {two} {means[2]}, who "
        f"were given {means[1]} and {means[3]} in other exercises: it fits far better exchanged"
    )
    forms = [form for rater in raters for form in forms_of(rater, pair, exercise)]
    return check.found((one, two, exercise), (one, two, *raters), reason, forms, weight)
