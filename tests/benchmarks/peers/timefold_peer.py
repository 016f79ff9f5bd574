"""Timefold 1.24.0b0 on the same placement, where a JDK is found: `timefold_model.py` in its own environment.

The package is put, once, into a virtual environment in the user's cache, outside the project, which never
depends on it. Where there is no JDK, no package, or the model cannot be run, the reason is said and the
peer is left out. Loading the package and starting Java are not counted as its time. Running orders:
`orders.py`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from scheduler.params import Params
from scheduler.problem import FirstChoiceRule, Problem
from tests.benchmarks.peers.orders import PeerPanel, may_work, sessions_open_to

PACKAGE = "timefold==1.24.0b0"
JAVA_LEAST = 17
MODEL = Path(__file__).with_name("timefold_model.py")
INSTALL_SECONDS, START_SECONDS = 300, 90


class NoTimefold(Exception):
    """Timefold cannot be had here; the message says why, in words for the report."""


def timefold_python() -> Path:
    """The Python that has Timefold, installed where it is missing. Raises `NoTimefold`."""
    _java_home()
    cache = (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stepup-benchmarks" / "timefold"
    )
    python = cache / "bin" / "python"
    if not _has_package(python):
        try:
            _quietly([sys.executable, "-m", "venv", "--clear", str(cache)])
            _quietly([str(python), "-m", "pip", "install", "--quiet", PACKAGE])
        except (OSError, subprocess.SubprocessError):
            raise NoTimefold(f"{PACKAGE} could not be installed") from None
    return python


def timefold_placement(problem: Problem, params: Params, python: Path) -> list[PeerPanel]:
    """The best placement that Timefold finds in `params.seconds`, unsound panels included.

    Raises `NoTimefold` where its process ends without an answer.
    """
    try:
        done = subprocess.run(
            [str(python), str(MODEL)],
            input=json.dumps(timefold_input(problem, params)),
            capture_output=True,
            text=True,
            timeout=params.seconds + START_SECONDS,
            env=os.environ | {"JAVA_HOME": str(_java_home())},
            check=True,
        )
        answer = json.loads(done.stdout.splitlines()[-1])
    except subprocess.TimeoutExpired:
        raise NoTimefold("its process did not end in time") from None
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        raise NoTimefold("its process ended without an answer") from None
    return _panels(answer)


def _panels(answer: dict[str, object]) -> list[PeerPanel]:
    bookings, seats = answer["bookings"], answer["seats"]
    assert isinstance(bookings, dict)
    assert isinstance(seats, list)
    members: dict[str, list[str]] = defaultdict(list)
    for panel, assessor in seats:
        members[panel].append(assessor)
    applicants: dict[str, list[str]] = defaultdict(list)
    for applicant, panel in bookings.items():
        applicants[panel].append(applicant)
    return [
        PeerPanel(panel.rpartition("/")[0], tuple(members[panel]), tuple(seen))
        for panel, seen in sorted(applicants.items())
    ]


def timefold_input(problem: Problem, params: Params) -> dict[str, object]:
    """What `timefold_model.py` reads: its classes' fields, by name."""
    rules = problem.panel
    needed = {exercise.reference for exercise in problem.panel_exercises}
    venues = sorted({session.venue for session in problem.sessions})
    assessors = [x for x in problem.assessors if not x.standby and needed <= x.trained_for]

    def minutes(person: str) -> dict[str, int]:
        return {venue: problem.travel_of(person, venue) for venue in venues}

    return {
        "seconds": params.seconds,
        "seed": params.seed,
        "panel_size": rules.size,
        "rules": {
            "interviews_max": rules.interviews_max,
            "one_council_max": rules.one_council_max,
            "lead": rules.lead_members,
            "safer": rules.safer_recruitment_members,
            "chair": rules.chair_members,
            "lived": rules.lived_experience_members,
            "first_choice_hard": rules.first_choice_rule is FirstChoiceRule.HARD,
        },
        "pins": [
            (p.person, p.session)
            for p in problem.pins
            if p.must and p.person in problem.assessor_by_reference
        ],
        "panels": [
            {
                "id": f"{s.reference}/{number}",
                "session": s.reference,
                "day": s.date.isoformat(),
                "venue": s.venue,
                "start": s.window.start,
                "end": s.window.end,
            }
            for s in problem.sessions
            for number in range(s.panels_max)
        ],
        "assessors": [
            {
                "id": x.reference,
                "council": x.council,
                "half_days_max": x.half_days_max,
                "lead": int(x.council == problem.lead_council),
                "safer": int(x.safer_recruitment),
                "chair": int(x.chair),
                "lived": int(x.lived_experience),
                "sessions": [s.reference for s in problem.sessions if may_work(problem, x.reference, s)],
                "minutes": minutes(x.reference),
            }
            for x in assessors
        ],
        "applicants": [
            {
                "id": a.reference,
                "choice": "" if rules.first_choice_rule is FirstChoiceRule.OFF else a.first_choice or "",
                "sessions": [s.reference for s in sessions_open_to(problem, a.reference)],
                "minutes": minutes(a.reference),
                "apart": [x.reference for x in assessors if problem.excluded(a.reference, x.reference)],
            }
            for a in problem.applicants
        ],
    }


def _java_home() -> Path:
    """The folder of a JDK that is new enough. Raises `NoTimefold`."""
    named = os.environ.get("JAVA_HOME")
    found = shutil.which("javac")
    home = Path(named) if named else Path(found).resolve().parent.parent if found else None
    if home is None or not (home / "bin" / "javac").exists():
        raise NoTimefold("no JDK is found here")
    said = subprocess.run([str(home / "bin" / "javac"), "-version"], capture_output=True, text=True).stdout
    version = said.removeprefix("javac ").split(".")[0].strip()
    if not version.isdigit() or int(version) < JAVA_LEAST:
        raise NoTimefold(f"the JDK here is older than {JAVA_LEAST}")
    return home


def _has_package(python: Path) -> bool:
    if not python.exists():
        return False
    asked = f"from importlib.metadata import version as v; assert 'timefold==' + v('timefold') == '{PACKAGE}'"
    return subprocess.run([str(python), "-c", asked], capture_output=True).returncode == 0


def _quietly(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, check=True, timeout=INSTALL_SECONDS)
