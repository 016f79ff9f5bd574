"""Where assessing stops rather than guesses: errors whose text can be shown to the person as it is.

Each holds its facts and names everything that is wrong at once. Nothing here decides anything; the files
that raise them do. Read `scoring.py` next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class CannotAssess(Exception):
    """Assessing cannot go on. `faults` holds one plain sentence for each thing that stands in the way."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class RatingsInDoubt(CannotAssess):
    """Ratings that cannot be read in one way only: given twice, settled twice, or outside the scale."""


class MatrixWithoutWeight(CannotAssess):
    """A matrix whose weights sum to 0 gives nobody an overall score."""

    def __init__(self) -> None:
        super().__init__(["The weights of the matrix sum to 0, so there is no overall score."])


class LotSeedMissing(CannotAssess):
    """Applicants are level to the end of the tie-break and the campaign has no seed for the lot.

    `ties` holds each set of level applicants, by reference.
    """

    def __init__(self, ties: Sequence[tuple[str, ...]]) -> None:
        self.ties = tuple(ties)
        super().__init__(
            f"{', '.join(tie)} are level after every named exercise, and the setting lot_seed is empty."
            for tie in self.ties
        )


class PanelDecisionNeeded(CannotAssess):
    """Applicants share a rank, and who of them gets a place depends on a decision nobody has taken."""

    def __init__(self, rank: int, applicants: tuple[str, ...], councils: tuple[str, ...]) -> None:
        self.rank = rank
        self.applicants = applicants
        self.councils = councils
        super().__init__(
            [
                f"{', '.join(applicants)} share rank {rank}, and there are not enough places for all of them "
                f"at {', '.join(councils)}: the panel has to decide between them first."
            ]
        )


class CouncilListsInDoubt(CannotAssess):
    """The rule `council_lists` without any list, or with an applicant twice on one list."""
