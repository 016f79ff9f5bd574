"""Who still owes ratings, most first, with what to write to them; and written work that wants raters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.campaign import Campaign, Table
from api.exports.packs.wording import counted
from api.presenters.board_cells import STILL_TO_LOCK, Board, BoardCell, Filling, Hand, Rater
from api.presenters.completeness_board import cell_url
from api.presenters.data_table import Cell, Column, DataTable, TableQuery, data_table


@dataclass(frozen=True)
class Owing:
    """What one rater has still to lock. `tasks` are (applicant, exercise, how far it is)."""

    rater: str
    name: str
    email: str
    ratings: int
    tasks: tuple[tuple[str, str, Hand], ...]
    asked: str = ""

    @property
    def begun(self) -> int:
        return sum(hand is Hand.BEGUN for _, _, hand in self.tasks)


def owing_raters(
    board: Board, emails: Mapping[str, str], asked: Mapping[str, str], session: str = ""
) -> tuple[Owing, ...]:
    """Whoever has something to lock, those who owe most first."""
    owes: dict[str, int] = {}
    tasks: dict[str, list[tuple[str, str, Hand]]] = {}
    for cell in board.cells.values():
        for rater in cell.raters if not session or cell.session == session else ():
            # What a member of a group owes is told with the group.
            if rater.hand in STILL_TO_LOCK and rater.owes:
                owes[rater.rater] = owes.get(rater.rater, 0) + rater.owes
                tasks.setdefault(rater.rater, []).append((cell.applicant, cell.exercise, rater.hand))
    found = [
        Owing(
            rater=rater,
            name=board.campaign.person_name(rater),
            email=emails.get(rater, ""),
            ratings=owes[rater],
            tasks=tuple(here),
            asked=asked.get(rater, ""),
        )
        for rater, here in tasks.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.ratings, -len(one.tasks), one.rater)))


def owed_answer(raters: Sequence[Owing]) -> str:
    if not raters:
        return "Nobody who is named owes a rating."
    ratings = sum(one.ratings for one in raters)
    most = raters[0]
    return (
        f"{counted(len(raters), 'rater owes', 'raters owe')} {counted(ratings, 'rating')}. "
        f"{most.rater} owes the most: {counted(most.ratings, 'rating')} of {_applicants(most)}."
    )


def wording(campaign: Campaign, one: Owing, url: str) -> str:
    """What to write to a rater. Applicants are named by reference."""
    by_exercise: dict[str, list[str]] = {}
    for applicant, exercise, _ in one.tasks:
        by_exercise.setdefault(exercise, []).append(applicant)
    lines = [
        f"{campaign.name_of('exercises', exercise)}: {', '.join(applicants)}"
        for exercise, applicants in by_exercise.items()
    ]
    return "\n".join(
        (
            f"Hello {one.name},",
            f"these sheets of yours are not locked yet ({counted(one.ratings, 'rating')}):",
            *lines,
            f"Please finish and lock them here: {url}",
            "Thank you.",
        )
    )


def owed_file(campaign: Campaign, raters: Sequence[Owing], url: str) -> Table:
    columns = ("rater", "name", "email", "ratings_owed", "sheets_owed", "sheets_begun", "wording")
    rows = tuple(
        (
            one.rater,
            one.name,
            one.email,
            str(one.ratings),
            str(len(one.tasks)),
            str(one.begun),
            wording(campaign, one, url),
        )
        for one in raters
    )
    return Table("ratings_owed", columns, rows)


def scripts_table(
    board: Board, cells: Sequence[BoardCell], query: TableQuery, base: str, kept: Sequence[tuple[str, str]]
) -> DataTable:
    """Work that nobody is named for: how many raters each piece has, and how many it wants."""
    campaign = board.campaign
    columns = (
        Column("applicant", "Applicant"),
        Column("exercise", "Exercise"),
        Column("has", "Has", number=True),
        Column("locked", "Of these locked", number=True),
        Column("wants", "Wants", number=True),
    )
    rows = [
        (
            Cell(cell.applicant, url=cell_url(base, cell)),
            campaign.name_of("exercises", cell.exercise),
            len(_takers(cell)),
            cell.lockers,
            Cell(f"{cell.wanted} more" if cell.wanted else "no more", order=cell.wanted),
        )
        for cell in cells
    ]
    return data_table(
        "Written work and its raters",
        columns,
        rows,
        query,
        f"{base}/ratings/scripts",
        nouns=("piece", "pieces"),
        kept=kept,
        downloads=(("CSV", "csv"),),
        anchor="scripts",
    )


def script_cells(board: Board) -> list[BoardCell]:
    """Cells for which the timetable names nobody."""
    return [
        cell for cell in board.cells.values() if cell.state is not Filling.NOT_EXPECTED and not cell.is_named
    ]


def scripts_answer(cells: Sequence[BoardCell]) -> str:
    if not cells:
        return "No written work is due that the timetable names nobody for."
    wanting = [cell for cell in cells if cell.wanted]
    if not wanting:
        return f"All {counted(len(cells), 'piece')} of written work have as many raters as they want."
    raters = sum(cell.wanted for cell in wanting)
    some = f"{len(wanting):,} of {counted(len(cells), 'piece')} of written work"
    more = counted(raters, "more rater", "more raters")
    return f"{some} {'wants' if len(wanting) == 1 else 'want'} {more}."


def _takers(cell: BoardCell) -> list[Rater]:
    return [rater for rater in cell.raters if rater.hand is not Hand.NOT_NEEDED]


def _applicants(one: Owing) -> str:
    return counted(len({applicant for applicant, _, _ in one.tasks}), "applicant")
