"""What a page says and how it is built, read with the standard library's own parser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "input", "link", "hr", "img"}
SILENT = {"style", "script"}


@dataclass
class Page:
    """`faults` are tags that were closed out of turn or never; `ids` are in the page's order."""

    text: str = ""
    titles: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    attributes: dict[str, dict[str, str | None]] = field(default_factory=dict)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        self.page.tags.append((tag, facts))
        self.page.attributes.setdefault(tag, facts)
        if facts.get("id"):
            self.page.ids.append(str(facts["id"]))
        for name in ("href", "src"):
            if facts.get(name):
                self.page.links.append(str(facts[name]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.page.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if SILENT & set(self.open):
            return
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.page.titles.append(data.strip())
        elif self.open and self.open[-1] == "h1":
            self.page.headings.append(data.strip())
        self.page.text += data


def page_of(html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.faults += [f"<{tag}>" for tag in reader.open]
    reader.page.text = " ".join(reader.page.text.split())
    return reader.page


def text_of(html: str) -> str:
    """All text of the page, title included, on one line."""
    return page_of(html).text
