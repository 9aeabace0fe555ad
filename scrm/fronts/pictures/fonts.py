"""Fonts for what Pillow draws: faces that can write Chinese, wherever the machine has them."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

CARRIED = "pylopdf_fonts_zh_cn"
"""The package of the Noto faces that is installed with the product."""

# For installations that left the package out: what systems call their Chinese faces.
ELSEWHERE = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)
FACES = {"sans": "NotoSansSC-Regular.otf", "serif": "NotoSerifSC-Regular.otf"}


@lru_cache(maxsize=64)
def font(face: str, size: int) -> Font:
    """``sans`` or ``serif`` at ``size`` pixels. Without any font on the machine it is Pillow's own, Latin only."""
    for path in _places(face):
        try:
            return ImageFont.truetype(str(path), size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _places(face: str) -> Iterator[Path]:
    spec = find_spec(CARRIED)
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).with_name(FACES[face])
    yield from map(Path, ELSEWHERE)
