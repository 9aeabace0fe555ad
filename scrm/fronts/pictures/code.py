"""QR codes as inline SVG."""

import io

import segno
from markupsafe import Markup

# The night blue of the tokens: dark enough for every scanner, and the brand's own.
DARK = "#0f1b3d"


def qr(text: str, label: str = "") -> Markup:
    """`text` as a QR code that still scans with a scratched or reflecting screen (level M)."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        border=2,
        dark=DARK,
        light="#ffffff",
        title=label,
    )
    return Markup(out.getvalue().decode())  # segno escapes the title.
