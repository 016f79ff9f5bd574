"""Asking for a forecast of attendance, from what somebody typed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from api.errors import BadInput, Fault, shown
from api.services.ask_job import ask_job
from api.services.doing import Doing
from api.services.forecast_attendance import rate_from
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.jobs import Job, JobKind
from api.storage.unit_of_work import UnitOfWork

USUAL = {"rate": "82 %", "of": "106", "risk": "5", "plays": "10000", "seed": "0", "draft": ""}
RISK_MOST = 49
PLAYS_LEAST, PLAYS_MOST = 100, 100_000
OF_MOST, SEED_MOST = 1_000_000, 2_147_483_647
RATE_WANTED = "how many of those invited come, such as 82 % or 87/106"


def ask_forecast(work: UnitOfWork, record: CampaignRecord, typed: Mapping[str, str], doing: Doing) -> Job:
    """Ask for a forecast. What is not in `typed` is as usual (`USUAL`). Raises `BadInput`."""
    asked = forecast_asked(typed)
    draft = asked.get("draft")
    if isinstance(draft, int) and work.timetables.by_number(record.id, draft) is None:
        raise BadInput([_fault("draft", str(draft), "a draft of this campaign")])
    return ask_job(work, record, JobKind.FORECAST, asked, doing)


def forecast_asked(typed: Mapping[str, str]) -> dict[str, object]:
    """What the job is told. Raises `BadInput` with every fault."""
    faults: list[Fault] = []
    text = {name: typed.get(name, "").strip() or usual for name, usual in USUAL.items()}
    asked: dict[str, object] = {"rate": _rate(text["rate"])}
    if "/" not in text["rate"] and ".." not in text["rate"]:
        asked["of"] = _whole(faults, "of", text["of"], 1, OF_MOST)
    asked["risk"] = _percent(faults, text["risk"])
    asked["plays"] = _whole(faults, "plays", text["plays"], PLAYS_LEAST, PLAYS_MOST)
    asked["seed"] = _whole(faults, "seed", text["seed"], 0, SEED_MOST)
    if text["draft"]:
        asked["draft"] = _whole(faults, "draft", text["draft"], 1, OF_MOST)
    of = asked.get("of")
    try:
        rate_from(_rate(text["rate"]), of if isinstance(of, int) and of else None)
    except BadInput as bad:
        # Without a sound number beside it a rate in per cent cannot be judged.
        if of != 0:
            found = bad.faults[0].found
            wanted = RATE_WANTED if "hardly" not in found else bad.faults[0].wanted
            faults.insert(0, _fault("rate", found, wanted))
    if faults:
        raise BadInput(faults)
    return asked


def _rate(text: str) -> str:
    """82 is meant as 82 %."""
    plain = text.replace(" ", "").replace(",", ".")
    return f"{plain}%" if re.fullmatch(r"\d{2,3}(\.\d+)?", plain) else plain


def _whole(faults: list[Fault], name: str, text: str, least: int, most: int) -> int:
    plain = text.replace(",", "")
    if plain.isascii() and plain.isdigit() and len(plain) <= len(str(most)) and least <= int(plain) <= most:
        return int(plain)
    faults.append(_fault(name, shown(text), f"a whole number from {least:,} to {most:,}"))
    return 0


def _percent(faults: list[Fault], text: str) -> float:
    plain = text.replace("%", "").strip()
    if re.fullmatch(r"\d{1,2}(\.\d{1,3})?", plain, re.ASCII) and float(plain) <= RISK_MOST:
        return float(plain)
    faults.append(_fault("risk", shown(text), f"per cent from 0 to {RISK_MOST}"))
    return 0.0


def _fault(name: str, found: str, wanted: str) -> Fault:
    return Fault("forecast", None, name, found, wanted)
