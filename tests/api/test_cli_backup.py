"""`stepup backup`: one file, complete up to its moment, made while people work; or a clear no."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from api.cli import BAD_INPUT, DONE, run
from api.clock import utc_now
from api.storage.engine import engine_of, sqlite_file
from api.storage.unit_of_work import Database
from tests.service import Service, install

WRITTEN = "row changed"


@pytest.fixture
def kept(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setenv("STEPUP_DATABASE_URL", sqlite_url)
    return install(sqlite_url)


def write(database: Database, service: Service) -> None:
    with database.writing() as work:
        work.audit.record(service.campaign, utc_now(), "program", WRITTEN, "applicants", {})


def written(database: Database, service: Service) -> list[int]:
    with database.reading() as work:
        return [entry.number for entry, _ in work.audit.entries(service.campaign) if entry.act == WRITTEN]


def test_copy_made_while_somebody_writes_is_whole_and_goes_on(
    kept: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(kept.database, kept)
    ended = threading.Event()

    def keep_writing() -> None:
        while not ended.is_set():
            write(kept.database, kept)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    out = tmp_path / "copies" / "monday.sqlite3"
    try:
        assert run(["backup", "--out", str(out)]) == DONE
    finally:
        ended.set()
        writer.join()
    assert f"The database is copied to {out}" in capsys.readouterr().out
    assert [file.name for file in out.parent.iterdir()] == ["monday.sqlite3"]
    copy = Database(engine_of(f"sqlite:///{out}"))
    there, here = written(copy, kept), written(kept.database, kept)
    assert 0 < len(there) <= len(here)
    assert there == here[: len(there)]
    monkeypatch.setenv("STEPUP_DATABASE_URL", f"sqlite:///{out}")
    assert run(["audit", "verify"]) == DONE
    write(copy, kept)
    assert len(written(copy, kept)) == len(there) + 1
    copy.close()
    kept.database.close()


def test_nothing_is_written_over(kept: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "copy.sqlite3"
    out.write_text("Something that is needed.")
    assert run(["backup", "--out", str(out)]) == BAD_INPUT
    assert "which is there already; wanted a new file" in capsys.readouterr().err
    assert out.read_text() == "Something that is needed."
    kept.database.close()


def test_broken_database_gives_no_copy(
    kept: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept.database.close()
    file = sqlite_file(kept.settings.url)
    assert file is not None
    content = bytearray(file.read_bytes())
    for page in range(8, len(content) // 4096, 5):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    file.write_bytes(content)
    out = tmp_path / "copies" / "copy.sqlite3"
    assert run(["backup", "--out", str(out)]) == BAD_INPUT
    assert "wanted a sound one; keep the last copy" in capsys.readouterr().err
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:///{folder}/none.sqlite3", "none.sqlite3; wanted one that the service has made"),
        ("postgresql://localhost/stepup", "PostgreSQL is copied with its own pg_dump"),
    ],
)
def test_what_cannot_be_copied_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    url: str,
    said: str,
) -> None:
    monkeypatch.setenv("STEPUP_DATABASE_URL", url.format(folder=tmp_path))
    assert run(["backup", "--out", str(tmp_path / "copy.sqlite3")]) == BAD_INPUT
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
