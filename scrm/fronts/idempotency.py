"""Every POST that moves value can be sent again: the same key and body replays the stored answer."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, make_response, request

from center_core.kit import N_, Fault, Refused, look_up

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
            if not _claim(scope, key, fingerprint):
                return _replay(scope, key, fingerprint)
            try:
                response = make_response(view(*args, **kwargs))
            except Fault as fault:
                if fault.keep:
                    _give_up(scope, key)
                raise
            if response.status_code < 400:
                _keep(scope, key, response)
            else:
                _give_up(scope, key)
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


CLAIM = """
insert into idempotent_request (scope, key, fingerprint, status, content_type, answer, answered_at)
select %(scope)s, %(key)s, %(fingerprint)s, 0, '', '', %(now)s where pg_try_advisory_xact_lock(%(lock)s)
on conflict do nothing returning true
"""


def _claim(scope: str, key: str, fingerprint: bytes) -> bool:
    """Hold the key until the end of the transaction; false where it was answered, or another request holds it.

    Whether the row is there is asked when the lock is held, so an answer that was kept a moment ago is not missed.
    """
    lock = int.from_bytes(hashlib.sha256(f"{scope}\0{key}".encode()).digest()[:8], signed=True)
    return bool(look_up(db(), CLAIM, scope=scope, key=key, fingerprint=fingerprint, now=now(), lock=lock))


KEEP = """
update idempotent_request set status = %(status)s, content_type = %(content_type)s, answer = %(answer)s
where scope = %(scope)s and key = %(key)s returning true
"""


def _keep(scope: str, key: str, response: Response) -> None:
    look_up(
        db(),
        KEEP,
        scope=scope,
        key=key,
        status=response.status_code,
        content_type=response.content_type,
        answer=response.get_data(),
    )


GIVE_UP = "delete from idempotent_request where scope = %(scope)s and key = %(key)s returning true"


def _give_up(scope: str, key: str) -> None:
    """Refused: what is committed nevertheless is the record of the refusal, not an answer."""
    look_up(db(), GIVE_UP, scope=scope, key=key)


STORED = """
select fingerprint, answer, status, content_type from idempotent_request
where scope = %(scope)s and key = %(key)s
"""


def _replay(scope: str, key: str, fingerprint: bytes) -> Response:
    stored = look_up(db(), STORED, scope=scope, key=key)
    if not stored:
        raise Refused(
            "idempotency_in_flight", N_("The same request is still being worked on."), retry_after=1
        )
    [(asked, answer, status, content_type)] = stored
    if asked != fingerprint:
        raise Refused(
            "idempotency_key_reused", N_("This Idempotency-Key was used before with another request.")
        )
    response = Response(answer, status=status, content_type=content_type)
    response.headers["Idempotent-Replayed"] = "true"
    return response
