"""How all tests run.

Hypothesis gives an example no deadline, since no test here asserts on time. On a build server it tries
the same examples at each run, elsewhere new ones.
"""

from __future__ import annotations

import os

from hypothesis import settings

from tests.browser import chromium  # noqa: F401  (fixtures for every test, here and below)
from tests.databases import (  # noqa: F401
    database,
    database_url,
    fresh_url,
    module_copies,
    module_url,
    postgresql_copies,
    postgresql_url,
    sqlite_template,
    sqlite_url,
)
from tests.service import any_service, installed, service  # noqa: F401

settings.register_profile("house", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("house")
