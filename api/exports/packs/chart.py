"""The geometry of a session's chart: time across, rooms or applicants down. Jinja draws it everywhere.

All lengths are in the units of the drawing's own view box. Text is measured by a cautious width per
character, so that it stays inside its block in any of the fonts that may be there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.exports.packs.legend import Sign
from scheduler.grid import clock
from scheduler.timetable import Timetable

WIDTH = 1060
LABEL_WIDTH = 130
TOP = 26
TEXT_SIZE = 11
CHARACTER_WIDTH = 7.0
LINE_HEIGHT = 13
BAND_HEIGHT = 6
GAP = 3
TICK_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """What is to be drawn: one run, in minutes after midnight. `words` are fitted in as far as they go.

    `place` is the run's session, exercise and name, for charts whose blocks lead somewhere.
    """

    start: int
    contact_start: int
    contact_end: int
    end: int
    sign: Sign
    words: tuple[str, ...]
    short: str
    title: str
    place: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One drawn run: a frame, a tinted and patterned part for the contact time, and lines of text."""

    x: float
    y: float
    width: float
    height: float
    contact_x: float
    contact_width: float
    sign: Sign
    lines: tuple[str, ...]
    title: str
    place: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the chart: a room or an applicant."""

    label: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    whole_hour: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of `width` x `height`. `reference` is unique within its page: patterns are named by it."""

    reference: str
    title: str
    width: int
    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    blocks: tuple[Block, ...]
    signs: tuple[Sign, ...]


def chart_of(
    reference: str,
    title: str,
    rows: Sequence[tuple[str, Sequence[Bar]]],
    window: tuple[int, int],
    lines_max: int,
) -> Chart:
    """The chart of some labelled rows of bars over one window.

    Bars of one row that overlap are drawn under each other, on levels as high as their wordiest block
    needs, up to `lines_max` lines of text.
    """
    first = window[0] // TICK_MINUTES * TICK_MINUTES
    last = -(-window[1] // TICK_MINUTES) * TICK_MINUTES
    scale = (WIDTH - LABEL_WIDTH - 1) / max(last - first, TICK_MINUTES)
    lanes: list[Lane] = []
    blocks: list[Block] = []
    top = float(TOP)
    for label, bars in rows:
        levels = _levels(bars)
        texts = [_fitted(bar, (bar.end - bar.start) * scale - 6, lines_max) for bar in bars]
        heights = _level_heights(levels, texts)
        for bar, level, text in zip(bars, levels, texts, strict=True):
            y = top + GAP + sum(heights[:level]) + level * GAP
            blocks.append(_block(bar, first, scale, y, heights[level], text))
        depth = sum(heights) + (len(heights) + 1) * GAP
        lanes.append(Lane(clipped(label, LABEL_WIDTH - 10), top, depth))
        top += depth
    ticks = tuple(
        Tick(LABEL_WIDTH + (minute - first) * scale, clock(minute), minute % 60 == 0)
        for minute in range(first, last + 1, TICK_MINUTES)
    )
    signs = {bar.sign.letter: bar.sign for _, bars in rows for bar in bars}
    return Chart(
        reference=reference,
        title=title,
        width=WIDTH + 20,
        height=round(top) + 2,
        lanes=tuple(lanes),
        ticks=ticks,
        blocks=tuple(blocks),
        signs=tuple(signs[letter] for letter in sorted(signs)),
    )


def window_of(timetable: Timetable, session: str) -> tuple[int, int]:
    """From the first start to the last end of a session's rows."""
    rows = timetable.by_session[session]
    return min(row.start for row in rows), max(row.end for row in rows)


def clipped(text: str, width: float) -> str:
    """As much of the text as the width holds, with an ellipsis where it was cut."""
    room = int(width / CHARACTER_WIDTH)
    return text if len(text) <= room else text[: max(room - 1, 0)] + "…"


def _levels(bars: Sequence[Bar]) -> list[int]:
    """For each bar the lowest level at which it touches no earlier bar."""
    busy_until: list[int] = []
    levels: list[int] = []
    for bar in bars:
        level = next((n for n, end in enumerate(busy_until) if end <= bar.start), len(busy_until))
        if level == len(busy_until):
            busy_until.append(0)
        busy_until[level] = bar.end
        levels.append(level)
    return levels


def _level_heights(levels: Sequence[int], texts: Sequence[tuple[str, ...]]) -> list[float]:
    """The height of each level of a row: that of its wordiest block."""
    lines = [1] * (max(levels, default=0) + 1)
    for level, text in zip(levels, texts, strict=True):
        lines[level] = max(lines[level], len(text))
    return [float(LINE_HEIGHT * count + BAND_HEIGHT + 5) for count in lines]


def _block(bar: Bar, first: int, scale: float, y: float, height: float, text: tuple[str, ...]) -> Block:
    x = LABEL_WIDTH + (bar.start - first) * scale
    width = (bar.end - bar.start) * scale - 1
    return Block(
        x=round(x, 1),
        y=y,
        width=round(width, 1),
        height=height,
        contact_x=round(LABEL_WIDTH + (bar.contact_start - first) * scale, 1),
        contact_width=round((bar.contact_end - bar.contact_start) * scale - 1, 1),
        sign=bar.sign,
        lines=text,
        title=bar.title,
        place=bar.place,
    )


def _fitted(bar: Bar, width: float, lines_max: int) -> tuple[str, ...]:
    """The exercise letter and the words, wrapped; the short form, or the letter, where they do not fit."""
    for words in (bar.words, (bar.short,) if bar.short else ()):
        wrapped = _wrapped((bar.sign.letter, *words), width)
        if len(wrapped) <= lines_max and all(len(line) * CHARACTER_WIDTH <= width for line in wrapped):
            return tuple(wrapped)
    return (bar.sign.letter,)


def _wrapped(words: Sequence[str], width: float) -> list[str]:
    room = int(width / CHARACTER_WIDTH)
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
