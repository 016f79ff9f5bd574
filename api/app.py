"""The service: its routes, what stands before them, and how their exceptions are answered.

`create_app` is handed its settings and its database; `api.cli.serving` starts it. Nothing here does any
work: a route parses, calls one use case and answers.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api.errors import BadInput, sentence_of
from api.jobs.embedded import Workshop
from api.presenters.frame import Frame
from api.routes import ROUTERS
from api.routes.access import SAFE_METHODS, NotYours, SignInWanted, TokenWanted
from api.routes.guard import INTERFACE, Guard
from api.routes.turns import Turns
from api.settings import Settings
from api.storage.engine import CONNECTIONS_MAX, UNREACHABLE
from api.storage.unit_of_work import Database
from api.templating import BUILT, page

log = logging.getLogger("stepup.service")

BODY_BYTES_MAX = 25_000_000
RETRY_SECONDS = 60
# Some connections are left for what is no request, such as a job's progress. There are 40 threads.
AT_ONCE = CONNECTIONS_MAX - 6
NOT_FOUND = "There is no such page, or it is not yours to see."
TITLES = {
    404: "Page not found",
    413: "Too much at once",
    405: "This cannot be done here",
    500: "That did not work",
    503: "Please try again in a minute",
}


def create_app(settings: Settings, database: Database, workshop: Workshop | None = None) -> FastAPI:
    """The service over this migrated database. `workshop` does the jobs where no workers do."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        if workshop is not None:
            await run_in_threadpool(workshop.open)
        yield
        if workshop is not None:
            await run_in_threadpool(workshop.close)
        database.close()

    app = FastAPI(
        title="Assessment centre",
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        max_body_size=BODY_BYTES_MAX,
    )
    app.state.settings = settings
    app.state.database = database
    app.state.turns = Turns(AT_ONCE, writes_one_by_one=database.writes_one_by_one)
    for router in ROUTERS:
        app.include_router(router)
    BUILT.mkdir(exist_ok=True)
    app.mount("/static", StaticFiles(directory=BUILT), name="static")
    app.add_middleware(Guard, base_url=settings.base_url)
    app.add_exception_handler(NotYours, _not_found)
    app.add_exception_handler(SignInWanted, _sign_in)
    app.add_exception_handler(TokenWanted, _token)
    app.add_exception_handler(BadInput, _bad_input)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _gone)
    for kind in UNREACHABLE:
        app.add_exception_handler(kind, _unreachable)
    app.add_exception_handler(Exception, _broken)
    return app


def _not_found(request: Request, error: Exception) -> Response:
    return _said(request, 404, NOT_FOUND)


def _sign_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, SignInWanted)
    return RedirectResponse(error.where, status_code=303)


def _token(request: Request, error: Exception) -> Response:
    said = JSONResponse({"detail": "A token is wanted, and this is none that holds."}, 401)
    said.headers["www-authenticate"] = "Bearer"
    return said


def _bad_input(request: Request, error: Exception) -> Response:
    """Faults that a page did not show beside its fields; the interface always gives them so."""
    assert isinstance(error, BadInput)
    if _is_interface(request):
        faults = [
            {"table": f.table, "row": f.row, "column": f.column, "found": f.found, "wanted": f.wanted}
            for f in error.faults
        ]
        return JSONResponse({"detail": "Nothing was changed.", "faults": faults}, 422)
    return _said(
        request, 422, "Nothing was changed.", tuple(f"{f.table}: {sentence_of(f)}" for f in error.faults)
    )


def _unreadable(request: Request, error: Exception) -> Response:
    """An address or a body that does not have the form that the route wants."""
    assert isinstance(error, RequestValidationError)
    if _is_interface(request):
        problems = [
            {"where": [_text(p) for p in e["loc"]], "wanted": _text(e["msg"])} for e in error.errors()
        ]
        return JSONResponse({"detail": "The request cannot be read.", "problems": problems}, 422)
    if any(e["loc"][0] == "body" for e in error.errors()):
        return _said(request, 422, "What was sent cannot be read. Nothing was changed.")
    return _said(request, 404, NOT_FOUND)


def _text(value: object) -> str:
    """As text that can be sent: JSON can spell halves of characters, which would otherwise come back here."""
    return str(value).encode("utf-8", "replace").decode()


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = NOT_FOUND if error.status_code == 404 else str(error.detail)
    if error.status_code == 413:
        words = (
            f"At most {BODY_BYTES_MAX // 1_000_000} million bytes can be sent at once. Nothing was changed."
        )
    answer = _said(request, error.status_code, words)
    answer.headers.update(error.headers or {})
    return answer


def _gone(request: Request, error: Exception) -> Response:
    """Whoever was sending something is not there any more to be told; a fault of the network, not of ours."""
    return Response(status_code=400)


def _unreachable(request: Request, error: Exception) -> Response:
    """The database is away or full. What was being kept when it went may be there or not; both are told."""
    assert isinstance(error, UNREACHABLE)
    log.error("The database cannot be used: %s", getattr(error, "orig", error))
    words = "The database cannot be reached just now, or has no room left."
    if request.method not in SAFE_METHODS:
        words += " It is not certain that what you sent was kept: look before you send it again."
    answer = _said(request, 503, f"{words} Should it last, tell whoever runs this service.")
    answer.headers["retry-after"] = str(RETRY_SECONDS)
    return answer


def _broken(request: Request, error: Exception) -> Response:
    """A fault of the program. The traceback is in the log; nothing of what was asked is kept."""
    return _said(
        request, 500, "Something went wrong in the program, and nothing was changed. It is in the log."
    )


def _said(request: Request, status: int, words: str, lines: tuple[str, ...] = ()) -> Response:
    if _is_interface(request):
        return JSONResponse({"detail": words}, status)
    title = TITLES.get(status, "Something is wrong with what was sent")
    frame = Frame(title=title, nonce=getattr(request.state, "nonce", ""))
    return HTMLResponse(page("pages/problem.html", frame=frame, words=words, lines=lines), status)


def _is_interface(request: Request) -> bool:
    return request.url.path.startswith(INTERFACE)
