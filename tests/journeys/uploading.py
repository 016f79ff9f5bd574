"""Broken uploads sent to a real server: `python -m tests.journeys.uploading 2000`.

No answer may be a fault of the program, the server's memory may not grow by more than 300 MB, and nothing of
them may be in the campaign. The tests send fewer (`test_uploading.py`).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import httpx

from api.imports.upload import Upload
from api.storage.engine import engine_of
from api.storage.migrate import migrate
from tests.broken_uploads import broken_uploads
from tests.service import Service, install
from tests.serving import http_browser, serving

MEMORY_MB_MAX = 300


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it: answers by status, growth of the server's memory in MB, changes of the campaign."""

    answers: dict[int, int]
    grown_mb: float
    changes: int
    seconds: float


def send_all(service: Service, uploads: Iterable[list[Upload]], data: Path) -> Sent:
    """Send each to a server of its own process, look at its page, and at every third workbook marked."""
    began = time.monotonic()
    with serving(service.settings.url, data_folder=str(data), second_factor="nobody") as server:
        before = _peak_mb(server.process.pid)
        with http_browser(service, server.base, "organiser") as browser:
            # Once something ordinary, so that every library is loaded before memory is compared.
            _send(browser, service.base, [Upload("settings.csv", b"setting,value\n")], marked=True)
            answers = Counter[int]()
            for number, upload in enumerate(uploads):
                answers += _send(browser, service.base, upload, marked=number % 3 == 0)
        grown = _peak_mb(server.process.pid) - before
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        changes = record.change - 1
    return Sent(dict(answers), grown, changes, time.monotonic() - began)


def _send(browser: httpx.Client, base: str, upload: list[Upload], marked: bool = False) -> Counter[int]:
    files = [("files", (each.name, each.content)) for each in upload]
    answer = browser.post(f"{base}/bring-in", files=files)
    answers = Counter([answer.status_code])
    if answer.status_code == 303 and "/bring-in/" in answer.headers["location"]:
        place = answer.headers["location"]
        answers[browser.get(place).status_code] += 1
        if marked:
            answers[browser.get(f"{place}/marked.xlsx").status_code] += 1
    return answers


def _peak_mb(pid: int) -> float:
    """The most memory that the process ever held."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'stepup.sqlite3'}"
        migrate(engine_of(url))
        service = install(url)
        sent = send_all(service, broken_uploads(0, number), Path(folder))
        service.database.close()
    print(sent)
    held = sent.grown_mb <= MEMORY_MB_MAX and not sent.changes and max(sent.answers) < 500
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
