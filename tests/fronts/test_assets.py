"""Pages name their style sheets and scripts; the build's manifest tells the hashed file."""

import json
import os
from pathlib import Path

import pytest

from scrm.fronts.assets import DIST, Assets, AssetsMissing


def write(dist: Path, names: dict[str, str], at: int) -> None:
    dist.mkdir(exist_ok=True)
    (dist / "manifest.json").write_text(json.dumps(names))
    os.utime(dist / "manifest.json", (at, at))


def test_a_new_build_is_noticed(tmp_path: Path) -> None:
    assets = Assets(tmp_path)
    write(tmp_path, {"club.css": "club-1.css"}, at=1_000)
    assert assets.name("club.css") == "club-1.css"
    write(tmp_path, {"club.css": "club-2.css"}, at=2_000)
    assert assets.name("club.css") == "club-2.css"


def test_what_was_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissing, match="make assets"):
        Assets(tmp_path).name("club.css")
    write(tmp_path, {}, at=1_000)
    with pytest.raises(AssetsMissing, match="make assets"):
        Assets(tmp_path).name("club.css")


def test_the_lock_file_names_no_registry() -> None:
    assert "resolved" not in (DIST.parent / "package-lock.json").read_text()


@pytest.mark.parametrize(
    ("asset", "most"), [("club.css", 60_000), ("club.js", 60_000), ("guide.css", 60_000), ("chat.js", 96_000)]
)
def test_what_a_phone_loads_stays_light(asset: str, most: int) -> None:
    """Bytes before compression: a phone page with everything inline must stay under 200 KB."""
    assert (DIST / Assets(DIST).name(asset)).stat().st_size < most
