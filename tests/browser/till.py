"""A store's till: an independent program that knows the address, its API key, and `/v1`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx


@contextmanager
def opened(address: str, key: str) -> Iterator["Till"]:
    """A till from opening to closing time."""
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=f"{address}/v1", headers=headers, timeout=60) as http:
        yield Till(http)


class Till:
    """What a cashier's program asks and books."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def get(self, path: str, **query: Any) -> Any:
        return self._told(self._http.get(path, params=query))

    def post(self, path: str, body: Any) -> Any:
        """With an idempotency key of its own, as every request of a till."""
        return self._told(self._http.post(path, json=body, headers={"Idempotency-Key": str(uuid4())}))

    def _told(self, answer: httpx.Response) -> Any:
        assert answer.is_success, answer.text
        return answer.json()
