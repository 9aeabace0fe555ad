"""Draws a picture that somebody sent anew, so that nothing but a picture of the wished size is ever kept.

What is kept was written by us: places and names in a photograph's metadata are gone, and so is whatever else a file may
hide beside its pixels.
"""

import hashlib
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Literal, NamedTuple

from PIL import Image, ImageOps

from center_core.kit import N_, Refused

FORMATS = ("PNG", "JPEG", "WEBP")
MEDIA_TYPE = "image/webp"
LARGEST_FILE = 900_000
"""Bytes. The editor scales larger ones down before they are sent."""
MOST_PIXELS = 16_000_000
"""A small file can hold a picture that fills the memory; 64 MB is what these take."""
LEAST_SHARE = 4
"""A picture may have a quarter of the wished width or height, not less: it would only be a smear."""
QUALITIES = (88, 75, 60, 45)
"""The first whose file is light enough."""
HEAVIEST = 100_000
"""Bytes of a kept picture: a phone waits for it before it can play, or sees the page without it."""
LANCZOS = Image.Resampling.LANCZOS

# What Pillow says to a file that is not what it begins like.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error)


class Redrawn(NamedTuple):
    """A picture as it is kept: WebP without metadata, and the name that its content gives it."""

    key: str
    content: bytes
    width: int
    height: int


def redraw(file: bytes, *, width: int, height: int, fit: Literal["contain", "cover"] = "contain") -> Redrawn:
    """The picture in ``file``, scaled down to ``width`` and ``height``, and in any case of their proportions.

    What does not have them gets holes beside it, or loses its edges if it shall ``cover`` the place: so a scene never
    stretches it.

    Refuses what is no still PNG, JPEG or WebP, and what is too large, too small or damaged.
    """
    if not file:
        raise Refused("picture_missing", N_("Choose a picture first."))
    if len(file) > LARGEST_FILE:
        raise Refused(
            "picture_heavy", N_("The file may have at most %(most)s KB."), most=LARGEST_FILE // 1000
        )
    picture = _opened(file)
    # The header is enough for these; nothing has been unpacked yet.
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()
    if getattr(picture, "n_frames", 1) > 1:
        raise Refused("picture_moves", N_("This picture moves. Please choose a still one."))
    if picture.width < width / LEAST_SHARE and picture.height < height / LEAST_SHARE:
        raise Refused(
            "picture_small",
            N_("This picture is too small: %(width)s × %(height)s pixels are wished for."),
            width=width,
            height=height,
        )
    return _written(_scaled(picture, width, height, fit))


def _opened(file: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(file), formats=FORMATS)
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except BROKEN:
        raise Refused("picture_type", N_("This is no whole picture in PNG, JPEG or WebP.")) from None


def _too_many_pixels() -> Refused:
    return Refused(
        "picture_pixels",
        N_("This picture has too many pixels: at most %(most)s million."),
        most=MOST_PIXELS // 1_000_000,
    )


def _scaled(picture: Image.Image, width: int, height: int, fit: str) -> Image.Image:
    try:
        # Decodes no more of a large JPEG than is needed; both sides count, since it may still have to be turned.
        picture.draft("RGB", (2 * max(width, height), 2 * max(width, height)))
        # Telephones write down which side is up instead of turning the picture; the note goes with the metadata.
        upright = ImageOps.exif_transpose(picture)
        plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except BROKEN:
        raise Refused(
            "picture_damaged", N_("This file is damaged; it ends too early or breaks off.")
        ) from None
    if fit == "cover":
        share = min(1.0, plain.width / width, plain.height / height)
        return ImageOps.fit(plain, (max(1, round(width * share)), max(1, round(height * share))), LANCZOS)
    plain.thumbnail((width, height), LANCZOS)
    box = (
        max(plain.width, round(plain.height * width / height)),
        max(plain.height, round(plain.width * height / width)),
    )
    return plain if box == plain.size else ImageOps.pad(plain.convert("RGBA"), box, color=(0, 0, 0, 0))


def _written(picture: Image.Image) -> Redrawn:
    # A new picture: what the old one knew beside its pixels (colour profile, text) does not come along.
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    content = next((file for file in _ever_lighter(clean) if len(file) <= HEAVIEST), None)
    if content is None:
        return _written(clean.resize((clean.width * 3 // 4, clean.height * 3 // 4), LANCZOS))
    return Redrawn(hashlib.sha256(content).hexdigest(), content, *clean.size)


def _ever_lighter(picture: Image.Image) -> Iterator[bytes]:
    for quality in QUALITIES:
        out = BytesIO()
        picture.save(out, "WEBP", quality=quality, method=4)
        yield out.getvalue()
