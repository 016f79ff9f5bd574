"""The agenda of the wash-up, panel by panel: how far ratings lie apart, never who gave which.

Panels get this paper, so it holds references only and nothing of ranks or offers: whether a change moves the
offer line must not be in anybody's mind who settles a rating. What the chair needs is in `washup_chair.py`.
`Washup` is all that either paper is made from; `api.services.prepare_washup` makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.wording import counted
from assessment.completeness import CellState, Completeness
from assessment.decisions import RedFlag
from assessment.figures import trimmed
from assessment.washup import Discrepancy, PanelAgenda, SettledCell
from assessment.washup_effect import EffectLine, Position


@dataclass(frozen=True, slots=True)
class Stake:
    """What hangs on one open discrepancy: where the applicant stands now, and at either end of the ratings.

    `moved` are all whose offer would be another one at one of the ends.
    """

    discrepancy: Discrepancy
    now: Position
    at_lowest: Position
    at_highest: Position
    moved: tuple[str, ...]


@dataclass(frozen=True)
class Washup:
    """Everything the wash-up has before it.

    `effect` is empty where the order of merit cannot be made, and tells no offers where the places cannot be
    given out; `not_told` says why. `flags` has the undecided ones first. `held_back` are applicants and
    exercises that somebody who has begun, or is expected, has not locked yet.
    """

    campaign: Campaign
    timetabled: bool
    present: tuple[str, ...]
    completeness: Completeness
    panels: tuple[PanelAgenda, ...]
    settled: tuple[SettledCell, ...]
    effect: tuple[EffectLine, ...]
    stakes: tuple[Stake, ...]
    flags: tuple[RedFlag, ...]
    not_told: tuple[str, ...]
    warnings: tuple[str, ...]
    held_back: frozenset[tuple[str, str]] = frozenset()

    @property
    def still_open(self) -> tuple[Discrepancy, ...]:
        return tuple(each for panel in self.panels for each in panel.still_open)

    @property
    def to_look_at(self) -> tuple[SettledCell, ...]:
        """Agreed ratings that somebody should look at again."""
        return tuple(each for each in self.settled if each.remarks)

    @property
    def without_reason(self) -> tuple[SettledCell, ...]:
        return tuple(each for each in self.settled if not each.reason.strip())

    @property
    def open_flags(self) -> tuple[RedFlag, ...]:
        return tuple(flag for flag in self.flags if flag.decision is None)

    def waits(self, each: Discrepancy) -> bool:
        """Whether ratings of that cell are missing or not locked, so that it cannot be discussed yet."""
        cell = each.applicant, each.exercise, each.criterion
        if (each.applicant, each.exercise) in self.held_back:
            return True
        return self.completeness.state_by_cell[cell] is CellState.INCOMPLETE

    @property
    def all_done(self) -> bool:
        """Nothing is missing, undiscussed, without its reason or undecided."""
        return not (self.completeness.incomplete or self.still_open or self.without_reason or self.open_flags)


@dataclass(frozen=True, slots=True)
class DiscrepancyLine:
    """One cell to discuss, or settled already. `ratings` are the lowest first.

    `waits` where ratings are missing: whoever has still to rate must not hear what the others gave, so that
    is left out.
    """

    panel: str
    reference: str
    exercise: str
    criterion: str
    ratings: str
    spread: str
    agreed: str
    waits: bool


@dataclass(frozen=True, slots=True)
class PanelSheet:
    """What one panel has to discuss: a sheet of its own."""

    panel: str
    words: str
    lines: tuple[DiscrepancyLine, ...]


@dataclass(frozen=True, slots=True)
class WashupAgendaSheet:
    """The paper for the panels. `settled` are discrepancies that have their agreed rating."""

    answers: tuple[str, ...]
    scale: str
    panels: tuple[PanelSheet, ...]
    settled: tuple[DiscrepancyLine, ...]


def washup_agenda_sheet(washup: Washup) -> WashupAgendaSheet:
    """The agenda as it is handed out: a sheet for each panel with something open, the widest first."""
    campaign = washup.campaign
    return WashupAgendaSheet(
        answers=agenda_answers(washup),
        scale=f"{campaign.framework.scale_min} to {campaign.framework.scale_max}",
        panels=tuple(_panel_sheet(washup, panel) for panel in washup.panels if panel.still_open),
        settled=tuple(
            discrepancy_line(washup, panel, each)
            for panel in washup.panels
            for each in panel.discrepancies
            if each.settled
        ),
    )


def agenda_answers(washup: Washup) -> tuple[str, ...]:
    """What has to be discussed, and what is settled, in a sentence each."""
    still_open = washup.still_open
    panels = sum(bool(panel.still_open) for panel in washup.panels)
    gap = washup.campaign.framework.rating_gap_to_discuss
    if still_open:
        widest = max(each.spread for each in still_open)
        first = (
            f"{counted(len(still_open), 'discrepancy has', 'discrepancies have')} to be discussed by "
            f"{counted(panels, 'panel')}; the widest is {trimmed(widest)} apart."
        )
    else:
        first = "No discrepancy has to be discussed."
    settled = sum(len(panel.discrepancies) for panel in washup.panels) - len(still_open)
    told = f"{counted(settled, 'discrepancy is', 'discrepancies are')} settled." if settled else ""
    rule = f"Ratings of one thing that are {gap} or more apart are discussed."
    return tuple(sentence for sentence in (first, told, rule) if sentence)


def discrepancy_line(washup: Washup, panel: PanelAgenda, each: Discrepancy) -> DiscrepancyLine:
    campaign, waits = washup.campaign, washup.waits(each)
    return DiscrepancyLine(
        panel=str(panel.panel),
        reference=each.applicant,
        exercise=campaign.name_of("exercises", each.exercise),
        criterion=campaign.name_of("criteria", each.criterion),
        ratings="" if waits else ", ".join(trimmed(rating) for rating in each.ratings),
        spread="" if waits else trimmed(each.spread),
        agreed="" if each.agreed is None else trimmed(each.agreed),
        waits=waits,
    )


def _panel_sheet(washup: Washup, panel: PanelAgenda) -> PanelSheet:
    lines = panel.still_open
    return PanelSheet(
        panel=str(panel.panel),
        words=f"{_of_applicants(lines)}, {counted(len(lines), 'rating', 'ratings')} to agree.",
        lines=tuple(discrepancy_line(washup, panel, each) for each in lines),
    )


def _of_applicants(lines: Sequence[Discrepancy]) -> str:
    people = list(dict.fromkeys(each.applicant for each in lines))
    return f"{'Applicant' if len(people) == 1 else 'Applicants'} {', '.join(people)}"
