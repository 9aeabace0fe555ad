"""What is the same for many readers is rendered once, with a gap for what is each reader's own.

A campaign's evening is a few pages, over and over: what is drawn anew for each reader is their own coupons, prizes and
places alone (loadtests/README.md).
"""

from collections.abc import Callable, Hashable
from datetime import date
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app
from markupsafe import Markup

from .assets import built_at
from .i18n import language
from .web import now

P = ParamSpec("P")
R = TypeVar("R")
KEPT = 1024
GAP = Markup("<!-- the reader's own -->")
"""Put where a kept page leaves room: ``page.replace(GAP, own)``."""


def init_app(app: Flask) -> None:
    """Give ``app`` a place to keep in."""
    app.extensions["kept"] = lru_cache(maxsize=KEPT)(_render)


def kept(render: Callable[P, R]) -> Callable[P, R]:
    """Let ``render`` work once a day for its arguments, the reader's language and the front end as it is built.

    The arguments must be hashable and tell all that the outcome depends on, and the outcome must never be changed.
    """

    @wraps(render)
    def found(*what: P.args, **named: P.kwargs) -> R:
        keep: Callable[..., R] = current_app.extensions["kept"]
        return keep(render, language(), built_at(), now().date(), what, tuple(named.items()))

    return found


def _render(
    render: Callable[..., Any],
    _language: str,
    _built_at: int,
    _today: date,
    what: tuple[Hashable, ...],
    named: tuple[tuple[str, Hashable], ...],
) -> Any:
    return render(*what, **dict(named))
