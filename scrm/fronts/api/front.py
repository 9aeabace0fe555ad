"""The door of ``/v1``: who asks, may they, how often, and how they are told no."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar, cast

from apiflask import APIBlueprint, HTTPError
from flask import Flask, Response, current_app, g, request
from pydantic import ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from center_core.kit import N_, Fault, Forbidden, Refused
from scrm.config import Config
from scrm.fronts.idempotency import idempotent
from scrm.fronts.keyring import Caller, Refusal, keyring
from scrm.fronts.lean import lean
from scrm.fronts.refusals import answer

from .allowance import Allowances, Grant

View = TypeVar("View", bound=Callable[..., Any])

blueprint = APIBlueprint("api", __name__, url_prefix="/v1", tag="SCRM")

ANY_KEY = "any key"
SIGNATURE = "signature"
"""What stands in the place of a scope where any key will do, or a signature is the proof."""


def operation(
    scope: str, *, id: str, tag: str, refuses: Sequence[str] = (), examples: dict[str, str] | None = None
) -> Callable[[View], View]:
    """Guard a route of ``/v1``: a key with ``scope``, within its allowance; and describe it in the document.

    ``refuses`` are the keys of the refusals that this route may answer besides those of every route, and
    ``examples`` the values that stand for its parameters in the document.
    """

    def decorate(view: View) -> View:
        @lean
        @wraps(view)
        def guarded(**parts: Any) -> Any:
            g.stateless = True
            if scope != SIGNATURE:
                _admit(scope)
            if request.method == "POST" and not request.is_json:
                raise UnsupportedMediaType
            return view(**parts)

        blueprint.doc(
            operation_id=id,
            tags=[tag],
            extensions={
                "x-scope": scope,
                "x-once": getattr(view, "once", False),
                "x-refusals": sorted(refuses),
                "x-examples": examples or {},
            },
        )(guarded)
        guarded.scope = scope  # type: ignore[attr-defined]  # read by tests/test_architecture.py
        return cast(View, guarded)

    return decorate


def once(view: View) -> View:
    """Replay the answer where the same ``Idempotency-Key`` comes again with the same key of the same system."""
    guarded = idempotent(lambda: f"api:{caller().key_id}")(view)
    guarded.once = True  # type: ignore[attr-defined]  # read by ``operation``
    return cast(View, guarded)


def caller() -> Caller:
    """The system that asks."""
    return cast(Caller, g.caller)


def privacy_version() -> str:
    """The version of the privacy terms that new members agree to."""
    config: Config = current_app.extensions["config"]
    return config.privacy_version


def init_app(app: Flask) -> None:
    """Tell callers on every answer what is left of their allowance."""
    app.after_request(_tell_allowance)


def _admit(scope: str) -> None:
    kind, _, plaintext = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer" or not plaintext:
        raise Forbidden("api_key_missing", N_("This address needs an API key as bearer token."))
    found = keyring().find(plaintext)
    if isinstance(found, Refusal):
        _grant("guesses", request.remote_addr)
        raise found.raised()
    g.caller = found
    _grant("requests", found.key_id)
    if scope not in found.scopes and scope != ANY_KEY:
        raise Forbidden(
            "scope_missing",
            N_("This API key was not issued for %(scope)s."),
            scope=scope,
            scopes=sorted(found.scopes),
        )


def _grant(kind: str, who: object) -> None:
    allowances: Allowances = current_app.extensions["allowances"][kind]
    grant = g.grant = allowances.take(who)
    if not grant.allowed:
        raise Refused(
            "too_many_requests",
            N_("Too many requests. Please try again in %(retry_after)s seconds."),
            retry_after=grant.reset,
        )


def _tell_allowance(response: Response) -> Response:
    grant: Grant | None = g.get("grant")
    if grant is not None:
        headers = response.headers
        headers["RateLimit-Limit"] = str(grant.limit)
        headers["RateLimit-Remaining"] = str(grant.remaining)
        headers["RateLimit-Reset"] = str(grant.reset)
    return response


@blueprint.errorhandler(HTTPError)
def _unreadable(error: HTTPError) -> Response:
    """Every field that is wrong at once, where in the request it stands, and which rule it breaks."""
    wrong = error.__cause__
    errors = (
        wrong.errors(include_url=False, include_input=False) if isinstance(wrong, ValidationError) else []
    )
    return answer(
        Refused(
            "bad_input",
            N_("Some of what was sent is missing or wrong; see reasons.errors."),
            errors=[
                {"at": ".".join(map(str, each["loc"])), "rule": each["type"], "text": each["msg"]}
                for each in errors
            ],
        )
    )


@blueprint.errorhandler(Fault)
def _refused(fault: Fault) -> Response:
    response = answer(fault)
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="v1"'
    return response
