"""Names of the built style sheets and scripts: `asset("club.css")` gives the address of its hashed file."""

import json
from pathlib import Path

from flask import Flask

DIST = Path(__file__).parent / "static" / "dist"


class AssetsMissing(RuntimeError):
    """The front end was not built, or not since this asset was added."""


class Assets:
    """The build's manifest, read again when a build replaced it, so that `make assets` needs no restart."""

    def __init__(self, dist: Path) -> None:
        self._manifest = dist / "manifest.json"
        self._built_at = 0
        self._names: dict[str, str] = {}

    def name(self, asset: str) -> str:
        """The hashed name of ``asset``; costs a look at the manifest's time, a few microseconds."""
        self._read()
        try:
            return self._names[asset]
        except KeyError:
            raise AssetsMissing(f"{asset} is not in {self._manifest}: run `make assets`.") from None

    def built_at(self) -> int:
        """When the manifest was written."""
        try:
            return self._manifest.stat().st_mtime_ns
        except FileNotFoundError:
            raise AssetsMissing(f"{self._manifest} is not there: run `make assets`.") from None

    def _read(self) -> None:
        built_at = self.built_at()
        if built_at != self._built_at:
            self._names = json.loads(self._manifest.read_text())
            self._built_at = built_at


_assets = Assets(DIST)


def built_at() -> int:
    """When the front end was built, in nanoseconds: what shows its names is kept no longer than that build."""
    return _assets.built_at()


def init_app(app: Flask) -> None:
    def asset(name: str) -> str:
        return f"{app.static_url_path}/{_assets.name(name)}"

    app.jinja_env.globals["asset"] = asset
