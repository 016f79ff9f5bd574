"""What importing costs and reaches: the cores stay within the standard library, and nothing loads a heavy
library before it is needed. The layers themselves are import-linter's (`pyproject.toml`)."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = ("ortools", "pandas", "numpy", "scipy", "weasyprint", "fontTools", "PIL", "holidays")

# Given to a fresh interpreter, which says which of HEAVY it holds after doing `what`.
PROBE = """
import contextlib, io, json, sys
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    {what}
print(json.dumps(sorted(set(sys.modules) & set({heavy!r}))))
"""


@pytest.mark.parametrize(
    "what",
    [
        "import scheduler",
        "import scheduler.checks",
        "import assessment",
        "import api.cli",
        "import api.app",
        "import api.cli; sys.argv = ['stepup', '--help']; api.cli.main()",
    ],
)
def test_heavy_libraries_stay_unloaded_until_used(what: str) -> None:
    code = PROBE.format(what=what, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("library", ["ortools", "weasyprint"])
def test_probe_sees_a_heavy_library_where_one_is_loaded(library: str) -> None:
    """Without this the test above could pass by looking in the wrong place."""
    code = PROBE.format(what=f"import {library}", heavy=(library,))
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [library]


ALLOWED = {
    "assessment/advice": {"numpy", "scipy"},
    "assessment/monitoring.py": {"scipy"},
    "assessment/allocation/compare.py": {"ortools"},
}


def place_of(file: Path) -> str:
    """The file, or for advice its folder."""
    place = file.relative_to(ROOT).as_posix()
    return "assessment/advice" if place.startswith("assessment/advice/") else place


def core_files() -> list[Path]:
    files = [*ROOT.glob("scheduler/**/*.py"), *ROOT.glob("assessment/**/*.py")]
    return sorted(f for f in files if "solver" not in f.relative_to(ROOT).parts)


def test_cores_import_the_standard_library_only() -> None:
    """Beside themselves. OR-Tools has its place in `scheduler.solver`, which is not looked at here.

    What only advises may use numpy and scipy, and one file has exact optima from OR-Tools to compare with.
    """
    strangers = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in core_files()
        for name in imported_packages(file) - ALLOWED.get(place_of(file), set())
        if name not in sys.stdlib_module_names and name != file.relative_to(ROOT).parts[0]
    }
    assert strangers == set()


def imported_packages(file: Path) -> set[str]:
    """The first part of every absolute import in a file, wherever in the file it stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.partition(".")[0])
    return names
