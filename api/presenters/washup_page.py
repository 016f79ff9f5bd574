"""The wash-up as pages show it: the agenda panel by panel, one cell with its ratings side by side.

While somebody has still to lock, a cell is told without any rating. Who gave which is told to the chair once
the rating is agreed, and to assessors never. Nothing of ranks and offers is here but `Hanging`, which is for
the chair's page alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import quote

from api.campaign import Campaign, Table
from api.exports.packs.washup_agenda import Stake, Washup, agenda_answers
from api.exports.packs.washup_chair import position_words, remark_words, shortened
from api.exports.packs.wording import counted, listed
from api.presenters.data_table import Cell, Column, DataTable, TableQuery, data_table
from api.presenters.washup_items import Item, OpenWashup
from api.storage.repositories.campaigns import KeptRow
from assessment.figures import trimmed
from assessment.scoring import CellKey

AGENDA_COLUMNS = (
    Column("panel", "Panel"),
    Column("applicant", "Applicant"),
    Column("exercise", "Exercise"),
    Column("criterion", "Criterion"),
    Column("ratings", "First ratings", sortable=False),
    Column("apart", "Apart", number=True),
    Column("state", "State"),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One locked rating with its evidence; `anchor` is what the scale says of it, `whose` empty or a name."""

    rating: str
    anchor: str
    evidence: str
    whose: str
    is_own: bool = False


@dataclass(frozen=True)
class CellPage:
    """One cell of the wash-up. `sides` is empty while somebody has still to lock.

    `waits` are those who have still to lock; `place` says which of the agenda it is.
    """

    reference: str
    exercise: str
    criterion: str
    answer: str
    panel: str
    sides: tuple[Side, ...]
    waits: tuple[str, ...]
    agreed: str
    reason: str
    remarks: str
    place: str
    previous_url: str
    next_url: str
    url: str
    scale: str


@dataclass(frozen=True, slots=True)
class AgreedThen:
    """What was agreed at one time, by whom it was written down."""

    rating: str
    reason: str
    at: datetime.datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on one rating, for the chair alone."""

    answer: str
    positions: tuple[tuple[str, str], ...]
    moved: str
    not_told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnCell:
    """A discrepancy of somebody who rated it: nothing of ranks, offers, or who else gave which."""

    reference: str
    exercise: str
    criterion: str
    spread: str
    sides: tuple[Side, ...]
    agreed: str
    reason: str


def cell_path(base: str, key: CellKey) -> str:
    return f"{base}/washup/" + "/".join(quote(part, safe="") for part in key)


def agenda_table(opened: OpenWashup, query: TableQuery, base: str) -> DataTable:
    """Every discrepancy, panel by panel and the widest first."""
    campaign = opened.campaign
    rows = [_agenda_row(campaign, item, base) for item in opened.items]
    return data_table(
        "Discrepancies, panel by panel, the widest first",
        AGENDA_COLUMNS,
        rows,
        query,
        f"{base}/washup",
        nouns=("discrepancy", "discrepancies"),
        anchor="agenda",
    )


def agenda_file(opened: OpenWashup) -> Table:
    """The agenda for a file: who gave which is in none."""
    columns = ("panel", "applicant", "exercise", "criterion", "first_ratings", "apart", "state", "agreed")
    rows = []
    for item in opened.items:
        each = item.discrepancy
        ratings = "" if item.waits else ";".join(trimmed(rating) for rating in each.ratings)
        apart = "" if item.waits else trimmed(each.spread)
        agreed = "" if each.agreed is None else trimmed(each.agreed)
        state = "waits" if item.waits else "agreed" if each.settled else "open"
        rows.append((str(item.panel), *item.key, ratings, apart, state, agreed))
    return Table("washup_agenda", columns, tuple(rows))


def agenda_sentences(opened: OpenWashup) -> tuple[str, ...]:
    """What has to be discussed, what is settled, what has to wait."""
    waiting = [item for item in opened.items if item.waits]
    told = agenda_answers(opened.washup)
    if waiting:
        people = sorted({person for item in waiting for person in item.outstanding})
        are = "waits" if len(waiting) == 1 else "wait"
        what = f"{counted(len(waiting), 'discrepancy', 'discrepancies')} {are} until {listed(people)}"
        told = (*told, f"{what} {'has' if len(people) == 1 else 'have'} locked.")
    return told


def panels_words(opened: OpenWashup) -> tuple[tuple[str, str], ...]:
    """Each panel's number, and whom to call together."""
    return tuple((str(panel.panel), listed(panel.raters)) for panel in opened.washup.panels)


