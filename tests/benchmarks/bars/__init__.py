"""The bars of the project, each measured by one function: `BARS`, in the order of the report."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.bars.allocation import measure_allocation
from tests.benchmarks.bars.assessors import measure_assessors
from tests.benchmarks.bars.command import measure_chain, measure_command
from tests.benchmarks.bars.day_repair import measure_day_repair
from tests.benchmarks.bars.growth import measure_growth
from tests.benchmarks.bars.large import measure_national, measure_thousand
from tests.benchmarks.bars.organisers import measure_organisers
from tests.benchmarks.bars.peers import measure_large_peers, measure_peers
from tests.benchmarks.bars.repair import measure_repairs
from tests.benchmarks.bars.running_orders import measure_running_orders
from tests.benchmarks.bars.samples import measure_samples
from tests.benchmarks.bars.severity import measure_severity
from tests.benchmarks.report import Part

Bar = Callable[[bool], Part]

# Each takes whether it must be quick.
BARS: dict[str, Bar] = {
    "samples": measure_samples,
    "thousand": measure_thousand,
    "national": measure_national,
    "orders": measure_running_orders,
    "repair": measure_repairs,
    "peers": measure_peers,
    "large-peers": measure_large_peers,
    "growth": measure_growth,
    "command": measure_command,
    "chain": measure_chain,
    "allocation": measure_allocation,
    "severity": measure_severity,
    "organisers": measure_organisers,
    "assessors": measure_assessors,
    "day_repair": measure_day_repair,
}
