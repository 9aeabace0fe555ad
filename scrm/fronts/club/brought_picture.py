"""The pictures that marketers brought, as phones load them: named by their content, so loaded once and for ever."""

from functools import lru_cache

from flask import Response, request

from campaigns import picture
from center_core.kit import Database
from scrm.fronts.lean import lean
from scrm.fronts.web import database

from .front import blueprint

KEPT = 64
"""Pictures that a process remembers; one has some 20 KB, and 100 KB at most."""


@blueprint.get("/pictures/<string(length=64):key>.webp")
@lean
def brought_picture(key: str) -> Response:
    """Anybody may see it, with or without cookies: it is on a page of the campaign."""
    if request.if_none_match.contains(key):
        answer = Response(status=304)
    else:
        media_type, content = _kept(database(), key)
        answer = Response(content, content_type=media_type)
    answer.set_etag(key)
    answer.cache_control.public = True
    answer.cache_control.max_age = 365 * 86400
    answer.cache_control.immutable = True
    return answer


@lru_cache(maxsize=KEPT)
def _kept(of: Database, key: str) -> tuple[str, bytes]:
    """One look at the database, outside any transaction; an address never shows another picture later."""
    with of.looking() as db:
        return picture.kept(db, key)
