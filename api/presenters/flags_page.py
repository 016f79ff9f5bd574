"""Red flags as pages show them. What they say is free text, for the organiser and the auditor alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from api.campaign import Campaign
from api.exports.packs.washup_chair import FLAG_WORDS
from api.exports.packs.wording import counted
from api.presenters.data_table import Cell, Column, DataTable, TableQuery, data_table
from api.templating import moment_words
from assessment.decisions import FlagDecision

FLAG_COLUMNS = (
    Column("flag", "Flag"),
    Column("applicant", "Applicant"),
    Column("concern", "Concern", sortable=False),
    Column("raised", "Raised"),
    Column("state", "State"),
)
DECISIONS = (
    (
        FlagDecision.NO_CONCERN.value,
        "No concern",
        "The flag stays on record and changes nothing.",
    ),
    (
        FlagDecision.NOT_APPOINTABLE.value,
        "Not appointable",
        "The applicant is not ranked and is offered no place, whatever the ratings.",
    ),
)


@dataclass(frozen=True)
class FlagPage:
    """One flag. `state` says whether and how it was decided."""

    flag: str
    applicant: str
    concern: str
    evidence: str
    raised: str
    state: str
    decided: str
    reason: str
    is_decided: bool


def flags_answer(flags: Sequence[Mapping[str, str]]) -> str:
    if not flags:
        return "No red flag was raised."
    still_open = sum(not flag.get("decision") for flag in flags)
    if not still_open:
        return f"All {counted(len(flags), 'red flag')} are decided."
    return f"{still_open} of {counted(len(flags), 'red flag')} {_has(still_open)} still to be decided."


def flags_table(
    campaign: Campaign, flags: Sequence[Mapping[str, str]], query: TableQuery, base: str
) -> DataTable:
    """Every flag, those not decided yet first."""
    pages = [flag_page(campaign, flag) for flag in flags]
    rows = [
        (
            Cell(page.flag, url=flag_url(base, page.flag)),
            page.applicant,
            page.concern,
            page.raised,
            Cell(page.state, tag="green" if page.is_decided else "yellow"),
        )
        for page in pages
    ]
    return data_table(
        "Red flags, those not decided yet first",
        FLAG_COLUMNS,
        rows,
        query,
        f"{base}/washup/flags",
        nouns=("flag", "flags"),
        downloads=(),
        anchor="flags",
    )


def flag_page(campaign: Campaign, flag: Mapping[str, str]) -> FlagPage:
    decision = FlagDecision(flag["decision"]) if flag.get("decision") else None
    when, at = flag.get("at", ""), flag.get("decided_at", "")
    return FlagPage(
        flag=flag["flag"],
        applicant=flag["applicant"],
        concern=flag["concern"],
        evidence=flag["evidence"],
        raised=f"{campaign.person_name(flag['raised_by'])}{_and(when)}",
        state="Not decided yet" if decision is None else FLAG_WORDS[decision],
        decided=f"{flag.get('decided_by', '')}{_and(at)}" if decision else "",
        reason=flag.get("reason", "") if decision else "",
        is_decided=decision is not None,
    )


def flag_url(base: str, flag: str) -> str:
    return f"{base}/washup/flags/{quote(flag, safe='')}"


def _and(at: str) -> str:
    """, 14 July 2015, 10:00; nothing where the table leaves it out."""
    return f", {moment_words(at)}" if at else ""


def _has(number: int) -> str:
    return "has" if number == 1 else "have"
