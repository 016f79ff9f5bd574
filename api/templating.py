"""Jinja: where the templates are and how they are filled in. Values are escaped, a missing one is an error.

The templates are in `templates/` beside the packages; nothing outside that folder is ever read.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
STATIC = TEMPLATES / "static"
TURNING = frozenset(("R", "AL", "RLE", "LRE", "RLO", "LRO", "RLI", "PDF", "PDI"))
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def render(template: str, **values: object) -> str:
    """Fill in one template, named by its path below `templates/`."""
    return environment().get_template(template).render(**values)


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


@cache
def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_kept_apart,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _kept_apart(value: object) -> object:
    """A text with right-to-left letters or marks, closed off so that it turns round nothing beside it."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    turns = any(unicodedata.bidirectional(letter) in TURNING for letter in value)
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" if turns else value
