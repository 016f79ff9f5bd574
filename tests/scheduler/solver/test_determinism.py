"""The same seed and one worker give the same timetable, however busy the machine is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.exports.tables import write_folder
from api.imports.read import read_campaign
from api.samples import sample_tables
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.result import Result
from scheduler.solver.schedule import schedule
from tests.scheduler.solver.random_campaigns import random_problem

SEEDS = (0, 2, 9)
ONE_WORKER = Params(seconds=3, workers=1, seed=3)


@pytest.fixture(scope="module")
def tiny_sample(tmp_path_factory: pytest.TempPathFactory) -> Problem:
    folder: Path = tmp_path_factory.mktemp("campaign") / "tiny"
    write_folder(sample_tables("tiny").values(), folder)
    campaign = read_campaign(folder).campaign
    assert campaign is not None
    return campaign.problem


def test_one_worker_repeats_itself_on_the_tiny_sample(tiny_sample: Problem) -> None:
    assert answer(schedule(tiny_sample, ONE_WORKER)) == answer(schedule(tiny_sample, ONE_WORKER))


@pytest.mark.parametrize("seed", SEEDS)
def test_one_worker_repeats_itself_on_a_small_campaign(seed: int) -> None:
    problem = random_problem(seed)
    assert answer(schedule(problem, ONE_WORKER)) == answer(schedule(problem, ONE_WORKER))


def test_one_worker_repeats_itself_beside_other_work(tiny_sample: Problem) -> None:
    alone = schedule(tiny_sample, ONE_WORKER)
    with other_work():
        beside = schedule(tiny_sample, ONE_WORKER)
    assert answer(beside) == answer(alone)


@pytest.mark.parametrize("workers", [1, 2])
def test_result_says_with_what_it_was_made(workers: int) -> None:
    result = schedule(random_problem(SEEDS[0]), Params(seconds=2, workers=workers, seed=11))
    assert (result.seed, result.workers) == (11, workers)


def answer(result: Result) -> tuple[object, ...]:
    """Everything but the seconds."""
    return result.status, result.timetable, result.objective, result.unplaced


@contextmanager
def other_work() -> Iterator[None]:
    """Four threads that do nothing but keep the machine busy."""
    done = threading.Event()

    def count() -> None:
        while not done.is_set():
            sum(range(100_000))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()
