"""A game's emblem, which its own folder brings along: what is played, told at a glance and in the theme's colours."""

from markupsafe import Markup

from games.catalog import FOLDER


def emblem(game: str) -> Markup:
    """That of the game ``game``, for pages that set a theme around it."""
    # It comes from our own source, where a test looks at what it may hold.
    return Markup((FOLDER / game / "emblem.svg").read_text())
