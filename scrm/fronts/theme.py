"""A campaign's four colours as the variables that the style sheets use, readable whatever was picked."""

from typing import Protocol

from flask import Flask

from .pictures.colour import contrast, darker, lighter

READABLE = 4.5
# Whatever the ground, one of the two reaches READABLE: (1.05 / (0.05 + the black's luminance)) ** 0.5 must not be
# less than that, so a lighter black than this would leave some middle grounds without a readable text.
WHITE, BLACK = "#ffffff", "#04060b"
# Games of skill paint white words on the ground, some with a quarter of it in the words and some of a lighter colour
# behind them: where white has this on the ground itself, those are READABLE too.
READABLE_AT_NIGHT = 7


class Theme(Protocol):
    """The colours of a campaign's definition."""

    @property
    def ground(self) -> str: ...
    @property
    def paper(self) -> str: ...
    @property
    def ink(self) -> str: ...
    @property
    def accent(self) -> str: ...


def init_app(app: Flask) -> None:
    """Give templates `theme_style(theme)`, the value of a style attribute."""
    app.jinja_env.globals["theme_style"] = theme_style


def theme_style(theme: Theme, *, night: bool = False) -> str:
    """The variables of ``theme``; where two colours would be hard to read together, the text's yields.

    By ``night``, which is when games of skill are played, the ground yields instead.
    """
    ground = at_night(theme.ground) if night else theme.ground
    names = {
        "theme-ground": ground,
        "theme-on-ground": text_on(ground),
        "theme-glow": glow(theme.accent, ground),
        "theme-accent": theme.accent,
        "theme-on-accent": text_on(theme.accent),
        "snow": theme.paper,
        "ink": theme.ink if contrast(theme.ink, theme.paper) >= READABLE else text_on(theme.paper),
    }
    return ";".join(f"--{name}:{colour}" for name, colour in names.items())


def text_on(ground: str) -> str:
    """White where it can be read on ``ground``, else near black: one of the two always can."""
    return WHITE if contrast(WHITE, ground) >= READABLE else BLACK


def at_night(ground: str) -> str:
    """``ground``, darkened until what games paint on it in white can be read; most are dark enough as they are."""
    shades = (darker(ground, hundredths / 100) for hundredths in range(101))
    return next(shade for shade in shades if contrast(WHITE, shade) >= READABLE_AT_NIGHT)


def glow(accent: str, ground: str) -> str:
    """``accent``, lightened or darkened until small words in it can be read on ``ground``."""
    move = lighter if text_on(ground) == WHITE else darker
    for tenths in range(11):
        colour = move(accent, tenths / 10)
        if contrast(colour, ground) >= READABLE:
            return colour
    return text_on(ground)
