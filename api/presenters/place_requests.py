"""What councils ask for about their places, as a list with what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.campaign import Campaign
from api.exports.packs.wording import counted
from api.presenters.data_table import Cell, Column
from api.templating import moment_words

REQUEST_COLUMNS = (
    Column("request", "Request"),
    Column("council", "Council"),
    Column("places", "Asks for", number=True),
    Column("reason", "Why", sortable=False),
    Column("decision", "Decided"),
)
DECISIONS = {
    "granted": ("Granted", "green"),
    "refused": ("Refused", "grey"),
    "withdrawn": ("Withdrawn by the council", "grey"),
}


def requests_answer(requests: Sequence[Mapping[str, str]]) -> str:
    waiting = sum(not request.get("decision") for request in requests)
    if waiting:
        verb = "waits" if waiting == 1 else "wait"
        return f"{counted(waiting, 'request')} of councils {verb} for your decision."
    return "No council waits for a decision about its places."


def request_rows(
    campaign: Campaign, requests: Sequence[Mapping[str, str]], base: str
) -> list[tuple[Cell | str | int, ...]]:
    """One row for each request; those that wait lead to their decision."""
    rows: list[tuple[Cell | str | int, ...]] = []
    for request in requests:
        words, colour = DECISIONS.get(request.get("decision", ""), ("Waits for a decision", "yellow"))
        by = request.get("decided_by", "")
        note = f"by {by}: {request.get('why', '')}" if by else None
        rows.append(
            (
                Cell(
                    request["request"],
                    f"{base}/offers/places/{request['request']}",
                    note=f"asked by {request['asked_by']}, {moment_words(request['at'])}",
                ),
                campaign.name_of("councils", request["council"]),
                int(request["places"]),
                request["reason"],
                Cell(words, tag=colour, note=note),
            )
        )
    return rows
