"""Red flags, decisions and what is frozen: who decided what, with the reason that makes it a decision."""

from __future__ import annotations

from collections.abc import Iterator

from api.errors import Fault, shown
from api.imports.checks.draft import Check, Draft


def flag_is_decided_with_a_reason(draft: Draft) -> Iterator[Fault]:
    for record in draft.records("flags"):
        if record.text("decision"):
            for column in ("decided_by", "reason"):
                if not record.text(column):
                    yield record.fault(column, shown(""), f"{_words(column)} of the decision")


def flag_is_not_decided_by_whoever_raised_it(draft: Draft) -> Iterator[Fault]:
    for record in draft.records("flags"):
        decider = record.text("decided_by")
        if decider and decider.casefold() == record.text("raised_by").casefold():
            yield record.fault("decided_by", shown(decider), "somebody other than who raised the flag")


def decision_says_what_it_is_about(draft: Draft) -> Iterator[Fault]:
    """About the standard it is a word, about a tie a position, and never both."""
    wanted = {"standard": "decision", "tie": "position"}
    for record in draft.records("decisions"):
        about = record.text("about")
        for kind, column in wanted.items() if about else ():
            if kind == about and not record.text(column) and column not in record.unread:
                yield record.fault(column, shown(""), f"the {column}, for a decision about the {about}")
            if kind != about and record.text(column):
                yield record.fault(
                    column, shown(record.text(column)), f"nothing, for a decision about the {about}"
                )


def frozen_rules_are_numbered_in_order(draft: Draft) -> Iterator[Fault]:
    earlier = ""
    for place, record in enumerate(draft.records("frozen_rules"), start=1):
        if record.text("version") and record.whole("version") != place:
            yield record.fault(
                "version", shown(record.text("version")), f"{place}: versions in order, from 1"
            )
        if record.text("at") and record.text("at") < earlier:
            yield record.fault("at", shown(record.text("at")), f"a time not before {earlier}")
        earlier = max(earlier, record.text("at"))


def rules_changed_late_have_a_reason(draft: Draft) -> Iterator[Fault]:
    """Once the first session has begun, rules that were frozen before change only with a recorded reason."""
    starts = [f"{r.text('date')} {r.text('start')}" for r in draft.records("sessions") if r.text("date")]
    first = min(starts, default="")
    for record in draft.records("frozen_rules")[1:]:
        if first and record.text("at") >= first and not record.text("reason"):
            yield record.fault("reason", shown(""), "a reason: the first session had begun")


def _words(column: str) -> str:
    return "the name of whoever took it, as part" if column == "decided_by" else "the reason, as part"


CHECKS: tuple[Check, ...] = (
    flag_is_decided_with_a_reason,
    flag_is_not_decided_by_whoever_raised_it,
    decision_says_what_it_is_about,
    frozen_rules_are_numbered_in_order,
    rules_changed_late_have_a_reason,
)
