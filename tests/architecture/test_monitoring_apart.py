"""Answers to the equality form meet outcomes in one file of the program, and no other can come by them."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
ONLY_READER = "api/services/monitor_selection.py"
KEPT_APART = ("api.imports.monitoring", "assessment.monitoring")


def imported_modules(file: Path) -> set[str]:
    """Every module that a file names in an import, as it may be meant: `from a import b` is `a` and `a.b`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def importers(module: str) -> list[str]:
    files = [*ROOT.glob("scheduler/**/*.py"), *ROOT.glob("assessment/**/*.py"), *ROOT.glob("api/**/*.py")]
    return sorted(f.relative_to(ROOT).as_posix() for f in files if module in imported_modules(f))


def test_one_file_imports_the_answers_and_their_counting() -> None:
    assert {module: importers(module) for module in KEPT_APART} == {
        module: [ONLY_READER] for module in KEPT_APART
    }


def test_only_the_command_and_the_page_for_it_call_that_file() -> None:
    callers = ["api/cli/monitoring.py", "api/routes/monitoring.py"]
    assert importers("api.services.monitor_selection") == callers


def test_no_table_of_a_campaign_has_the_name_of_the_answers() -> None:
    from api.imports.columns import TABLES
    from api.imports.monitoring import SPEC

    assert SPEC.name not in TABLES
    columns = {column.name for spec in TABLES.values() for column in spec.columns}
    assert columns & {"characteristic", "sex", "gender", "ethnicity", "age", "disability"} == set()
