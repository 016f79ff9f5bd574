"""One unit of work: everything that a request or a job reads and writes, kept whole or not at all.

It is committed where it ends, by leaving its `with`, and nowhere else; an exception takes everything back.
Queries are in the repositories, which hang on it by the names of what they keep.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from types import TracebackType

from sqlalchemy import Engine
from sqlmodel import Session

from api.storage.engine import is_postgresql, writing
from api.storage.repositories.accounts import Accounts
from api.storage.repositories.audit import Audit
from api.storage.repositories.campaigns import Campaigns
from api.storage.repositories.jobs import Jobs
from api.storage.repositories.memberships import Memberships
from api.storage.repositories.proposals import Proposals
from api.storage.repositories.ratings import Ratings
from api.storage.repositories.sign_ins import SignIns
from api.storage.repositories.timetables import Timetables
from api.storage.repositories.tokens import Tokens
from api.storage.repositories.uploads import Uploads

# Tells a queue of a job, over the connection of the unit of work that makes the job.
Waker = Callable[[Session, str], None]


class UnitOfWork:
    """Used as `with database.reading() as work:` or `with database.writing() as work:`."""

    def __init__(self, engine: Engine, writes: bool, waker: Waker | None = None) -> None:
        self.writes = writes
        self._waker = waker
        self._taken_back = False
        self._after_commit: list[Callable[[], None]] = []
        self.session = Session(writing(engine) if writes else engine, expire_on_commit=False)

    def wake_workers(self, job: str) -> None:
        """Tell the workers of a new job, in this unit of work: both are kept or none."""
        if self._waker is not None:
            self._waker(self.session, job)

    @property
    def database_address(self) -> str:
        """Which database this is, for what is remembered of it in memory."""
        return str(self.session.get_bind().engine.url)

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do this once everything has been kept, and not at all where it was taken back."""
        self._after_commit.append(act)

    def take_back(self) -> None:
        """Keep nothing of it when it ends; it may go on reading."""
        self._taken_back = True

    def __enter__(self) -> UnitOfWork:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self.writes and not self._taken_back:
                self.session.commit()
                for act in self._after_commit:
                    act()
        finally:
            # What was not committed is rolled back by closing, and what was read stays readable.
            self.session.close()

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(self.session)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.session)

    @cached_property
    def campaigns(self) -> Campaigns:
        return Campaigns(self.session)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self.session)

    @cached_property
    def memberships(self) -> Memberships:
        return Memberships(self.session)

    @cached_property
    def proposals(self) -> Proposals:
        return Proposals(self.session)

    @cached_property
    def ratings(self) -> Ratings:
        return Ratings(self.session)

    @cached_property
    def sign_ins(self) -> SignIns:
        return SignIns(self.session)

    @cached_property
    def timetables(self) -> Timetables:
        return Timetables(self.session)

    @cached_property
    def tokens(self) -> Tokens:
        return Tokens(self.session)

    @cached_property
    def uploads(self) -> Uploads:
        return Uploads(self.session)


class Database:
    """The database of one installation; whoever starts something makes one and hands it on."""

    def __init__(self, engine: Engine, waker: Waker | None = None) -> None:
        self.engine = engine
        self._waker = waker

    @property
    def writes_one_by_one(self) -> bool:
        """Whether one unit of work at a time may write, and others wait for it: SQLite."""
        return not is_postgresql(self.engine)

    def reading(self) -> UnitOfWork:
        return UnitOfWork(self.engine, writes=False)

    def writing(self) -> UnitOfWork:
        return UnitOfWork(self.engine, writes=True, waker=self._waker)

    def close(self) -> None:
        self.engine.dispose()
