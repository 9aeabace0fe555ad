"""Speaking JSON over HTTP to a provider: never without an end, and never the same thing twice."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import orjson

SECONDS = 8
LONGEST_ANSWER = 64 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ProviderFailed(Exception):
    """The provider did not do what it was asked, or did not say; asking again with the same key is safe."""


class _NoRedirects(HTTPRedirectHandler):
    """A provider that moves has to be configured anew: the token must not follow it to another host."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


_open = build_opener(_NoRedirects).open


def checked_url(url: str) -> str:
    """``url`` without its last slash; plain HTTP is for this machine only."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError(f"a provider is reached by https, not by {url!r}")
    return url.rstrip("/")


def encoded(body: Mapping[str, Any]) -> bytes:
    """``body`` as it goes over the line, for those who sign it."""
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


def post(url: str, body: bytes, *, key: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """The provider's answer; ``key`` goes along as ``Idempotency-Key``.

    Raises ``ProviderFailed`` on any answer but a 2xx with a JSON object, on none within eight seconds, and on
    none at all.
    """
    request = Request(  # noqa: S310 - checked_url has seen the scheme
        url,
        data=body,
        method="POST",
        headers={"Content-Type": "application/json", "Idempotency-Key": key, **headers},
    )
    try:
        with _open(request, timeout=SECONDS) as response:
            answer = json.loads(response.read(LONGEST_ANSWER) or b"{}")
    except HTTPError as error:
        raise ProviderFailed(f"{url} answered {error.code}") from error
    except (URLError, TimeoutError, ConnectionError, ValueError) as error:
        raise ProviderFailed(f"{url} gave no usable answer: {error}") from error
    if not isinstance(answer, dict):
        raise ProviderFailed(f"{url} answered with {type(answer).__name__}, not an object")
    return answer
