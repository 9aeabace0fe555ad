"""Picture files for tests, as somebody would choose them."""

from io import BytesIO
from typing import Any

from PIL import Image


def picture(
    width: int = 512, height: int = 512, kind: str = "PNG", colour: Any = (200, 69, 47), **terms: Any
) -> bytes:
    """A file of one colour; ``terms`` as for Pillow's ``save``."""
    image = Image.new("RGBA" if len(colour) == 4 else "RGB", (width, height), colour)
    out = BytesIO()
    image.save(out, kind, **terms)
    return out.getvalue()
