"""A campaign's home: eight steps with their state, numbers that lead on, what is wrong, the one next thing.

What is known about the campaign is a `CampaignState`, found out by `api.services.look_over_campaign`.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from api.errors import Fault
from api.exports.packs.wording import counted, day_and_date, listed
from api.presenters.fault_links import FaultCause, fault_causes
from api.presenters.home_after_the_day import AfterTheDay, next_after_the_day, steps_after_the_day
from api.presenters.page_parts import Bar, Figure, Step
from api.storage.repositories.campaigns import KeptTable


@dataclass(frozen=True, slots=True)
class CampaignState:
    """How far a campaign has come. Drafts and versions are 0 where there is none.

    `shortages` are sentences; `is_sound` says that a timetable can be made. `is_current` says that the latest
    draft was made from the tables as they are now. `away` are sentences about people whom the published
    timetable needs when they cannot come.
    """

    tables: Mapping[str, KeptTable]
    missing: tuple[str, ...]
    faults: tuple[Fault, ...]
    is_sound: bool
    shortages: tuple[str, ...]
    draft: int
    is_current: bool
    version: int
    version_draft: int
    to_tell: int
    dates: tuple[datetime.date, ...]
    today: datetime.date
    after: AfterTheDay = AfterTheDay()
    away: tuple[str, ...] = ()

    @property
    def is_under_way(self) -> bool:
        """Whether somebody has arrived: from then on the timetable is repaired, not made anew."""
        return bool(self.version and self.after.checked_in)


@dataclass(frozen=True, slots=True)
class Home:
    """`act` and `url` are the next thing to do, empty where there is none. `wrong` are more sentences."""

    answer: str
    days: str
    act: str
    url: str
    steps: tuple[Step, ...]
    figures: tuple[Figure, ...]
    faults: tuple[FaultCause, ...]
    wrong: tuple[str, ...]
    bars: tuple[Bar, ...]


def campaign_home(state: CampaignState, base: str, may_change: bool, may_read_results: bool = True) -> Home:
    """`base` is the campaign's address. Who may change nothing is told the next step, but has no button."""
    tables_url = f"{base}/bring-in" if may_change else f"{base}/tables"
    steps = (
        _bring_in(state, tables_url),
        _capacity(state, f"{base}/capacity"),
        _timetable(state, f"{base}/solve"),
        _look(state, f"{base}/timetables"),
        _publish(state, f"{base}/publish"),
        *steps_after_the_day(state.after, bool(state.version), base, may_change, may_read_results),
    )
    act, url = _next(state, base)
    return Home(
        answer=_answer(steps, act, may_change),
        days=_days(state),
        act=act if may_change else "",
        url=url if may_change else "",
        steps=steps,
        figures=_figures(state, base),
        faults=fault_causes(state.faults, state.tables, base),
        wrong=_wrong(state),
        bars=_bars(state, base),
    )


def _bring_in(state: CampaignState, url: str) -> Step:
    label = "Bring in the tables"
    if not state.tables:
        return Step(label, "next", url, "A workbook with councils, sessions, applicants and so on.")
    if state.missing:
        return Step(label, "next", url, f"Still missing: {', '.join(state.missing)}.", "Go on")
    if state.faults:
        return Step(label, "problem", url, "Until they are mended nothing else can go on.", _faults(state))
    return Step(label, "done", url, f"{counted(len(state.tables), 'table')}, no faults.")


def _capacity(state: CampaignState, url: str) -> Step:
    label = "Check the capacity"
    if not state.is_sound:
        return Step(label, "waiting")
    if state.shortages:
        words = counted(len(state.shortages), "shortage")
        return Step(label, "problem", url, state.shortages[0], words)
    return Step(label, "done", url, "Counting finds enough of everything.")


def _timetable(state: CampaignState, url: str) -> Step:
    label = "Make the timetable"
    if not state.is_sound:
        return Step(label, "waiting")
    if not state.draft:
        return Step(label, "to_do" if state.shortages else "next", url)
    if not state.is_current and not state.is_under_way:
        hint = f"The tables have changed since draft {state.draft} was made."
        return Step(label, "next", url, hint, "Make it anew")
    return Step(label, "done", url, f"Draft {state.draft} is the latest.")


def _look(state: CampaignState, url: str) -> Step:
    label = "Look at it, and move what you like"
    if not state.draft:
        return Step(label, "waiting")
    if state.version_draft == state.draft:
        return Step(label, "done", url)
    newer = f", newer than version {state.version}" if state.version else ""
    is_next = state.is_sound and state.is_current
    return Step(label, "next" if is_next else "to_do", url, f"Draft {state.draft}{newer}.")


