"""The capacity sheet: what the offered sessions can hold, and what so many applicants need, venue by venue.

It is for those who agree dates before invitations go out; it names no person.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.wording import counted, day_and_date, half_day, hours, listed
from scheduler.planning.needs import Line, Unit
from scheduler.planning.plan import Plan, Trial
from scheduler.planning.sessions import SessionCapacity


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One line of need and offer, in words. `in_trial` is what the trial used, "" where there was none."""

    what: str
    needed: str
    offered: str
    in_trial: str
    verdict: str
    short: bool


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one venue, or of all venues together."""

    title: str
    words: str
    lines: tuple[NeedLine, ...]


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session. `in_trial` is how many applicants the trial put there, "" where there was no trial."""

    reference: str
    when: str
    venue: str
    applicants: str
    limited_by: str
    in_trial: str


@dataclass(frozen=True, slots=True)
class CapacitySheet:
    """`answers` say it in sentences, the most important first; `enough` is None where nothing was asked."""

    enough: bool | None
    answers: tuple[str, ...]
    lacking: tuple[str, ...]
    blocks: tuple[Block, ...]
    sessions: tuple[SessionLine, ...]
    assumptions: tuple[str, ...]
    tried: bool
    needs_tried: bool


def capacity_sheet(campaign: Campaign, plan: Plan, assumptions: tuple[str, ...]) -> CapacitySheet:
    """The sheet of one plan."""
    trial = plan.trial or plan.trial_of_most
    return CapacitySheet(
        enough=plan.enough if plan.applicants is not None else None,
        answers=capacity_answers(plan),
        lacking=lacking(campaign, plan),
        blocks=_blocks(campaign, plan),
        sessions=tuple(_session_line(campaign, s, trial) for s in plan.offer.sessions),
        assumptions=assumptions,
        tried=trial is not None,
        needs_tried=plan.trial is not None,
    )


def capacity_answers(plan: Plan) -> tuple[str, ...]:
    """What the plan comes to, in a few sentences."""
    said = [_held_words(plan)]
    if plan.applicants is not None:
        said.append(_needed_words(plan))
    if plan.trial is not None:
        said.append(_trial_words(plan.trial, plan.offer.applicants))
    return tuple(said)


def lacking(campaign: Campaign, plan: Plan) -> tuple[str, ...]:
    """Every shortage as a sentence; what could be done without comes last."""
    found = sorted(plan.shortages, key=lambda line: not line.must)
    return tuple(_short_words(campaign, line) for line in found)


def _short_words(campaign: Campaign, line: Line) -> str:
    where = f"At {campaign.name_of('venues', line.venue)}" if line.venue else "In all"
    shown = _line(campaign, line)
    what = _what(campaign, line)
    if line.needed is None:
        return f"{where}, {what}: nothing is offered that would hold anybody."
    needed = "needed" if line.must else "wanted"
    return f"{where}, {what}: at least {shown.needed} {needed}, at most {shown.offered} offered."


def _held_words(plan: Plan) -> str:
    offer = plan.offer
    number = len(offer.sessions)
    sessions = f"{counted(number, 'session')} {'is' if number == 1 else 'are'} offered"
    held = f"{sessions} and can hold {offer.applicants:,} applicants at most, by counting"
    most = plan.trial_of_most or plan.trial
    if most is None:
        return f"{held}. Fewer may fit: no trial was made."
    if plan.shown == offer.applicants:
        return f"{held}; a trial timetable did place {plan.shown:,}."
    return f"{held}; the largest trial timetable found in the time given placed {plan.shown:,}."


def _needed_words(plan: Plan) -> str:
    applicants = counted(plan.applicants or 0, "applicant")
    verb = "needs" if plan.applicants == 1 else "need"
    by_what = {line.what: line for line in plan.lines if not line.venue}
    parts = []
    for what, noun in (
        ("sessions", "session"),
        ("panels", "panel"),
        ("lead-authority half-days", "lead-authority half-day"),
    ):
        line = by_what.get(what)
        if line is not None and line.needed is not None:
            parts.append(f"{counted(line.needed, noun)} ({line.offered:,} offered)")
    if not parts:
        return f"{applicants} cannot be held: no session can hold anybody."
    return f"{applicants} {verb} at least {listed(parts)}. {_verdict(plan)}"


