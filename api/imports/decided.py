"""From checked tables to what was decided and answered after the day: decisions, frozen rules, offer events.

It is called only on tables without a fault, so nothing is checked here; see `checks/decisions.py` and
`checks/offers.py`. The rest of a campaign is in `assemble.py`.
"""

from __future__ import annotations

import datetime

from api.campaign import Answer, FrozenRules, OfferEvent
from api.imports.tables import CheckedTables, Record
from assessment.decisions import Decisions, FlagDecision, RedFlag, StandardDecision, TieDecision


def decisions_of(tables: CheckedTables) -> Decisions:
    decided = tables.records("decisions")
    return Decisions(
        flags=tuple(_flag(r) for r in tables.records("flags")),
        standards=tuple(
            StandardDecision(r.text("applicant"), r.text("decision") == "appointable")
            for r in decided
            if r.text("about") == "standard"
        ),
        ties=tuple(
            TieDecision(r.text("applicant"), r.whole("position")) for r in decided if r.text("about") == "tie"
        ),
    )


def _flag(r: Record) -> RedFlag:
    decision = FlagDecision(r.text("decision")) if r.text("decision") else None
    return RedFlag(r.text("flag"), r.text("applicant"), decision)


def frozen_rules(r: Record) -> FrozenRules:
    """One row of `frozen_rules`."""
    texts = (r.text(column) for column in ("rules_sha256", "rules", "frozen_by", "reason"))
    return FrozenRules(r.row, r.whole("version"), datetime.datetime.fromisoformat(r.text("at")), *texts)


def offer_event(r: Record) -> OfferEvent:
    """One row of `offer_events`."""
    return OfferEvent(
        row=r.row,
        event=r.text("event"),
        at=datetime.datetime.fromisoformat(r.text("at")),
        kind=r.text("kind"),
        applicant=r.text("applicant"),
        council=r.text("council"),
        places=r.whole_or_none("places"),
        until=_moment(r.text("until")),
        undoes=r.text("undoes"),
        offers_sha256=r.text("offers_sha256"),
        by=r.text("by"),
        second_by=r.text("second_by"),
        reason=r.text("reason"),
    )


def answer(r: Record) -> Answer:
    """One row of `responses`."""
    return Answer(r.row, r.text("applicant"), r.text("response"), _moment(r.text("at")))


def _moment(text: str) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None