def next_to_settle(opened: OpenWashup) -> Item | None:
    """The first discrepancy that is open and need not wait."""
    return next((i for i in opened.items if not i.waits and not i.discrepancy.settled), None)


def too_few(opened: OpenWashup) -> tuple[CellKey, ...]:
    """Cells with too few ratings that nobody has to give any more: only the wash-up can complete them."""
    found = []
    for applicant, exercise, criterion in opened.washup.completeness.incomplete:
        cell = opened.board.cell(applicant, exercise)
        if cell is not None and not cell.outstanding and not cell.wanted:
            found.append((applicant, exercise, criterion))
    return tuple(found)


def cell_page(opened: OpenWashup, item: Item, base: str) -> CellPage:
    campaign, each = opened.campaign, item.discrepancy
    keys = [one.key for one in opened.items]
    at = keys.index(item.key) if item.key in keys else None
    previous = keys[at - 1] if at else None
    following = keys[at + 1] if at is not None and at + 1 < len(keys) else None
    settled = item.settled
    return CellPage(
        reference=each.applicant,
        exercise=campaign.name_of("exercises", each.exercise),
        criterion=campaign.name_of("criteria", each.criterion),
        answer=_cell_answer(item),
        panel=f"Panel {item.panel}: {listed(item.raters)}" if item.panel else "",
        sides=sides(campaign, item, names=settled is not None),
        waits=tuple(f"{who} ({campaign.person_name(who)})" for who in item.outstanding),
        agreed=trimmed(settled.agreed) if settled else "",
        reason=settled.reason if settled else "",
        remarks=remark_words(settled) if settled and not item.waits else "",
        place=f"{at + 1} of {len(keys)}" if at is not None else "",
        previous_url=cell_path(base, previous) if previous else "",
        next_url=cell_path(base, following) if following else "",
        url=cell_path(base, item.key),
        scale=f"{campaign.framework.scale_min} to {campaign.framework.scale_max}",
    )


def sides(
    campaign: Campaign, item: Item, *, names: bool, own: frozenset[str] = frozenset()
) -> tuple[Side, ...]:
    """The locked ratings, the lowest first; none while somebody has still to lock."""
    if item.waits:
        return ()
    anchors = _anchors(campaign)
    return tuple(
        Side(
            rating=trimmed(given.rating),
            anchor=anchors.get((item.discrepancy.criterion, given.rating), ""),
            evidence=given.evidence,
            whose=f"{given.rater} ({campaign.person_name(given.rater)})" if names else "",
            is_own=given.rater in own,
        )
        for given in item.given
    )


def chair_lead(washup: Washup) -> str:
    """Whether offers hang on what is still open: the first thing on the chair's page."""
    still_open = len(washup.still_open)
    if not still_open:
        return "No discrepancy is open, so nothing hangs on any."
    if not washup.stakes or any("cannot" in why for why in washup.not_told):
        return "What hangs on the open discrepancies cannot be told yet."
    moving = sum(bool(stake.moved) for stake in washup.stakes)
    many = counted(still_open, "open discrepancy", "open discrepancies")
    return f"Offers hang on {moving} of {many}." if moving else f"No offer hangs on the {many}."


def agreed_history(
    states: Sequence[KeptRow],
    headers: Sequence[tuple[int, tuple[str, ...]]],
    made: Mapping[int, tuple[datetime.datetime, str]],
) -> tuple[AgreedThen, ...]:
    """Everything that was ever agreed of one cell, the newest first."""
    found: list[AgreedThen] = []
    for state in reversed(states):
        columns = [names for since, names in headers if since <= state.since][-1]
        cells = dict(zip(columns, state.cells, strict=True))
        at, by = made.get(state.since, (None, ""))
        then = AgreedThen(cells["rating"], cells.get("reason", ""), at, by)
        if not found or (found[-1].rating, found[-1].reason) != (then.rating, then.reason):
            found.append(then)
    return tuple(reversed(found))


def hanging(campaign: Campaign, stake: Stake | None, not_told: Sequence[str]) -> Hanging:
    """What hangs on one rating: where the applicant stands now, and at either end of the first ratings."""
    if stake is None:
        return Hanging("What hangs on it cannot be told yet.", (), "", tuple(not_told))
    lowest, highest = stake.discrepancy.ratings[0], stake.discrepancy.ratings[-1]
    if not_told:
        answer = "Whether an offer moves cannot be told yet; the order of merit can."
    elif stake.moved:
        answer = "Yes: offers hang on this rating. Do not tell the panel."
    else:
        answer = "No: nobody’s offer is another one, whichever of the first ratings it is."
    return Hanging(
        answer=answer,
        positions=(
            ("As it stands now", position_words(campaign, stake.now)),
            (f"At the lowest, {trimmed(lowest)}", position_words(campaign, stake.at_lowest)),
            (f"At the highest, {trimmed(highest)}", position_words(campaign, stake.at_highest)),
        ),
        moved=shortened(stake.moved) if stake.moved else "",
        not_told=tuple(not_told),
    )


