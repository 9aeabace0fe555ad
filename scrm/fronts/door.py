"""The ASGI callable: plays are answered on the event loop, everything else by Flask in a few threads.

A play spends nearly all its time waiting for the commit that it shares with others. On the loop thousands can wait
and cost no thread; in Flask, each would hold one (docs/adr/0010-plays-on-the-loop.md). The loop's way is only a short
cut: it knows a request in order and a decided play. Whatever else there is to say, ``club.plays`` says, asked again
under the same key.
"""

import asyncio
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Any, cast

import orjson
from flask import Flask
from prometheus_client import Counter

import campaigns
from center_core.kit import Refused, utcnow
from scrm.engine import Engine
from scrm.metrics import REQUESTS, SENT_AWAY

from .bodies import CROWD_OF_PAGES, TOO_SLOW, Bodies
from .bridge import Answer, Receive, Scope, Send, environ_of
from .club.plays import answer
from .i18n import language_of
from .identity import MEMBER_COOKIE, OWN_ORIGIN, Tokens, member_id_of
from .pace import Pace
from .refusals import prepare

PLAYS = re.compile(r"/c/([a-z0-9-]+)/plays")
COOKIE = re.compile(rb"(?:^|; )" + MEMBER_COOKIE.encode() + rb"=([\w.-]+)(?:;|$)")

Told = tuple[dict[str, Any], dict[str, Any]]
"""A whole answer as ASGI has it: how it begins, and its body."""

DRAWN = [(b"content-type", b"application/json"), (b"x-content-type-options", b"nosniff")]
REPLAYED = [*DRAWN, (b"idempotent-replayed", b"true")]

CROWD_OF_PLAYS = campaigns.overloaded()


class Door:
    """``app`` for an ASGI server.

    ``threads`` answer pages; when ``bound`` requests wait for one, the rest hear 503. So do plays beyond
    ``plays_per_second``: what a refusal costs must be left over (docs/adr/0019-a-ceiling-on-plays.md).
    """

    def __init__(self, app: Flask, *, threads: int, bound: int, plays_per_second: float) -> None:
        self._app = app
        self._bodies = Bodies(app.config["MAX_CONTENT_LENGTH"])
        self._tokens: Tokens = app.extensions["tokens"]
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._most = threads + bound
        self._in_hand = 0
        self._pace = Pace(plays_per_second)
        self._engine: Engine | None = None
        self._refusals = Refusals(app)
        self._drawn = REQUESTS.labels("club", "2xx")
        self._sent_away = {what: Tally(SENT_AWAY.labels(what)) for what in ("play", "pace", "page", "body")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        began = perf_counter()
        if self._engine is None:
            # Before any page asks for the engine from a thread.
            self._engine = cast("Callable[[], Engine]", self._app.extensions["engine"])()
        path = PLAYS.fullmatch(scope["path"]) if scope["method"] == "POST" else None
        # Before anything is read: whoever is sent away must cost next to nothing.
        if path and self._engine.is_crowded(path[1]):
            await self._send_away(CROWD_OF_PLAYS, "play", scope, send)
            return
        if path and not self._pace.passes(began):
            await self._send_away(CROWD_OF_PLAYS, "pace", scope, send)
            return
        try:
            played = await self._play(self._engine, path[1], scope["headers"]) if path else None
            if played is None:
                await self._page(scope, receive, send)
            else:
                for message in played:
                    await send(message)
                self._drawn.observe(perf_counter() - began)
        except Refused as refused:
            what = "page" if refused is CROWD_OF_PAGES else "body" if refused is TOO_SLOW else "play"
            await self._send_away(refused, what, scope, send)

    async def _send_away(self, crowd: Refused, what: str, scope: Scope, send: Send) -> None:
        self._sent_away[what].add_one()
        for message in self._refusals.of(crowd, scope["headers"]):
            await send(message)

    async def _play(self, engine: Engine, slug: str, headers: Iterable[tuple[bytes, bytes]]) -> Told | None:
        """The answer to a play, or ``None`` where Flask has to look at the request."""
        given = dict(headers)
        cookie, key = COOKIE.search(given.get(b"cookie", b"")), given.get(b"idempotency-key")
        if (
            cookie is None
            or key is None
            or given.get(b"sec-fetch-site", b"none").decode("latin-1") not in OWN_ORIGIN
        ):
            return None
        member_id = member_id_of(self._tokens, cookie[1].decode())
        if member_id is None:
            return None
        found = await engine.ask(slug, member_id=member_id, key=key.decode("latin-1"), now=utcnow())
        if found is None:
            return None
        told = REPLAYED if found[1].replayed else DRAWN
        return _told(200, told, orjson.dumps(answer(*found)))

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let Flask answer in one of the threads.

        What has not come yet takes nobody's place: a page that is asked for is there at once, and waits for no form.
        """
        self._refuse_a_crowd()
        body = await self._bodies.read(receive)
        if body is None:
            return  # Nobody is left to answer, and what they wanted is not known.
        self._refuse_a_crowd()
        self._in_hand += 1
        try:
            loop = asyncio.get_running_loop()
            told = Answer(send, loop)
            rest = await loop.run_in_executor(self._pool, told.call, self._app, environ_of(scope, body))
            await told.finish(rest)
        finally:
            self._in_hand -= 1

    def _refuse_a_crowd(self) -> None:
        if self._in_hand >= self._most:
            raise CROWD_OF_PAGES


class Refusals:
    """What is said when there is no time to say anything: rendered once, by the code that renders every refusal."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._prepared: dict[tuple[str, str, bool], Told] = {}

    def of(self, refused: Refused, headers: Iterable[tuple[bytes, bytes]]) -> Told:
        """The answer for a reader with ``headers``, as it is sent."""
        given = dict(headers)
        locale = language_of(self._app, given)
        wants_page = b"idempotency-key" not in given and b"text/html" in given.get(b"accept", b"")
        known = refused.text, locale, wants_page
        told = self._prepared.get(known)
        if told is None:
            made = prepare(self._app, refused, locale=locale, page=wants_page)
            told = self._prepared[known] = _told(made.status, made.headers, made.body)
        return told


def _told(status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> Told:
    """A whole answer as ASGI has it."""
    size = b"content-length", str(len(body)).encode()
    return (
        {"type": "http.response.start", "status": status, "headers": [*headers, size]},
        {"type": "http.response.body", "body": body},
    )


class Tally:
    """Counts into a metric a second at a time: by itself each request would pay a tenth of what its refusal costs."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._count = 0

    def add_one(self) -> None:
        """On the loop."""
        if not self._count:
            asyncio.get_running_loop().call_later(1, self._write)
        self._count += 1

    def _write(self) -> None:
        self._counter.inc(self._count)
        self._count = 0
