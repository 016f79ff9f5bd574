"""One session for whoever plans it: a chart by applicant, by room or by assessor, and every run as a row.

Each block knows its run, so that a page can lead from it to what may be done there, and whether a rule is
broken in it. The geometry is `chart.py`'s. Names are shown: this is for organisers, nothing that hangs on
a wall.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from api.campaign import Campaign
from api.exports.packs.chart import Bar, Block, Chart, chart_of
from api.exports.packs.legend import Sign, signs_of
from api.exports.packs.runs import Run, SessionHead, applicants_in, head_of, runs_of
from api.exports.packs.wording import anchor_name, counted, hours, listed
from scheduler.grid import clock
from scheduler.timetable import Timetable

By = Literal["applicant", "room", "assessor"]
Place = tuple[str, str, str]
LinkOf = Callable[[str, str, str], str]
LINES_MAX = 4


class Wrong(Protocol):
    """A rule that is broken, as `api.presenters.breaches` tells it: what is wrong, where, in which runs."""

    @property
    def detail(self) -> str: ...

    @property
    def session(self) -> str: ...

    @property
    def sittings(self) -> tuple[Place, ...]: ...


def is_about(breach: Wrong, session: str) -> bool:
    """Whether a breach is to be told with this session: it is about it, or about one of its runs."""
    places = {place[0] for place in breach.sittings}
    return session in (places or {breach.session})


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A block of the drawing. `href` is empty where it leads nowhere; `wrong` is what is broken in it."""

    block: Block
    anchor: str
    href: str
    label: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run as a row of the table. `people` are applicants as reference and name.

    `row_anchor` is where the table has it, `href` as in the chart.
    """

    place: Place
    row_anchor: str
    href: str
    hours: str
    sign: Sign
    room: str
    panel: str
    people: tuple[tuple[str, str], ...]
    staff: str
    writing: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionChart:
    """The chart of one session and the table below it. `wrong` are all breaches in it."""

    head: SessionHead
    by: By
    answer: str
    drawing: Chart
    blocks: tuple[ChartBlock, ...]
    rows: tuple[RunRow, ...]
    wrong: tuple[str, ...]


def session_chart(
    campaign: Campaign,
    timetable: Timetable,
    session: str,
    by: By = "room",
    breaches: Iterable[Wrong] = (),
    link: LinkOf | None = None,
) -> SessionChart:
    """One session of the campaign; it may have nobody in it. `link` makes the address of a run's page."""
    runs = runs_of(campaign, timetable, session)
    here = [breach for breach in breaches if is_about(breach, session)]
    wrong = _by_place(here)
    drawing = _drawing(campaign, timetable, session, by, runs)
    return SessionChart(
        head=head_of(campaign, session),
        by=by,
        answer=_answer(timetable, session, runs, len(here)),
        drawing=drawing,
        blocks=tuple(_block(block, number, wrong, link) for number, block in enumerate(drawing.blocks)),
        rows=tuple(_row(campaign, run, wrong, link) for run in runs),
        wrong=tuple(breach.detail for breach in here),
    )


def row_anchor(place: Place) -> str:
    """Where the table of a session's page has a run."""
    return "run-" + "-".join(anchor_name(part) for part in place)


def _answer(timetable: Timetable, session: str, runs: Sequence[Run], breaches: int) -> str:
    if not runs:
        return "Nobody is in this session."
    people = counted(len(applicants_in(timetable, session)), "applicant")
    panels = counted(len({run.panel for run in runs if run.panel}), "panel")
    first, last = min(run.start for run in runs), max(run.end for run in runs)
    rules = f"{counted(breaches, 'breach', 'breaches')} of the rules." if breaches else "No rule is broken."
    return f"{people} and {panels}, from {clock(first)} to {clock(last)}. {rules}"


def _drawing(campaign: Campaign, timetable: Timetable, session: str, by: By, runs: Sequence[Run]) -> Chart:
    lanes = {"applicant": _applicant_lanes, "room": _room_lanes, "assessor": _staff_lanes}[by]
    window = campaign.problem.session_by_reference[session].window
    first = min([window.start, *(run.start for run in runs)])
    last = max([window.end, *(run.end for run in runs)])
    reference = f"{by}-{anchor_name(session)}"
    title = f"Session {session} over time, by {by}"
    return chart_of(reference, title, lanes(campaign, timetable, runs), (first, last), LINES_MAX)


Lanes = list[tuple[str, list[Bar]]]


