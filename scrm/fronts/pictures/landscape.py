"""A winter night: ridges, pines, snow, and one lit window. A campaign's colours restyle it."""

import math
from random import Random

from markupsafe import Markup

from .colour import is_hex, lighter, mix

NIGHT = "#0f1b3d"
LAMP = "#ffb070"


def landscape(
    seed: str = "snowletter",
    ground: str = NIGHT,
    lamp: str = LAMP,
    *,
    width: int = 480,
    height: int = 400,
    snowing: bool = False,
) -> Markup:
    """The same `seed` always gives the same mountains. Snow falls only where it is `snowing`."""
    ground = ground if is_hex(ground) else NIGHT
    # Light through a window is warm and bright, however dark the accent is that it is taken from.
    lamp = mix(lamp, "#ffd79a", 0.55) if is_hex(lamp) else LAMP
    chance = Random(seed)  # noqa: S311  # A drawing, not a secret.
    sky = mix(ground, "#5b7fc4", 0.35)
    name = f"sky-{ground[1:]}"
    parts = [
        f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{ground}"/>'
        f'<stop offset="1" stop-color="{sky}"/></linearGradient>'
        f'<path d="M0 0h{width}v{height}H0z" fill="url(#{name})"/>',
        _moon(width, height),
        *(
            _ridge(chance, width, height, depth, mix(lighter(sky, 0.18), ground, depth * 0.26))
            for depth in range(1, 4)
        ),
        _slope(width, height),
        _cabin(width, height, lamp),
        *(_pine(chance, width, height, mix(ground, "#0a2030", 0.5)) for _ in range(11)),
        _flakes(chance, width, height, snowing=snowing),
    ]
    svg = "".join(parts)
    # Numbers and two checked colours are all that went in.
    return Markup(
        f'<svg viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMax slice" aria-hidden="true">{svg}</svg>'
    )


def _moon(width: int, height: int) -> str:
    x, y = width * 0.64, height * 0.28
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="19" fill="#f6f3e6" opacity=".92"/>'


def _ridge(chance: Random, width: int, height: int, depth: int, colour: str) -> str:
    """One mountain range with snow on its peaks; the nearer, the lower and the darker."""
    base = height * (0.36 + depth * 0.11)
    points = [(0.0, base + chance.uniform(-10, 30))]
    while points[-1][0] < width:
        x = points[-1][0] + chance.uniform(34, 62)
        up = len(points) % 2 == 1
        points.append((x, base + (chance.uniform(-62, -30) if up else chance.uniform(0, 26))))
    line = " ".join(f"L{x:.0f} {y:.0f}" for x, y in points)
    caps = "".join(
        f"M{x:.0f} {y:.0f}l-13 19 7-3 5 6 5-7 8 5z" for x, y in points if y < base - 26 and depth < 3
    )
    return (
        f'<path d="M0 {height}{line}L{width} {height}z" fill="{colour}"/>'
        f'<path d="{caps}" fill="#f6f8fc" opacity="{0.75 - depth * 0.15:.2f}"/>'
    )


def _slope(width: int, height: int) -> str:
    far, near = height * 0.78, height * 0.86
    return (
        f'<path d="M0 {far:.0f}Q{width * 0.3:.0f} {far - 34:.0f} {width * 0.58:.0f} {far + 6:.0f}'
        f'T{width} {far - 8:.0f}V{height}H0z" fill="#d9e4f3"/>'
        f'<path d="M0 {near + 14:.0f}Q{width * 0.42:.0f} {near - 26:.0f} {width} {near + 20:.0f}V{height}H0z"'
        ' fill="#f6f8fc"/>'
    )


def _cabin(width: int, height: int, lamp: str) -> str:
    x, y = width * 0.3, height * 0.735
    return (
        f'<g transform="translate({x:.0f} {y:.0f})"><circle cx="15" cy="12" r="34" fill="{lamp}" opacity=".18"/>'
        '<path d="M0 24V8L15-5 30 8v16z" fill="#27324f"/><path d="M-5 10 15-9 35 10l-4 2L15-4-1 12z" fill="#f6f8fc"/>'
        f'<path d="M6 11h7v7H6zM18 11h6v13h-6z" fill="{lamp}"/><path d="M23-6v-8h4v11z" fill="#27324f"/></g>'
    )


def _pine(chance: Random, width: int, height: int, colour: str) -> str:
    x = chance.choice((chance.uniform(0, 0.26), chance.uniform(0.52, 1.0))) * width
    size = chance.uniform(18, 46)
    foot = height * 0.84 + size * 0.28 + 4 * math.sin(x / 40)
    tiers = "".join(
        f"M{x:.0f} {foot - size * (1.0 - step * 0.26):.0f}l{size * (0.16 + step * 0.07):.1f} {size * 0.36:.1f}"
        f"h-{size * (0.32 + step * 0.14):.1f}z"
        for step in range(3)
    )
    snow = f"M{x:.0f} {foot - size:.0f}l{size * 0.09:.1f} {size * 0.19:.1f}h-{size * 0.18:.1f}z"
    return f'<path d="{tiers}" fill="{colour}"/><path d="{snow}" fill="#f6f8fc"/>'


def _flakes(chance: Random, width: int, height: int, *, snowing: bool) -> str:
    """Falling flakes are there twice, one picture's height apart, so that their loop has no seam."""
    dots = "".join(
        f'<circle cx="{chance.uniform(0, width):.0f}" cy="{chance.uniform(0, height):.0f}"'
        f' r="{chance.choice((0.8, 1.1, 1.6))}"/>'
        for _ in range(46)
    )
    if snowing:
        dots = f'<g class="snowing">{dots}<g transform="translate(0 -{height})">{dots}</g></g>'
    return f'<g fill="#fff" opacity=".75">{dots}</g>'
