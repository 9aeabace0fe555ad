"""Every POST that moves value can be sent again: the same key and body replays the stored answer."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, make_response, request
from sqlalchemy import insert, select, text

from center_core.kit import N_, Refused
from center_core.kit.models import IdempotentRequest

from .web import db, now

P = ParamSpec("P")

MAX_KEY = 200


def idempotent(caller: Callable[[], str]) -> Callable[[Callable[P, Any]], Callable[P, Response]]:
    """Make a view replay its answer for a repeated ``Idempotency-Key``; ``caller()`` says whose key it is.

    Key, answer and effect are one transaction, so an answer is stored exactly if its effect is. Refusals are not
    stored: nothing happened, and the same request may succeed later. A second request that arrives while the first
    is still at work gets 409 ``idempotency_in_flight``; another body under the same key gets 422.
    """

    def decorate(view: Callable[P, Any]) -> Callable[P, Response]:
        @wraps(view)
        def once(*args: P.args, **kwargs: P.kwargs) -> Response:
            scope, key, fingerprint = caller(), _key(), _fingerprint()
            if not _claim(scope, key):
                raise Refused(
                    "idempotency_in_flight", N_("The same request is still being worked on."), retry_after=1
                )
            stored = (
                db()
                .execute(
                    select(IdempotentRequest).where(
                        IdempotentRequest.scope == scope, IdempotentRequest.key == key
                    )
                )
                .scalar_one_or_none()
            )
            if stored is not None:
                return _replay(stored, fingerprint)
            response = make_response(view(*args, **kwargs))
            if response.status_code < 400:
                db().execute(
                    insert(IdempotentRequest).values(
                        scope=scope,
                        key=key,
                        fingerprint=fingerprint,
                        status=response.status_code,
                        content_type=response.content_type,
                        answer=response.get_data(),
                        answered_at=now(),
                    )
                )
            return response

        return once

    return decorate


def _key() -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        raise Refused("idempotency_key_missing", N_("This request needs an Idempotency-Key header."))
    if len(key) > MAX_KEY or not key.isprintable():
        raise Refused(
            "idempotency_key_bad",
            N_("An Idempotency-Key has at most %(limit)s printable characters."),
            limit=MAX_KEY,
        )
    return key


def _fingerprint() -> bytes:
    body = request.get_data(cache=True)
    return hashlib.sha256(f"{request.method} {request.path}\n".encode() + body).digest()


def _claim(scope: str, key: str) -> bool:
    """Hold the key until the end of the transaction; false while another request holds it."""
    number = int.from_bytes(hashlib.sha256(f"{scope}\0{key}".encode()).digest()[:8], signed=True)
    return bool(db().scalar(text("select pg_try_advisory_xact_lock(:n)"), {"n": number}))


def _replay(stored: IdempotentRequest, fingerprint: bytes) -> Response:
    if stored.fingerprint != fingerprint:
        raise Refused(
            "idempotency_key_reused", N_("This Idempotency-Key was used before with another request.")
        )
    response = Response(stored.answer, status=stored.status, content_type=stored.content_type)
    response.headers["Idempotent-Replayed"] = "true"
    return response
