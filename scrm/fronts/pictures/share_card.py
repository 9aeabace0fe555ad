"""The card of a challenge link: a picture to send to friends, with the real score and the way into the race."""

import io
import math
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import segno
from PIL import Image, ImageDraw

from .code import DARK
from .colour import contrast, lighter, mix
from .fonts import Font, font

WIDTH, HEIGHT = 1080, 1440
MARGIN = 88
QUALITY = 88
READABLE = 4.5


@dataclass(frozen=True)
class Card:
    """All words and colours of a card, in the language of whoever sends it."""

    brand: str
    campaign: str
    game: str
    name: str
    score: str
    unit: str
    challenge: str
    scan: str
    address: str
    ground: str
    accent: str


@lru_cache(maxsize=64)
def draw(card: Card) -> bytes:
    """The card as a JPEG of 1080 by 1440 pixels; the same card is drawn once."""
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    brush = ImageDraw.Draw(picture)
    _night(brush, card.ground)
    _mountains(brush, card)
    _words(brush, card)
    _way_in(picture, brush, card)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, subsampling=0)
    return out.getvalue()


def _night(brush: ImageDraw.ImageDraw, ground: str) -> None:
    glow = mix(ground, "#5b7fc4", 0.4)
    for y in range(0, HEIGHT, 4):
        brush.rectangle((0, y, WIDTH, y + 4), fill=mix(ground, glow, min(y / 1000, 1)))


def _mountains(brush: ImageDraw.ImageDraw, card: Card) -> None:
    """Three ranges, a slope, pines and falling snow; the same campaign always has the same."""
    chance = Random(card.campaign)  # noqa: S311  # A drawing, not a secret.
    glow = mix(card.ground, "#5b7fc4", 0.4)
    brush.ellipse((770, 120, 870, 220), fill="#f6f3e6")
    for depth in (1, 2, 3):
        colour = mix(lighter(glow, 0.16), card.ground, depth * 0.24)
        brush.polygon(_ridge(chance, depth), fill=colour)
    brush.polygon([(0, 1010), *_slope(), (WIDTH, HEIGHT), (0, HEIGHT)], fill="#eef4fb")
    for _ in range(16):
        _pine(brush, chance, mix(card.ground, "#0a2030", 0.5))
    for _ in range(150):
        x, y, size = chance.uniform(0, WIDTH), chance.uniform(0, 980), chance.uniform(1, 4.5)
        brush.ellipse((x - size, y - size, x + size, y + size), fill=lighter(glow, 0.72))


def _ridge(chance: Random, depth: int) -> list[tuple[float, float]]:
    base, x = 520 + depth * 120, -40.0
    points = [(x, float(HEIGHT))]
    while x < WIDTH + 80:
        points.append((x, base + chance.uniform(-95, 55) * (1.2 - depth * 0.25)))
        x += chance.uniform(60, 150)
    return [*points, (x, float(HEIGHT))]


def _slope() -> list[tuple[float, float]]:
    return [(x, 1000 - 46 * math.sin(x / 420) - x * 0.02) for x in range(0, WIDTH + 40, 40)]


def _pine(brush: ImageDraw.ImageDraw, chance: Random, colour: str) -> None:
    x = chance.choice((chance.uniform(-20, 260), chance.uniform(800, 1100)))
    high = chance.uniform(70, 170)
    foot = 1000 - 46 * math.sin(x / 420) + chance.uniform(-4, 26)
    for layer in range(3):
        top, wide = foot - high * (1 - layer * 0.24), high * (0.2 + layer * 0.09)
        brush.polygon([(x, top), (x - wide, top + high * 0.46), (x + wide, top + high * 0.46)], fill=colour)


def _words(brush: ImageDraw.ImageDraw, card: Card) -> None:
    light = "#ffffff" if contrast("#ffffff", card.ground) >= READABLE else "#04060b"
    quiet = mix(light, card.ground, 0.18)
    brush.text((MARGIN, 84), card.brand, font=font("sans", 34), fill=quiet)
    _fitting(brush, (MARGIN, 150), card.campaign, "serif", 68, light, wide=640)
    _fitting(brush, (MARGIN, 262), f"{card.name} · {card.game}", "sans", 40, quiet)
    number, unit = _largest(card), font("serif", 92)
    brush.text(
        (MARGIN - 8, 590), card.score, font=number, fill=light, anchor="ls", stroke_width=2, stroke_fill=light
    )
    brush.text(
        (MARGIN + 14 + brush.textlength(card.score, font=number), 590),
        card.unit,
        font=unit,
        fill=light,
        anchor="ls",
    )
    _fitting(brush, (MARGIN, 640), card.challenge, "serif", 76, light)


def _largest(card: Card) -> Font:
    """The biggest figure that leaves room for its unit."""
    return next(
        it
        for size in range(280, 60, -10)
        if (it := font("serif", size)).getlength(card.score) + font("serif", 92).getlength(card.unit)
        < WIDTH - 2 * MARGIN
    )


def _fitting(
    brush: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    face: str,
    size: int,
    fill: str,
    wide: int = WIDTH - 2 * MARGIN,
) -> None:
    """One line, smaller where it would not fit, and cut where even that is too long."""
    while size > 24 and font(face, size).getlength(text) > wide:
        size -= 2
    while font(face, size).getlength(text) > wide:
        text = text[:-2] + "…"
    brush.text(at, text, font=font(face, size), fill=fill)


def _way_in(picture: Image.Image, brush: ImageDraw.ImageDraw, card: Card) -> None:
    """The QR code on its white panel, with what to do with it; dark on white scans best."""
    code = segno.make(card.address, error="m", micro=False)
    scale = 300 // code.symbol_size(border=0)[0]
    bits = io.BytesIO()
    code.save(bits, kind="png", scale=max(scale, 3), border=2, dark=DARK, light="#ffffff")
    qr = Image.open(bits).convert("RGB")
    left, top = WIDTH - MARGIN - qr.width, HEIGHT - 76 - qr.height
    brush.rounded_rectangle(
        (left - 18, top - 18, left + qr.width + 18, top + qr.height + 18), radius=30, fill="#ffffff"
    )
    picture.paste(qr, (left, top))
    ink = mix(card.ground, "#0a1230", 0.5)
    ink = ink if contrast(ink, "#eef4fb") >= READABLE else DARK
    brush.rounded_rectangle((MARGIN, top + 6, MARGIN + 84, top + 16), radius=5, fill=card.accent)
    _fitting(brush, (MARGIN, top + 44), card.scan, "serif", 52, ink, wide=left - MARGIN - 60)
    _fitting(brush, (MARGIN, top + 128), card.brand, "sans", 32, ink, wide=left - MARGIN - 60)
