"""The settings of one installation, from the environment: `STEPUP_DATABASE_URL`, `STEPUP_BASE_URL` and so on.

Nothing else reads the environment. What one campaign is set to is in its own table `settings`. The embedded
default needs none of them: SQLite in a folder beside, one solve at once, nothing sent.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting has a default that works on one machine; a wrong one is refused at the start.

    `solves_at_once` bounds how many solves run at the same time in the whole installation, `solve_workers`
    the processors that each may use. `second_factor` says who is asked for a one-time code. `demo` marks an
    installation with made-up people only, which says so on every page.
    """

    model_config = SettingsConfigDict(env_prefix="STEPUP_", extra="ignore")

    data_folder: Path = Path("stepup-data")
    database_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    time_zone: str = "Europe/London"
    solves_at_once: int = Field(default=1, ge=1, le=64)
    solve_workers: int = Field(default=2, ge=1, le=256)
    solve_seconds_max: int = Field(default=600, ge=10, le=86_400)
    second_factor: Literal["organisers", "everybody", "nobody"] = "organisers"
    demo: bool = False
    openid_name: str = ""
    openid_issuer: str = ""
    openid_client: str = ""
    openid_secret: SecretStr = SecretStr("")

    @property
    def url(self) -> str:
        """The database: SQLite in the data folder where none is named."""
        return self.database_url or f"sqlite:///{self.data_folder / 'stepup.sqlite3'}"

    @property
    def environment(self) -> dict[str, str]:
        """The same settings for another process. Secrets are in the environment already."""
        told = self.model_dump(mode="json", exclude={"openid_secret"})
        return {f"STEPUP_{name.upper()}": str(value) for name, value in told.items()}

    @property
    def has_workers(self) -> bool:
        """Whether jobs are done by `stepup worker` over PostgreSQL, rather than by a child of the server."""
        return self.url.startswith("postgresql")

    @property
    def is_secure(self) -> bool:
        """Whether people reach the service by https, so that cookies may insist on it."""
        return self.base_url.startswith("https://")

    @property
    def has_openid(self) -> bool:
        return bool(self.openid_issuer and self.openid_client)
