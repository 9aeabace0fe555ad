"""QR codes of links as files to take away: SVG for print shops, PNG for everything else."""

import io

import segno


def svg(link: str) -> bytes:
    """The picture in shapes, which scale to any size; by itself a module is two millimetres wide."""
    out = io.BytesIO()
    code = segno.make(link, error="q")
    code.save(out, kind="svg", unit="mm", scale=2, border=4, xmldecl=False, svgns=True)
    return out.getvalue()


def png(link: str) -> bytes:
    """The picture in a size fit for a poster: some 800 pixels and more."""
    out = io.BytesIO()
    segno.make(link, error="q").save(out, kind="png", scale=24, border=4)
    return out.getvalue()
