"""Breaches in words, each with its place: the session, the people and the runs at which a page shows it.

What is broken is found by `scheduler.checks`; names are joined on here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from scheduler.checks import ROTATION_RULES, breaches_of
from scheduler.checks.wording import run_name
from scheduler.disruption import Repair
from scheduler.grid import Window
from scheduler.rules import RULE_BY_KEY, Breach
from scheduler.timetable import Sitting, Timetable

Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class BreachLine:
    """One breach. `sentence` is the rule that is broken, `detail` what is wrong, with names and times.

    `people` are references; `sittings` are the runs it concerns, each by session, exercise and name, and
    empty where it is about nobody's run.
    """

    rule: str
    sentence: str
    detail: str
    session: str
    window: Window | None
    people: tuple[str, ...]
    sittings: tuple[Place, ...]


def breach_lines(
    campaign: Campaign, timetable: Timetable, repairs: Sequence[Repair] = ()
) -> tuple[BreachLine, ...]:
    """Every breach of the timetable, in the order of the rules; none for a sound one."""
    return lines_of(campaign, timetable, breaches_of(campaign.problem, timetable, repairs=repairs))


def lines_of(campaign: Campaign, timetable: Timetable, breaches: Sequence[Breach]) -> tuple[BreachLine, ...]:
    """The same for breaches that were found before."""
    return tuple(_line(campaign, timetable, breach) for breach in breaches)


def _line(campaign: Campaign, timetable: Timetable, breach: Breach) -> BreachLine:
    return BreachLine(
        rule=breach.rule,
        sentence=RULE_BY_KEY[breach.rule].sentence,
        detail=_in_words(campaign, breach),
        session=breach.session,
        window=breach.window,
        people=breach.who,
        sittings=_sittings(timetable, breach),
    )


def _in_words(campaign: Campaign, breach: Breach) -> str:
    """The detail with people and exercises by name."""
    text = with_names(campaign, breach.detail, breach.who)
    # An exercise may be called "round", which is another thing where rotations are told.
    if breach.rule not in ROTATION_RULES:
        for exercise in campaign.problem.exercises:
            name = campaign.name_of("exercises", exercise.reference)
            found = rf"(?<![\w.-]){re.escape(exercise.reference)}(?![\w-])"
            text = re.sub(found, lambda _, name=name: name, text)  # type: ignore[misc]
    return text


def with_names(campaign: Campaign, text: str, people: Sequence[str]) -> str:
    """The text with the name of each of these people before their reference, the first time it comes."""
    for person in people:
        name = campaign.person_name(person)
        if name != person and person in text:
            text = re.sub(
                rf"(?<![\w.-]){re.escape(person)}(?![\w-])",
                lambda found, name=name: f"{name} ({found[0]})",  # type: ignore[misc]
                text,
                count=1,
            )
    return text


def _sittings(timetable: Timetable, breach: Breach) -> tuple[Place, ...]:
    """The runs that the breach names; else those of its people at that time, or just before and after it."""
    runs = [run for run in timetable.sittings if run.session == breach.session]
    named = [run for run in timetable.sittings if _is_named(run, breach.detail)]
    if named:
        return tuple(map(_place, named))
    window = breach.window
    theirs = [run for run in runs if any(row.person in breach.who for row in run.entries)]
    if window is None:
        return tuple(map(_place, theirs))
    during = [run for run in theirs if any(_is_theirs(run, breach, window, touching=False))]
    return tuple(
        map(_place, during or [r for r in theirs if any(_is_theirs(r, breach, window, touching=True))])
    )


def _is_theirs(run: Sitting, breach: Breach, window: Window, touching: bool) -> list[bool]:
    wider = Window(window.start - 1, window.end + 1) if touching else window
    return [row.window.overlaps(wider) for row in run.entries if row.person in breach.who]


def _is_named(run: Sitting, detail: str) -> bool:
    name = run_name(run)
    # Looked for as it is first: a pattern for each of some hundred runs takes longer than all the rest.
    if name.casefold() not in detail.casefold():
        return False
    return re.search(rf"{re.escape(name)}(?![\w-])", detail, re.IGNORECASE) is not None


def _place(run: Sitting) -> Place:
    return (run.session, run.exercise, run.reference)
