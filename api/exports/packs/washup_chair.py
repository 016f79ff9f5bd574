"""The chair's page of the wash-up: whom to call together, what hangs on each agreed rating, what to look at.

For the chair alone. It tells ranks and offers, which no panel should see while it settles a rating, and it
still tells nothing of who gave which rating. People are told by reference. The panels' own paper is in
`washup_agenda.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.outcomes import APPOINTABLE_WORDS
from api.exports.packs.washup_agenda import DiscrepancyLine, Stake, Washup, discrepancy_line
from api.exports.packs.wording import counted, listed
from assessment.allocation.result import Outcome
from assessment.completeness import ANYBODY, OwedRatings
from assessment.decisions import FlagDecision
from assessment.figures import to_decimals, trimmed
from assessment.standard import Appointable
from assessment.washup import Remark, SettledCell
from assessment.washup_effect import EffectLine, Position, offers_moved

REMARK_WORDS = {
    Remark.NEEDS_REASON: "It needs a reason",
    Remark.NOT_FAR_APART: "The ratings were not far apart",
    Remark.OUTSIDE_THE_RATINGS: "It lies outside the first ratings",
    Remark.RATINGS_MISSING: "It stands in for ratings that are missing",
}
FLAG_WORDS = {
    None: "Open: a named person has to decide",
    FlagDecision.NO_CONCERN: "Decided: no concern",
    FlagDecision.NOT_APPOINTABLE: "Decided: not appointable",
}
WITHOUT_OFFER_WORDS = {Outcome.RESERVE: "reserve list", Outcome.NOT_PLACED: "no place"}
NOWHERE = "not in the order of merit"


@dataclass(frozen=True, slots=True)
class PanelLine:
    """Whom to call together, and how much they have to do."""

    panel: str
    raters: str
    open: str
    settled: str


@dataclass(frozen=True, slots=True)
class StakeLine:
    """One open discrepancy: where the applicant stands, and where at either end of the ratings."""

    what: DiscrepancyLine
    now: str
    lowest: str
    highest: str
    moved: str


@dataclass(frozen=True, slots=True)
class LookLine:
    """One agreed rating that somebody should look at again."""

    reference: str
    exercise: str
    criterion: str
    ratings: str
    agreed: str
    why: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One applicant without and with the agreed ratings."""

    reference: str
    settled: str
    overall_without: str
    overall_after: str
    without: str
    after: str
    note: str


@dataclass(frozen=True, slots=True)
class FlagLine:
    flag: str
    reference: str
    state: str


@dataclass(frozen=True, slots=True)
class OwedLine:
    """Ratings that hold up the scoring, by who owes them."""

    rater: str
    exercise: str
    holding_up: str


@dataclass(frozen=True, slots=True)
class ChairSheet:
    """`changes` are of those whose offer is another one, and of everybody with an agreed rating."""

    answers: tuple[str, ...]
    panels: tuple[PanelLine, ...]
    stakes: tuple[StakeLine, ...]
    look: tuple[LookLine, ...]
    changes: tuple[ChangeLine, ...]
    flags: tuple[FlagLine, ...]
    owed: tuple[OwedLine, ...]


def chair_sheet(washup: Washup) -> ChairSheet:
    """The chair's page of one wash-up."""
    campaign = washup.campaign
    owed = [each for each in washup.completeness.owed if each.holding_up]
    changes = [line for line in washup.effect if line.settled or line.offer_changed]
    return ChairSheet(
        answers=(
            *missing_answers(washup),
            *effect_answers(washup),
            *_moved_answers(washup),
            *washup.not_told,
        ),
        panels=tuple(
            PanelLine(
                str(panel.panel),
                ", ".join(panel.raters),
                str(len(panel.still_open)),
                str(len(panel.discrepancies) - len(panel.still_open)),
            )
            for panel in washup.panels
        ),
        stakes=tuple(_stake_line(washup, stake) for stake in washup.stakes),
        look=tuple(_look_line(campaign, each) for each in washup.to_look_at),
        changes=tuple(_change_line(campaign, line) for line in changes),
        flags=tuple(FlagLine(flag.flag, flag.applicant, FLAG_WORDS[flag.decision]) for flag in washup.flags),
        owed=tuple(_owed_line(campaign, each) for each in owed),
    )


def missing_answers(washup: Washup) -> tuple[str, ...]:
    """How many ratings are missing, and who owes them as far as that is known."""
    cells, incomplete = len(washup.completeness.state_by_cell), len(washup.completeness.incomplete)
    came = counted(len(washup.present), "applicant")
    if not incomplete:
        return (f"Nothing is missing: all {cells:,} cells of the matrix are complete for {came}.",)
    people = list(dict.fromkeys(applicant for applicant, _, _ in washup.completeness.incomplete))
    are = "is" if incomplete == 1 else "are"
    return (
        f"{incomplete:,} of {cells:,} cells of the matrix {are} incomplete, and so "
        f"{counted(len(people), 'applicant')} cannot be ranked: {shortened(people)}.",
    )


