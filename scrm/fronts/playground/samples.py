"""Pictures to try a game's places with: of the very size that is wished for, or as wide as nobody expects."""

import hashlib

import games

SHAPES = ("fitting", "wide")

SAMPLE = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<rect x="3" y="{top}" width="{inner_width}" height="{inner_height}" rx="{corner}"
 fill="#f2b632" stroke="#7b2d10" stroke-width="6"/>
<circle cx="{x}" cy="{y}" r="{radius}" fill="#c8452f"/>
<text x="{x}" y="{y}" fill="#fff" font-family="sans-serif" font-size="{size}" text-anchor="middle"
 dominant-baseline="central">{width}×{height}</text></svg>"""


def samples_of(game: games.Game, shape: str) -> dict[str, str]:
    """A picture for each place of the game, by the key under which a campaign would name it."""
    return {name: _key(game, name, shape) for name in game.pictures} if shape in SHAPES else {}


def sample(game: games.Game, key: str) -> str | None:
    """The picture that has this key, as SVG."""
    for name, wish in game.pictures.items():
        for shape in SHAPES:
            if _key(game, name, shape) == key:
                return _drawn(wish.width, wish.height, wish.width // 2 if shape == "wide" else wish.height)
    return None


def _key(game: games.Game, name: str, shape: str) -> str:
    return hashlib.sha256(f"{game.slug} {name} {shape}".encode()).hexdigest()


def _drawn(width: int, height: int, filled: int) -> str:
    """Of the size that is wished for, as what the console keeps; only ``filled`` of its height is no hole."""
    filled = min(filled, height)
    return SAMPLE.format(
        width=width,
        height=height,
        inner_width=width - 6,
        inner_height=filled - 6,
        top=(height - filled) // 2 + 3,
        corner=min(width, filled) // 6,
        x=width // 2,
        y=height // 2,
        radius=min(width, filled) // 3,
        size=min(width, filled) // 8,
    )
