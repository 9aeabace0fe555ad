"""Keeps one game built while its files change, and tells whoever waits for it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app

from games import catalog
from games.asked import Answered
from games.build import STATIC, BuildFailed, build

SECONDS_BETWEEN_LOOKS = 0.3
UNREADABLE = (OSError, ValueError, LookupError, TypeError)
"""What a game.toml or a file of texts that is half written leads to."""


def workshop() -> "Workshop":
    """The one of the application that answers."""
    found: Workshop = current_app.extensions["workshop"]
    return found


@dataclass
class Put:
    """A question that was handed out, and what became of it."""

    asked_at: datetime
    judged: Answered | None = None


class Workshop:
    """The game ``slug`` as it was last built. ``fault`` is what the bundler, or the game.toml, had to complain of;
    ``rounds`` are those that were begun, each with its seed and settings; ``put`` the questions of each that asks.
    """

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.version = 0
        self.fault = ""
        self.rounds: dict[str, tuple[str, dict[str, Any]]] = {}
        self.put: dict[str, list[Put]] = {}
        self._seen: tuple[tuple[str, int], ...] = ()
        self._changed = threading.Condition()

    @property
    def game(self) -> catalog.Game:
        """Read afresh after each change."""
        return catalog.game(self.slug)

    def look(self) -> bool:
        """Build anew if a file has changed since the last look."""
        seen = tuple(self._files())
        if seen == self._seen:
            return False
        self._seen = seen
        fault = self._build()
        with self._changed:
            self.fault = fault
            self.version += 1
            self._changed.notify_all()
        return True

    def watch(self) -> None:
        """Look again and again, in a thread of its own that ends with the process."""
        threading.Thread(target=self._watch, daemon=True).start()

    def versions(self, after: int) -> Iterator[int]:
        """Each version after ``after`` as soon as it is there, and now and then the same one as a sign of life."""
        while True:
            with self._changed:
                if self.version == after:
                    self._changed.wait(timeout=15)
            after = self.version
            yield after

    def _watch(self) -> None:
        pause = threading.Event()
        while not pause.wait(SECONDS_BETWEEN_LOOKS):
            self.look()

    def _build(self) -> str:
        catalog.forget()
        try:
            catalog.read(catalog.FOLDER / self.slug)
            build(f"games/{self.slug}", "frame")
        except BuildFailed as failed:
            return str(failed)
        except UNREADABLE as failed:
            return f"game.toml, texts: {failed!r}"
        return ""

    def _files(self) -> Iterator[tuple[str, int]]:
        """The game, what games share, and the frame; each file with the time of its last change."""
        shared = (folder for folder in catalog.FOLDER.glob("_*") if folder != catalog.BUILT)
        for folder in (catalog.FOLDER / self.slug, *shared, STATIC / "src" / "frame"):
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.suffix != ".pyc":
                    yield str(path), _changed_at(path)


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:  # An editor is just replacing it.
        return 0
