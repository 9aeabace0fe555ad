"""The door of ``/v1``: who asks, may they, how often, and how they are told no."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from apiflask import APIBlueprint, HTTPError
from flask import Response, abort, current_app, g, request
from pydantic import BaseModel, ValidationError

from center_core.kit import N_, Fault, Forbidden, Refused
from scrm.config import Config
from scrm.fronts.idempotency import idempotent
from scrm.fronts.keyring import Caller, Keyring, Refusal
from scrm.fronts.lean import lean
from scrm.fronts.refusals import answer

from .allowance import Allowances, Grant

View = TypeVar("View", bound=Callable[..., Any])

blueprint = APIBlueprint("api", __name__, url_prefix="/v1", template_folder="templates")

ANY_KEY = "any key"
SIGNATURE = "signature"
"""What stands in the place of a scope where any key will do, or a signature is the proof."""


class Gate:
    """Who may pass in this process: the keys it knows, and how often they and wrong ones may come."""

    def __init__(self, keys: Keyring, requests: Allowances, guesses: Allowances) -> None:
        self._keys = keys
        self._requests = requests
        self._guesses = guesses

    def admit(self, authorization: str, address: str | None) -> "Call":
        """The call of the key in the ``Authorization`` header; a wrong key uses up its address's guesses."""
        kind, _, plaintext = authorization.partition(" ")
        if kind != "Bearer" or not plaintext:
            raise Forbidden("api_key_missing", N_("This address needs an API key as bearer token."))
        found = self._keys.find(plaintext)
        if isinstance(found, Refusal):
            guess = self._guesses.take(address)
            raise found.raised() if guess.allowed else _too_many(guess)
        return Call(found, self._requests.take(found.key_id))


class Call(NamedTuple):
    """One request: who asks, and what is left of their allowance."""

    caller: Caller
    grant: Grant


def operation(
    scope: str,
    *,
    id: str,
    tag: str,
    answers: type[BaseModel],
    status: int = 200,
    also: int | None = None,
    once: bool = False,
    refuses: Sequence[str] = (),
    examples: Mapping[str, str] | None = None,
) -> Callable[[View], Callable[..., Response]]:
    """Guard a route of ``/v1`` with a key that has ``scope``, write its answer, and describe it.

    ``also`` is another status that the same answer may have; ``once`` makes it replay its answer for a repeated
    ``Idempotency-Key``. ``refuses`` are the keys of the refusals that it may answer besides those of every
    route, ``examples`` the values that stand for its parameters in the document. APIFlask only reads the
    description: its own way to answer costs several times as much as pydantic's.
    """

    def decorate(view: View) -> Callable[..., Response]:
        described = blueprint.output(answers, status)(view)
        described = blueprint.doc(
            operation_id=id,
            tags=[tag],
            extensions={
                "x-scope": scope,
                "x-once": once,
                "x-also": also,
                "x-refusals": sorted(refuses),
                "x-examples": dict(examples or {}),
            },
        )(described)

        def written(**parts: Any) -> Response:
            answer = view(**parts)
            answer, code = answer if isinstance(answer, tuple) else (answer, status)
            return Response(answer.model_dump_json(), code, content_type="application/json")

        work = idempotent(lambda: f"api:{caller().key_id}")(written) if once else written

        @lean
        @wraps(described)
        def guarded(**parts: Any) -> Response:
            # One look-up of the context instead of one for each use.
            asked = request._get_current_object()  # type: ignore[attr-defined]
            if asked.method == "POST" and not asked.is_json:
                abort(415)
            if scope == SIGNATURE:
                return work(**parts)
            gate: Gate = current_app.extensions["gate"]
            g.call = call = gate.admit(asked.environ.get("HTTP_AUTHORIZATION", ""), asked.remote_addr)
            _check(call, scope)
            return _with_allowance(work(**parts), call.grant)

        guarded.scope = scope  # type: ignore[attr-defined]  # read by tests/test_architecture.py
        return guarded

    return decorate


def caller() -> Caller:
    """The system that asks."""
    call: Call = g.call
    return call.caller


def privacy_version() -> str:
    """The version of the privacy terms that new members agree to."""
    config: Config = current_app.extensions["config"]
    return config.privacy_version


def _check(call: Call, scope: str) -> None:
    if not call.grant.allowed:
        raise _too_many(call.grant)
    if scope not in call.caller.scopes and scope != ANY_KEY:
        raise Forbidden(
            "scope_missing",
            N_("This API key was not issued for %(scope)s."),
            scope=scope,
            scopes=sorted(call.caller.scopes),
        )


def _too_many(grant: Grant) -> Refused:
    return Refused(
        "too_many_requests",
        N_("Too many requests. Please try again in %(retry_after)s seconds."),
        retry_after=grant.reset,
    )


def _with_allowance(response: Response, grant: Grant) -> Response:
    add = response.headers.add
    add("RateLimit-Limit", str(grant.limit))
    add("RateLimit-Remaining", str(grant.remaining))
    add("RateLimit-Reset", str(grant.reset))
    return response


@blueprint.errorhandler(HTTPError)
def _unreadable(error: HTTPError) -> Response:
    """Every field that is wrong at once, where in the request it stands, and which rule it breaks."""
    wrong = error.__cause__
    errors = (
        wrong.errors(include_url=False, include_input=False) if isinstance(wrong, ValidationError) else []
    )
    return _refused(
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
    call: Call | None = g.get("call")
    return response if call is None else _with_allowance(response, call.grant)
