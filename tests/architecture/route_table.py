"""Every route of the service, who may use it, and the table of both in `api/README.md`.

The table is made here from the routes and the predicates, and `test_routes.py` holds it against the file and
against what really happens. After a change: `python -m tests.architecture.route_table`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from api.app import create_app
from api.permissions import Permission, Role, Standing, may
from api.settings import Settings
from api.storage.engine import engine_of
from api.storage.unit_of_work import Database

README = Path(__file__).parents[2] / "api" / "README.md"
BEGIN, END = "<!-- routes: made by tests/architecture/route_table.py -->\n", "<!-- end of routes -->"
ADMINISTRATOR, STRANGER, NOBODY, TOKEN = "administrator", "stranger", "nobody", "token"
WHO = (*(role.value for role in Role), ADMINISTRATOR, STRANGER, NOBODY, TOKEN)
HEADS = (
    *(role.words for role in Role),
    "administrator",
    "signed in, no role",
    "not signed in",
    "token",
)
SCOPE = {
    Permission.TOKEN_READ: "read",
    Permission.TOKEN_WRITE: "write",
    Permission.TOKEN_SOLVE: "solve",
}
YES, NOT_FOUND, SIGN_IN, NO_TOKEN = "yes", "404", "sign in", "401"


@dataclass(frozen=True, slots=True)
class KnownRoute:
    """One route and one method; `permissions` are those that its doors name, of which there must be one."""

    method: str
    path: str
    permissions: tuple[Permission, ...]

    @property
    def permission(self) -> Permission:
        return self.permissions[0]

    @property
    def is_interface(self) -> bool:
        return self.path.startswith("/api/")

    def answer_to(self, who: str) -> str:
        """What somebody meets here: yes, or how they are refused."""
        if self.permission is Permission.OPEN:
            return YES
        if self.is_interface:
            return YES if who == TOKEN else NO_TOKEN
        if who in (NOBODY, TOKEN):
            return SIGN_IN
        return YES if may(standing_of(who, inside="{campaign}" in self.path), self.permission) else NOT_FOUND


def standing_of(who: str, *, inside: bool) -> Standing:
    """What a made-up person is, inside a campaign of theirs or outside any."""
    if who == ADMINISTRATOR:
        return Standing("a", is_administrator=True)
    if who == STRANGER or not inside:
        return Standing("a")
    return Standing("a", role=Role(who), council="SOM", person="B1")


def routes_of(app: FastAPI) -> tuple[KnownRoute, ...]:
    """Every route that names its permission, by path and method."""
    found = [
        KnownRoute(method, route.path, tuple(_permissions(route.dependant)))
        for route in _api_routes(app.routes)
        for method in sorted(route.methods)
    ]
    return tuple(sorted(found, key=lambda route: (route.is_interface, route.path, route.method)))


def route_table(routes: Sequence[KnownRoute]) -> str:
    """The table as Markdown."""
    lines = [
        f"| route | permission | {' | '.join(HEADS)} |",
        f"|---|---|{'---|' * len(HEADS)}",
        *(
            f"| `{route.method} {route.path}` | {route.permission.value} | "
            f"{' | '.join(route.answer_to(who) for who in WHO)} |"
            for route in routes
        ),
    ]
    return "\n".join(lines) + "\n"


def described() -> str:
    """What `api/README.md` says now, between its two marks."""
    return README.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]


def bare_app() -> FastAPI:
    """The application, only to look at its routes."""
    return create_app(Settings(), Database(engine_of("sqlite://")))


def _api_routes(routes: Sequence[Any]) -> Iterator[Any]:
    """Routes as they are answered, those of included routers with their whole path."""
    for route in routes:
        if hasattr(route, "effective_candidates"):
            yield from _api_routes(route.effective_candidates())
        elif getattr(route, "dependant", None) is not None:
            yield route


def _permissions(dependant: Any) -> Iterator[Permission]:
    if permission := getattr(dependant.call, "permission", None):
        yield permission
    for inner in dependant.dependencies:
        yield from _permissions(inner)


def _write() -> None:
    head, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    table = route_table(routes_of(bare_app()))
    README.write_text(f"{head}{BEGIN}{table}{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    _write()
