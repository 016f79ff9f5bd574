"""What can be recorded for one applicant: which answers their offer allows, and what a form held."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.offers.book import OfferLine
from assessment.offers.moves import ANSWERS, PERMITTED, Move, OfferState

WORDS = {
    Move.ACCEPT: "Accepts",
    Move.ACCEPT_AND_UPGRADE: "Accepts, and asks for an upgrade",
    Move.DECLINE: "Declines",
    Move.WITHDRAW: "Withdraws",
}
HINTS = {
    Move.ACCEPT: "They keep this place. No other is offered to them any more.",
    Move.ACCEPT_AND_UPGRADE: (
        "They keep this place, and go up to a higher choice without being asked if one comes free; "
        "there is no way back."
    ),
    Move.DECLINE: "The place is free for others, and they get no other offer.",
    Move.WITHDRAW: "They leave the campaign. Their place, if any, is free for others.",
}
# What is said once an answer is recorded, after the applicant's reference.
ANSWER_SAID = {
    "accept": "has accepted.",
    "accept_and_upgrade": "has accepted and asks for an upgrade.",
    "decline": "has declined. The place is free.",
    "withdraw": "has withdrawn.",
}


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One answer as a radio button."""

    value: str
    words: str
    hint: str


@dataclass(frozen=True, slots=True)
class ResponseForm:
    """What both forms of the page hold: an answer with its time, a longer deadline with its reason."""

    response: str = ""
    at: str = ""
    until: str = ""
    reason: str = ""
    until_at: str = ""


def response_choices(line: OfferLine) -> tuple[AnswerChoice, ...]:
    """The answers that are permitted now; an upgrade only where there is a higher choice."""
    moves = [move for move in ANSWERS if move in PERMITTED[line.state]]
    if line.choice == 1 and Move.ACCEPT_AND_UPGRADE in moves:
        moves.remove(Move.ACCEPT_AND_UPGRADE)
    hints = dict(HINTS)
    if line.state is OfferState.OPEN_TO_UPGRADE:
        hints[Move.ACCEPT] = "They keep this place and do not wait for a higher choice any more."
    return tuple(AnswerChoice(move.value, WORDS[move], hints[move]) for move in moves)
