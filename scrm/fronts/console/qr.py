"""QR codes of links, as SVG for the screen and as PNG for print."""

import io

import segno


def svg(link: str, *, scale: int = 8) -> str:
    """The picture as markup to stand in a page."""
    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind="svg", scale=scale, border=2, xmldecl=False, svgns=True)
    return out.getvalue().decode()


def png(link: str, *, scale: int = 24) -> bytes:
    """The picture in a size fit for a poster: some 800 pixels and more."""
    out = io.BytesIO()
    segno.make(link, error="q").save(out, kind="png", scale=scale, border=4)
    return out.getvalue()
