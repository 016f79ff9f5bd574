"""The desk of a partner council until the day: its own assessors, when needed and when they can come.

Nothing of other councils' people is here, nor any applicant: an officer is no rater, and need not know whom
their assessors meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from api.campaign import Campaign
from api.exports.packs.runs import head_of
from api.exports.packs.wording import counted, day_and_date, half_day, hours
from api.presenters.own_days import CouncilDays, OwnDays, council_days, own_days
from scheduler.timetable import Role, Timetable

ANSWER_WORDS = {"yes": "Yes", "no": "No", "": "Not said"}


@dataclass(frozen=True, slots=True)
class Gap:
    """At one venue, or where `venue` is empty in all: half-days `wanted` at least, `offered` at most."""

    venue: str
    wanted: int
    offered: int

    @property
    def short(self) -> int:
        return max(0, self.wanted - self.offered)


@dataclass(frozen=True, slots=True)
class AssessorLine:
    """One own assessor: `needed` sessions of the published timetable, what is said in all, and its page."""

    reference: str
    name: str
    url: str
    needed: str
    said: str
    away: str


@dataclass(frozen=True, slots=True)
class OurPeople:
    """`days` is None until a timetable is published. `conflicts` and `gaps` are sentences."""

    answer: str
    council: str
    days: CouncilDays | None
    conflicts: tuple[str, ...]
    gaps: tuple[str, ...]
    enough: str
    assessors: tuple[AssessorLine, ...]


@dataclass(frozen=True, slots=True)
class OwnHours:
    """One run of an assessor as their council sees it: when, what, where, and not with whom."""

    hours: str
    exercise: str
    room: str
    writing: str


@dataclass(frozen=True, slots=True)
class OwnHalfDay:
    """One half-day of an assessor as their council sees it."""

    title: str
    where: str
    arrive_by: str
    finish: str
    lines: tuple[OwnHours, ...]


@dataclass(frozen=True, slots=True)
class SessionChoice:
    """One session of the form: what is `said`, what is chosen, and whether the timetable needs them there.

    `meanwhile` tells what somebody else has said after the form was shown.
    """

    reference: str
    when: str
    where: str
    said: str
    chosen: str
    needed: str
    meanwhile: str


def our_people(
    campaign: Campaign,
    council: str,
    published: tuple[Campaign, Timetable] | None,
    said: Mapping[str, Mapping[str, str]],
    away: Sequence[tuple[str, str]],
    gaps: Sequence[Gap],
    base: str,
) -> OurPeople:
    """`said` is by assessor and session, `away` who is needed and cannot come; `published` as it was then."""
    days = council_days(*published, council) if published else None
    needed = {one.reference: one.sessions for one in days.assessors} if days else {}
    mine = [a.reference for a in campaign.problem.assessors if a.council == council]
    assessors = tuple(
        AssessorLine(
            reference=reference,
            name=campaign.name_of("assessors", reference),
            url=f"{base}/our-people/{quote(reference, safe='')}",
            needed=", ".join(needed.get(reference, ())) or ("no session" if days else "not published yet"),
            said=_said_words(said[reference]),
            away=", ".join(session for person, session in away if person == reference),
        )
        for reference in mine
    )
    known = published[0] if published else campaign
    short = [gap for gap in gaps if gap.short]
    return OurPeople(
        answer=days.answer if days else _before(len(mine), said),
        council=campaign.name_of("councils", council),
        days=days,
        conflicts=tuple(away_words(known, published[1], *pair) for pair in away) if published else (),
        gaps=tuple(_gap_words(campaign, gap) for gap in short if gap.venue or len(gaps) == 1)
        or tuple(_gap_words(campaign, gap) for gap in short),
        enough="Counting finds enough half-days of your assessors everywhere." if gaps and not short else "",
        assessors=assessors,
    )


def own_half_days(
    campaign: Campaign, timetable: Timetable, person: str
) -> tuple[str, tuple[OwnHalfDay, ...]]:
    """The half-days of one assessor, in a sentence and one by one, without applicants and colleagues."""
    days: OwnDays = own_days(campaign, timetable, person)
    found = tuple(
        OwnHalfDay(
            title=f"{session.head.day}, {session.head.half_day}",
            where=f"{session.head.venue}, {', '.join(session.rooms)}. Session {session.head.reference}"
            + (f", panel {session.panel}." if session.panel else "."),
            arrive_by=session.arrive_by,
            finish=session.finish,
            lines=tuple(OwnHours(x.hours, x.sign.name, x.room, x.writing) for x in session.lines),
        )
        for session in days.sessions
    )
    return days.answer.replace("You are", "They are"), found


def session_choices(
    campaign: Campaign,
    published: tuple[Campaign, Timetable] | None,
    person: str,
    said: Mapping[str, str],
    chosen: Mapping[str, str],
    meanwhile: Sequence[str] = (),
) -> tuple[SessionChoice, ...]:
    """Every session in order of time."""
    sessions = sorted(campaign.problem.sessions, key=lambda s: (s.date, s.window.start, s.reference))
    return tuple(
        SessionChoice(
            reference=session.reference,
            when=f"{day_and_date(session.date)}, {half_day(session.window.start)}, "
            f"{hours(session.window.start, session.window.end)}",
            where=campaign.name_of("venues", session.venue),
            said=said.get(session.reference, ""),
            chosen=chosen.get(session.reference, ""),
            needed=_needed_words(published[1], person, session.reference) if published else "",
            meanwhile=f"Somebody else has now said: {ANSWER_WORDS[said.get(session.reference, '')].lower()}."
            if session.reference in meanwhile
            else "",
        )
        for session in sessions
    )


def said_rule(said: Mapping[str, str]) -> str:
    """What nothing said means for this person."""
    if "yes" in said.values():
        return "They have said yes to some sessions, so a session with nothing said counts as no."
    return "They have said yes to none, so a session with nothing said counts as yes."


def away_words(campaign: Campaign, timetable: Timetable, person: str, session: str) -> str:
    """Sam Hill (S01) is on panel 2 on Monday 6 July 2015 in the morning (H01)."""
    name = campaign.name_of("assessors", person)
    called = name if name == person else f"{name} ({person})"
    panel = next((row.panel for row in timetable.by_person.get(person, ()) if row.session == session), "")
    head = head_of(campaign, session)
    what = f"on panel {panel}" if panel else "needed"
    return f"{called} is {what} on {head.day} in the {head.half_day} ({session})"


def away_notice(campaign: Campaign, timetable: Timetable, person: str, session: str, version: int) -> str:
    """The same for the organiser, who has to find somebody else."""
    assessor = campaign.problem.assessor_by_reference.get(person)
    council = f" of {campaign.name_of('councils', assessor.council)}" if assessor else ""
    words = away_words(campaign, timetable, person, session).replace(" is ", f"{council} is ", 1)
    return f"{words} by version {version}, but cannot come then. Put somebody else there, or ask."


def _needed_words(timetable: Timetable, person: str, session: str) -> str:
    rows = [row for row in timetable.by_person.get(person, ()) if row.session == session]
    if not rows:
        return ""
    panel = next((f", panel {row.panel}" for row in rows if row.panel and row.role is Role.ASSESSOR), "")
    return f"Needed {hours(min(r.start for r in rows), max(r.end for r in rows))}{panel}"


def _said_words(said: Mapping[str, str]) -> str:
    counts = [(list(said.values()).count(answer), words) for answer, words in ANSWER_WORDS.items()]
    return ", ".join(
        f"{words.lower()} to {n}" if words != "Not said" else f"{n} not said" for n, words in counts if n
    )


def _before(number: int, said: Mapping[str, Mapping[str, str]]) -> str:
    if not number:
        return "Your council has no assessors in this campaign."
    heard = sum(any(answers.values()) for answers in said.values())
    assessors = counted(number, "assessor")
    return (
        f"No timetable is published yet. {heard} of your {assessors} {'has' if heard == 1 else 'have'} "
        "said when they can come."
    )


def _gap_words(campaign: Campaign, gap: Gap) -> str:
    where = f"At {campaign.name_of('venues', gap.venue)}" if gap.venue else "In all"
    return (
        f"{where}: at least {counted(gap.wanted, 'half-day')} of your assessors "
        f"{'is' if gap.wanted == 1 else 'are'} wanted, at most {gap.offered:,} offered. "
        f"{counted(gap.short, 'more half-day')} would help."
    )
