"""A council's own sign-in in a test: the real server of `oidc-provider-mock`, in a process of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

STARTS_WITHIN_SECONDS = 30.0
# One from Entra ID, where tenant and object say who it is, and one from elsewhere, with a subject alone.
PEOPLE: tuple[dict[str, str], ...] = (
    {"sub": "pairwise-1", "tid": "tenant-1", "oid": "object-1", "email": "organiser@stepup.example"},
    {"sub": "pairwise-2", "tid": "127.0.0.1", "oid": "object-2"},
    {"sub": "plain-1", "email": "auditor@stepup.example"},
)


@dataclass(frozen=True, slots=True)
class CouncilSignIn:
    issuer: str

    def come_back(self, url: str, subject: str) -> str:
        """What a person does there: says who they are. Returns where they are sent back to."""
        answer = httpx.post(url, data={"sub": subject})
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


@contextmanager
def council_sign_in(*, token_seconds: int = 3600) -> Iterator[CouncilSignIn]:
    """The server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    command += ["--require-nonce", "true", "--token-max-age", str(token_seconds)]
    for person in PEOPLE:
        command += ["--user-claims", json.dumps(person)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://127.0.0.1:{port}"
    try:
        _wait_for(issuer, process)
        yield CouncilSignIn(issuer)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(issuer: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"{issuer}/.well-known/openid-configuration", timeout=1)
            return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise AssertionError("the provider of the test did not start")
