"""A rehearsal of the offers for a page, from what somebody typed, within what a page may take.

What is rehearsed is `rehearse_offers.py`'s, with the same figures for the same assumptions, plays and seed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from api.errors import BadInput, Fault, shown
from api.services.lately import Lately
from api.services.look_at_results import Results
from api.services.rehearse_offers import Rehearsed, rehearse_offers
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from assessment.offers.rehearsal import Answering

USUAL = {"decline": "15", "upgrade": "60", "withdraw": "3", "plays": "300", "seed": "0"}
PLAYS_LEAST, PLAYS_MOST, SEED_MOST = 100, 1_000, 2_147_483_647
# So many ranked applicants times plays are gone through in about a second.
ANSWERS_MOST = 60_000
# The clock plays no part in a rehearsal; the offers' book wants a moment.
RELEASE = datetime.datetime(2000, 1, 3, 12)
KEPT_MAX = 8


@dataclass(frozen=True, slots=True)
class RehearsalAsked:
    """What is assumed, in per cent, and how often the offers are played."""

    decline: float
    upgrade: float
    withdraw: float
    plays: int
    seed: int


_LATELY = Lately[tuple[str, str, int, RehearsalAsked], Rehearsed](KEPT_MAX)


def plays_most(results: Results) -> int:
    """How often the offers of this campaign may be played for a page."""
    ranked = sum(line.rank is not None for line in results.ranked.order.lines) if results.ranked else 0
    return max(PLAYS_LEAST, min(PLAYS_MOST, ANSWERS_MOST // max(ranked, 1) // 100 * 100))


def rehearsal_asked(typed: Mapping[str, str], most: int) -> RehearsalAsked:
    """Raises `BadInput` with every fault. The usual number of plays is made less where it is too many."""
    faults: list[Fault] = []
    decline, upgrade, withdraw = (
        _percent(faults, name, typed[name]) for name in ("decline", "upgrade", "withdraw")
    )
    wanted = typed["plays"] if typed["plays"] != USUAL["plays"] else str(min(int(USUAL["plays"]), most))
    plays = _whole(faults, "plays", wanted, PLAYS_LEAST, most)
    seed = _whole(faults, "seed", typed["seed"], 0, SEED_MOST)
    if faults:
        raise BadInput(faults)
    return RehearsalAsked(decline, upgrade, withdraw, plays, seed)


def look_at_rehearsal(
    work: UnitOfWork, record: CampaignRecord, results: Results, asked: RehearsalAsked
) -> Rehearsed:
    """Play the offers of a campaign whose places are allocated. Raises `BadInput` as `rehearse_offers`."""
    campaign = results.campaign
    assert campaign is not None
    answering = Answering(asked.decline / 100, asked.upgrade / 100, asked.withdraw / 100)
    key = (work.database_address, record.id, results.change, asked)
    return _LATELY.get_or_make(
        key, lambda: rehearse_offers(campaign, answering, asked.plays, asked.seed, RELEASE)
    )


def _percent(faults: list[Fault], name: str, text: str) -> float:
    plain = text.replace("%", "").strip()
    if re.fullmatch(r"\d{1,3}(\.\d{1,3})?", plain, re.ASCII) and float(plain) <= 100:
        return float(plain)
    faults.append(Fault("rehearsal", None, name, shown(text), "per cent from 0 to 100"))
    return 0.0


def _whole(faults: list[Fault], name: str, text: str, least: int, most: int) -> int:
    plain = text.replace(",", "").strip()
    if plain.isascii() and plain.isdigit() and len(plain) <= len(str(most)) and least <= int(plain) <= most:
        return int(plain)
    faults.append(Fault("rehearsal", None, name, shown(text), f"a whole number from {least:,} to {most:,}"))
    return 0
