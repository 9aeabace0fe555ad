"""Everything drawn rather than photographed: garments, winter landscapes, portraits, prizes, codes.

Each function returns one inline SVG. Templates reach them as `picture.<name>(...)`.
"""

from flask import Flask

from . import art, code, garment, landscape, portrait


class Pictures:
    """The name under which templates find the drawings."""

    garment = staticmethod(garment.garment)
    landscape = staticmethod(landscape.landscape)
    avatar = staticmethod(portrait.avatar)
    tier = staticmethod(art.tier_badge)
    prize = staticmethod(art.prize)
    nothing = staticmethod(art.nothing)
    lost = staticmethod(art.lost)
    qr = staticmethod(code.qr)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["picture"] = Pictures
