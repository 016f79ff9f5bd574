"""The README's recipes do what it says: `openssl` draws the lot, the commands it shows are the program's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from assessment.tie_break import lot_number

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_recipe_for_the_lot_draws_the_programs_lot() -> None:
    (recipe,) = re.findall(r"(?m)^ {4}(printf .*openssl .*)$", README)
    done = subprocess.run(["/bin/sh", "-c", recipe], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == lot_number("SEED", "A017")


def test_readme_table_of_commands_is_the_programs() -> None:
    table = README.partition("### The commands\n")[2].partition("\n#")[0]
    described = re.findall(r"(?m)^\| `([a-z]+)[ `]", table)
    helped = subprocess.run(
        [sys.executable, "-c", "import api.cli; api.cli.main()", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"TERM": "dumb", "COLUMNS": "200", "LANG": "C.UTF-8"},
    ).stdout
    assert sorted(described) == sorted(re.findall(r"(?m)^[\s│|]*([a-z]+)  +[A-Z]", helped))


def test_readme_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)(?:^ {4}|`)make ([a-z]+)", README))
    assert named - set(re.findall(r"(?m)^([a-z]+):", makefile)) == set()