def own_cells(opened: OpenWashup, own: frozenset[str]) -> tuple[OwnCell, ...]:
    """The discrepancies that these raters have rated and locked, where nobody else has still to lock.

    `own` are the references under which one account rates: its own, or its group's and the members'.
    """
    campaign = opened.campaign
    return tuple(
        OwnCell(
            reference=item.discrepancy.applicant,
            exercise=campaign.name_of("exercises", item.discrepancy.exercise),
            criterion=campaign.name_of("criteria", item.discrepancy.criterion),
            spread=trimmed(item.discrepancy.spread),
            sides=sides(campaign, item, names=False, own=own),
            agreed=trimmed(item.settled.agreed) if item.settled else "",
            reason=item.settled.reason if item.settled else "",
        )
        for item in opened.items
        if not item.waits and any(given.rater in own for given in item.given)
    )


def own_answer(cells: Sequence[OwnCell]) -> str:
    if not cells:
        return "None of your locked ratings has to be discussed."
    still_open = sum(not cell.agreed for cell in cells)
    if not still_open:
        return f"All {counted(len(cells), 'discrepancy', 'discrepancies')} of yours are settled."
    are = "is" if still_open == 1 else "are"
    what = counted(len(cells), "of your ratings lies", "of your ratings lie")
    return f"{what} far from others’: {still_open} {are} to be discussed."


def own_waiting(opened: OpenWashup, own: frozenset[str]) -> int:
    """How many applicants and exercises they have locked where others have not: nothing else is told."""
    rated = {(cell[0], cell[1]) for cell, given in opened.given.items() if any(g.rater in own for g in given)}
    return sum(bool((cell := opened.board.cell(*where)) and cell.outstanding) for where in rated)


def other_choices(opened: OpenWashup) -> list[tuple[str, str]]:
    """Every exercise and criterion that is rated, for the form that finds any cell."""
    campaign = opened.campaign
    return [
        (
            str(number),
            f"{campaign.name_of('exercises', exercise)}: {campaign.name_of('criteria', criterion)}",
        )
        for number, (exercise, criterion) in enumerate(campaign.framework.weights)
    ]


def _agenda_row(campaign: Campaign, item: Item, base: str) -> tuple[Cell | str, ...]:
    each = item.discrepancy
    ratings = ", ".join(trimmed(rating) for rating in each.ratings)
    spoken = f"{each.applicant}, {campaign.name_of('criteria', each.criterion)}"
    return (
        Cell(f"Panel {item.panel}", order=item.panel),
        Cell(each.applicant, url=cell_path(base, item.key), spoken=spoken),
        campaign.name_of("exercises", each.exercise),
        campaign.name_of("criteria", each.criterion),
        "" if item.waits else ratings,
        Cell("") if item.waits else Cell(trimmed(each.spread), order=float(each.spread)),
        _state(item),
    )


def _state(item: Item) -> Cell:
    if item.discrepancy.agreed is not None:
        return Cell(f"Agreed: {trimmed(item.discrepancy.agreed)}", tag="green")
    if item.waits:
        return Cell("Waits", tag="grey", note=f"for {listed(item.outstanding)}")
    return Cell("To discuss", tag="yellow")


def _cell_answer(item: Item) -> str:
    each = item.discrepancy
    if item.waits:
        return "Not everybody has locked yet, so no rating is shown."
    if not each.ratings:
        return "Nobody has rated this, and nobody has it to rate."
    if len(each.ratings) == 1:
        return f"There is one rating, {trimmed(each.ratings[0])}."
    ratings = listed([trimmed(rating) for rating in each.ratings])
    apart = f"{trimmed(each.spread)} apart" if each.spread else "the same"
    mean = sum(each.ratings, Fraction(0)) / len(each.ratings)
    near = (
        "" if item.is_wide else " That is not far apart; their mean counts unless you agree something else."
    )
    return f"The ratings are {ratings}: {apart}, {_two_decimals(mean)} on average.{near}"


def _two_decimals(value: Fraction) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def _anchors(campaign: Campaign) -> Mapping[tuple[str, Fraction], str]:
    """The scale's words for each rating of each criterion."""
    table = campaign.tables.get("anchors")
    if table is None:
        return {}
    found = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return {(row["criterion"], Fraction(row["rating"])): row["anchor"] for row in found}
