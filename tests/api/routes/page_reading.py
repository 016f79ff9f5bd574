"""What a page of the service says, read with the standard library's parser: sentences, tables, forms."""

from __future__ import annotations

from html.parser import HTMLParser

BLOCKS = {"p", "h1", "h2", "h3", "li", "div", "td", "th", "tr", "dt", "dd", "label", "legend", "button"}
SILENT = {"script", "style"}


class PageReading(HTMLParser):
    """`lines` are the texts of `main`, one per block; `rows` the cells of every table's rows below the head.

    `links` are texts with their addresses; `fields` the values that the page's forms would send, by name.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.rows: list[list[str]] = []
        self.links: list[tuple[str, str]] = []
        self.buttons: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.actions: list[str] = []
        self._open: list[str] = []
        self._text = ""
        self._cell: str | None = None
        self._href: str | None = None
        self._label = ""
        self._select = ""
        self.feed(html)
        self.close()
        self._end_line()

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    def url(self, words: str) -> str:
        """Where the link with these words leads."""
        return next(url for text, url in self.links if text == words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self._end_line()
        if tag == "main" or self._open:
            if tag not in ("input", "br", "img", "link", "meta", "rect", "path", "line"):
                self._open.append(tag)
            self._start(tag, facts)

    def _start(self, tag: str, facts: dict[str, str]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = ""
        elif tag == "a":
            self._href, self._label = facts.get("href", ""), ""
        elif tag == "button":
            self._label = ""
        elif tag == "form":
            self.actions.append(facts.get("action", ""))
        elif tag == "select":
            self._select = facts["name"]
            self.fields[self._select] = []
        elif tag == "option" and self._select and "selected" in facts:
            self.fields[self._select] = [facts["value"]]
        elif tag == "input" and "name" in facts and _is_sent(facts):
            self.fields.setdefault(facts["name"], []).append(facts.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_line()
        if not self._open:
            return
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(" ".join(self._cell.split()))
            self._cell = None
        elif tag == "a" and self._href is not None:
            self.links.append((" ".join(self._label.split()), self._href))
            self._href = None
        elif tag == "button":
            self.buttons.append(" ".join(self._label.split()))
        elif tag == "select":
            self._select = ""
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._open or SILENT & set(self._open):
            return
        self._text += data
        self._label += data
        if self._cell is not None:
            self._cell += data

    def _end_line(self) -> None:
        if line := " ".join(self._text.split()):
            self.lines.append(line)
        self._text = ""


def _is_sent(facts: dict[str, str]) -> bool:
    return facts.get("type") not in ("radio", "checkbox") or "checked" in facts
