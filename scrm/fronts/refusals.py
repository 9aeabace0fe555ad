"""Every no in the reader's language: as a page for people, as problem+json (RFC 9457) for programs."""

from dataclasses import dataclass
from typing import cast

import structlog
from flask import Flask, Response, jsonify, render_template, request
from flask_babel import gettext
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from jinja2 import Template
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from center_core.kit import N_, Fault, Forbidden, NotFound, Refused

from .web import keep_writes

log = structlog.get_logger(__name__)

# The status of a refusal where it is not the 409 of a rule that forbids this now.
STATUS_BY_KEY = {
    "signed_out": 401,
    "api_key_missing": 401,
    "api_key_unknown": 401,
    "api_key_revoked": 401,
    "signature_wrong": 401,
    "too_many_requests": 429,
    "code_too_soon": 429,
    "code_too_many": 429,
    "sign_in_throttled": 429,
    "bad_input": 422,
    "coupon_unknown": 404,
    "idempotency_key_missing": 400,
    "idempotency_key_bad": 400,
    "idempotency_key_reused": 422,
    "overloaded": 503,
    "too_slow": 408,
}

HTTP_FAULTS = {
    400: Refused("bad_request", N_("This request could not be read.")),
    401: Forbidden("signed_out", N_("Please sign in first.")),
    403: Forbidden("forbidden", N_("You may not do this.")),
    404: NotFound("not_found", N_("There is nothing at this address.")),
    405: Refused("method_not_allowed", N_("This address does not take that method.")),
    413: Refused("too_large", N_("What was sent is too large.")),
    415: Refused("unsupported_media_type", N_("This address takes JSON.")),
    429: Refused("too_many_requests", N_("Too many requests. Please wait a moment.")),
    503: Refused("unavailable", N_("We are busy for a moment. Nothing was lost; please try again.")),
}
NEEDED_BY_PROGRAMS = frozenset({"Content-Type", "Retry-After", "X-Content-Type-Options"})

FAILURE = Refused("failure", N_("Something went wrong on our side. Nothing was saved; please try again."))


def init_app(app: Flask) -> None:
    """Answer every fault and every failure of ``app``."""
    app.register_error_handler(Fault, answer)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(RateLimitExceeded, _limited)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(OperationalError, _no_database)
    app.register_error_handler(PoolTimeout, _no_database)
    app.register_error_handler(Exception, _failed)


def status_of(fault: Fault) -> int:
    """The HTTP status that stands for ``fault``; only the fronts know this."""
    if fault.key in STATUS_BY_KEY:
        return STATUS_BY_KEY[fault.key]
    return 404 if isinstance(fault, NotFound) else 403 if isinstance(fault, Forbidden) else 409


def text_of(fault: Fault) -> str:
    """What happened, in the reader's language."""
    text = str(gettext(fault.text))
    return text % fault.reasons if fault.reasons else text


def answer(fault: Fault, status: int | None = None) -> Response:
    """The response for ``fault``: a page, or problem+json where the caller is a program."""
    if fault.keep:
        keep_writes()
    status = status or status_of(fault)
    if wants_json():
        response = jsonify(problem(fault, status))
        response.content_type = "application/problem+json"
    else:
        # A front may have an error page in its own frame.
        pages: list[str | Template] = [f"{request.blueprint}/error.html", "error.html"]
        page = render_template(pages, status=status, key=fault.key, text=text_of(fault))
        response = Response(page, mimetype="text/html")
    response.status_code = status
    if "retry_after" in fault.reasons:
        response.headers["Retry-After"] = str(fault.reasons["retry_after"])
    elif status == 503:
        response.headers["Retry-After"] = "1"
    return response


@dataclass(frozen=True)
class Prepared:
    """An answer that was rendered once, for whoever hears it under the same conditions."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


def prepare(app: Flask, fault: Fault, *, locale: str, page: bool) -> Prepared:
    """What ``answer`` says to a reader of ``locale``, as a page or as problem+json."""
    headers = {"Accept": "text/html" if page else "application/json", "Accept-Language": locale}
    with app.test_request_context(headers=headers):
        app.preprocess_request()
        response = app.process_response(answer(fault))
    told = [
        (name.lower().encode(), value.encode())
        for name, value in response.headers
        # The policies of pages say nothing to a program.
        if name != "Content-Length" and (page or name in NEEDED_BY_PROGRAMS)
    ]
    return Prepared(response.status_code, told, response.get_data())


def problem(fault: Fault, status: int) -> dict[str, object]:
    """The body of an RFC 9457 answer: stable ``key``, machine-readable ``reasons``, readable ``detail``."""
    return {
        "type": f"/problems/{fault.key}",
        "title": fault.key.replace("_", " ").capitalize(),
        "status": status,
        "key": fault.key,
        "detail": text_of(fault),
        "reasons": fault.reasons,
    }


def wants_json() -> bool:
    """Whether the caller is a program: the API, a script's fetch, or one that says it accepts JSON only."""
    return (
        request.path.startswith("/v1")
        or request.is_json
        or "Idempotency-Key" in request.headers
        or request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
    )


def _http(error: HTTPException) -> Response:
    if error.response is not None:  # abort(response) and redirects carry their own answer.
        return cast(Response, error.response)
    status = error.code or 500
    return answer(HTTP_FAULTS.get(status, FAILURE), status)


def _forged(_error: CSRFError) -> Response:
    fault = Refused("form_expired", N_("This form has expired. Please reload the page and send it again."))
    return answer(fault, 400)


def _limited(error: RateLimitExceeded) -> Response:
    wait = error.limit.limit.get_expiry() if error.limit else 60
    return answer(
        Refused(
            "too_many_requests",
            N_("Too many requests. Please try again in %(retry_after)s seconds."),
            retry_after=wait,
        )
    )


def _unstorable(_error: DataError) -> Response:
    """A character or number that PostgreSQL has no place for, such as NUL in a text."""
    return answer(HTTP_FAULTS[400], 400)


def _no_database(error: Exception) -> Response:
    log.warning("database_unavailable", error=str(error).splitlines()[0] if str(error) else "")
    return answer(HTTP_FAULTS[503], 503)


def _failed(error: Exception) -> Response:
    log.error("request_failed", path=request.path, method=request.method, exc_info=error)
    return answer(FAILURE, 500)