def _applicant_lanes(campaign: Campaign, timetable: Timetable, runs: Sequence[Run]) -> Lanes:
    ends = {
        (row.person, row.exercise, row.sitting): row.end
        for run in runs[:1]
        for row in timetable.by_session[run.session]
    }
    bars: dict[str, list[Bar]] = defaultdict(list)
    for run in runs:
        for applicant in run.applicants:
            end = ends[applicant, run.exercise, run.sitting]
            room = campaign.name_of("rooms", run.room)
            words = tuple(room.split())
            bars[applicant].append(_bar(campaign, run, words, "", end))
    return [(_lane(campaign, applicant), bars[applicant]) for applicant in sorted(bars)]


def _room_lanes(campaign: Campaign, timetable: Timetable, runs: Sequence[Run]) -> Lanes:
    bars: dict[str, list[Bar]] = defaultdict(list)
    for run in runs:
        short = counted(len(run.applicants), "applicant") if len(run.applicants) > 1 else ""
        bars[run.room].append(_bar(campaign, run, run.applicants, short, run.end))
    rooms = [room.reference for room in campaign.problem.rooms if room.reference in bars]
    return [(campaign.name_of("rooms", room), bars[room]) for room in rooms]


def _staff_lanes(campaign: Campaign, timetable: Timetable, runs: Sequence[Run]) -> Lanes:
    """Assessors by panel, then all other staff."""
    bars: dict[tuple[int, str, str], list[Bar]] = defaultdict(list)
    for run in runs:
        others = (run.groups, run.role_players, run.interpreters)
        staff = [(0, run.panel, person) for person in run.assessors]
        staff += [(kind, "", person) for kind, people in enumerate(others, start=1) for person in people]
        short = counted(len(run.applicants), "applicant") if len(run.applicants) > 1 else ""
        for key in staff:
            bars[key].append(_bar(campaign, run, run.applicants, short, run.end))
    return [(campaign.person_name(key[2]), bars[key]) for key in sorted(bars)]


def _lane(campaign: Campaign, person: str) -> str:
    name = campaign.person_name(person)
    return person if name == person else f"{person} {name}"


def _bar(campaign: Campaign, run: Run, words: tuple[str, ...], short: str, end: int) -> Bar:
    sign = signs_of(campaign)[run.exercise]
    room = campaign.name_of("rooms", run.room)
    people = listed([_lane(campaign, applicant) for applicant in run.applicants]) or "nobody"
    panel = f", panel {run.panel}" if run.panel else ""
    return Bar(
        start=run.start,
        contact_start=run.contact_start,
        contact_end=min(run.contact_end, end),
        end=end,
        sign=sign,
        words=words,
        short=short,
        title=f"{sign.letter}, {sign.name}: {people}, {hours(run.start, end)}, {room}{panel}",
        place=(run.session, run.exercise, run.sitting),
    )


def _by_place(breaches: Iterable[Wrong]) -> dict[Place, list[str]]:
    found: dict[Place, list[str]] = defaultdict(list)
    for breach in breaches:
        for place in breach.sittings:
            found[place].append(breach.detail)
    return found


def _block(
    block: Block, number: int, wrong: Mapping[Place, Sequence[str]], link: LinkOf | None
) -> ChartBlock:
    assert block.place is not None
    broken = tuple(wrong.get(block.place, ()))
    label = f"{block.title}. {'Broken: ' + ' '.join(broken) if broken else ''}".strip()
    return ChartBlock(
        block=block,
        anchor=f"block-{number}-{row_anchor(block.place)}",
        href=link(*block.place) if link else "",
        label=label,
        wrong=broken,
    )


def _row(campaign: Campaign, run: Run, wrong: Mapping[Place, Sequence[str]], link: LinkOf | None) -> RunRow:
    place = (run.session, run.exercise, run.sitting)
    staff = [campaign.person_name(person) for person in run.assessors]
    staff += [campaign.name_of("service_user_groups", group) for group in run.groups]
    staff += [f"{campaign.name_of('role_players', player)} (role player)" for player in run.role_players]
    staff += [f"{campaign.name_of('interpreters', one)} (interpreter)" for one in run.interpreters]
    return RunRow(
        place=place,
        row_anchor=row_anchor(place),
        href=link(*place) if link else "",
        hours=hours(run.start, run.contact_end),
        sign=signs_of(campaign)[run.exercise],
        room=campaign.name_of("rooms", run.room),
        panel=run.panel,
        people=tuple((applicant, campaign.name_of("applicants", applicant)) for applicant in run.applicants),
        staff=listed(staff),
        writing=hours(run.contact_end, run.end) if run.end > run.contact_end else "",
        wrong=tuple(wrong.get(place, ())),
    )
