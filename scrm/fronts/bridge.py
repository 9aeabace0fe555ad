"""Flask behind an ASGI server: one request as WSGI has it, called in a thread.

Libraries do this for any two applications, at 350 µs of CPU a request (docs/adr/0010-plays-on-the-loop.md). Ours knows
its one application: a body is small and read whole before a thread is taken, and an answer is sent in one piece unless
it is large.
"""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

PART = 256 * 1024
"""Answers beyond this many bytes are sent part by part, each when the one before has left."""

SECONDS_TO_TAKE_A_PART = 60


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """The request as WSGI has it (PEP 3333)."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        # WSGI carries the path's bytes as latin-1.
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "RAW_URI": (scope.get("raw_path") or quote(scope["path"]).encode()).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1] or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        variable, text = _variable(name), value.decode("latin-1")
        if variable is None:
            continue
        if variable in environ:
            text = f"{environ[variable]}{'; ' if name == b'cookie' else ','}{text}"
        environ[variable] = text
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


@lru_cache(maxsize=512)
def _variable(header: bytes) -> str | None:
    """None for a name with an underscore, which could pass for one with a hyphen that only a proxy may set."""
    if b"_" in header:
        return None
    name = header.decode("latin-1").upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"


class Answer:
    """What Flask says to one request, on its way from a thread to the server."""

    def __init__(self, send: Send, loop: asyncio.AbstractEventLoop) -> None:
        self._send = send
        self._loop = loop
        self._status = 500
        self._headers: list[tuple[bytes, bytes]] = []
        self._begun = False

    def call(self, app: Wsgi, environ: dict[str, Any]) -> bytes:
        """In a thread: let ``app`` answer; returns what ``finish`` has still to send."""
        parts: list[bytes] = []
        size = 0
        answer = app(environ, self._start)
        try:
            for part in answer:
                parts.append(part)
                size += len(part)
                if size >= PART:
                    sending = asyncio.run_coroutine_threadsafe(
                        self._put(b"".join(parts), more=True), self._loop
                    )
                    sending.result(SECONDS_TO_TAKE_A_PART)
                    parts, size = [], 0
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        return b"".join(parts)

    async def finish(self, rest: bytes) -> None:
        """Send the rest."""
        await self._put(rest, more=False)

    def _start(
        self, status: str, headers: list[tuple[str, str]], _error: object = None
    ) -> Callable[[bytes], None]:
        self._status = int(status[:3])
        self._headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return _write

    async def _put(self, body: bytes, *, more: bool) -> None:
        if not self._begun:
            self._begun = True
            await self._send(
                {"type": "http.response.start", "status": self._status, "headers": self._headers}
            )
        await self._send({"type": "http.response.body", "body": body, "more_body": more})


def _write(_part: bytes) -> None:
    raise TypeError("the old way to write, which Flask does not use")
