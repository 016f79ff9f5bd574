"""Jinja: where the templates are and how they are filled in. Values are escaped, a missing one is an error.

The templates are in `templates/` beside the packages; papers and the page of `stepup run` are filled in by
`render`, the service's pages by `page`, which adds the design system's macros, the addresses of styles and
scripts, and dates and counts in words. What a page says is decided in `api.presenters`; who sees it, in
`api.routes`.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Callable, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
STATIC = TEMPLATES / "static"
# Made by `make serve` and `make test` from `templates/assets`; what is in here is served below /static.
BUILT = TEMPLATES / "built"
HASH_LETTERS = 12
KEPT_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}")
TURNING = frozenset(("R", "AL", "RLE", "LRE", "RLO", "LRO", "RLI", "PDF", "PDI"))
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
# The computer's language must not show, so `strftime` is of no use.
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def render(template: str, **values: object) -> str:
    """Fill in one template, named by its path below `templates/`."""
    return environment().get_template(template).render(**values)


def page(template: str, **values: object) -> str:
    """Fill in one page of the service, which may use the design system's macros."""
    return page_environment().get_template(template).render(**values)


@cache
def static_text(name: str) -> str:
    """One of our own style sheets or scripts, to be written into a page."""
    return (STATIC / name).read_text(encoding="utf-8")


def paper_styles() -> str:
    """The styles of every paper."""
    return static_text("brand.css") + static_text("paper.css")


def page_styles() -> str:
    """The styles of every page."""
    return static_text("brand.css") + static_text("page.css")


def built(name: str) -> str:
    """The address of a built style sheet or script. It changes with the content, so browsers may keep it for
    ever. Unhashed where nothing was built yet: the page then stands there undressed, but it stands.
    """
    try:
        return f"/static/{name}?{_hash_of(BUILT / name)}"
    except FileNotFoundError:
        return f"/static/{name}"


@cache
def environment() -> Environment:
    return _environment(FileSystemLoader(TEMPLATES))


@cache
def page_environment() -> Environment:
    """As `environment`, with what only the service's pages need."""
    pages = _environment(ChoiceLoader([FileSystemLoader(TEMPLATES), _DesignSystem()]))
    pages.filters.update(FILTERS)
    pages.globals["built"] = built
    return pages


def date_short(value: datetime.date) -> str:
    """14 July 2015."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def date_long(value: datetime.date) -> str:
    """Tuesday 14 July 2015."""
    return f"{WEEKDAYS[value.weekday()]} {date_short(value)}"


def moment(value: datetime.datetime, zone: str = "Europe/London") -> str:
    """14 July 2015, 09:42, as clocks in that zone show it. A moment without its zone is an error."""
    if value.tzinfo is None:
        raise ValueError("A moment to be shown needs its time zone.")
    there = value.astimezone(ZoneInfo(zone))
    return f"{date_short(there)}, {there:%H:%M}"


def moment_words(text: str) -> str:
    """2015-07-14 09:42, as a table keeps it, in words: 14 July 2015, 09:42; anything else stays as it is."""
    if not KEPT_MOMENT.fullmatch(text):
        return text
    try:
        at = datetime.datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{date_short(at)}, {at:%H:%M}"


def thousands(value: int) -> str:
    """12,345."""
    return f"{value:,}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """1 applicant, 12 applicants; `many` where the plural is irregular: 2 people."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def typed(value: object) -> Markup:
    """What a person typed, for the value of a field: escaped, and otherwise exactly as it was typed."""
    return escape(value)


FILTERS: dict[str, Callable[..., object]] = {
    "date_short": date_short,
    "date_long": date_long,
    "moment": moment,
    "thousands": thousands,
    "plural": plural,
    "typed": typed,
    "moment_words": moment_words,
}


class _DesignSystem(BaseLoader):
    """The design system's macros. They ask for many options that a page leaves out, so they are filled in by
    an environment of their own, where a missing value is merely empty; in our templates it stays an error.

    Nothing is closed off in there either: a macro writes what was typed back into its field, unchanged.
    """

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        return _lenient_environment().get_template(name)


@cache
def _lenient_environment() -> Environment:
    package = PackageLoader("govuk_frontend_jinja")
    return Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": package}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _environment(loader: BaseLoader) -> Environment:
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_kept_apart,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _hash_of(file: Path) -> str:
    return _hash_at(file, file.stat().st_mtime_ns)


@cache
def _hash_at(file: Path, changed: int) -> str:
    """Looked at anew where the file has `changed` since."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:HASH_LETTERS]


def _kept_apart(value: object) -> object:
    """A text with right-to-left letters or marks, closed off so that it turns round nothing beside it."""
    # Asked first of most texts by far, and answered at once.
    if not isinstance(value, str) or value.isascii() or hasattr(value, "__html__"):
        return value
    turns = any(unicodedata.bidirectional(letter) in TURNING for letter in value)
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" if turns else value
