"""Whatever is sent: no exception, and a campaign or faults; what is huge is refused before it grows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from api.exports.marked_workbook import marked_workbook
from api.imports.read import read_tables
from api.imports.upload import Upload, headers_of, raw_of_uploads
from api.presenters.faults import grouped
from tests.broken_uploads import broken_uploads, sound_files
from tests.broken_workbooks import LARGE_WORKBOOKS, sound_workbook

ROOT = Path(__file__).parents[3]
NUMBER = 150
# Given to a fresh interpreter: how far the memory grows, in megabytes, while one upload is read.
PROBE = """
import json, sys
from pathlib import Path
from api.imports.read import read_tables
from api.imports.upload import Upload, raw_of_uploads
def megabytes(what):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) // 1024
upload = Upload("campaign.xlsx", Path(sys.argv[1]).read_bytes())
read_tables(raw_of_uploads([Upload("campaign.xlsx", Path(sys.argv[2]).read_bytes())]))
before = megabytes("VmRSS")
reading = read_tables(raw_of_uploads([upload]))
print(json.dumps([[f.found for f in reading.faults], megabytes("VmHWM") - before < 200]))
"""


def test_broken_uploads_give_a_campaign_or_faults() -> None:
    for place, uploads in enumerate(broken_uploads(seed=1, number=NUMBER)):
        raw = raw_of_uploads(uploads)
        reading = read_tables(raw)
        assert (place, reading.campaign is None) == (place, bool(reading.faults))
        groups = grouped(reading.faults, headers_of(raw))
        assert (place, sum(group.number for group in groups)) == (place, len(reading.faults))


def test_broken_uploads_are_given_back_marked() -> None:
    for place, uploads in enumerate(broken_uploads(seed=2, number=NUMBER // 5)):
        faults = read_tables(raw_of_uploads(uploads)).faults
        back = raw_of_uploads([Upload("back.xlsx", marked_workbook(uploads, faults[:50]))])
        damage = [
            fault for fault in back.faults if "damaged" in fault.found or "cannot be read" in fault.found
        ]
        assert (place, damage) == (place, [])


def test_same_seed_gives_the_same_uploads() -> None:
    first, again = (list(broken_uploads(seed=3, number=20)) for _ in range(2))
    assert first == again


def test_sound_beginnings_of_the_broken_are_sound() -> None:
    """Without this the broken uploads could all be broken in one and the same way."""
    files = [Upload(name, content) for name, content in sound_files().items()]
    for uploads in ([Upload("campaign.xlsx", sound_workbook())], files):
        assert read_tables(raw_of_uploads(uploads)).faults == ()


def test_huge_workbook_is_refused_without_growing_memory(tmp_path: Path) -> None:
    sound, found = tmp_path / "sound.xlsx", {}
    sound.write_bytes(sound_workbook())
    for maker in LARGE_WORKBOOKS:
        huge = tmp_path / f"{maker.__name__}.xlsx"
        huge.write_bytes(maker(None))
        command = [sys.executable, "-c", PROBE, str(huge), str(sound)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        found[maker.__name__] = json.loads(done.stdout)
    assert found == {
        "swelling": [["a workbook too large to unpack"], True],
        "of_ten_million_cells": [["a workbook too large to unpack"], True],
        "of_half_a_million_cells": [["more than 300,000 cells"], True],
        "of_one_text_in_every_cell": [["more than 30,000,000 characters"], True],
    }
