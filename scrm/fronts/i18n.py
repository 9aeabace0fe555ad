"""English and 简体中文: which one a reader gets, and how texts, money and times are written in it."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from babel.support import NullTranslations
from flask import Flask, Response, current_app, g, request
from flask_babel import Babel, format_datetime, get_locale, get_translations
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from center_core.kit import yuan

from .web import over_tls

LOCALES = ("zh", "en")
COOKIE = "lang"


def init_app(app: Flask, default: str) -> None:
    """Choose the language by ``?lang=``, else the cookie it left, else the browser, else ``default``."""
    app.config["BABEL_DEFAULT_LOCALE"] = default
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = f"{app.root_path}/translations"
    Babel(app, locale_selector=_choose)
    # As Flask-Babel does it, but finding the catalogue by a look-up: a page asks for some forty texts.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of Jinja's i18n extension
        gettext=lambda text: _catalogue().ugettext(text),
        ngettext=lambda one, many, number: _catalogue().ungettext(one, many, number),
        newstyle=True,
    )
    app.after_request(_remember)
    app.jinja_env.filters.update(local_text=local_text, money=money, when=when)
    app.jinja_env.globals.update(locale=language, locales=LOCALES)


def language() -> str:
    """``"zh"`` or ``"en"``."""
    locale = get_locale()
    return locale.language if locale else str(current_app.config["BABEL_DEFAULT_LOCALE"])


_catalogues: dict[str, NullTranslations] = {}


def _catalogue() -> NullTranslations:
    """The texts of the reader's language."""
    name = language()
    if name not in _catalogues:
        _catalogues[name] = get_translations()
    return _catalogues[name]


class Bilingual(Protocol):
    """A text of a typed document, with a field for each language."""

    en: str
    zh: str


def local_text(value: Bilingual | Mapping[str, str] | str | None) -> str:
    """The reader's language of a bilingual text; the other one rather than nothing."""
    if value is None or isinstance(value, str):
        return value or ""
    if not isinstance(value, Mapping):
        return str(getattr(value, language()))
    return value.get(language()) or value.get("zh") or value.get("en") or ""


def money(fen: int) -> str:
    """``fen`` with the currency sign, such as ``¥1,299``."""
    return f"¥{yuan(fen)}"


def when(at: datetime | None, form: str = "short", zone: str = "Asia/Shanghai") -> str:
    """``at`` in ``zone`` as the reader writes it; ``form`` is a Babel format name or pattern."""
    if at is None:
        return ""
    return str(format_datetime(at.astimezone(ZoneInfo(zone)), form, rebase=False))


def _choose() -> str:
    asked = request.args.get("lang") or request.cookies.get(COOKIE)
    if asked in LOCALES:
        return asked
    header = request.environ.get("HTTP_ACCEPT_LANGUAGE", "")
    return _best_of(header) or str(current_app.config["BABEL_DEFAULT_LOCALE"])


def language_of(app: Flask, headers: Mapping[bytes, bytes]) -> str:
    """The reader's language by raw headers, for those who are answered before there is a request."""
    cookie = headers.get(b"cookie", b"")
    # Most have none, and while thousands are sent away each look counts.
    chosen = re.search(rb"(?:^|; )lang=(zh|en)(?:;|$)", cookie) if b"lang=" in cookie else None
    if chosen:
        return chosen[1].decode()
    header = headers.get(b"accept-language", b"").decode("latin-1")
    return _best_of(header) or str(app.config["BABEL_DEFAULT_LOCALE"])


@lru_cache(maxsize=256)
def _best_of(header: str) -> str | None:
    best = parse_accept_header(header, LanguageAccept).best_match(["zh-CN", "zh", "en"])
    return best[:2] if best else None


def _remember(response: Response) -> Response:
    if not g.get("stateless") and "lang" in request.args and request.args["lang"] in LOCALES:
        options: dict[str, Any] = {"max_age": 365 * 86400, "samesite": "Lax", "httponly": True}
        response.set_cookie(COOKIE, request.args["lang"], secure=over_tls(), **options)
    return response
