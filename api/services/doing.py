"""Who does something, and when: what every use case that changes anything is told."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doing:
    """An account's reference (or `token:…`, or `program`) and the present moment."""

    by: str
    at: datetime.datetime