def effect_answers(washup: Washup) -> tuple[str, ...]:
    """What the agreed ratings changed, by number and without a name."""
    if not washup.effect or not washup.settled:
        return ()
    lines = washup.effect
    scores = sum(line.without.overall != line.after.overall for line in lines)
    ranks = sum(line.without.rank != line.after.rank for line in lines)
    changed = [_number_of(scores, "overall score"), _number_of(ranks, "rank")]
    if any(line.after.outcome is not None for line in lines):
        changed.append(_number_of(len(offers_moved(lines)), "offer"))
    told = f"{counted(len(washup.settled), 'agreed rating')} changed {listed(changed)}"
    completed = [line.applicant for line in lines if line.completed]
    only = f"Only the wash-up completed the ratings of {shortened(completed)}." if completed else ""
    return tuple(sentence for sentence in (f"{told}.", only) if sentence)


def remark_words(each: SettledCell) -> str:
    """Why somebody should look at an agreed rating again, in sentences."""
    return " ".join(f"{REMARK_WORDS[remark]}." for remark in each.remarks)


def shortened(references: Sequence[str], most: int = 10) -> str:
    """The first few references, and how many more there are."""
    more = len(references) - most
    return f"{', '.join(references[:most])} and {more} more" if more > 0 else listed(references)


def position_words(campaign: Campaign, position: Position) -> str:
    """Where somebody stands: ranked 12, offered Somerset."""
    if position.appointable is None:
        return NOWHERE
    if position.appointable is Appointable.NO:
        return "not appointable"
    if position.rank is None:
        return APPOINTABLE_WORDS[position.appointable].lower()
    rank = f"ranked {position.rank}"
    if position.outcome is None:
        return rank
    if position.council is not None:
        return f"{rank}, offered {campaign.name_of('councils', position.council)}"
    return f"{rank}, {WITHOUT_OFFER_WORDS.get(position.outcome, position.outcome.value)}"


def _number_of(number: int, what: str) -> str:
    return counted(number, what) if number else f"no {what}"


def _moved_answers(washup: Washup) -> tuple[str, ...]:
    moved = offers_moved(washup.effect)
    found = [f"The agreed ratings moved the offers of {listed(moved)}."] if moved else []
    hanging = sum(bool(stake.moved) for stake in washup.stakes)
    if hanging:
        found.append(
            f"Offers hang on {counted(hanging, 'open discrepancy', 'open discrepancies')}: see below, and do "
            f"not tell the panels."
        )
    if washup.open_flags:
        found.append(f"{counted(len(washup.open_flags), 'red flag')} not yet decided.")
    return tuple(found)


def _stake_line(washup: Washup, stake: Stake) -> StakeLine:
    campaign = washup.campaign
    panel = next(panel for panel in washup.panels if stake.discrepancy in panel.discrepancies)
    return StakeLine(
        what=discrepancy_line(washup, panel, stake.discrepancy),
        now=position_words(campaign, stake.now),
        lowest=position_words(campaign, stake.at_lowest),
        highest=position_words(campaign, stake.at_highest),
        moved=shortened(stake.moved) if stake.moved else "nobody's",
    )


def _look_line(campaign: Campaign, each: SettledCell) -> LookLine:
    return LookLine(
        reference=each.applicant,
        exercise=campaign.name_of("exercises", each.exercise),
        criterion=campaign.name_of("criteria", each.criterion),
        ratings=", ".join(trimmed(rating) for rating in sorted(r.rating for r in each.first_ratings))
        or "none",
        agreed=trimmed(each.agreed),
        why=remark_words(each),
    )


def _change_line(campaign: Campaign, line: EffectLine) -> ChangeLine:
    notes = ["another offer"] if line.offer_changed else []
    notes += ["completed only by the wash-up"] if line.completed else []
    return ChangeLine(
        reference=line.applicant,
        settled=str(line.settled),
        overall_without=_overall(line.without),
        overall_after=_overall(line.after),
        without=position_words(campaign, line.without),
        after=position_words(campaign, line.after),
        note=listed(notes).capitalize(),
    )


def _overall(position: Position) -> str:
    return "none" if position.overall is None else to_decimals(position.overall)


def _owed_line(campaign: Campaign, owed: OwedRatings) -> OwedLine:
    rater = "not known" if owed.rater == ANYBODY else owed.rater
    return OwedLine(rater, campaign.name_of("exercises", owed.exercise), str(owed.holding_up))
