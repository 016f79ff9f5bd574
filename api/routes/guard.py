"""What stands before every route: foreign forms are refused, and every answer has its headers.

Plain ASGI. A form sent from another site's page is refused by what browsers say of where it comes from
(`Sec-Fetch-Site`, else `Origin`); programs with a token carry no cookie and are not concerned.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlsplit

Scope = dict[str, Any]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
INTERFACE = "/api/"
STATIC = "/static/"


class Guard:
    """`base_url` is where people reach the service; `is_secure` adds the promise to stay with https."""

    def __init__(self, app: Any, base_url: str) -> None:
        self._app = app
        self._host = urlsplit(base_url).netloc
        self._is_secure = base_url.startswith("https://")

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        added = self._headers(scope["path"], nonce)

        async def send_with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(h for h in added if h[0] not in there)]
            await send(message)

        if self._is_foreign(scope):
            await _refuse(send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)

    def _is_foreign(self, scope: Scope) -> bool:
        if scope["method"] in SAFE or scope["path"].startswith(INTERFACE):
            return False
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if site := headers.get(b"sec-fetch-site"):
            return site not in ("same-origin", "none")
        origin = headers.get(b"origin")
        if origin is None:
            # Neither header: no browser of these years. Only something with no cookie of ours does that.
            return b"cookie" in headers
        return urlsplit(origin).netloc not in (self._host, headers.get(b"host", ""))

    def _headers(self, path: str, nonce: str) -> list[tuple[bytes, bytes]]:
        policy = (
            f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
            "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        headers = {
            "content-security-policy": policy,
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "permissions-policy": "camera=(), microphone=(), geolocation=()",
            "cross-origin-opener-policy": "same-origin",
        }
        if not path.startswith(STATIC):
            headers["cache-control"] = "no-store"
        if self._is_secure:
            headers["strict-transport-security"] = "max-age=31536000"
        return [(name.encode(), value.encode()) for name, value in headers.items()]


async def _refuse(send: Any) -> None:
    body = b"This form was sent from another site, so nothing was done. Open the page here and try again."
    await send(
        {
            "type": "http.response.start",
            "status": 403,
            "headers": [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})
