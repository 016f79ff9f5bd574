"""The house rules a machine can see: names, sizes, opening paragraphs, one clock, no addresses."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINES_MAX = 400
PACKAGES = ("scheduler", "assessment", "api")
NAMELESS = {"utils", "util", "common", "core", "helpers", "helper", "misc"}
CLOCK_READERS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "localtime"),
}
# Written so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w")


def source_files(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def relative(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_no_file_is_longer_than_the_outside_limit() -> None:
    lengths = {
        relative(file): len(file.read_text(encoding="utf-8").splitlines())
        for file in source_files(*PACKAGES, "tests")
    }
    assert {name: length for name, length in lengths.items() if length > LINES_MAX} == {}


def test_every_file_opens_with_a_paragraph() -> None:
    """A package's `__init__.py` may be empty; one that holds anything says what it holds."""
    silent = [
        relative(file)
        for file in source_files(*PACKAGES, "tests")
        if (text := file.read_text(encoding="utf-8")).strip() and ast.get_docstring(ast.parse(text)) is None
    ]
    assert silent == []


def test_every_module_has_a_name_that_says_something() -> None:
    nameless = [
        relative(file)
        for file in source_files(*PACKAGES, "tests")
        if NAMELESS & {part.removesuffix(".py") for part in file.relative_to(ROOT).parts}
    ]
    assert nameless == []


def test_only_the_clock_reads_the_clock() -> None:
    """`api/clock.py` alone. Measuring how long something took (`time.monotonic`) is another matter."""
    readers = {relative(file) for file in source_files(*PACKAGES) if reads_the_clock(file)}
    assert readers <= {"api/clock.py"}


def reads_the_clock(file: Path) -> bool:
    return any(
        isinstance(node, ast.Attribute) and (owner_of(node), node.attr) in CLOCK_READERS
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    )


def owner_of(node: ast.Attribute) -> str:
    """The last name before the dot: `datetime` in both `datetime.now` and `datetime.datetime.now`."""
    if isinstance(node.value, ast.Attribute):
        return node.value.attr
    return node.value.id if isinstance(node.value, ast.Name) else ""


def test_locks_name_no_address_of_a_registry() -> None:
    addresses = [
        line
        for lock in ("requirements.lock", "requirements-dev.lock")
        for line in (ROOT / lock).read_text(encoding="utf-8").splitlines()
        if "://" in line or line.startswith("-")
    ]
    assert addresses == []


def test_lock_of_the_pages_names_no_address_of_a_registry() -> None:
    text = (ROOT / "templates" / "assets" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text


def test_every_locked_package_has_a_hash() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        entries = re.split(r"(?m)^(?=[a-z0-9])", re.sub(r"(?m)^ *#.*\n", "", text))
        assert [e.split(" ")[0] for e in entries if e and "--hash=sha256:" not in e] == []


def test_dev_lock_holds_the_very_versions_of_the_run_lock() -> None:
    run, dev = (pins_of(lock) for lock in ("requirements.lock", "requirements-dev.lock"))
    assert run - dev == set()


def pins_of(lock: str) -> set[str]:
    return set(re.findall(r"(?m)^([a-z0-9-]+==\S+)", (ROOT / lock).read_text(encoding="utf-8")))


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    texts = [*source_files(*PACKAGES), *ROOT.glob("*.md"), ROOT / "Makefile", ROOT / "pyproject.toml"]
    fetched = {"node_modules", "built"}
    templates = [
        file for file in (ROOT / "templates").rglob("*") if file.is_file() and not fetched & set(file.parts)
    ]
    assert [relative(f) for f in [*texts, *templates] if MACHINE_PATH.search(f.read_text("utf-8"))] == []
