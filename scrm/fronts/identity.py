"""Who is asking: stateless signed tokens for members and staff, in a cookie or as a bearer.

A token is the id and the moment of its making, signed. Reading one costs a HMAC and no query, which is why plays
and the API use nothing else. The cookie session exists for forms only.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf import CSRFProtect
from itsdangerous import BadSignature, TimestampSigner
from itsdangerous.signer import SigningAlgorithm
from werkzeug.wrappers import Response as BaseResponse

from center_core import channel, user
from center_core.kit import N_, Forbidden, NotFound, Refused

from .refusals import wants_json
from .web import db, over_tls

P = ParamSpec("P")
R = TypeVar("R")

MEMBER_COOKIE = "club"
STAFF_COOKIE = "staff"
MEMBER_SECONDS = 180 * 86400
STAFF_SECONDS = 12 * 3600
SOCKET_SECONDS = 12 * 3600
TOKENS_KEPT = 32_768
"""Tokens that a process knows as good, some 13 MB of them: their readers come back within the minute."""

OWN_ORIGIN = ("same-origin", "none")
"""The values of Sec-Fetch-Site of our own pages, and of a browser too old to send it."""

csrf = CSRFProtect()


class HmacSha256(SigningAlgorithm):
    """The usual algorithm, in one call of OpenSSL."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        """HMAC-SHA256."""
        return hmac.digest(key, value, "sha256")


class Signer(TimestampSigner):
    """Derives the key from the secret once, not for each token."""

    def __init__(self, secret: str, salt: str) -> None:
        super().__init__(secret, salt=salt, digest_method=hashlib.sha256, algorithm=HmacSha256())
        self._derived = super().derive_key()

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        """The key; there is one secret."""
        return self._derived


class Tokens:
    """Makes and reads the tokens of one secret. ``purpose`` keeps one kind from passing as another."""

    def __init__(self, secret: str) -> None:
        self._signers = {
            purpose: Signer(secret, f"scrm.{purpose}")
            for purpose in ("member", "staff", "socket", "challenge", "duel")
        }
        self._opened = lru_cache(maxsize=TOKENS_KEPT)(self._open)

    def make(self, purpose: str, payload: bytes) -> str:
        """``payload`` signed for ``purpose``; readable by anybody, forgeable by nobody."""
        return self._signers[purpose].sign(base64.urlsafe_b64encode(payload).rstrip(b"=")).decode()

    def read(self, purpose: str, token: str, seconds: int) -> bytes | None:
        """What ``make`` was given; ``None`` if it is forged, of another purpose or older than ``seconds``."""
        try:
            payload, made_at = self._opened(purpose, token)
        except (BadSignature, binascii.Error, ValueError):
            return None
        age = self._signers[purpose].get_timestamp() - made_at
        return payload if 0 <= age <= seconds else None

    def _open(self, purpose: str, token: str) -> tuple[bytes, float]:
        """Payload and making of a token whose signature is good: the same for ever, unlike its age."""
        packed, made_at = self._signers[purpose].unsign(token, return_timestamp=True)
        return base64.urlsafe_b64decode(packed + b"=" * (-len(packed) % 4)), made_at.timestamp()


@dataclass(frozen=True)
class SocketIdentity:
    """Who a Socket.IO connection belongs to: a member or a member of staff."""

    kind: str
    id: UUID
    mark: bytes = b""
    """Of staff: their password's when the token was made, see ``password_mark``."""


class LazySessions(SecureCookieSessionInterface):
    """Leaves the cookie session closed for the API and for calls that carry an Idempotency-Key."""

    def open_session(self, app: Flask, request: Any) -> SecureCookieSession | None:
        """An empty session for stateless calls: nothing is parsed, verified or written back."""
        if request.path.startswith("/v1/") or "Idempotency-Key" in request.headers:
            return SecureCookieSession()
        return super().open_session(app, request)

    def get_cookie_secure(self, app: Flask) -> bool:
        """As for every other cookie."""
        return over_tls()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the session back only where it was changed."""
        if session.modified:
            super().save_session(app, session, response)


def init_app(app: Flask, secret: str) -> None:
    """Prepare tokens, lazy sessions and the forgery check."""
    app.extensions["tokens"] = Tokens(secret)
    app.session_interface = LazySessions()
    csrf.init_app(app)
    app.jinja_env.globals.update(current_member=current_member, current_staff=current_staff)


def tokens() -> Tokens:
    """The token maker of this app."""
    return cast(Tokens, current_app.extensions["tokens"])


def current_member() -> UUID | None:
    """The id of the signed-in member; no query is made, so the row may have been frozen since."""
    if "member_id" not in g:
        g.member_id = _member_from_request()
    return cast("UUID | None", g.member_id)


def sign_in_member(response: BaseResponse, member_id: UUID) -> BaseResponse:
    """Let ``response`` sign the member in on this phone."""
    return _set(response, MEMBER_COOKIE, member_token(member_id), MEMBER_SECONDS)


def member_token(member_id: UUID) -> str:
    """A member's token, as ``sign_in_member`` puts it into the cookie."""
    return tokens().make("member", member_id.bytes)


def sign_in_staff(response: BaseResponse, staff: "user.Staff") -> BaseResponse:
    """Let ``response`` sign ``staff`` in on this browser, until the evening or a change of password."""
    token = tokens().make("staff", staff.id.bytes + password_mark(staff.password_hash))
    return _set(response, STAFF_COOKIE, token, STAFF_SECONDS)


