"""The one web hook: a request is one transaction, committed before its answer leaves."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, request

from center_core.kit import Database, Looking, Session, utcnow
from scrm.config import Config

View = TypeVar("View", bound=Callable[..., Any])


def init_app(app: Flask, database: Database) -> None:
    """Give each request of ``app`` its session on ``database``."""
    app.extensions["database"] = database
    app.after_request(_finish)
    app.teardown_request(_close)


def database() -> Database:
    """The database of this process, for code that must speak to it outside the request's transaction."""
    return cast(Database, current_app.extensions["database"])


def db() -> Session:
    """The request's session: opened at first use, committed if the answer is below 400."""
    session: Session | None = g.get("db")
    if session is None:
        only_reads = getattr(current_app.view_functions.get(request.endpoint or ""), "only_reads", False)
        session = g.db = database().looking() if only_reads else database().session()
    return session


def only_reads(view: View) -> View:
    """Mark ``view`` as one that writes nothing, so that its statements need no transaction."""
    view.only_reads = True  # type: ignore[attr-defined]
    return view


def now() -> datetime:
    """The request's instant: the same for everything it does."""
    instant: datetime | None = g.get("now")
    if instant is None:
        instant = g.now = utcnow()
    return instant


def keep_writes() -> None:
    """Commit although the answer is an error: what was written is the record of the refusal."""
    g.keep = True


def over_tls() -> bool:
    """Whether cookies are kept to TLS: where people reach the pages by it, or where this request came by it.

    A proxy in front may end TLS without our being told to trust what it says.
    """
    config: Config = current_app.extensions["config"]
    return config.secure or request.is_secure


def _finish(response: Response) -> Response:
    session: Session | None = g.pop("db", None)
    if session is None:
        return response
    try:
        if isinstance(session, Looking):
            session.flush()  # Tells a view that changed something that it must not.
        elif response.status_code < 400 or g.get("keep", False):
            session.commit()
        else:
            session.rollback()
    finally:
        session.close()
    return response


def _close(_error: BaseException | None) -> None:
    session: Session | None = g.pop("db", None)
    if session is not None:
        session.close()
