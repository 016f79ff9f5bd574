"""Campaigns on disk for the tests of `api`: the sound one of `tests/data`, and copies of it with changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from api.campaign import Campaign
from api.errors import Fault, sentence_of
from api.imports.read import read_campaign

DATA = Path(__file__).parents[1] / "data"
SOUND = DATA / "sound"


def copy_of_sound(
    place: Path, changed: Mapping[str, bytes] | None = None, without: Iterable[str] = ()
) -> Path:
    """A copy of the sound campaign in a folder of `place`, with some files changed, added or left out."""
    folder = place / "campaign"
    shutil.copytree(SOUND, folder)
    for name, content in (changed or {}).items():
        (folder / name).write_bytes(content)
    for name in without:
        (folder / name).unlink()
    return folder


def sound(name: str) -> bytes:
    """One file of the sound campaign."""
    return (SOUND / name).read_bytes()


def sound_campaign() -> Campaign:
    campaign = read_campaign(SOUND).campaign
    assert campaign is not None
    return campaign


def said(faults: Iterable[Fault]) -> list[str]:
    """Faults as the command line says them, each with its table."""
    return [f"{fault.table}: {sentence_of(fault)}" for fault in faults]
