"""The wash-up in itself: each cell with its locked ratings, what was agreed, and who has still to lock.

`api.services.open_washup` makes it; how it reads as a page is in `washup_page.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from api.campaign import Campaign
from api.exports.packs.washup_agenda import Washup
from api.presenters.board_cells import Board, Filling
from assessment.scoring import CellKey
from assessment.washup import Discrepancy, SettledCell, is_wide, spread_of


@dataclass(frozen=True, slots=True)
class Given:
    """One locked rating of a cell, with its evidence."""

    rater: str
    rating: Fraction
    evidence: str


@dataclass(frozen=True, slots=True)
class Item:
    """One cell as the wash-up has it. `panel` is 0 where nobody's ratings lie far apart.

    `outstanding` have still to lock; until then `given` must not be shown to anybody.
    """

    discrepancy: Discrepancy
    panel: int
    raters: tuple[str, ...]
    outstanding: tuple[str, ...]
    given: tuple[Given, ...]
    settled: SettledCell | None
    is_wide: bool

    @property
    def key(self) -> CellKey:
        return (self.discrepancy.applicant, self.discrepancy.exercise, self.discrepancy.criterion)

    @property
    def waits(self) -> bool:
        return bool(self.outstanding)


@dataclass(frozen=True)
class OpenWashup:
    """`items` are the discrepancies, panel by panel and the widest first."""

    washup: Washup
    board: Board
    given: Mapping[CellKey, tuple[Given, ...]]

    @property
    def campaign(self) -> Campaign:
        return self.washup.campaign

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(
            self._item(each, panel.panel, panel.raters)
            for panel in self.washup.panels
            for each in panel.discrepancies
        )

    def item(self, key: CellKey) -> Item | None:
        """Any cell of the matrix of somebody who is expected, far apart or not; None for everything else."""
        applicant, exercise, criterion = key
        cell = self.board.cell(applicant, exercise)
        known = (exercise, criterion) in self.campaign.framework.weights
        if cell is None or not known or cell.state is Filling.NOT_EXPECTED:
            return None
        for panel in self.washup.panels:
            for each in panel.discrepancies:
                if (each.applicant, each.exercise, each.criterion) == key:
                    return self._item(each, panel.panel, panel.raters)
        found = sorted(given.rating for given in self.given.get(key, ()))
        settled = self._settled(key)
        spread = spread_of(found) if found else Fraction(0)
        each = Discrepancy(*key, tuple(found), spread, settled.agreed if settled else None)
        return self._item(each, 0, ())

    def _item(self, each: Discrepancy, panel: int, raters: tuple[str, ...]) -> Item:
        key = (each.applicant, each.exercise, each.criterion)
        cell = self.board.cell(each.applicant, each.exercise)
        return Item(
            discrepancy=each,
            panel=panel,
            raters=raters,
            outstanding=cell.outstanding if cell else (),
            given=self.given.get(key, ()),
            settled=self._settled(key),
            is_wide=is_wide(self.campaign.framework, each.ratings),
        )

    def _settled(self, key: CellKey) -> SettledCell | None:
        found = (s for s in self.washup.settled if (s.applicant, s.exercise, s.criterion) == key)
        return next(found, None)
