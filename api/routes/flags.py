"""Red flags: all of them, one with its decision, raising one at the wash-up.

An assessor raises one from their sheet (`rating_acts.py`). Whoever raised a flag does not decide it.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.campaign import Campaign
from api.errors import BadInput
from api.permissions import Permission, may
from api.presenters.flags_page import DECISIONS, flag_page, flag_url, flags_answer, flags_table
from api.presenters.frame import PageError
from api.routes.access import Caller, Form, NotYours, field, moment, needs
from api.routes.answers import base_of, on_to, page_errors, show
from api.routes.drafts import query_of
from api.routes.table_rows import number_of
from api.services.change_tables import ChangedMeanwhile
from api.services.decide_flag import (
    NoSuchFlag,
    all_flags,
    decide_flag,
    flag_cells,
    flag_row,
    proposed_moment,
)
from api.services.raise_flag import raise_flag

router = APIRouter(prefix="/campaigns/{campaign}/washup/flags", include_in_schema=False)

Reader = Annotated[Caller, needs(Permission.READ_RESULTS)]
Chair = Annotated[Caller, needs(Permission.CHAIR_WASHUP)]
TITLE = "Which red flags are there, and what was decided?"
NEW_TITLE = "What must somebody look at, whatever the ratings say?"
MEANWHILE = "Somebody else has changed this flag meanwhile. Look at what is there now before you decide."


@router.get("")
def flags_page(caller: Reader) -> Response:
    opened = caller.opened()
    if opened.campaign is None:
        return show(caller, "ratings/faulty.html", TITLE)
    flags = all_flags(opened)
    return show(
        caller,
        "washup/flags.html",
        TITLE,
        answer=flags_answer(flags),
        table=flags_table(opened.campaign, flags, query_of(caller), base_of(caller)),
        may_chair=may(caller.standing, Permission.CHAIR_WASHUP),
    )


@router.get("/new")
def new_flag_page(caller: Chair) -> Response:
    return _new_flag_page(caller, {"at": proposed_moment(_campaign(caller), caller.now)})


@router.post("/new")
def new_flag(caller: Chair, form: Form) -> Response:
    record = caller.hold()
    campaign = _campaign(caller)
    said = {name: field(form, name) for name in ("applicant", "raised_by", "concern", "evidence")}
    said["at"] = moment(form, "at")
    known = {one.reference.casefold(): one.reference for one in campaign.problem.applicants}
    applicant = known.get(said["applicant"].strip().casefold(), "")
    raised_by = said["raised_by"] if said["raised_by"] in _raisers(campaign) else _own_name(caller)
    if not applicant:
        wrong = PageError("Applicant: there is none of this reference. Use one such as A012.", "#applicant")
        caller.refuse()
        return _new_flag_page(caller, said, (wrong,))
    words = (said["at"], said["concern"], said["evidence"])
    try:
        flag = raise_flag(caller.work, record, raised_by, applicant, *words, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _new_flag_page(caller, said, page_errors(bad.faults))
    return on_to(flag_url(base_of(caller), flag), f"Red flag {flag} is raised about {applicant}.")


@router.get("/{flag}")
def flag_one_page(caller: Reader, flag: str) -> Response:
    return _flag_page(caller, flag)


@router.post("/{flag}")
def decide(caller: Chair, form: Form, flag: str) -> Response:
    record = caller.hold()
    said = {name: field(form, name) for name in ("decision", "reason")}
    said["decided_at"] = moment(form, "decided_at")
    seen = number_of(field(form, "seen"))
    try:
        decide_flag(
            caller.work,
            record,
            flag,
            seen,
            said["decision"],
            said["reason"],
            _own_name(caller),
            said["decided_at"],
            caller.doing,
        )
    except NoSuchFlag:
        raise NotYours from None
    except (BadInput, ChangedMeanwhile) as stopped:
        caller.refuse()
        return _flag_page(caller, flag, said, stopped)
    return on_to(flag_url(base_of(caller), flag), f"Red flag {flag} is decided.")


def _flag_page(
    caller: Caller,
    flag: str,
    said: dict[str, str] | None = None,
    stopped: BadInput | ChangedMeanwhile | None = None,
) -> Response:
    opened = caller.opened()
    row = flag_row(opened, flag)
    if row is None or opened.campaign is None:
        raise NotYours
    cells = flag_cells(opened, row)
    page = flag_page(opened.campaign, cells)
    errors = page_errors(stopped.faults) if isinstance(stopped, BadInput) else ()
    meanwhile = isinstance(stopped, ChangedMeanwhile)
    own = _own_name(caller)
    return show(
        caller,
        "washup/flag.html",
        f"Does red flag {flag} stand against {page.applicant}?",
        errors=errors,
        status=409 if meanwhile else 422 if errors else 200,
        meanwhile=MEANWHILE if meanwhile else "",
        flag=page,
        seen=row.since,
        decisions=DECISIONS,
        said=said
        or {"decision": "", "reason": "", "decided_at": proposed_moment(opened.campaign, caller.now)},
        fields={error.url: error.text for error in errors},
        is_own=own.casefold()
        in (cells["raised_by"].casefold(), opened.campaign.person_name(cells["raised_by"]).casefold()),
        may_chair=may(caller.standing, Permission.CHAIR_WASHUP),
        who=own,
    )


def _new_flag_page(caller: Caller, said: dict[str, str], errors: tuple[PageError, ...] = ()) -> Response:
    campaign = _campaign(caller)
    return show(
        caller,
        "washup/new_flag.html",
        NEW_TITLE,
        errors=errors,
        status=422 if errors else 200,
        said={"applicant": "", "raised_by": "", "at": "", "concern": "", "evidence": ""} | said,
        raisers=[(who, campaign.person_name(who)) for who in _raisers(campaign)],
        who=_own_name(caller),
        fields={error.url: error.text for error in errors},
    )


def _raisers(campaign: Campaign) -> list[str]:
    """Assessors and groups who may have raised a flag on paper."""
    problem = campaign.problem
    assessors = [one.reference for one in problem.assessors]
    return assessors + [group.reference for group in problem.service_user_groups]


def _campaign(caller: Caller) -> Campaign:
    campaign = caller.opened().campaign
    if campaign is None:
        raise NotYours
    return campaign


def _own_name(caller: Caller) -> str:
    return caller.account.name if caller.account else ""
