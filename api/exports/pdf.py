"""HTML to tagged PDF (PDF/UA-1) by WeasyPrint; the one file that knows that library.

The library is loaded at the first paper, not before: loading takes most of a second. Pages are made by two
processes where there are many. Nothing is ever fetched: a page brings all it needs.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.templating import STATIC, paper_styles

if TYPE_CHECKING:
    from weasyprint import CSS

PACKAGES_NEEDED = ("libpango-1.0-0", "libpangoft2-1.0-0")
VARIANT = "pdf/ua-1"
PROCESSES_MAX = 2
PAPERS_PER_PROCESS_MIN = 20
GARBAGE_THRESHOLD = 100_000

Watch = Callable[[int, int], None]


class PangoMissing(Exception):
    """The text library that PDF needs is not on this computer."""

    def __init__(self) -> None:
        super().__init__(
            f"PDF papers need the packages {' and '.join(PACKAGES_NEEDED)}, which are not installed. "
            f"On Debian or Ubuntu: apt-get install {' '.join(PACKAGES_NEEDED)}"
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of HTML without styles, and the file its PDF goes to."""

    html: str
    path: Path


def make_pdfs(sheets: Sequence[Sheet], watch: Watch | None = None) -> None:
    """Write every PDF; the folders must be there. `watch` hears how many of how many are done.

    :raises PangoMissing: before anything is written.
    """
    _tools()
    workers = min(PROCESSES_MAX, os.cpu_count() or 1, len(sheets) // PAPERS_PER_PROCESS_MIN)
    if workers < 2:
        for done, sheet in enumerate(sheets, start=1):
            _write(sheet)
            if watch:
                watch(done, len(sheets))
        return
    # A fresh interpreter each: a fork would inherit the solver's threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_warm_up) as pool:
        for done, _ in enumerate(pool.map(_write, sheets, chunksize=4), start=1):
            if watch:
                watch(done, len(sheets))


def pdf_bytes(html: str) -> bytes:
    """One page as a tagged PDF.

    :raises PangoMissing: the text library is not there.
    """
    tools = _tools()
    page = tools.html(string=html, url_fetcher=tools.fetcher)
    content = page.write_pdf(
        stylesheets=[tools.styles], font_config=tools.fonts, pdf_variant=VARIANT, cache=tools.images
    )
    return bytes(content)


@dataclass(frozen=True)
class _Tools:
    """What every paper of one process shares: the style sheet is read, and the fonts are found, once."""

    html: Any
    styles: CSS
    fonts: Any
    fetcher: Any
    images: dict[str, Any]


@cache
def _tools() -> _Tools:
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError as fault:  # the loader's word for a shared library that is not there
        raise PangoMissing from fault

    class OwnFilesOnly(URLFetcher):
        """Refuses every address but data: and the files of our own `templates/static`."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not is_allowed(url):
                raise ValueError("A paper may not fetch anything from outside")
            return super().fetch(url, headers)

    fetcher = OwnFilesOnly(fail_on_errors=True)
    fonts = FontConfiguration()
    styles = CSS(string=paper_styles(), font_config=fonts, url_fetcher=fetcher)
    return _Tools(HTML, styles, fonts, fetcher, {})


def is_allowed(url: str) -> bool:
    """Whether a paper may load this address: it carries its own content, or is one of our static files."""
    if url.lower().startswith("data:"):
        return True
    own = STATIC.as_uri() + "/"
    return url.startswith(own) and ".." not in url and "%" not in url.removeprefix(own)


def _warm_up() -> None:
    """Get ready for many papers: layout makes few cycles, so looking for them often only costs time."""
    threading.Thread(target=_leave_with_the_parent, daemon=True).start()
    _tools()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)


def _leave_with_the_parent() -> None:
    """Whoever started this process may be killed in the middle; nobody else would end it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _write(sheet: Sheet) -> None:
    sheet.path.write_bytes(pdf_bytes(sheet.html))
