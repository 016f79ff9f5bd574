"""The commands that start something that stays: `serve`, for browsers, and `worker`, for jobs."""

from __future__ import annotations

import gc
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.application import app

if TYPE_CHECKING:
    from fastapi import FastAPI

    from api.settings import Settings
    from api.storage.unit_of_work import Database

Port = Annotated[int, typer.Option(min=1, max=65_535, help="The port to listen on.")]
Host = Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 is every one of this machine.")]
Demo = Annotated[
    bool, typer.Option("--demo", help="With a made-up campaign and one made-up account per role, printed.")
]
Processes = Annotated[
    int, typer.Option(min=1, max=64, help="How many processes answer; several need PostgreSQL.")
]
DEMO_FOLDER = Path("demo/service")
# Longer than browsers and web servers in front keep a connection open.
KEEP_ALIVE_SECONDS = 75


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000, demo: Demo = False, processes: Processes = 1) -> None:
    """Start the service. Its settings come from the environment (see the README)."""
    from api.errors import BadInput, Fault
    from api.settings import Settings

    settings = Settings()
    if "base_url" not in settings.model_fields_set:
        settings.base_url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"
    if demo:
        settings.demo, settings.second_factor = True, "nobody"
        if "data_folder" not in settings.model_fields_set:
            settings.data_folder = DEMO_FOLDER
    if processes > 1 and not settings.has_workers:
        wanted = "1 over SQLite; several need PostgreSQL (STEPUP_DATABASE_URL)"
        raise BadInput([Fault("--processes", None, None, str(processes), wanted)])
    _serve(settings, host, port, processes)


def _serve(settings: Settings, host: str, port: int, processes: int) -> None:
    import uvicorn

    from api.app import create_app
    from api.jobs.embedded import Workshop

    database = database_of(settings)
    _greet(settings, database)
    if processes > 1:
        # Each process reads its settings from the environment again.
        os.environ.update(settings.environment)
        database.close()
        _run_several(host, port, processes)
        return
    workshop = None if settings.has_workers else Workshop(settings, database)
    app = create_app(settings, database, workshop)
    _share_the_processor()
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )


def _run_several(host: str, port: int, processes: int) -> None:
    """What `uvicorn.run` does for several processes, over a listener of our own.

    The one that it would open makes every answer in two parts wait 40 ms for an acknowledgement.
    """
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(
        "api.cli.serving:app_of_environment",
        factory=True,
        workers=processes,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )
    listener = config.bind_socket()
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    Multiprocess(config, sockets=[listener]).run()


def app_of_environment() -> FastAPI:
    """The application of one process among several."""
    from api.app import create_app
    from api.settings import Settings

    settings = Settings()
    _share_the_processor()
    return create_app(settings, database_of(settings))


def _share_the_processor() -> None:
    """Let requests take turns more often, so that one that reckons does not hold up the others, and look less
    often for what can be thrown away.
    """
    sys.setswitchinterval(0.0005)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def database_of(settings: Settings) -> Database:
    """The installation's database, brought to the newest state."""
    from api.storage.engine import engine_of
    from api.storage.migrate import migrate
    from api.storage.unit_of_work import Database

    engine = engine_of(settings.url)
    migrate(engine)
    if not settings.has_workers:
        return Database(engine)
    from api.jobs.queue import waker_of

    return Database(engine, waker_of(settings.url))


@app.command()
def worker() -> None:
    """Do the jobs of an installation with PostgreSQL: any number of these, on any machines."""
    import asyncio
    import logging

    from api.errors import BadInput, Fault
    from api.settings import Settings

    settings = Settings()
    if not settings.has_workers:
        found = "SQLite" if settings.url.startswith("sqlite") else "another database"
        raise BadInput(
            [Fault("STEPUP_DATABASE_URL", None, None, found, "postgresql://…: only then are there workers")]
        )
    from api.jobs.queue import serve_queue

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    asyncio.run(serve_queue(settings, database_of(settings)))
    # A solve that is not over yet is another worker's from now on; its threads must not hold this one.
    os._exit(0)


def _greet(settings: Settings, database: Database) -> None:
    """Say where the service is, and how the first person gets in."""
    from api.clock import utc_now
    from api.services.manage_accounts import first_link

    print(f"The service is at {settings.base_url}", flush=True)
    if settings.demo:
        from api.services.make_up_installation import make_up_installation

        with database.writing() as work:
            people = make_up_installation(work, utc_now())
        print("Everybody in it is made up. Sign in as one of:")
        for person in people:
            print(f"  {person.role:<24} {person.email:<42} {person.password}")
        return
    with database.writing() as work:
        token = first_link(work, utc_now())
    if token is not None:
        print("Nobody looks after it yet. This link works once, within a day, for the first administrator:")
        print(f"  {settings.base_url}/link/{token}", flush=True)
