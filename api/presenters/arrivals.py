"""The arrivals desk: which sessions there are, and who of one session is here, in words.

Names are only there where whoever looks may know them (`named`). What the form of one person says is in
`arrival_form.py`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from api.campaign import Campaign, Table
from api.exports.packs.runs import SessionHead, head_of
from api.exports.packs.wording import counted, listed, long_date
from api.presenters.day_terms import Arrival, Here, SessionDay, SignedOff
from api.presenters.page_parts import Figure
from api.presenters.why_here import role_words
from api.templating import moment_words
from scheduler.grid import clock
from scheduler.timetable import Role

# Of each state: its words, and the colour of its tag.
STATE_WORDS: dict[Here, tuple[str, str]] = {
    Here.NOT_YET: ("Not here yet", "grey"),
    Here.HERE: ("Here", "green"),
    Here.LATE: ("Late", "yellow"),
    Here.ABSENT: ("Did not come", "red"),
    Here.WITHDREW: ("Withdrew", "red"),
    Here.LEFT: ("Left early", "blue"),
}
COUNTED = (Here.HERE, Here.LATE, Here.ABSENT, Here.WITHDREW, Here.LEFT, Here.NOT_YET)
COLUMNS = (
    *("reference", "name", "role", "first", "state", "arrived", "left"),
    *("identity_seen", "certificates_seen", "certificates_by"),
)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session of the list: how many of its applicants stand how. `signed` says by whom and when."""

    head: SessionHead
    expected: int
    here: int
    late: int
    away: int
    not_yet: int
    signed: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One person at the desk. `can_tap` offers the one tap; `notes` stand small, `warnings` do not."""

    person: str
    name: str
    role: str
    where: str
    state: str
    colour: str
    since: str
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    can_tap: bool
    row_id: int
    seen: int


def session_lines(
    campaign: Campaign, days: Sequence[SessionDay], today: Iterable[str]
) -> tuple[SessionLine, ...]:
    """Today's first, then by date."""
    now = set(today)
    lines = [_line(campaign, day, day.session.reference in now) for day in days]
    return tuple(sorted(lines, key=lambda line: not line.is_today))


def arrivals_answer(day: SessionDay) -> str:
    """Who is here, in one sentence."""
    expected, here = len(day.applicants), day.counted(Here.HERE)
    if not expected:
        return "Nobody is expected in this session any more."
    if here == expected:
        everybody = "The one applicant is" if expected == 1 else f"All {expected} applicants are"
        return f"{everybody} here."
    said = [f"{here} of {counted(expected, 'applicant')} {'is' if here == 1 else 'are'} here"]
    if late := day.counted(Here.LATE):
        said.append(f"{late} {'is' if late == 1 else 'are'} said to be late")
    if away := day.counted(Here.ABSENT, Here.WITHDREW):
        said.append(f"{away} {'does' if away == 1 else 'do'} not come")
    if left := day.counted(Here.LEFT):
        said.append(f"{left} {'leaves' if left == 1 else 'leave'} early")
    if waiting := day.counted(Here.NOT_YET):
        said.append(f"{waiting} {'has' if waiting == 1 else 'have'} still to come")
    return f"{listed(said)}."


def arrivals_figures(day: SessionDay, url: str) -> tuple[Figure, ...]:
    """Each number leads to its people."""
    figures = [Figure(str(len(day.applicants)), "expected", f"{url}#applicants")]
    for state in COUNTED:
        number = day.counted(state)
        if number or state in (Here.HERE, Here.LATE, Here.ABSENT, Here.NOT_YET):
            words = STATE_WORDS[state][0].lower()
            figures.append(
                Figure(
                    str(number),
                    words,
                    f"{url}?{urlencode({'show': state.value})}#applicants",
                    problem=bool(number) and state in (Here.LATE, Here.ABSENT),
                )
            )
    return tuple(figures)


def arrival_rows(
    arrivals: Iterable[Arrival],
    campaign: Campaign,
    now: int,
    *,
    named: bool,
    show: str = "",
    search: str = "",
) -> tuple[Row, ...]:
    """Those who stand as `show` says and have `search` in reference or name."""
    wanted = search.casefold().strip()
    rows = [
        arrival_row(each, campaign, now, named=named)
        for each in arrivals
        if not show or each.state.value == show
    ]
    return tuple(r for r in rows if wanted in f"{r.person} {r.name}".casefold())


