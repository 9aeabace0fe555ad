"""The door: what the event loop answers is what Flask would have answered, and no crowd of pages stops plays."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from time import sleep
from typing import Any

import httpx
import pytest
from flask import Flask, Response, request

import campaigns
from center_core import member
from center_core.kit import Database, utcnow
from scrm.fronts import bridge, identity
from scrm.fronts.door import Door
from scrm.fronts.identity import MEMBER_COOKIE
from scrm.metrics import SENT_AWAY
from tests import make
from tests.make import campaign as making

Act = Callable[[httpx.AsyncClient], Awaitable[Any]]


@pytest.fixture
def live(database: Database) -> campaigns.Live:
    """A wheel that runs now, with two points prizes a day."""
    with database.transaction() as db:
        prizes = [making.prize(1, "points", points=5, odds_ppm=1_000_000), making.fallback()]
        return making.live(db, now=utcnow(), prizes=prizes, limits={"free_per_day": 2})


@pytest.fixture
def cookie(app: Flask, database: Database) -> str:
    """The cookie of a member's phone."""
    with database.transaction() as db:
        who: member.Member = make.member(db)
    with app.app_context():
        return f"{MEMBER_COOKIE}={identity.member_token(who.member_id)}"


class House:
    """The application behind its door, on a loop of its own: the suite's browser keeps one in the main thread."""

    def __init__(self, app: Flask, plays_per_second: float = 1_000_000) -> None:
        self.app = app
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.door = Door(app, threads=2, bound=1, plays_per_second=plays_per_second)

    def visit(self, act: Act) -> Any:
        """What ``act`` returns, given a client."""

        async def with_client() -> Any:
            transport = httpx.ASGITransport(self.door, raise_app_exceptions=True)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                return await act(client)

        return asyncio.run_coroutine_threadsafe(with_client(), self.loop).result(30)

    def play(self, slug: str, headers: dict[str, str]) -> httpx.Response:
        return self.visit(lambda client: client.post(f"/c/{slug}/plays", headers=headers))

    def close(self) -> None:
        self.app.extensions["engine"]().close()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    """Two threads for pages, and one request may wait for them."""
    house = House(app)
    yield house
    house.close()


