"""The campaign as a whole: its name, how far it has come, and what is wrong with it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from api.permissions import Permission
from api.routes.access import Caller, needs_token
from api.routes.interface.shapes import CampaignShape, fault_shapes

router = APIRouter(prefix="/campaigns/{campaign}", tags=["Campaign"])


@router.get("", summary="The campaign, with its latest change, its counts and its faults")
def read_campaign(caller: Annotated[Caller, needs_token(Permission.TOKEN_READ)]) -> CampaignShape:
    opened = caller.opened()
    return CampaignShape(
        campaign=caller.campaign.id,
        name=caller.campaign.name,
        change=opened.change,
        is_ready=opened.campaign is not None,
        counts={name: len(table.rows) for name, table in sorted(opened.tables.items())},
        faults=fault_shapes(opened.faults),
        warnings=list(opened.warnings),
    )
