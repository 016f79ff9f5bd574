"""Whoever sends slowly over a bad network, or breaks off, makes nobody else wait and leaves nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx
import pytest
from sqlmodel import select

from api.storage.tables.campaigns import StoredUpload
from tests.service import OWN_PAGE, Service, install
from tests.serving import Running, serving, token_of

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
FILES = "multipart/form-data; boundary=between"
BEGINNING = (
    b'--between\r\nContent-Disposition: form-data; name="files"; filename="a.xlsx"\r\n'
    b"Content-Type: application/octet-stream\r\n\r\nPK\x03\x04"
)
SENDERS = [
    ("POST", "/sign-in", FORM),
    ("POST", "/account/password", FORM),
    ("POST", "{base}/washup/flags/new", FORM),
    ("POST", "{base}/merit/monitoring", FILES),
    ("POST", "{base}/bring-in", FILES),
    ("POST", "{base}/rate/entries", JSON),
    ("PUT", "/api/v1{base}/tables", JSON),
]


@pytest.fixture
def served(fresh_url: str) -> Iterator[tuple[Service, Running]]:
    service = install(fresh_url)
    with serving(fresh_url, second_factor="nobody") as running:
        yield service, running
    service.database.close()


def test_nobody_waits_for_what_comes_slowly_and_what_breaks_off_is_not_kept(
    served: tuple[Service, Running],
) -> None:
    service, running = served
    token = token_of(service, service.accounts["organiser"])
    with ExitStack() as open_ones:
        for method, path, kind in SENDERS:
            for _ in range(5):
                half = _half_sent(running, token, method, path.format(base=service.base), kind)
                open_ones.enter_context(half)
        answer = httpx.post(
            f"{running.base}{service.base}/merit/rules",
            data={"at": "30 6 2015 12:00"},
            headers=OWN_PAGE,
            cookies={"stepup": token},
            timeout=60,
        )
        assert answer.status_code == 303, answer.text
    # The next page is answered after the server has seen that the others are gone.
    page = httpx.get(f"{running.base}{service.base}/bring-in", cookies={"stepup": token}, timeout=60)
    assert page.status_code == 200
    with service.database.reading() as work:
        assert list(work.session.exec(select(StoredUpload))) == []
    assert "Traceback" not in running.said()


def _half_sent(running: Running, token: str, method: str, path: str, kind: str) -> socket.socket:
    """A connection over which a request has begun, whose body stops half way."""
    address = urlsplit(running.base)
    assert address.hostname is not None
    connection = socket.create_connection((address.hostname, address.port or 80))
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: stepup={token}\r\n"
        f"Sec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: 5000\r\n\r\n"
    )
    connection.sendall(head.encode() + (BEGINNING if kind == FILES else b"reason=a"))
    return connection
