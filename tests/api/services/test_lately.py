"""What was made last: kept under its key, the oldest given up first, made once however many ask."""

from __future__ import annotations

import threading
import time

import pytest

from api.services.lately import Lately


def test_lately_gives_up_what_was_not_asked_for_longest() -> None:
    kept = Lately[str, int](2)
    for key, value in (("a", 1), ("b", 2)):
        kept.put(key, value)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_lately_is_made_once_for_many_who_ask_at_once() -> None:
    kept, made = Lately[str, int](2), []

    def make() -> int:
        time.sleep(0.05)
        made.append(1)
        return len(made)

    got: list[int] = []
    threads = [threading.Thread(target=lambda: got.append(kept.get_or_make("a", make))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (got, made) == ([1] * 5, [1])


def test_lately_keeps_nothing_of_what_failed() -> None:
    kept = Lately[str, int](2)

    def fail() -> int:
        raise KeyError

    with pytest.raises(KeyError):
        kept.get_or_make("a", fail)
    assert kept.get_or_make("a", lambda: 7) == 7
