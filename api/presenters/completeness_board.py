"""The completeness board as pages show it: applicants down, exercises across. Never a value.

A state is said in words and by a sign, so that no colour is needed to read it. Who owes
what is in `ratings_owed.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from api.campaign import Campaign, Table
from api.exports.packs.wording import counted, day_and_date, half_day, listed
from api.presenters.board_cells import STILL_TO_LOCK, Board, BoardCell, Filling, Hand, Rater
from api.presenters.data_table import Cell, Column, DataTable, TableQuery, data_table, rows_to_download

FILLING_WORDS = {
    Filling.FILLED: "Filled",
    Filling.WAITING: "Waiting",
    Filling.MISSING: "Missing",
    Filling.NOT_EXPECTED: "Not expected",
}
FILLING_MEANING = {
    Filling.FILLED: "everybody who was to rate has locked",
    Filling.WAITING: "somebody has begun, or is expected, and has not locked",
    Filling.MISSING: "ratings are lacking and nobody has them, or the session was signed off without them",
    Filling.NOT_EXPECTED: "the applicant is not expected there",
}
FILLING_SIGNS = {Filling.FILLED: "✓", Filling.WAITING: "…", Filling.MISSING: "!", Filling.NOT_EXPECTED: "–"}
FILLING_ORDER = {Filling.MISSING: 0, Filling.WAITING: 1, Filling.FILLED: 2, Filling.NOT_EXPECTED: 3}
HAND_WORDS = {
    Hand.LOCKED: "Locked",
    Hand.LOCKED_PART: "Locked without every criterion",
    Hand.BEGUN: "Begun",
    Hand.NOT_BEGUN: "Not begun",
    Hand.ABSENT: "Absent from the session",
    Hand.APART: "Kept apart by a declared interest",
    Hand.NOT_NEEDED: "Not needed: others rated instead",
}
HAND_TAGS = {
    Hand.LOCKED: "green",
    Hand.LOCKED_PART: "yellow",
    Hand.BEGUN: "blue",
    Hand.NOT_BEGUN: "yellow",
    Hand.ABSENT: "grey",
    Hand.APART: "grey",
    Hand.NOT_NEEDED: "grey",
}
SHOWN = {"": "Everybody", "missing": "Something missing", "waiting": "Something waiting"}
BOARD_ROWS = 120


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One kind of state: its sign, its word, what it means, how many cells are so."""

    state: str
    sign: str
    words: str
    meaning: str
    number: int


@dataclass(frozen=True, slots=True)
class RaterLine:
    """One rater of one cell."""

    rater: str
    name: str
    state: str
    tag: str
    criteria: str


@dataclass(frozen=True)
class Sums:
    """The board in numbers, of all cells or of one session's."""

    locked: int
    due: int
    by_name: int
    raters: int
    unnamed: int
    cells: Mapping[Filling, int] = field(default_factory=dict)

    @property
    def owed(self) -> int:
        return self.due - self.locked


def sums_of(cells: Sequence[BoardCell]) -> Sums:
    owing = [(r.rater, r.owes) for c in cells for r in c.raters if r.hand in STILL_TO_LOCK]
    locked, due = sum(c.locked for c in cells), sum(c.due for c in cells)
    by_name = min(sum(owes for _, owes in owing), due - locked)
    states = [c.state for c in cells]
    return Sums(
        locked=locked,
        due=due,
        by_name=by_name,
        raters=len({rater for rater, owes in owing if owes}),
        unnamed=due - locked - by_name,
        cells={state: states.count(state) for state in Filling},
    )


def board_answer(sums: Sums) -> str:
    """How many ratings are locked of how many, and what is missing, in a sentence or two."""
    if not sums.due:
        return "No rating is due yet."
    if not sums.owed:
        return f"All {counted(sums.due, 'rating')} are locked. Nothing is missing."
    parts = []
    if sums.by_name:
        parts.append(f"{sums.by_name:,} owed by {counted(sums.raters, 'rater')}")
    if sums.unnamed:
        parts.append(f"{sums.unnamed:,} that nobody has taken on yet")
    still = f"{sums.owed:,} {'is' if sums.owed == 1 else 'are'} still to come"
    return f"{sums.locked:,} of {counted(sums.due, 'rating')} are locked. {still}: {listed(parts)}."


def legend(sums: Sums) -> tuple[BoardLine, ...]:
    return tuple(
        BoardLine(
            state.value, FILLING_SIGNS[state], FILLING_WORDS[state], FILLING_MEANING[state], sums.cells[state]
        )
        for state in Filling
    )


def cells_shown(board: Board, session: str, show: str) -> list[BoardCell]:
    """The cells of one session, or of all; with `show`, of applicants with something missing or waiting."""
    applicants = [a for a in board.applicants if not session or board.session_of.get(a) == session]
    if show:
        wanted = Filling(show)
        applicants = [
            a for a in applicants if any(board.cells[a, e].state is wanted for e in board.exercises)
        ]
    return [board.cells[a, e] for a in applicants for e in board.exercises]


