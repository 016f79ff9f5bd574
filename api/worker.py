"""The embedded child that does the jobs of a server over SQLite (with PostgreSQL: `stepup worker`).

Started by `api.jobs.embedded.Workshop` only: `python -m api.worker NAME`, settings in the environment.
"""

from __future__ import annotations

import logging
import sys

from api.jobs.embedded import leave_with_the_server, work_for_ever
from api.settings import Settings
from api.storage.engine import engine_of
from api.storage.unit_of_work import Database


def main() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    leave_with_the_server()
    settings = Settings()
    work_for_ever(Database(engine_of(settings.url)), settings, sys.argv[1])


if __name__ == "__main__":
    main()