def _verdict(plan: Plan) -> str:
    if plan.enough:
        return "What is offered is enough." if plan.trial else "By counting, what is offered is enough."
    if any(line.must and not line.venue for line in plan.shortages):
        return "What is offered is not enough."
    if plan.trial is not None:
        return "By counting that would do, but the trial timetable did not place everybody."
    return "In all that would do, but not at every venue: a trial timetable would show whether it can be."


def _trial_words(trial: Trial, counted_most: int) -> str:
    sessions, panels = counted(len(trial.held), "session"), counted(trial.panels, "panel")
    if trial.placed < trial.applicants:
        most = min(trial.placed_max, counted_most)
        proven = (
            "and no timetable places more"
            if most <= trial.placed
            else f"and no timetable places more than {most:,}; more time (--seconds) may find a better one"
        )
        return f"The trial timetable placed {trial.placed:,} of {trial.applicants:,}, {proven}."
    without = (
        f" {counted(trial.without_first_choice, 'applicant')} had no member of the first-choice council."
        if trial.without_first_choice
        else ""
    )
    panels_words = f" with {panels}" if trial.panels else ""
    return f"A trial timetable placed all {trial.applicants:,} in {sessions}{panels_words}.{without}"


def _blocks(campaign: Campaign, plan: Plan) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for venue in dict.fromkeys(line.venue for line in plan.lines):
        lines = tuple(_line(campaign, line, plan.trial) for line in plan.lines if line.venue == venue)
        title = campaign.name_of("venues", venue) if venue else "All venues together"
        blocks.append(Block(title, _venue_words(campaign, plan, venue), lines))
    return tuple(blocks)


def _venue_words(campaign: Campaign, plan: Plan, venue: str) -> str:
    if not venue or plan.spread is None:
        return "Each person's half-days are counted once, whichever venue they are at."
    nearest, here = plan.spread.nearest.get(venue, 0), plan.spread.applicants_at(venue)
    words = f"It is nearest for {counted(nearest, 'applicant')}."
    if here != nearest:
        more = here > nearest
        moved = counted(
            abs(here - nearest), "more comes" if more else "goes on", "more come" if more else "go on"
        )
        words += f" {moved} {'from a venue that is full' if more else 'to another, because it is full'}."
    return f"{words} Staff who could work at several venues are counted at each."


def _line(campaign: Campaign, line: Line, trial: Trial | None = None) -> NeedLine:
    needed = "cannot be met" if line.needed is None else _amount(line, line.needed)
    verdict = "Enough" if line.enough else "Not enough" if line.must else "Fewer than wanted"
    used = None if trial is None else trial.used.get((line.venue, line.what, line.about), 0)
    in_trial = "" if used is None else _amount(line, used)
    what = _what(campaign, line)
    offered = _amount(line, line.offered)
    return NeedLine(what[0].upper() + what[1:], needed, offered, in_trial, verdict, not line.enough)


def _what(campaign: Campaign, line: Line) -> str:
    if line.what == "half-days for first choices":
        return f"{campaign.name_of('councils', line.about)} half-days, for first choices"
    if line.about:
        return f"{line.what}, {campaign.name_of('exercises', line.about)}"
    return line.what


def _amount(line: Line, number: int) -> str:
    """Minutes are shown as hours."""
    if line.unit is Unit.MINUTES:
        return f"{number // 60:,} h {number % 60:02d} min" if number % 60 else f"{number // 60:,} h"
    return f"{number:,}"


def _session_line(campaign: Campaign, capacity: SessionCapacity, trial: Trial | None) -> SessionLine:
    session = campaign.problem.session_by_reference[capacity.session]
    held = {each.session: each.applicants for each in trial.held} if trial else {}
    window = session.window
    return SessionLine(
        reference=capacity.session,
        when=f"{day_and_date(session.date)}, {half_day(window.start)}, {hours(window.start, window.end)}",
        venue=campaign.name_of("venues", capacity.venue),
        applicants=f"{capacity.applicants:,}",
        limited_by="; ".join(f"{limit.what} ({limit.because})" for limit in capacity.limited_by),
        in_trial=f"{held.get(capacity.session, 0):,}" if trial else "",
    )
