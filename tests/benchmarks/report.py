"""What is reported: lines that hold a bar or not, tables beside them, and parts merged into one report.

The report is Markdown for people and JSON for programs. A part that is run alone replaces only itself.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

Cells = tuple[str, ...]
HEAD: Cells = ("what", "bar", "measured", "holds")


@dataclass(frozen=True, slots=True)
class Line:
    """One bar. `measured` is in words; `holds` None where there is no bar to hold."""

    what: str
    bar: str
    measured: str
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """Figures beside the bars. `words` say how to read them."""

    title: str
    head: Cells
    rows: tuple[Cells, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one function of `bars` measured."""

    title: str
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    quick: bool = False


def within(what: str, most: float, measured: float | None, also: bool = True) -> Line:
    """A line whose bar is a number of seconds."""
    if measured is None:
        return Line(what, f"at most {most:g} s", "not reached", False)
    return Line(what, f"at most {most:g} s", f"{measured:.2f} s", measured <= most and also)


def merged(out: Path, parts: dict[str, Part], order: Sequence[str]) -> str:
    """Put the parts in place of their older selves, write both reports, and give the Markdown one."""
    file = out / "report.json"
    before: dict[str, object] = {}
    if file.exists():
        read = json.loads(file.read_text(encoding="utf-8"))
        before = read.get("parts", {}) if isinstance(read, dict) else {}
    records = before | {name: asdict(part) for name, part in parts.items()}
    kept = {name: records[name] for name in order if name in records}
    out.mkdir(exist_ok=True)
    file.write_text(json.dumps({"machine": machine(), "parts": kept}, indent=2) + "\n", encoding="utf-8")
    text = _markdown(json.loads(json.dumps(kept)))
    (out / "report.md").write_text(text, encoding="utf-8")
    return text


def machine() -> str:
    """What the figures were measured on."""
    model = ""
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        lines = facts.read_text(encoding="utf-8", errors="replace").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    said = [f"{cores} cores", model or platform.machine(), f"{memory:.0f} GiB", platform.system()]
    return ", ".join([*said, f"Python {platform.python_version()}"])


def _markdown(parts: dict[str, Any]) -> str:
    """From records as JSON gives them back: some were read from an older report."""
    blocks = ["# Benchmarks", machine()]
    for part in parts.values():
        blocks.append(f"## {part['title']}")
        if part["quick"]:
            blocks.append(
                "A quick run: the times are shorter than the bars allow, so a bar not held says little."
            )
        if part["lines"]:
            words = {True: "yes", False: "no", None: ""}
            rows = [
                (line["what"], line["bar"], line["measured"], words[line["holds"]]) for line in part["lines"]
            ]
            blocks.append(_table(HEAD, rows))
        for table in part["tables"]:
            blocks += [f"### {table['title']}", _table(table["head"], table["rows"])]
            blocks += [table["words"]] if table["words"] else []
    return "\n\n".join(blocks) + "\n"


def _table(head: Cells, rows: Sequence[Cells]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)
