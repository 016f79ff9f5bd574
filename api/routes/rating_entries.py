"""Where a rater's browser sends what was typed, and is told what is kept. Pages of rating are in `rating.py`.

JSON both ways, for the page's script alone; a browser without scripts saves by the form of the page.
"""

from __future__ import annotations

import datetime
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.permissions import Permission
from api.routes.access import Caller, needs
from api.services.save_ratings import ENTRIES_MAX, NUMBER_MAX, Typed, save_ratings

router = APIRouter(prefix="/campaigns/{campaign}/rate", include_in_schema=False)

RATING_MAX = 1_000


class TypedEntry(BaseModel):
    """One criterion as it stands on the screen."""

    model_config = ConfigDict(extra="forbid", strict=True)

    number: int = Field(ge=1, le=NUMBER_MAX)
    sheet: str = Field(max_length=100)
    criterion: str = Field(max_length=200)
    rating: int | None = Field(ge=-RATING_MAX, le=RATING_MAX)
    evidence: str
    typed_at: AwareDatetime = Field(strict=False)

    def typed(self) -> Typed:
        moment = self.typed_at.astimezone(datetime.UTC)
        return Typed(self.number, self.sheet, self.criterion, self.rating, self.evidence, moment)


class TypedEntries(BaseModel):
    """What one device has to send, and of which account; another may be signed in by now.

    `sent_at` is its own clock's time now, by which it is known how far that clock is off.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    device: str = Field(max_length=100)
    account: str = Field(default="", max_length=100)
    sent_at: AwareDatetime | None = Field(default=None, strict=False)
    entries: list[TypedEntry] = Field(max_length=ENTRIES_MAX)


@router.post("/entries")
def save_entries(caller: Annotated[Caller, needs(Permission.RATE)], sent: TypedEntries) -> Response:
    if sent.account not in ("", caller.standing.account):
        return JSONResponse({"detail": "Somebody else is signed in."}, 409)
    typed = [entry.typed() for entry in sent.entries]
    person, doing = caller.standing.person, caller.doing
    saved = save_ratings(
        caller.work, caller.campaign.id, person, sent.device, typed, doing, sent_at=sent.sent_at
    )
    return JSONResponse(
        {
            "kept": [
                {"number": one.number, "saved_at": one.saved_at.isoformat(), "was_locked": one.was_locked}
                for one in saved.acknowledged
            ],
            "refused": [{"number": one.number, "why": one.why} for one in saved.refused],
        }
    )