def sign_out(response: BaseResponse, cookie: str) -> BaseResponse:
    """Take the token away again; ``cookie`` is ``MEMBER_COOKIE`` or ``STAFF_COOKIE``."""
    response.delete_cookie(cookie, path="/")
    return response


def socket_token(kind: str, id: UUID) -> str:
    """What a page hands to Socket.IO; ``kind`` is ``"member"`` or ``"staff"``."""
    mark = password_mark(user.staff(db(), id).password_hash) if kind == "staff" else b""
    return tokens().make("socket", kind.encode() + b":" + id.bytes + mark)


def read_socket_token(tokens: Tokens, token: str) -> SocketIdentity | None:
    """Who made the connection, or ``None``."""
    payload = tokens.read("socket", token, SOCKET_SECONDS)
    kind, _, rest = payload.partition(b":") if payload else (b"", b"", b"")
    if (kind, len(rest)) not in ((b"member", 16), (b"staff", 24)):
        return None
    return SocketIdentity(kind.decode(), UUID(bytes=rest[:16]), rest[16:])


def member_id_of(tokens: Tokens, token: str) -> UUID | None:
    """Whose token it is; ``None`` if it is forged or too old."""
    payload = tokens.read("member", token, MEMBER_SECONDS)
    return UUID(bytes=payload) if payload and len(payload) == 16 else None


def current_staff() -> "user.Staff | None":
    """The signed-in member of staff, read afresh for each request: leaving takes effect at once."""
    if "staff" not in g:
        g.staff = _staff_from_request()
    return cast("user.Staff | None", g.staff)


def access() -> "user.Access":
    """What the signed-in member of staff may do, and in which stores."""
    if "access" not in g:
        staff = current_staff()
        if staff is None:
            raise SIGNED_OUT
        g.access = channel.within_reach(db(), user.access(db(), staff.id))
    return cast("user.Access", g.access)


SIGNED_OUT = Forbidden("signed_out", N_("Please sign in first."))


def member_required(view: Callable[P, R]) -> Callable[P, R | BaseResponse]:
    """Only for signed-in members; people are sent to join first and come back afterwards."""

    @wraps(view)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R | BaseResponse:
        if current_member() is None:
            if wants_json():
                raise SIGNED_OUT
            return redirect(url_for("club.join", next=request.full_path.rstrip("?")))
        return view(*args, **kwargs)

    return checked


def staff_required(
    *permissions: str, sign_in: str = "console.sign_in"
) -> Callable[[Callable[P, R]], Callable[P, R | BaseResponse]]:
    """Only for staff who hold every one of ``permissions`` somewhere; the view checks the store itself."""

    def decorate(view: Callable[P, R]) -> Callable[P, R | BaseResponse]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R | BaseResponse:
            if current_staff() is None:
                if wants_json():
                    raise SIGNED_OUT
                return redirect(url_for(sign_in, next=request.full_path.rstrip("?")))
            for permission in permissions:
                access().require_somewhere(permission)
            return view(*args, **kwargs)

        checked.permissions = permissions  # type: ignore[attr-defined]  # read by tests/test_architecture.py
        return checked

    return decorate


def same_origin(view: Callable[P, R]) -> Callable[P, R]:
    """For JSON routes without a form token: refuses what another site's page sends.

    Such a route needs the Idempotency-Key header, which a foreign page cannot send without our leave, and the
    cookies are SameSite=Lax; Sec-Fetch-Site is the third lock.
    """

    @wraps(view)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        if request.headers.get("Sec-Fetch-Site", "none") not in OWN_ORIGIN:
            raise Forbidden("foreign_origin", N_("This can only be asked from our own pages."))
        if "Idempotency-Key" not in request.headers:
            raise Refused("idempotency_key_missing", N_("This request needs an Idempotency-Key header."))
        return view(*args, **kwargs)

    return cast("Callable[P, R]", csrf.exempt(checked))


def safe_next(default: str) -> str:
    """Where to go after signing in: ``?next=`` if it is a path of this site, else ``default``."""
    target = request.values.get("next", "")
    return target if _is_path_of_ours(target) else default


def _is_path_of_ours(target: str) -> bool:
    """Whether every browser reads it so: without its tab, which they drop, ``/<tab>/`` is ``//`` and another site."""
    if not target.startswith("/") or target.startswith("//") or "\\" in target or not target.isprintable():
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def _bearer() -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind == "Bearer" and token else None


def _member_from_request() -> UUID | None:
    token = request.cookies.get(MEMBER_COOKIE) or _bearer()
    return member_id_of(tokens(), token) if token else None


def _staff_from_request() -> "user.Staff | None":
    token = request.cookies.get(STAFF_COOKIE)
    payload = tokens().read("staff", token, STAFF_SECONDS) if token else None
    if not payload or len(payload) != 24:
        return None
    try:
        staff = user.staff(db(), UUID(bytes=payload[:16]))
    except NotFound:
        return None
    return staff if staff.active and password_mark(staff.password_hash) == payload[16:] else None


def password_mark(password_hash: str | None) -> bytes:
    """Eight bytes that change with the password, so that a new one signs every other browser and phone out."""
    return hashlib.sha256((password_hash or "").encode()).digest()[:8]


def _set(response: BaseResponse, cookie: str, token: str, seconds: int) -> BaseResponse:
    response.set_cookie(
        cookie, token, max_age=seconds, httponly=True, samesite="Lax", secure=over_tls(), path="/"
    )
    return response