def board_table(
    board: Board, cells: Sequence[BoardCell], query: TableQuery, base: str, kept: Sequence[tuple[str, str]]
) -> DataTable:
    """Applicants down, exercises across."""
    return data_table(
        "Who is rated in what",
        _board_columns(board),
        _board_rows(board, cells, base),
        query,
        f"{base}/ratings",
        nouns=("applicant", "applicants"),
        kept=kept,
        page_rows=BOARD_ROWS,
        anchor="board-table",
    )


def cells_found(board: Board, cells: Sequence[BoardCell], query: TableQuery) -> list[BoardCell]:
    """The cells of whoever the search finds, in the table's order."""
    rows = rows_to_download(_board_columns(board), _board_rows(board, cells, ""), query)
    return [board.cells[row[0].text, exercise] for row in rows for exercise in board.exercises]


def board_file(board: Board, cells: Sequence[BoardCell]) -> Table:
    """The board for a file: a line for each rater of each cell, and for each rater still wanted."""
    rows = []
    for cell in cells:
        where = (cell.applicant, cell.session, cell.exercise, cell.state.value)
        for rater in cell.raters:
            rows.append((*where, rater.rater, rater.hand.value, str(rater.rated), str(rater.owes)))
        rows += [(*where, "", "nobody_named", "", "")] * cell.wanted
        if not cell.raters and not cell.wanted:
            rows.append((*where, "", "", "", ""))
    columns = ("applicant", "session", "exercise", "cell", "rater", "state", "rated", "owes")
    return Table("completeness", columns, tuple(rows))


def session_choices(board: Board) -> list[tuple[str, str]]:
    """Each session that somebody is in, in words."""
    here = set(board.session_of.values())
    return [
        (s.reference, f"{s.reference}: {day_and_date(s.date)}, {half_day(s.window.start)}")
        for s in board.campaign.problem.sessions
        if s.reference in here
    ]


def cell_answer(campaign: Campaign, cell: BoardCell) -> str:
    """How one cell stands, in a sentence or two."""
    if cell.state is Filling.NOT_EXPECTED:
        return f"{cell.applicant} is not expected here, so there is nothing to rate."
    locked = f"{counted(cell.lockers, 'rater has', 'raters have')} locked."
    waits = [_waits(campaign, rater) for rater in cell.raters if rater.hand in STILL_TO_LOCK]
    told = [f"{listed(waits)}."] if waits else []
    if cell.wanted:
        more = "more " if cell.raters else ""
        told.append(
            f"{counted(cell.wanted, f'{more}rater is', f'{more}raters are')} wanted; nobody is named."
        )
    if not waits and not cell.wanted and not cell.is_complete:
        told.append("That is too few, and nobody else has it to rate: the wash-up has to settle it.")
    return " ".join([locked, *told])


def rater_lines(campaign: Campaign, cell: BoardCell, criteria: int) -> tuple[RaterLine, ...]:
    return tuple(
        RaterLine(
            rater=rater.rater,
            name=campaign.person_name(rater.rater),
            state=HAND_WORDS[rater.hand],
            tag=HAND_TAGS[rater.hand],
            criteria=f"{rater.rated} of {criteria}",
        )
        for rater in cell.raters
    )


def cell_url(base: str, cell: BoardCell) -> str:
    return f"{base}/ratings/of/{quote(cell.applicant, safe='')}/{quote(cell.exercise, safe='')}"


def _board_columns(board: Board) -> list[Column]:
    names = [board.campaign.name_of("exercises", exercise) for exercise in board.exercises]
    exercises = [Column(f"e{number}", name) for number, name in enumerate(names, 1)]
    return [Column("applicant", "Applicant"), Column("session", "Session"), *exercises]


def _board_rows(board: Board, cells: Sequence[BoardCell], base: str) -> list[tuple[Cell | str, ...]]:
    """The cells come applicant by applicant, each with every exercise."""
    width = len(board.exercises)
    return [
        (
            cells[at].applicant,
            board.session_of.get(cells[at].applicant, ""),
            *(_board_cell(cell, base) for cell in cells[at : at + width]),
        )
        for at in range(0, len(cells), width)
    ]


def _board_cell(cell: BoardCell, base: str) -> Cell:
    words, sign = FILLING_WORDS[cell.state], FILLING_SIGNS[cell.state]
    if cell.state is Filling.NOT_EXPECTED:
        return Cell(f"{sign} {words}", order=FILLING_ORDER[cell.state], tag=cell.state.value)
    wanted = len([r for r in cell.raters if r.hand is not Hand.NOT_NEEDED]) + cell.wanted
    note = f"{cell.lockers} of {wanted}"
    return Cell(
        f"{sign} {words}",
        url=cell_url(base, cell),
        order=FILLING_ORDER[cell.state],
        note=note,
        tag=cell.state.value,
    )


def _waits(campaign: Campaign, rater: Rater) -> str:
    has = "has begun" if rater.hand is Hand.BEGUN else "has not begun"
    return f"{rater.rater} ({campaign.person_name(rater.rater)}) {has}"
