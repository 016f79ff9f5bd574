"""The allocation: who is offered which place, for a council's own system to pull."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from api.errors import BadInput
from api.permissions import Permission
from api.routes.access import Caller, needs_token
from api.routes.interface.shapes import AllocationShape, Refusal, fault_shapes
from api.services.work_out_allocation import work_out_allocation

router = APIRouter(prefix="/campaigns/{campaign}", tags=["Allocation"])

NOT_YET: dict[int | str, dict[str, Any]] = {
    409: {"model": Refusal, "description": "The tables do not lead to an allocation yet; the faults say why."}
}


@router.get(
    "/allocation",
    summary="The allocation that the tables lead to",
    responses=NOT_YET,
    response_model=AllocationShape,
)
def read_allocation(caller: Annotated[Caller, needs_token(Permission.TOKEN_READ)]) -> Any:
    try:
        found = work_out_allocation(caller.opened())
    except BadInput as bad:
        said = Refusal(detail="The tables do not lead to an allocation yet.", faults=fault_shapes(bad.faults))
        return JSONResponse(said.model_dump(), 409)
    return AllocationShape(
        change=found.change,
        rule=found.rule,
        allocation=[dict(zip(found.table.columns, row, strict=True)) for row in found.table.rows],
        offers=found.allocated.offers_by_council,
        offers_sha256=found.offers_sha256,
        released=found.is_released,
        warnings=list(found.warnings),
    )
