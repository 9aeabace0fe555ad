"""Everything drawn rather than photographed: garments, winter landscapes, portraits, prizes, codes.

Each function returns one inline SVG. Templates reach them as `picture.<name>(...)`. The same arguments always give the
same drawing, so what was drawn is kept.
"""

from functools import lru_cache

from flask import Flask

from . import art, code, emblem, garment, landscape, portrait


class Pictures:
    """The name under which templates find the drawings."""

    garment = staticmethod(lru_cache(maxsize=1024)(garment.garment))
    landscape = staticmethod(lru_cache(maxsize=128)(landscape.landscape))
    emblem = staticmethod(lru_cache(emblem.emblem))
    avatar = staticmethod(lru_cache(maxsize=4096)(portrait.avatar))
    tier = staticmethod(lru_cache(art.tier_badge))
    prize = staticmethod(lru_cache(art.prize))
    nothing = staticmethod(lru_cache(art.nothing))
    lost = staticmethod(lru_cache(art.lost))
    qr = staticmethod(lru_cache(maxsize=1024)(code.qr))


def init_app(app: Flask) -> None:
    app.jinja_env.globals["picture"] = Pictures