def arrival_row(each: Arrival, campaign: Campaign, now: int, *, named: bool) -> Row:
    words, colour = STATE_WORDS[each.state]
    return Row(
        person=each.person,
        name=campaign.person_name(each.person) if named else each.person,
        role="" if each.role is Role.APPLICANT else role_words(each.role).capitalize(),
        where=_where(each, campaign),
        state=words if not each.is_staff or each.state is not Here.ABSENT else "Absent",
        colour=colour,
        since=_since(each, now),
        notes=tuple(_papers(each)),
        warnings=tuple(_warnings(each, campaign, now)),
        can_tap=each.state in (Here.NOT_YET, Here.LATE),
        row_id=each.row_id,
        seen=each.since,
    )


def arrivals_table(day: SessionDay, campaign: Campaign, *, named: bool) -> Table:
    """The desk as a file."""
    rows = tuple(
        (
            each.person,
            campaign.person_name(each.person) if named else "",
            each.role.value,
            clock(each.first.start) if each.first else "",
            each.state.value,
            each.cell("arrived"),
            each.cell("left"),
            each.cell("id_seen"),
            each.cell("certificates_seen"),
            each.cell("certificates_by"),
        )
        for each in day.everybody
    )
    return Table("arrivals", COLUMNS, rows)


def signed_words(signed: SignedOff) -> str:
    """Who signed off, when, and that there were changes since."""
    said = f"Signed off by {signed.by} on {moment_words(signed.at)}."
    if signed.later:
        were = "change was" if signed.later == 1 else "changes were"
        said += f" {signed.later} {were} noted after that."
    return said


def _line(campaign: Campaign, day: SessionDay, today: bool) -> SessionLine:
    return SessionLine(
        head=head_of(campaign, day.session.reference),
        expected=len(day.applicants),
        here=day.counted(Here.HERE),
        late=day.counted(Here.LATE),
        away=day.counted(Here.ABSENT, Here.WITHDREW),
        not_yet=day.counted(Here.NOT_YET),
        signed=signed_words(day.signed) if day.signed else "",
        is_today=today,
    )


def _where(each: Arrival, campaign: Campaign) -> str:
    if each.first is None:
        return "Nothing left to do by the published timetable"
    name = campaign.name_of("exercises", each.first.exercise)
    room = campaign.name_of("rooms", each.first.room)
    return f"{clock(each.first.start)} {name}, {room}"


def _since(each: Arrival, now: int) -> str:
    arrived, left = each.cell("arrived"), each.cell("left")
    if each.state is Here.HERE and arrived:
        return f"since {arrived}"
    if each.state is Here.LATE and arrived:
        return f"expected at {arrived}"
    if each.state is Here.LEFT and left:
        return f"at {left}" if (each.left or 0) <= now else f"will leave at {left}"
    return ""


def _papers(each: Arrival) -> Iterable[str]:
    if each.is_staff or each.state not in (Here.HERE, Here.LEFT):
        return
    yield {"yes": "Identity seen", "no": "Identity could not be shown"}.get(
        each.cell("id_seen"), "Identity not noted"
    )
    if each.cell("certificates_by"):
        yield f"Certificates to follow by {_day(each.cell('certificates_by'))}"
    else:
        yield {"yes": "Certificates seen", "no": "Certificates not seen"}.get(
            each.cell("certificates_seen"), "Certificates not noted"
        )


def _warnings(each: Arrival, campaign: Campaign, now: int) -> Iterable[str]:
    first = each.first
    if each.state is Here.NOT_YET and first is not None and first.start <= now:
        name = campaign.name_of("exercises", first.exercise)
        yield f"{name} began at {clock(first.start)} without them"
    if each.state is Here.LATE and each.arrived is not None and each.arrived <= now:
        yield "That time has passed, and they are not noted as here"


def _day(text: str) -> str:
    """2015-07-20 as 20 July 2015; as it is, where a table has anything else there."""
    try:
        return long_date(datetime.date.fromisoformat(text))
    except ValueError:
        return text
