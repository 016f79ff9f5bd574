"""The campaigns that are measured: the samples and the made-up ones of every size, read as a user's are."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from api.exports.tables import write_folder
from api.imports.read import read_campaign
from api.samples import SIZE_NAMES, sample_tables
from scheduler.problem import Problem

SAMPLES = ("south-west-2015", "south-west-2017", "south-west-bid")
SIZES = SIZE_NAMES
SMALL = ("size-12", "size-50", "size-106")


@cache
def problem_of(name: str) -> Problem:
    with tempfile.TemporaryDirectory() as folder:
        write_folder(sample_tables(name).values(), Path(folder) / name)
        campaign = read_campaign(Path(folder) / name).campaign
    assert campaign is not None
    return campaign.problem
