"""The shapes of what the interface takes and answers. What is sent is taken strictly: nothing is guessed."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.errors import Fault

WHOLE_MAX = 2**31 - 1


def is_text(value: str) -> str:
    """Refuses what JSON can spell and no text can hold: half of a character, or the character of number 0."""
    if not value.isprintable() and any("\ud800" <= letter <= "\udfff" or letter == "\0" for letter in value):
        raise ValueError("text")
    return value


Whole = Annotated[int, Field(ge=0, le=WHOLE_MAX)]
Text = Annotated[str, AfterValidator(is_text)]
Cells = Annotated[
    dict[Text, Text], Field(description="Cells by column, each spelled as the campaign format says.")
]


class Answer(BaseModel):
    """What is answered."""

    model_config = ConfigDict(extra="forbid")


class Sent(BaseModel):
    """What is sent."""

    model_config = ConfigDict(extra="forbid", strict=True)


class FaultShape(Answer):
    """One fault: where it is, what was found and what is wanted. The header of a table is row 1."""

    table: str
    row: int | None
    column: str | None
    found: str
    wanted: str


class Problem(Answer):
    """A part of the request that does not have its shape."""

    where: list[str]
    wanted: str


class Refusal(Answer):
    """Why nothing was done."""

    detail: str
    faults: list[FaultShape] = []
    problems: list[Problem] = []


class RowShape(Answer):
    """One row. `row_id` stays the same while it is changed; `since` is the change that made it what it is."""

    row_id: int
    since: int
    cells: Cells


class Conflict(Answer):
    """The row was changed or taken away after the change named; `now` is how it stands."""

    detail: str
    now: RowShape | None


class CampaignShape(Answer):
    """A campaign. `change` is the number of its latest change; with faults it cannot be solved."""

    campaign: str
    name: str
    change: int
    is_ready: bool
    counts: dict[str, int] = Field(description="Rows by table.")
    faults: list[FaultShape]
    warnings: list[str]


class TableSummary(Answer):
    """One table that the campaign has."""

    name: str
    columns: list[str]
    rows: int


class TableShape(Answer):
    """One table, with its rows in order, as it stands after `change`."""

    name: str
    change: int
    columns: list[str]
    rows: list[RowShape]


class PushedShape(Answer):
    """Done. `change` is the number of the change, `faults` what the campaign has wrong after it."""

    change: int
    faults: list[FaultShape]


class RowChangedShape(Answer):
    """Done. `faults` are those that the change leaves in other places."""

    change: int
    row_id: int
    faults: list[FaultShape]


class PushedApplicants(Sent):
    """Applicants, each with at least a reference; columns left out stay as they are."""

    applicants: Annotated[list[Cells], Field(min_length=1, max_length=50_000)]


class NewRow(Sent):
    cells: Cells


class ChangedRow(Sent):
    """`since` as it was read with the row, so that nobody's change is lost."""

    since: Whole
    cells: Cells


class AskedJob(Sent):
    """A `schedule` looks for the best timetable; an `explain` for why people cannot be placed."""

    kind: Literal["schedule", "explain"] = "schedule"
    seconds: Annotated[int, Field(ge=10, le=86_400, description="How long it may take.")] = 60
    seed: Whole = 0


class ProgressShape(Answer):
    """How far one aim has come: its value, the bound that no timetable can beat, whether they have met."""

    tier: str
    seconds: float
    value: int | None
    bound: int | None
    is_proven: bool


class JobShape(Answer):
    """One job. `result` is there once it has ended; a solve's `draft` is the number of its timetable."""

    job: str
    kind: str
    state: Literal["waiting", "running", "done", "cancelled", "failed"]
    change: int
    asked_at: datetime.datetime
    started_at: datetime.datetime | None
    ended_at: datetime.datetime | None
    result: dict[str, object]
    progress: list[ProgressShape]


class TimetableSummary(Answer):
    """One draft of a timetable. `change` is the state of the tables that it was made for."""

    number: int
    name: str
    origin: str
    sentence: str
    change: int
    made_at: datetime.datetime
    published_as: list[int] = Field(description="Versions under which it was published.")


class TimetableShape(TimetableSummary):
    """A draft with its rows: who is where when, and who meets whom in rotations."""

    timetable: list[dict[str, str]]
    rotations: list[dict[str, str]]


class PublicationShape(Answer):
    """One published version."""

    version: int
    timetable: int
    change: int
    published_at: datetime.datetime


class AllocationShape(Answer):
    """Who is offered which place, as the tables stand after `change`: worked out anew, and kept nowhere."""

    change: int
    rule: str
    allocation: list[dict[str, str]]
    offers: dict[str, int] = Field(description="Offers by council.")
    offers_sha256: str
    released: bool = Field(description="Whether two people have released just this one.")
    warnings: list[str]


def fault_shapes(faults: tuple[Fault, ...]) -> list[FaultShape]:
    return [
        FaultShape(table=f.table, row=f.row, column=f.column, found=f.found, wanted=f.wanted) for f in faults
    ]
