"""Sheets that may be copied from paper, as a list: those that are expected and not locked.

Nothing that a rater has typed is here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from api.campaign import Campaign
from api.presenters.data_table import Cell, Column, DataTable, TableQuery, data_table

COLUMNS = (
    Column("rater", "Rater"),
    Column("applicant", "Applicant"),
    Column("exercise", "Exercise"),
    Column("session", "Session"),
    Column("state", "On a device"),
)
ANYBODY = "Whoever rated it"


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """One sheet that is expected. `rater` is empty where anybody may rate it.

    `person` is whose account writes on it. `is_begun`: something is written on it on a device; what it is, is
    not to be known here.
    """

    applicant: str
    exercise: str
    rater: str
    person: str
    session: str
    is_begun: bool

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.applicant, self.exercise, self.rater)


def paper_table(
    campaign: Campaign, sheets: Sequence[PaperFacts], query: TableQuery, action: str
) -> DataTable:
    rows = [
        (
            Cell(
                rater_words(campaign, sheet.rater),
                url=f"{action}/sheet?"
                + urlencode({"applicant": sheet.applicant, "exercise": sheet.exercise, "rater": sheet.rater}),
                spoken=f"{rater_words(campaign, sheet.rater)}: copy the ratings of {sheet.applicant}, "
                + campaign.name_of("exercises", sheet.exercise),
            ),
            sheet.applicant,
            campaign.name_of("exercises", sheet.exercise),
            sheet.session,
            Cell("Begun", tag="yellow") if sheet.is_begun else Cell("Nothing yet"),
        )
        for sheet in sheets
    ]
    nouns = ("sheet", "sheets")
    return data_table(
        "Sheets that are expected and not locked", COLUMNS, rows, query, action, nouns=nouns, downloads=()
    )


def rater_words(campaign: Campaign, rater: str) -> str:
    """A rater by name and reference."""
    if not rater:
        return ANYBODY
    name = campaign.person_name(rater)
    return rater if name == rater else f"{name} ({rater})"
