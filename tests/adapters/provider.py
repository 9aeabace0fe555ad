"""A stand-in for the providers outside: a real HTTP server on loopback that remembers what it was asked.

It honours idempotency keys, checks signatures, and misbehaves when told to.
"""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "sms-token"
SECRET = "payment-secret"


@dataclass
class Provider:
    """``misbehave`` holds what to do with the next requests, in turn, before behaving again."""

    url: str
    misbehave: list[str] = field(default_factory=list)
    answered: dict[str, dict[str, Any]] = field(default_factory=dict)
    messages: list[dict[str, Any]] = field(default_factory=list)
    charges: list[dict[str, Any]] = field(default_factory=list)
    refunds: list[dict[str, Any]] = field(default_factory=list)

    def act(self, path: str, key: str, body: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked, once for each key."""
        if key not in self.answered:
            self.answered[key] = getattr(self, "_" + path.strip("/"))(body)
        return self.answered[key]

    def _messages(self, body: dict[str, Any]) -> dict[str, Any]:
        self.messages.append(body)
        return {}

    def _charges(self, body: dict[str, Any]) -> dict[str, Any]:
        state = "declined" if body["amount_fen"] % 100 == 44 else "paid"
        self.charges.append(body)
        return {"reference": f"c{len(self.charges)}", "state": state, "amount_fen": body["amount_fen"]}

    def _refunds(self, body: dict[str, Any]) -> dict[str, Any]:
        self.refunds.append(body)
        return {"reference": f"r{len(self.refunds)}", "state": "refunded"}


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that runs until the end of the block."""

    class Counter(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            wish = there.misbehave.pop(0) if there.misbehave else "behave"
            if wish == "refuse":
                return self._answer(503, b"{}")
            if wish == "move":
                return self._answer(307, b"{}", location="http://127.0.0.1:9/elsewhere")
            if not self._known(body):
                return self._answer(401, b"{}")
            answer = there.act(self.path, self.headers["Idempotency-Key"], json.loads(body))
            if wish == "lose the answer":
                return self.connection.close()
            if wish == "say nothing":
                time.sleep(1)
            return self._answer(
                200, wish.encode() if wish.startswith(("{", "[", "<")) else json.dumps(answer).encode()
            )

        def _known(self, body: bytes) -> bool:
            if self.path == "/messages":
                return self.headers["Authorization"] == f"Bearer {TOKEN}"
            signed = self.headers["Timestamp"].encode() + b"." + body
            expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
            return hmac.compare_digest(self.headers["Signature"], expected)

        def _answer(self, status: int, body: bytes, *, location: str | None = None) -> None:
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    server.daemon_threads = True
    there = Provider(url=f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield there
    server.shutdown()
    server.server_close()
