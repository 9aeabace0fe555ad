"""What is kept of a file that somebody chose, and which files are refused."""

import struct
import zlib
from io import BytesIO
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from campaigns.picture import HEAVIEST, LARGEST_FILE, redraw
from center_core.kit import Refused
from tests import make

WISHED: Any = {"width": 256, "height": 256}
PLACE = "Shanghai, at home"


def seen(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content), formats=["WEBP"])


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (256, 256), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A few bytes whose header claims a picture of that size."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def noise(kind: str) -> bytes:
    image = Image.frombytes("RGB", (300, 300), Random(1).randbytes(300 * 300 * 3))
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_is_kept_is_a_webp_of_the_wished_size(kind: str) -> None:
    drawn = redraw(make.picture(1024, 1024, kind), **WISHED)
    kept = seen(drawn.content)
    assert (kept.format, kept.size) == ("WEBP", (256, 256)) == ("WEBP", (drawn.width, drawn.height))
    red, green, blue = kept.convert("RGB").getpixel((100, 100))  # type: ignore[misc]
    assert abs(red - 200) < 8
    assert abs(green - 69) < 8
    assert abs(blue - 47) < 8


SHAPES = [
    # (brought, size of what is kept, where its first pixel is that is no hole)
    ((512, 512), (256, 256), (0, 0)),
    ((600, 200), (256, 256), (0, 86)),
    ((100, 400), (256, 256), (96, 0)),
    ((100, 80), (100, 100), (0, 10)),
]


@pytest.mark.parametrize(("brought", "kept", "first"), SHAPES)
def test_a_picture_stands_whole_in_its_place_and_nothing_is_stretched(
    brought: tuple[int, int], kept: tuple[int, int], first: tuple[int, int]
) -> None:
    drawn = redraw(make.picture(*brought), **WISHED)
    assert (drawn.width, drawn.height) == kept
    left, top, right, bottom = seen(drawn.content).convert("RGBA").getchannel("A").getbbox() or (0, 0, 0, 0)
    assert abs(left - first[0]) <= 1
    assert abs(top - first[1]) <= 1
    # It is still as wide to its height as it was brought.
    assert abs((right - left) / (bottom - top) - brought[0] / brought[1]) < 0.05


@pytest.mark.parametrize(("brought", "kept"), [((1280, 1280), (640, 560)), ((320, 700), (320, 280))])
def test_one_that_covers_its_place_loses_its_edges(brought: tuple[int, int], kept: tuple[int, int]) -> None:
    drawn = redraw(make.picture(*brought), width=640, height=560, fit="cover")
    assert (drawn.width, drawn.height) == kept
    assert not seen(drawn.content).has_transparency_data


def test_even_a_picture_of_nothing_but_noise_is_light() -> None:
    pixels = Random(2).randbytes(960 * 720 * 3)
    out = BytesIO()
    Image.frombytes("RGB", (960, 720), pixels).save(out, "WEBP", quality=60)
    drawn = redraw(out.getvalue(), width=960, height=720)
    assert len(drawn.content) <= HEAVIEST
    assert drawn.width / drawn.height == pytest.approx(960 / 720, abs=0.01)


def test_holes_stay_holes() -> None:
    drawn = redraw(make.picture(colour=(10, 20, 30, 0)), **WISHED)
    assert seen(drawn.content).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_the_same_picture_has_the_same_name() -> None:
    assert redraw(make.picture(), **WISHED).key == redraw(make.picture(), **WISHED).key
    assert redraw(make.picture(), **WISHED).key != redraw(make.picture(colour=(1, 2, 3)), **WISHED).key


def test_a_photograph_is_turned_upright_and_forgets_where_it_was_taken() -> None:
    notes = Image.Exif()
    notes[0x0112] = 6  # Turn it by 90 degrees.
    notes[0x010E] = PLACE
    photograph = make.picture(800, 400, "JPEG", exif=notes)
    assert PLACE.encode() in photograph
    drawn = redraw(photograph, **WISHED)
    assert seen(drawn.content).getchannel("A").getbbox() == (64, 0, 192, 256)
    assert PLACE.encode() not in drawn.content
    assert not seen(drawn.content).getexif()


def test_what_a_file_hides_beside_its_pixels_is_left_behind() -> None:
    hidden = b"<script>alert(1)</script>"
    assert hidden not in redraw(make.picture() + hidden, **WISHED).content


REFUSED = [
    ("nothing", b"", "picture_missing"),
    ("words", b"hello" * 100, "picture_type"),
    (
        "a drawing in SVG",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "picture_type",
    ),
    ("a GIF", make.picture(kind="GIF"), "picture_type"),
    ("a BMP", make.picture(256, 256, "BMP"), "picture_type"),
    ("half a PNG", noise("PNG")[:9000], "picture_damaged"),
    ("half a JPEG", noise("JPEG")[:3000], "picture_damaged"),
    ("half a WebP", noise("WEBP")[:3000], "picture_type"),
    ("a header without pixels", png_that_says(256, 256), "picture_damaged"),
    ("a heavy file", make.picture() + b"\0" * LARGEST_FILE, "picture_heavy"),
    ("a bomb", png_that_says(5_000, 5_000), "picture_pixels"),
    ("a monstrous bomb", png_that_says(60_000, 60_000), "picture_pixels"),
    ("a tiny picture", make.picture(20, 20), "picture_small"),
    ("a moving PNG", moving("PNG"), "picture_moves"),
    ("a moving WebP", moving("WEBP"), "picture_moves"),
]


@pytest.mark.parametrize(("file", "key"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_no_picture_for_a_game_is_refused(file: bytes, key: str) -> None:
    with pytest.raises(Refused) as refused:
        redraw(file, **WISHED)
    assert refused.value.key == key


@settings(max_examples=60, deadline=None)
@given(
    at=st.integers(0, 5_000), instead=st.binary(max_size=40), kind=st.sampled_from(["PNG", "JPEG", "WEBP"])
)
def test_whatever_happens_to_a_file_it_is_drawn_or_refused(at: int, instead: bytes, kind: str) -> None:
    file = noise(kind)
    place = at % len(file)
    try:
        drawn = redraw(file[:place] + instead + file[place + len(instead) :], **WISHED)
    except Refused:
        return
    assert seen(drawn.content).size == (drawn.width, drawn.height)
