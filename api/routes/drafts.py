"""What every route about a draft starts from: the draft of this campaign, opened, and its pages' frame.

No addresses are here; those are in `timetables.py`, `moving.py` and `publishing.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Path
from fastapi.responses import Response

from api.permissions import Permission, may
from api.presenters.data_table import TableQuery
from api.presenters.drafts import draft_title
from api.presenters.frame import PageError
from api.presenters.makers import maker_name
from api.routes.access import Caller, NotYours, needs
from api.routes.answers import base_of, show
from api.services.campaign_clock import time_zone_of
from api.services.open_draft import OpenDraft, open_draft
from api.storage.tables.timetables import StoredTimetable

NUMBER_MAX = 1_000_000_000
Number = Annotated[int, Path(ge=1, le=NUMBER_MAX)]
Reader = Annotated[Caller, needs(Permission.READ_TIMETABLES)]
Changer = Annotated[Caller, needs(Permission.CHANGE_TIMETABLES)]


def draft_of(caller: Caller, number: int) -> StoredTimetable:
    """This draft of the campaign of the address."""
    found = caller.work.timetables.by_number(caller.campaign.id, number)
    if found is None:
        raise NotYours
    return found


def opened_draft(caller: Caller, number: int) -> OpenDraft:
    return open_draft(caller.work, caller.campaign, draft_of(caller, number))


def zone_of(caller: Caller) -> str:
    """The time zone in which this campaign's moments are told."""
    return time_zone_of(caller.opened(), caller.settings.time_zone)


def query_of(caller: Caller) -> TableQuery:
    return TableQuery.read(dict(caller.request.query_params))


def asked(caller: Caller, name: str) -> str:
    """One parameter of the address."""
    return caller.request.query_params.get(name, "")


def address(caller: Caller, path: str, **parameters: str) -> str:
    """An address of this campaign; what stands in its parameters may be anything."""
    said = {name.rstrip("_"): value for name, value in parameters.items() if value}
    return f"{base_of(caller)}{path}" + (f"?{urlencode(said)}" if said else "")


def draft_page(
    caller: Caller,
    template: str,
    title: str,
    opened: OpenDraft,
    *,
    errors: Iterable[PageError] = (),
    status: int = 200,
    wide: bool = False,
    **values: object,
) -> Response:
    """A page about one draft: with where it stands to the tables, and whether anything may be done to it."""
    draft = opened.draft
    changes = [
        c for c in caller.work.campaigns.changes(caller.campaign, 50) if c.number > draft.campaign_change
    ]
    may_change = may(caller.standing, Permission.CHANGE_TIMETABLES)
    return show(
        caller,
        f"timetables/{template}",
        title,
        errors=errors,
        status=status,
        wide=wide,
        opened=opened,
        draft=draft,
        draft_title=draft_title(draft),
        draft_url=address(caller, f"/timetables/{draft.number}"),
        who=maker_name(draft.made_by, caller.work.accounts.names_of({draft.made_by})),
        zone=zone_of(caller),
        changes=changes,
        may_change=may_change and opened.can_change,
        may_solve=may(caller.standing, Permission.SOLVE),
        **values,
    )
