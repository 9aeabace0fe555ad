"""``make new-game SLUG=snowball``: a new folder that is a playable game from the first minute."""

import re
import shutil
import sys
from pathlib import Path

from .catalog import FOLDER, SLUG

TEMPLATES = FOLDER / "_template"
KINDS = ("skill", "chance", "asked")


def create(slug: str, kind: str, folder: Path = FOLDER) -> Path:
    """Copy the template of ``kind`` to ``folder/slug``. Refuses a slug that is taken or cannot be an address."""
    if not re.fullmatch(SLUG, slug):
        raise SystemExit(f"{slug!r} cannot be a game's slug: small letters, digits and hyphens, please.")
    if kind not in KINDS:
        raise SystemExit(f"A game is one of {', '.join(KINDS)}, not {kind!r}.")
    target = folder / slug
    if target.exists():
        raise SystemExit(f"There is a game {slug} already.")
    shutil.copytree(TEMPLATES / kind, target)
    return target


def main(arguments: list[str]) -> None:
    """Create the game and say what comes next."""
    slug, kind = (*arguments, "skill")[:2] if arguments else ("", "skill")
    target = create(slug, kind)
    steps = [
        (f".venv/bin/scrm game play {slug}", "play it, and see each change as soon as it is saved"),
        (f".venv/bin/python -m games.measure {slug}", "how hard it is for a beginner and for an expert"),
        (f"make test ARGS='tests/games -k {slug}'", "the contract that every game passes"),
        ("docs/games.md", "from here to a game in an afternoon"),
    ]
    print(f"{target} is there, and can be played already. Next:")  # noqa: T201 - a command talks to whoever typed it
    for what, why in steps:
        if kind != "chance" or "measure" not in what:
            print(f"  {what:<45} {why}")  # noqa: T201 - as above


if __name__ == "__main__":
    main(sys.argv[1:])
