"""Some broken uploads sent to a real server: none is a fault of the program, and nothing of them stays."""

from __future__ import annotations

from pathlib import Path

from api.storage.engine import engine_of
from api.storage.migrate import migrate
from tests.broken_uploads import broken_uploads
from tests.journeys.uploading import MEMORY_MB_MAX, send_all
from tests.service import install


def test_broken_uploads_break_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'stepup.sqlite3'}"
    engine = engine_of(url)
    migrate(engine)
    engine.dispose()
    service = install(url)
    sent = send_all(service, broken_uploads(7, 60), tmp_path)
    service.database.close()
    assert set(sent.answers) <= {200, 303, 400, 404, 413, 422}
    assert (sent.changes, sent.grown_mb <= MEMORY_MB_MAX) == (0, True)
