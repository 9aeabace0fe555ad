"""Bodies that do not come: they are given up on, and meanwhile cost nobody a place."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from flask import Flask, request

from center_core.kit import Refused
from scrm.fronts import bodies
from scrm.fronts.bodies import CROWD_OF_PAGES, SMALL, TOO_SLOW, Bodies

from .test_door import House

Message = dict[str, Any]
T = TypeVar("T")


class Sender:
    """Sends parts, each some seconds after the one before, and then nothing more."""

    def __init__(self, *parts: tuple[float, bytes], ends: bool = False) -> None:
        self._parts = list(parts)
        self._ends = ends
        self.told: list[Message] = []

    async def receive(self) -> Message:
        if not self._parts:
            await asyncio.sleep(3600)
        after, part = self._parts.pop(0)
        await asyncio.sleep(after)
        return {"type": "http.request", "body": part, "more_body": bool(self._parts) or not self._ends}

    async def send(self, message: Message) -> None:
        self.told.append(message)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part may take half a second, a body one."""
    monkeypatch.setattr(bodies, "SECONDS_FOR_A_PART", 0.5)
    monkeypatch.setattr(bodies, "SECONDS_FOR_A_BODY", 1.0)


def scope(method: str, path: str) -> Message:
    return {
        "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": path,
        "query_string": b"", "server": ("localhost", 8000), "client": ("127.0.0.1", 1),
        "headers": [(b"accept", b"application/json"), (b"accept-language", b"en")],
    }  # fmt: skip


def run(house: House, act: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run_coroutine_threadsafe(act, house.loop).result(60)


@pytest.fixture
def open_house(app: Flask) -> Iterator[House]:
    """With an address that takes whatever is sent, and one that takes nothing."""
    house = House(app)
    house.app.config["WTF_CSRF_ENABLED"] = False

    @house.app.post("/take")
    def _take() -> bytes:
        return request.get_data()

    @house.app.get("/look")
    def _look() -> str:
        return "here"

    yield house
    house.close()


def test_bodies_that_never_come_take_nobodys_place(open_house: House) -> None:
    """The house has place for three."""

    async def crowd() -> list[Message]:
        silent = [Sender((0.0, b"phone=")) for _ in range(50)]
        waiting = [
            asyncio.create_task(open_house.door(scope("POST", "/take"), it.receive, it.send)) for it in silent
        ]
        await asyncio.sleep(0.1)
        looking, saying = Sender((0.0, b""), ends=True), Sender((0.0, b"a=1"), ends=True)
        await open_house.door(scope("GET", "/look"), looking.receive, looking.send)
        await open_house.door(scope("POST", "/take"), saying.receive, saying.send)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return [looking.told[0], *saying.told[:2]]

    looked, said, body = run(open_house, crowd())
    assert (looked["status"], said["status"], body["body"]) == (200, 200, b"a=1")


def on_a_loop(act: Coroutine[Any, Any, T]) -> T:
    """What ``act`` gives; in a thread, since the suite's browser keeps a loop in the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, act).result(60)


def test_one_that_stands_still_is_told_so(open_house: House, hurried: None) -> None:
    silent = Sender((0.0, b"phone="))
    run(open_house, open_house.door(scope("POST", "/take"), silent.receive, silent.send))
    assert silent.told[0]["status"] == 408
    assert b'"too_slow"' in silent.told[1]["body"]


READ = [
    ("steady", [(0.3, b"a"), (0.3, b"b"), (0.3, b"c")], b"abc"),
    ("standing still", [(0.0, b"a"), (5.0, b"b")], TOO_SLOW),
    ("without an end", [(0.3, b"a")] * 9, TOO_SLOW),
]


@pytest.mark.parametrize(("parts", "read"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_what_moves_is_waited_for_but_not_for_ever(
    hurried: None, parts: list[tuple[float, bytes]], read: bytes | Refused
) -> None:
    async def outcome() -> bytes | Refused | None:
        try:
            return await Bodies(1000).read(Sender(*parts, ends=True).receive)
        except Refused as refused:
            return refused

    assert on_a_loop(outcome()) == read


def test_what_is_under_way_is_bounded_and_small_ones_always_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_UNDER_WAY", 3 * SMALL)
    large = b"x" * (2 * SMALL)

    async def crowd() -> None:
        here = Bodies(10 * SMALL)
        first = asyncio.create_task(here.read(Sender((0.0, large)).receive))
        await asyncio.sleep(0.05)
        with pytest.raises(Refused) as refused:
            await here.read(Sender((0.0, large)).receive)
        assert refused.value is CROWD_OF_PAGES
        assert await here.read(Sender((0.0, b"a"), (0.0, b"b"), ends=True).receive) == b"ab"
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert await here.read(Sender((0.0, large), (0.0, b"b"), ends=True).receive) == large + b"b"

    on_a_loop(crowd())