def test_a_play_is_decided_on_the_loop(
    house: House, live: campaigns.Live, cookie: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.play(live.slug, {"Cookie": cookie, "Idempotency-Key": "first-play"})  # Now the campaign is at hand.
    monkeypatch.setattr(bridge.Answer, "call", None)
    told = house.play(
        live.slug, {"Cookie": cookie, "Idempotency-Key": "next-play", "Sec-Fetch-Site": "same-origin"}
    )
    assert (told.status_code, told.json()["n"], told.json()["prize"]["no"]) == (200, 2, 1)
    again = house.play(live.slug, {"Cookie": cookie, "Idempotency-Key": "next-play"})
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json() == {**told.json(), "replayed": True}


# What is wrong with the request, the headers that it then has, and what the answer must be.
REFUSED = [
    ("no cookie", {"Cookie": None}, 401, "signed_out"),
    (
        "a forged token",
        {"Cookie": f"{MEMBER_COOKIE}=AAAAAAAAAAAAAAAAAAAAAA.abcdef.forged"},
        401,
        "signed_out",
    ),
    ("another site", {"Sec-Fetch-Site": "cross-site"}, 403, "foreign_origin"),
    ("no key", {"Idempotency-Key": None}, 400, "idempotency_key_missing"),
    ("a key that is none", {"Idempotency-Key": "short"}, 400, "idempotency_key_bad"),
    ("no chance left", {"Idempotency-Key": "third-play"}, 409, "no_chance"),
]


@pytest.mark.parametrize(
    ("change", "status", "key"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_whatever_is_refused_is_refused_as_flask_does(
    house: House, live: campaigns.Live, cookie: str, change: dict[str, str | None], status: int, key: str
) -> None:
    in_order = {"Cookie": cookie, "Accept": "application/json", "Accept-Language": "en"}
    # Where something else is wrong a chance is left, so that nothing but that can refuse the play.
    for number in range(2 if key == "no_chance" else 1):
        assert house.play(live.slug, {**in_order, "Idempotency-Key": f"play-{number:04d}"}).status_code == 200
    sent = {**in_order, "Idempotency-Key": "third-play", **change}
    headers = {name: value for name, value in sent.items() if value is not None}
    told = house.play(live.slug, headers)
    assert (told.status_code, told.json()["key"]) == (status, key)
    plain = house.app.test_client(use_cookies=False)
    by_flask = house.visit(lambda _: asyncio.to_thread(plain.post, f"/c/{live.slug}/plays", headers=headers))
    assert told.json() == by_flask.json
    assert told.headers["Content-Type"] == by_flask.headers["Content-Type"]


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "请稍后再试"), ("en", "try again")])
def test_a_crowd_is_sent_away_in_its_own_language(
    house: House, live: campaigns.Live, cookie: str, monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    headers = {"Cookie": cookie, "Idempotency-Key": "one-play", "Accept-Language": language}
    assert house.play(live.slug, headers).status_code == 200
    monkeypatch.setattr(house.app.extensions["engine"]()._batcher, "_bound", 0)
    shed = house.play(live.slug, headers)
    assert (shed.status_code, shed.headers["Retry-After"], shed.json()["key"]) == (503, "1", "overloaded")
    assert word in shed.json()["detail"]
    # The policies of pages say nothing to a program, and each header costs a crowd's server.
    assert set(shed.headers) == {"content-type", "content-length", "retry-after", "x-content-type-options"}


def test_plays_beyond_the_ceiling_are_sent_away_and_pages_are_not(
    app: Flask, live: campaigns.Live, cookie: str
) -> None:
    before = counted("pace")
    house = House(app, plays_per_second=1)
    try:
        headers = {"Cookie": cookie, "Idempotency-Key": "first-play", "Accept-Language": "en"}
        assert house.play(live.slug, headers).status_code == 200
        shed = house.play(live.slug, {**headers, "Idempotency-Key": "next-play"})
        assert (shed.status_code, shed.headers["Retry-After"], shed.json()["key"]) == (503, "1", "overloaded")
        assert house.visit(lambda client: client.get(f"/c/{live.slug}")).status_code == 200
        # What it was told to do: the same again, after a second.
        sleep(1)
        told = house.play(live.slug, {**headers, "Idempotency-Key": "next-play"})
        assert (told.status_code, told.json()["n"], told.json()["replayed"]) == (200, 2, False)
        await_count("pace", before + 1)
    finally:
        house.close()


def counted(what: str) -> float:
    return SENT_AWAY.labels(what)._value.get()


def await_count(what: str, number: float) -> None:
    """Wait until ``number`` is counted; it is written a second at a time."""
    for _ in range(100):
        if counted(what) == number:
            return
        sleep(0.05)
    raise AssertionError(f"{counted(what)} were counted, not {number}")


def test_those_who_are_sent_away_are_counted(
    house: House, live: campaigns.Live, cookie: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = {"Cookie": cookie, "Idempotency-Key": "one-play"}
    assert house.play(live.slug, headers).status_code == 200
    monkeypatch.setattr(house.app.extensions["engine"]()._batcher, "_bound", 0)
    before = counted("play")
    assert [house.play(live.slug, headers).status_code for _ in range(3)] == [503] * 3
    await_count("play", before + 3)


def test_plays_go_on_while_all_pages_are_stuck(house: House, live: campaigns.Live, cookie: str) -> None:
    stuck = threading.Event()

    @house.app.get("/stuck")
    def _stuck() -> str:
        assert stuck.wait(20)
        return "done"

    async def crowd(client: httpx.AsyncClient) -> tuple[int, httpx.Response, list[httpx.Response]]:
        headers = {"Cookie": cookie, "Idempotency-Key": "first-play"}
        await client.post(f"/c/{live.slug}/plays", headers=headers)
        pages = [asyncio.create_task(client.get("/stuck")) for _ in range(3)]
        await asyncio.sleep(0.05)
        played = await client.post(
            f"/c/{live.slug}/plays", headers={**headers, "Idempotency-Key": "next-play"}
        )
        shed = await client.get("/stuck", headers={"Accept": "text/html", "Accept-Language": "en"})
        stuck.set()
        return played.status_code, shed, list(await asyncio.gather(*pages))

    played, shed, pages = house.visit(crowd)
    assert played == 200
    assert (shed.status_code, shed.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert "Very many people are here" in shed.text
    assert [page.text for page in pages] == ["done"] * 3


def test_a_request_reaches_flask_as_it_was_sent(house: House) -> None:
    @house.app.put("/echo/<path:rest>")
    def _echo(rest: str) -> dict[str, Any]:
        return {
            "rest": rest,
            "args": request.args.to_dict(flat=False),
            "cookies": dict(request.cookies),
            "given": request.headers["X-Given"],
            "type": request.content_type,
            "body": request.get_data(as_text=True),
            "from": request.remote_addr,
        }

    house.app.config["WTF_CSRF_ENABLED"] = False
    headers = [
        ("X-Given", "one"),
        ("X-Given", "two"),
        ("Cookie", "a=1"),
        ("Cookie", "b=2"),
        ("Content-Type", "text/x"),
    ]
    told = house.visit(
        lambda client: client.put("/echo/雪/花?q=冬&q=2", content="羽绒".encode(), headers=headers)
    )
    assert told.json() == {
        "rest": "雪/花",
        "args": {"q": ["冬", "2"]},
        "cookies": {"a": "1", "b": "2"},
        "given": "one,two",
        "type": "text/x",
        "body": "羽绒",
        "from": "127.0.0.1",
    }


def test_a_large_answer_comes_whole_and_in_parts(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "PART", 1000)
    lines = [f"{number:06d}\n".encode() for number in range(2000)]
    closed: list[bool] = []

    @house.app.get("/large")
    def _large() -> Response:
        answer = Response(iter(lines), content_type="text/csv")
        answer.call_on_close(lambda: closed.append(True))
        return answer

    told = house.visit(lambda client: client.get("/large"))
    assert told.content == b"".join(lines)
    assert told.headers["Content-Type"] == "text/csv"
    assert closed == [True]


def test_a_body_beyond_the_limit_is_refused(house: House) -> None:
    most = house.app.config["MAX_CONTENT_LENGTH"]

    @house.app.post("/take")
    def _take() -> dict[str, int]:
        return {"size": len(request.get_data())}

    house.app.config["WTF_CSRF_ENABLED"] = False

    def sized(size: int) -> httpx.Response:
        headers = {"Accept": "application/json"}
        return house.visit(lambda client: client.post("/take", content=b"x" * size, headers=headers))

    assert sized(most).json() == {"size": most}
    assert (sized(most + 1).status_code, sized(most * 3).json()["key"]) == (413, "too_large")


def test_a_body_that_is_cut_off_reaches_nobody(house: House) -> None:
    """Half a form is a form too: one that says less, such as that a store is no longer open."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    seen: list[bytes] = []

    @house.app.post("/form")
    def _form() -> str:
        seen.append(request.get_data())
        return "taken"

    parts = [b"name=Snow&", b"active=1"]
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": "/form",
        "query_string": b"", "server": ("localhost", 8000), "client": ("127.0.0.1", 1),
        "headers": [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"18")],
    }  # fmt: skip

    def send(parts: list[bytes], last: dict[str, Any]) -> list[str]:
        """What is said to one who sends ``parts``, and then ``last``."""
        coming = [*({"type": "http.request", "body": part, "more_body": True} for part in parts), last]
        told: list[str] = []

        async def receive() -> dict[str, Any]:
            return coming.pop(0)

        async def tell(message: dict[str, Any]) -> None:
            told.append(message["type"])

        asyncio.run_coroutine_threadsafe(house.door(scope, receive, tell), house.loop).result(30)
        return told

    # As Granian tells of a socket that was closed in the middle.
    for sent in ([], parts[:1], parts):
        assert send(sent, {"type": "http.disconnect"}) == []
    assert seen == []
    assert send(parts, {"type": "http.request", "body": b"", "more_body": False})[0] == "http.response.start"
    assert seen == [b"".join(parts)]


def test_a_header_with_an_underscore_cannot_pass_for_one_that_a_proxy_sets(house: House) -> None:
    """Both names are one variable of WSGI, and who may set the one must not have set the other."""

    @house.app.get("/whence")
    def _whence() -> dict[str, str | None]:
        return {"forwarded": request.headers.get("X-Forwarded-For"), "key": request.headers.get("X-Key")}

    headers = [("X-Forwarded-For", "10.0.0.7"), ("X_Forwarded_For", "1.2.3.4"), ("X_Key", "stolen")]
    told = house.visit(lambda client: client.get("/whence", headers=headers))
    assert told.json() == {"forwarded": "10.0.0.7", "key": None}
