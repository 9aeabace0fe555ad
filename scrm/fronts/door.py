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
from typing import cast

import orjson
from flask import Flask

import campaigns
from center_core.kit import N_, Refused, utcnow
from scrm.engine import Engine
from scrm.metrics import REQUESTS

from .bridge import Answer, Receive, Scope, Send, environ_of, read_body
from .club.plays import answer
from .i18n import language_of
from .identity import MEMBER_COOKIE, OWN_ORIGIN, Tokens, member_id_of
from .refusals import Prepared, prepare

PLAYS = re.compile(r"/c/([a-z0-9-]+)/plays")
COOKIE = re.compile(rb"(?:^|; )" + MEMBER_COOKIE.encode() + rb"=([\w.-]+)(?:;|$)")

JSON = (b"content-type", b"application/json")
NO_SNIFFING = (b"x-content-type-options", b"nosniff")

CROWDED = Refused(
    "overloaded", N_("Very many people are here right now. Please try again in a moment."), retry_after=1
)


class Door:
    """``app`` for an ASGI server. ``threads`` answer pages; when ``bound`` requests wait for one, the rest hear 503."""

    def __init__(self, app: Flask, *, threads: int, bound: int) -> None:
        self._app = app
        self._most_bytes: int = app.config["MAX_CONTENT_LENGTH"]
        self._tokens: Tokens = app.extensions["tokens"]
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._most = threads + bound
        self._in_hand = 0
        self._engine: Engine | None = None
        self._refusals = Refusals(app)
        self._drawn = REQUESTS.labels("club", "2xx")
        self._shed = REQUESTS.labels("none", "5xx")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        began = perf_counter()
        if self._engine is None:
            # Before any page asks for the engine from a thread.
            self._engine = cast("Callable[[], Engine]", self._app.extensions["engine"])()
            self._engine.run_on(asyncio.get_running_loop())
        try:
            if scope["method"] == "POST" and (path := PLAYS.fullmatch(scope["path"])):
                played = await self._play(self._engine, path[1], scope["headers"])
                if played is not None:
                    await _send(send, 200, *played)
                    self._drawn.observe(perf_counter() - began)
                    return
            await self._page(scope, receive, send)
        except Refused as refused:
            shed = self._refusals.of(refused, scope["headers"])
            await _send(send, shed.status, shed.body, shed.headers)
            self._shed.observe(perf_counter() - began)

    async def _play(
        self, engine: Engine, slug: str, headers: Iterable[tuple[bytes, bytes]]
    ) -> tuple[bytes, list[tuple[bytes, bytes]]] | None:
        """Body and headers of the answer to a play, or ``None`` where Flask has to look at the request."""
        if engine.is_crowded(slug):
            # Before anything is read: whoever is sent away must cost next to nothing.
            raise campaigns.overloaded()
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
        also = [(b"idempotent-replayed", b"true")] if found[1].replayed else []
        return orjson.dumps(answer(*found)), [JSON, NO_SNIFFING, *also]

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let Flask answer in one of the threads."""
        if self._in_hand >= self._most:
            raise CROWDED
        self._in_hand += 1
        try:
            body = await read_body(receive, self._most_bytes)
            if body is None:
                return  # Nobody is left to answer, and what they wanted is not known.
            loop = asyncio.get_running_loop()
            told = Answer(send, loop)
            rest = await loop.run_in_executor(self._pool, told.call, self._app, environ_of(scope, body))
            await told.finish(rest)
        finally:
            self._in_hand -= 1


class Refusals:
    """What is said when there is no time to say anything: rendered once, by the code that renders every refusal."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._prepared: dict[tuple[str, str, bool], Prepared] = {}

    def of(self, refused: Refused, headers: Iterable[tuple[bytes, bytes]]) -> Prepared:
        """The answer for a reader with ``headers``."""
        given = dict(headers)
        locale = language_of(self._app, given)
        wants_page = b"idempotency-key" not in given and b"text/html" in given.get(b"accept", b"")
        known = refused.text, locale, wants_page
        if known not in self._prepared:
            self._prepared[known] = prepare(self._app, refused, locale=locale, page=wants_page)
        return self._prepared[known]


async def _send(send: Send, status: int, body: bytes, headers: Iterable[tuple[bytes, bytes]]) -> None:
    size = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, size]})
    await send({"type": "http.response.body", "body": body})