def _publish(state: CampaignState, url: str) -> Step:
    label = "Publish it, and tell people"
    if not state.draft:
        return Step(label, "waiting")
    if state.version_draft != state.draft:
        return Step(label, "to_do", url, f"It would be version {state.version + 1}.")
    if state.to_tell:
        told = f"{counted(state.to_tell, 'person', 'people')} still to be told of version {state.version}."
        return Step(label, "next", url, told, "Tell people")
    return Step(label, "done", url, f"Version {state.version} is published.")


def _next(state: CampaignState, base: str) -> tuple[str, str]:
    if not state.tables or state.missing:
        return "Bring in the tables", f"{base}/bring-in"
    if state.faults:
        return f"Mend {_faults(state)}", f"{base}/tables"
    if state.shortages and not state.draft:
        return "See what there is too little of", f"{base}/capacity"
    if not state.draft:
        return "Make the timetable", f"{base}/solve"
    if not state.is_current and not state.is_under_way:
        return "Make the timetable anew", f"{base}/solve"
    if state.version_draft != state.draft:
        return f"Look at draft {state.draft}", f"{base}/timetables"
    if state.to_tell:
        return f"Tell {counted(state.to_tell, 'person', 'people')}", f"{base}/publish"
    has_begun = bool(state.dates) and min(state.dates) <= state.today
    is_over = bool(state.dates) and max(state.dates) < state.today
    return next_after_the_day(state.after, base, has_begun, is_over)


def _answer(steps: tuple[Step, ...], act: str, may_change: bool) -> str:
    done = sum(step.state == "done" for step in steps)
    said = f"{done} of {len(steps)} steps {'is' if done == 1 else 'are'} done."
    if act and not may_change:
        return f"{said} The organiser’s next step: {act[0].lower()}{act[1:]}."
    return said if act else f"{said} Nothing needs doing on these pages now."


def _days(state: CampaignState) -> str:
    if not state.dates:
        return ""
    first, last = min(state.dates), max(state.dates)
    days = (first - state.today).days
    if days > 1:
        return f"{counted(days, 'day')} until the first session, on {day_and_date(first)}."
    if days == 1:
        return f"The first session is tomorrow, {day_and_date(first)}."
    if days == 0:
        return "The first session is today."
    if last >= state.today:
        return f"The sessions have begun; the last is on {day_and_date(last)}."
    return f"The last session was on {day_and_date(last)}."


def _figures(state: CampaignState, base: str) -> tuple[Figure, ...]:
    if not state.tables:
        return ()
    rows = {name: len(table.rows) for name, table in state.tables.items()}
    counts = [
        Figure(f"{rows.get(name, 0):,}", one if rows.get(name) == 1 else name, f"{base}/tables/{name}")
        for name, one in (("applicants", "applicant"), ("assessors", "assessor"), ("sessions", "session"))
    ]
    places = sum(_places(state).values())
    counts.append(Figure(f"{places:,}", "place" if places == 1 else "places", f"{base}/tables/councils"))
    number = len(state.faults)
    label = "fault" if number == 1 else "faults"
    return (*counts, Figure(f"{number:,}", label, f"{base}/tables", problem=bool(number)))


def _bars(state: CampaignState, base: str) -> tuple[Bar, ...]:
    """Applicants by their first choice, beside the places of each council."""
    first = Counter(_column(state, "applicants", "choice_1"))
    names = dict(zip(_column(state, "councils", "council"), _column(state, "councils", "name"), strict=False))
    if not first:
        return ()
    return tuple(
        Bar(
            names.get(council) or council,
            places,
            first[council],
            f"{base}/tables/applicants?search={quote(council)}",
        )
        for council, places in _places(state).items()
    )


def _wrong(state: CampaignState) -> tuple[str, ...]:
    wrong = [*state.away, *state.shortages]
    if state.missing and state.tables:
        wrong.append(f"Tables are missing: {listed(state.missing)}.")
    if state.draft and state.is_sound and not state.is_current and not state.is_under_way:
        wrong.append(f"Draft {state.draft} was made from earlier tables.")
    return tuple(wrong)


def _places(state: CampaignState) -> dict[str, int]:
    places = zip(_column(state, "councils", "council"), _column(state, "councils", "places"), strict=False)
    return {council: int(text) if text.isdecimal() else 0 for council, text in places}


def _column(state: CampaignState, table: str, column: str) -> list[str]:
    kept = state.tables.get(table)
    if kept is None or column not in kept.columns:
        return []
    place = kept.columns.index(column)
    return [row.cells[place] for row in kept.rows]


def _faults(state: CampaignState) -> str:
    return counted(len(state.faults), "fault")
