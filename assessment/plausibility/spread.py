"""How far ratings lie from what is expected: Student's t, five degrees of freedom, its scale learnt.

Its tails are heavy, so that a rating far off counts against a story, but not without measure. Five degrees
are a common choice for data with a few wild values (Lange, Little and Taylor, Journal of the American
Statistical Association 84, 1989); means of many ratings have lighter tails and are given ten. What is
expected is in `expectation.py`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

FREEDOM = 5
FREEDOM_OF_MEANS = 10
ROUNDS = 30
FINENESS = 50
STEPS = 8  # expected ratings are kept in eighths of a step of the scale


class Tables:
    """The log chances of each level round an expected rating, reckoned once for each eighth of a step.

    `scales` has the scale of Student's t for each class of rows. Levels and expected ratings count from 0.
    """

    def __init__(self, levels: int, scales: Sequence[float]) -> None:
        self._levels = levels
        self._scales = scales
        self._rows: dict[tuple[int, int], list[float]] = {}

    def row(self, kind: int, expected: float) -> list[float]:
        """The logarithm of the chance of each level, for a row of this class."""
        step = int((expected + 1) * STEPS + 0.5)
        return self._rows.get((kind, step)) or self._reckoned(kind, step)

    def rows(self, kinds: Sequence[int], expected: Sequence[float]) -> list[list[float]]:
        """The same for many rows."""
        found, reckoned = self._rows.get, self._reckoned
        keys = [(kind, int((each + 1) * STEPS + 0.5)) for kind, each in zip(kinds, expected, strict=True)]
        return [found(key) or reckoned(*key) for key in keys]

    def _reckoned(self, kind: int, step: int) -> list[float]:
        expected = min(max(step / STEPS - 1, -0.5), self._levels - 0.5)
        tails = [t_tail((level - expected) / self._scales[kind]) for level in range(self._levels)]
        whole = math.log(sum(map(math.exp, tails)))
        self._rows[kind, step] = chances = [tail - whole for tail in tails]
        return chances


def t_tail(off: float, freedom: int = FREEDOM) -> float:
    """The log density of Student's t at so many scales from the middle, but for a constant."""
    return -(freedom + 1) / 2 * math.log1p(off * off / freedom)


def scale_of(residuals: Iterable[float], freedom: int = FREEDOM) -> float:
    """The scale of Student's t that suits these best, by the usual reweighting; residuals to a fiftieth."""
    counts = Counter([int(abs(residual) * FINENESS + 0.5) for residual in residuals])
    squares = [((size / FINENESS) ** 2, number) for size, number in counts.items()]
    number = counts.total()
    scale = sum(square * n for square, n in squares) / number if number else 0.0
    for _ in range(ROUNDS):
        if scale < 1 / FINENESS**2:
            return 0.0
        scale = (freedom + 1) * sum(n * square / (freedom + square / scale) for square, n in squares) / number
    return math.sqrt(scale)
