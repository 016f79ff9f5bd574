"""Many requests at one moment: all are answered, in their turn, on either database."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import httpx

from api.routes.turns import Turns
from tests.rating_made import entry, made_sheet_of, publish_draft
from tests.service import OWN_PAGE, install
from tests.serving import serving, token_of

# More than there are threads and connections together.
AT_ONE_MOMENT = 90
T = TypeVar("T")


def _run(steps: Coroutine[None, None, T]) -> T:
    """In a thread of its own: in this one a browser that other tests have opened keeps its event loop."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, steps).result()


async def _most_at_once(turns: Turns, writes: list[bool]) -> tuple[int, int, list[int]]:
    """How many had their turn together, how many of them wrote, and in which order they came."""
    now, writing, most, most_writing, order = 0, 0, 0, 0, []

    async def one(number: int, is_writer: bool) -> None:
        nonlocal now, writing, most, most_writing
        async with turns.turn(writes=is_writer):
            now, writing = now + 1, writing + is_writer
            most, most_writing = max(most, now), max(most_writing, writing)
            order.append(number)
            await asyncio.sleep(0.001)
            now, writing = now - 1, writing - is_writer

    await asyncio.gather(*(one(number, is_writer) for number, is_writer in enumerate(writes)))
    return most, most_writing, order


def test_so_many_have_a_turn_and_one_of_them_writes() -> None:
    turns = Turns(4, writes_one_by_one=True)
    most, most_writing, _ = _run(_most_at_once(turns, [n % 3 == 0 for n in range(60)]))
    assert (most, most_writing) == (4, 1)


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    turns = Turns(3, writes_one_by_one=False)
    most, most_writing, order = _run(_most_at_once(turns, [True] * 40))
    assert (most, most_writing, order) == (3, 3, list(range(40)))


def test_everybody_who_saves_at_one_moment_is_answered(database_url: str) -> None:
    service = install(database_url)
    publish_draft(service)
    sheet, token = made_sheet_of(service), token_of(service, service.accounts["assessor"])
    with serving(database_url, second_factor="nobody") as running:
        told = _run(_all_at_once(running.base, f"{service.base}/rate/entries", token, sheet.id))
    assert told == Counter({200: AT_ONE_MOMENT})
    with service.database.reading() as work:
        assert len(work.ratings.entries(sheet.id)) == AT_ONE_MOMENT
    service.database.close()


async def _all_at_once(base: str, path: str, token: str, sheet: str) -> Counter[int]:
    many = httpx.Limits(max_connections=None)
    cookies = {"stepup": token}
    async with httpx.AsyncClient(
        base_url=base, cookies=cookies, headers=OWN_PAGE, timeout=120, limits=many
    ) as browsers:
        sent = [
            {"device": f"{number:032x}", "entries": [entry(1, sheet, "values", 3)]}
            for number in range(AT_ONE_MOMENT)
        ]
        answers = await asyncio.gather(*(browsers.post(path, json=one) for one in sent))
    return Counter(answer.status_code for answer in answers)
