"""The interface for other programs, `/api/v1`: the services that the pages use, as JSON, for one campaign.

What it offers is described at `/api/v1/openapi.json`, made from these files; what is sent and answered has
its shape in `shapes.py`. A token of another campaign finds nothing here.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from fastapi.security import HTTPBearer

from api.routes.interface import allocation, campaign, jobs, rows, tables, timetables
from api.routes.interface.shapes import Refusal

REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refusal, "description": "The request is no JSON in UTF-8."},
    401: {"model": Refusal, "description": "No token came with the request, or one that does not hold."},
    404: {"model": Refusal, "description": "It is not there, or not for this token."},
    413: {"model": Refusal, "description": "More than 25 million bytes."},
    422: {"model": Refusal, "description": "What was sent cannot be used; every fault is told."},
}


def campaign_reference(
    campaign: Annotated[str, Path(description="The campaign’s reference, as the token’s page shows it.")],
) -> str:
    """Here only so that the description of the interface names it; the door (`access.py`) reads it."""
    return campaign


router = APIRouter(
    prefix="/api/v1",
    dependencies=[
        Depends(campaign_reference),
        Depends(HTTPBearer(auto_error=False, description="A token made on the campaign’s People page.")),
    ],
    responses=REFUSALS,
)
for part in (campaign, tables, rows, jobs, timetables, allocation):
    router.include_router(part.router)
