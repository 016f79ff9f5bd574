"""One measurement at a time, in a process of its own, so that time and memory are its own too."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")
STEPUP = str(Path(sys.executable).with_name("stepup"))
STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Measured:
    """Wall-clock seconds and peak memory in MiB of one command, its exit code and what it printed."""

    seconds: float
    peak_mib: float
    exit_code: int
    output: str


@dataclass(frozen=True, slots=True)
class Apart(Generic[T]):
    """What a function gave, or None where it failed or was stopped; seconds, and peak memory in MiB.

    The memory is the process's, or that of the largest process it waited for where that had more.
    """

    value: T | None
    seconds: float
    peak_mib: float
    fault: str = ""


def run(*arguments: str, repeat: int = 1) -> Measured:
    """Run the command `stepup` with these arguments; with `repeat`, the median time of several runs."""
    times: list[float] = []
    for _ in range(repeat):
        began = time.monotonic()
        process = subprocess.Popen(
            [STEPUP, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        times.append(time.monotonic() - began)
    return Measured(sorted(times)[len(times) // 2], _mib(usage.ru_maxrss), process.returncode, output)


def apart(seconds_max: float, function: Callable[..., T], *arguments: object) -> Apart[T]:
    """Call a function in a fresh process and wait for it, at most so long.

    The function, its arguments and what it gives must be fit to be sent between processes.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    began = time.monotonic()
    process = context.Process(target=_called, args=(sender, function, arguments), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(seconds_max):
            return Apart(None, time.monotonic() - began, 0, f"stopped after {seconds_max:.0f} s")
        value, fault, peak_mib = receiver.recv()
    except EOFError:
        return Apart(None, time.monotonic() - began, 0, "its process ended by itself")
    finally:
        process.kill()
        process.join()
    return Apart(value, time.monotonic() - began, peak_mib, fault)


def run_record(out: Path) -> dict[str, object]:
    """What a run of the solver wrote about itself."""
    record: dict[str, object] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return record


def _called(sender: Connection, function: Callable[..., object], arguments: tuple[object, ...]) -> None:
    try:
        value, fault = function(*arguments), ""
    except Exception as error:
        value, fault = None, f"{type(error).__name__}: {error}"
    children = _mib(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    sender.send((value, fault, max(_own_peak_mib(), children)))


def _own_peak_mib() -> float:
    """Linux' own count where there is one: what `getrusage` says there holds the parent's memory too."""
    if STATUS.exists():
        for line in STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return _mib(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _mib(most: int) -> float:
    # Linux counts in KiB, macOS in bytes.
    return most / (1024 if sys.platform == "linux" else 1024 * 1024)
