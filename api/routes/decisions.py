"""What named people decide about the results: rules, implausible ratings, a floor, a tie; with a reason.

Whoever decides is named by their account's name. The auditor may read the rules and the findings; the forms
about one applicant are for those who decide.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.exports.packs.outcomes import why_words
from api.permissions import Permission, may
from api.presenters.frame import PageError
from api.presenters.in_the_way import person_words
from api.presenters.rules_page import rules_page
from api.routes.access import Caller, Form, field, moment
from api.routes.answers import base_of, fault_words, on_to, show
from api.routes.results import Decider, ResultsReader, known_applicant, results_here
from api.services.decide_results import (
    confirm_finding,
    decide_standard,
    decide_tie,
    decision_moment,
    findings_of,
    fix_rules,
)
from api.services.freeze_rules import first_session, rules_changed
from api.services.left_to_decide import floors_left_to_decide, level_with, rank_of
from api.services.look_at_results import Results, holding_release
from assessment.plausibility import unresolved

router = APIRouter(prefix="/campaigns/{campaign}/merit", include_in_schema=False)

RULES = "By which rules is decided, and are they fixed?"
FINDINGS = "Which ratings look implausible, and are they right?"


@router.get("/rules")
def rules_page_(caller: ResultsReader) -> Response:
    return _rules_page(caller)


@router.post("/rules")
def freeze(caller: Decider, form: Form) -> Response:
    record = caller.hold()
    typed = _typed(form, "reason")
    try:
        frozen = fix_rules(caller.work, record, typed, _signer(caller), caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _rules_page(caller, typed, bad)
    return on_to(f"{base_of(caller)}/merit/rules", f"Version {frozen.version} of the rules is fixed.")


@router.get("/findings")
def findings_page(caller: ResultsReader) -> Response:
    return _findings_page(caller)


@router.post("/findings")
def confirm(caller: Decider, form: Form) -> Response:
    record = caller.hold()
    typed = _typed(form, "finding", "reason")
    try:
        confirm_finding(caller.work, record, typed["finding"], typed, _signer(caller), caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _findings_page(caller, typed, bad)
    return on_to(f"{base_of(caller)}/merit/findings", "Confirmed. These ratings no longer stop the ranking.")


@router.get("/{applicant}/standard")
def standard_page(caller: Decider, applicant: str) -> Response:
    return _standard_page(caller, applicant)


@router.post("/{applicant}/standard")
def about_standard(caller: Decider, form: Form, applicant: str) -> Response:
    record = caller.hold()
    typed = _typed(form, "decision", "reason")
    if not floors_left_to_decide(_known(caller, applicant), applicant):
        caller.refuse()
        return _standard_page(caller, applicant)
    try:
        decide_standard(caller.work, record, applicant, typed, _signer(caller), caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _standard_page(caller, applicant, typed, bad)
    said = "appointable" if typed["decision"] == "appointable" else "not appointable"
    return on_to(f"{base_of(caller)}/merit/{applicant}", f"Decided: {applicant} is {said}.")


@router.get("/{applicant}/tie")
def tie_page(caller: Decider, applicant: str) -> Response:
    return _tie_page(caller, applicant)


@router.post("/{applicant}/tie")
def about_tie(caller: Decider, form: Form, applicant: str) -> Response:
    record = caller.hold()
    level = level_with(_known(caller, applicant), applicant)
    if not level:
        caller.refuse()
        return _tie_page(caller, applicant)
    typed = _typed(form, "reason") | {
        each: field(form, f"position-{number}") for number, each in enumerate(level, start=1)
    }
    try:
        decide_tie(caller.work, record, level, typed, _signer(caller), caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _tie_page(caller, applicant, typed, bad)
    return on_to(f"{base_of(caller)}/merit#order", "Decided. The order of merit has them in this order.")


def _rules_page(caller: Caller, typed: dict[str, str] | None = None, bad: BadInput | None = None) -> Response:
    campaign = results_here(caller).campaign
    page = None
    if campaign is not None:
        changed = tuple(fault.found for fault in rules_changed(campaign))
        proposed = decision_moment(campaign, caller.now)
        page = rules_page(campaign, changed, first_session(campaign), proposed)
    return _form_page(caller, "merit/rules.html", RULES, campaign, typed, bad, page=page)


def _findings_page(
    caller: Caller, typed: dict[str, str] | None = None, bad: BadInput | None = None
) -> Response:
    campaign = results_here(caller).campaign
    found = findings_of(campaign) if campaign else ()
    waiting = unresolved(found, campaign.confirmed) if campaign else ()
    table = campaign.tables.get("confirmations") if campaign else None
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows] if table else []
    return _form_page(
        caller,
        "merit/findings.html",
        FINDINGS,
        campaign,
        typed,
        bad,
        waiting=waiting,
        confirmed=rows,
        has_ratings=bool(campaign and campaign.ratings),
    )


def _standard_page(
    caller: Caller, applicant: str, typed: dict[str, str] | None = None, bad: BadInput | None = None
) -> Response:
    results = _known(caller, applicant)
    campaign = results.campaign
    assert campaign is not None
    decided = next((each for each in campaign.decisions.standards if each.applicant == applicant), None)
    return _form_page(
        caller,
        "merit/standard.html",
        f"May {applicant} be appointed, below a floor?",
        campaign,
        typed,
        bad,
        applicant=applicant,
        person=person_words(campaign, applicant),
        why=why_words(campaign, floors_left_to_decide(results, applicant)),
        decided=None if decided is None else decided.appointable,
    )


def _tie_page(
    caller: Caller, applicant: str, typed: dict[str, str] | None = None, bad: BadInput | None = None
) -> Response:
    results = _known(caller, applicant)
    campaign = results.campaign
    assert campaign is not None
    level = level_with(results, applicant)
    positions = campaign.decisions.tie_by_applicant
    faulty = {f.column: fault_words(f) for f in bad.faults if f.column in level} if bad else {}
    ranks = [rank_of(results, each) or 0 for each in level]
    return _form_page(
        caller,
        "merit/tie.html",
        "In which order do those come who are level?",
        campaign,
        typed,
        bad,
        {each: f"position-{number}" for number, each in enumerate(level, start=1)},
        applicant=applicant,
        rank=min(ranks, default=0),
        level=[
            (
                number,
                person_words(campaign, each),
                (typed or {}).get(each) or (str(positions[each].position) if each in positions else ""),
                faulty.get(each, ""),
            )
            for number, each in enumerate(level, start=1)
        ],
        is_decided=all(each in positions for each in level),
    )


def _form_page(
    caller: Caller,
    template: str,
    title: str,
    campaign: Campaign | None,
    typed: dict[str, str] | None,
    bad: BadInput | None,
    ids: dict[str, str] | None = None,
    **values: Any,
) -> Response:
    """A form with what was typed, or with the proposed time; what is wrong stands beside its field."""
    proposed = f"{decision_moment(campaign, caller.now):%Y-%m-%d %H:%M}" if campaign else ""
    errors = tuple(_error(fault, ids or {}) for fault in bad.faults) if bad else ()
    return show(
        caller,
        template,
        title,
        errors=errors,
        status=422 if bad else 200,
        typed=typed or {},
        at=(typed or {}).get("at") or proposed,
        signer=_signer(caller),
        fields={error.url: error.text for error in errors},
        may_decide=may(caller.standing, Permission.DECIDE_RESULTS),
        released=campaign is not None and holding_release(campaign) != "",
        **values,
    )


def _error(fault: Fault, ids: dict[str, str]) -> PageError:
    """A fault beside its field; `ids` are those of fields that are not called as their column."""
    address = ids.get(fault.column or "", fault.column)
    return PageError(fault_words(fault), f"#{address}" if address else "#main-content")


def _known(caller: Caller, applicant: str) -> Results:
    results = results_here(caller)
    known_applicant(results.campaign, applicant)
    return results


def _typed(form: Form, *names: str) -> dict[str, str]:
    return {name: field(form, name) for name in names} | {"at": moment(form, "at")}


def _signer(caller: Caller) -> str:
    return caller.account.name if caller.account else ""
