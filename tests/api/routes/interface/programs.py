"""Another program in a test: a client that carries a token and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from fastapi.testclient import TestClient

from api.clock import utc_now
from api.services.doing import Doing
from api.services.manage_tokens import make_token
from tests.service import ADDRESS, Service

ALL = ("read", "write", "solve")


def program(service: Service, scopes: Collection[str] = ALL, campaign: str = "") -> TestClient:
    """A program with a new token for the campaign, with addresses below that campaign's."""
    reference = campaign or service.campaign
    with service.database.writing() as work:
        record = work.campaigns.by_id(reference)
        assert record is not None
        doing = Doing(service.accounts["organiser"].id, utc_now())
        _, secret = make_token(work, record, "A program", scopes, "30", doing)
    return TestClient(
        service.app,
        base_url=f"{ADDRESS}/api/v1/campaigns/{reference}",
        headers={"Authorization": f"Bearer {secret}"},
        follow_redirects=False,
    )


def read_home(client: TestClient) -> dict[str, Any]:
    """The campaign itself; its address has no slash at the end."""
    answer = client.get(str(client.base_url).rstrip("/"))
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said
