"""Whoever takes a file away is in the audit, with the file's name and the hash of what was in it."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator

import pytest

from tests.api.routes.test_blindness import ROUTES, answer_of
from tests.architecture.test_house_rules import ROOT
from tests.installations import Installation, install_everything
from tests.service import Service

GIVEN = "file given"
NAME = re.compile(r'attachment; filename="(.*)"')


@pytest.fixture(scope="module")
def installation(module_url: str) -> Iterator[Installation]:
    made = install_everything(module_url)
    yield made
    made.service.database.close()


def given(service: Service, chain: str) -> list[tuple[str, str, object]]:
    """Who took which file, and what it was."""
    with service.database.reading() as work:
        return [(e.actor, e.thing, e.facts["sha256"]) for e, _ in work.audit.entries(chain) if e.act == GIVEN]


@pytest.mark.parametrize(("who", "files_min"), [("organiser", 20), ("officer", 1), ("administrator", 1)])
def test_every_file_that_is_taken_is_told_once(installation: Installation, who: str, files_min: int) -> None:
    service, browser = installation.service, installation.browsers[who]
    before = {chain: len(given(service, chain)) for chain in (service.campaign, "")}
    taken = []
    for route, kind in itertools.product(ROUTES, ("csv", "xlsx", "pdf")):
        answer = answer_of(installation, browser, route, download=kind)
        if named := NAME.fullmatch(answer.headers.get("content-disposition", "")):
            digest = hashlib.sha256(answer.content).hexdigest()
            taken.append((service.accounts[who].id, named[1], digest))
    told = [one for chain, number in before.items() for one in given(service, chain)[number:]]
    assert sorted(told) == sorted(taken)
    assert len(taken) >= files_min


def test_a_file_is_given_in_one_way_only() -> None:
    routes = sorted((ROOT / "api" / "routes").rglob("*.py"))
    ways = [file.name for file in routes if "content-disposition" in file.read_text("utf-8").lower()]
    assert ways == ["downloads.py"]
