"""Down jackets drawn from their attributes: silhouette, quilting, colour, hood."""

from dataclasses import dataclass

from markupsafe import Markup

from .colour import darker, is_hex, lighter

FALLBACK_COLOUR = "#1d2d5c"


@dataclass(frozen=True)
class Cut:
    """The measures of a silhouette on a canvas of 200 by 240."""

    hem: int
    shoulder: int
    waist: int
    flare: int
    sleeve: int
    baffle: int


CUTS = {
    "cropped": Cut(hem=146, shoulder=48, waist=44, flare=45, sleeve=140, baffle=17),
    "short": Cut(hem=170, shoulder=48, waist=45, flare=46, sleeve=160, baffle=19),
    "vest": Cut(hem=168, shoulder=40, waist=42, flare=44, sleeve=0, baffle=19),
    "parka": Cut(hem=196, shoulder=50, waist=44, flare=52, sleeve=166, baffle=23),
    "long": Cut(hem=226, shoulder=46, waist=42, flare=52, sleeve=164, baffle=21),
    "kids": Cut(hem=152, shoulder=40, waist=42, flare=47, sleeve=138, baffle=16),
}


def garment(
    silhouette: str,
    colour: str = FALLBACK_COLOUR,
    quilting: str = "horizontal",
    *,
    hood: bool = False,
    label: str = "",
) -> Markup:
    """A jacket; unknown attributes fall back to a plain short one, so that every product has a picture."""
    cut = CUTS.get(silhouette, CUTS["short"])
    colour = colour if is_hex(colour) else FALLBACK_COLOUR
    parts = [
        _hood(cut, colour, fur=silhouette == "parka") if hood else _collar(colour),
        *(_sleeves(cut, colour, quilting) if cut.sleeve else ()),
        _body(cut, colour, quilting),
        _front(cut, colour, buttons=silhouette == "parka"),
    ]
    named = f' role="img" aria-label="{Markup.escape(label)}"' if label else ' aria-hidden="true"'
    above = (240 - 10 - cut.hem) // 2 - 10  # Short and long ones hang in the middle of the same frame.
    # The pieces hold nothing but numbers and checked colours.
    return Markup(f'<svg viewBox="0 {-max(above, 0)} 200 240"{named}>{"".join(parts)}</svg>')


def _body_path(cut: Cut) -> str:
    left, right = 100 - cut.shoulder, 100 + cut.shoulder
    middle = (58 + cut.hem) // 2
    return (
        f"M82 46 Q90 54 100 54 Q110 54 118 46 L{right - 6} 56 Q{right} 60 {right} 72"
        f" Q{100 + cut.waist - 3} {middle} {100 + cut.flare} {cut.hem - 5}"
        f" Q{100 + cut.flare} {cut.hem} {100 + cut.flare - 6} {cut.hem} L{100 - cut.flare + 6} {cut.hem}"
        f" Q{100 - cut.flare} {cut.hem} {100 - cut.flare} {cut.hem - 5}"
        f" Q{100 - cut.waist + 3} {middle} {left} 72 Q{left} 60 {left + 6} 56Z"
    )


def _body(cut: Cut, colour: str, quilting: str) -> str:
    name = f"b{cut.hem}{cut.shoulder}"
    seams = {"horizontal": _rows, "vertical": _columns, "diamond": _diamonds}.get(quilting)
    stitched = seams(cut, colour) if seams else _smooth(cut, colour)
    return (
        f'<clipPath id="{name}"><path d="{_body_path(cut)}"/></clipPath>'
        f'<path d="{_body_path(cut)}" fill="{colour}"/><g clip-path="url(#{name})">{stitched}'
        f'<path d="M{100 + cut.waist - 16} 50h40v{cut.hem}h-40z" fill="{darker(colour, 0.5)}" opacity=".22"/>'
        f'<path d="M{100 - cut.flare} {cut.hem - 7}h{2 * cut.flare}v8h-{2 * cut.flare}z"'
        f' fill="{darker(colour, 0.45)}" opacity=".55"/></g>'
    )


def _rows(cut: Cut, colour: str) -> str:
    """Baffles: each is lit from above and falls into shade at its seam."""
    light, shade = lighter(colour, 0.22), darker(colour, 0.55)
    rows = []
    for top in range(60, cut.hem, cut.baffle):
        seam = top + cut.baffle
        rows.append(
            f'<path d="M40 {top + 3}q60 7 120 0v{cut.baffle // 3}q-60 7-120 0z" fill="{light}" opacity=".34"/>'
            f'<path d="M40 {seam - 5}q60 7 120 0v5q-60 7-120 0z" fill="{shade}" opacity=".38"/>'
            f'<path d="M40 {seam}q60 7 120 0" fill="none" stroke="{shade}" stroke-width="1.2" opacity=".8"/>'
        )
    return "".join(rows)


def _columns(cut: Cut, colour: str) -> str:
    light, shade = lighter(colour, 0.2), darker(colour, 0.55)
    columns = []
    for left in range(100 - 56, 156, 14):
        columns.append(
            f'<path d="M{left + 3} 50v{cut.hem - 50}h4v-{cut.hem - 50}z" fill="{light}" opacity=".3"/>'
            f'<path d="M{left} 50v{cut.hem - 50}" stroke="{shade}" stroke-width="1.2" opacity=".75"/>'
        )
    return "".join(columns)


def _diamonds(cut: Cut, colour: str) -> str:
    shade, light = darker(colour, 0.5), lighter(colour, 0.3)
    lines = "".join(f"M{x} 40l220 220M{x + 220} 40l-220 220" for x in range(-240, 220, 20))
    glints = "".join(
        f'<circle cx="{x}" cy="{y}" r="3.2"/>'
        for row, y in enumerate(range(66, cut.hem, 10))
        for x in range(40 + (row % 2) * 10, 165, 20)
    )
    return (
        f'<g fill="{light}" opacity=".26">{glints}</g>'
        f'<path d="{lines}" fill="none" stroke="{shade}" stroke-width="1" opacity=".65"/>'
    )


def _smooth(cut: Cut, colour: str) -> str:
    """An unquilted shell: a fold or two and the gleam of the cloth."""
    return (
        f'<path d="M62 60q-6 {cut.hem // 2} 4 {cut.hem}h14q-8-{cut.hem // 2} 0-{cut.hem}z"'
        f' fill="{lighter(colour, 0.3)}" opacity=".3"/>'
        f'<path d="M128 92q-8 30-26 44M74 128q8 12 22 18" fill="none" stroke="{darker(colour, 0.5)}" opacity=".5"/>'
    )


def _sleeves(cut: Cut, colour: str, quilting: str) -> tuple[str, str]:
    fill, shade = darker(colour, 0.14), darker(colour, 0.55)
    end = cut.sleeve
    path = (
        f"M{106 - cut.shoulder} 56 Q{94 - cut.shoulder} 60 {88 - cut.shoulder} 82"
        f" L{76 - cut.shoulder} {end - 8} Q{75 - cut.shoulder} {end} {83 - cut.shoulder} {end + 2}"
        f" L{95 - cut.shoulder} {end + 3} Q{101 - cut.shoulder} {end + 3} {102 - cut.shoulder} {end - 5}"
        f" L{112 - cut.shoulder} 86Z"
    )
    seams = ""
    if quilting in ("horizontal", "diamond"):
        drops = range(84, end - 8, cut.baffle)
        seams = "".join(f"M{70 - cut.shoulder} {y}q22 10 46 2" for y in drops)
    cuff = f"M{75 - cut.shoulder} {end - 9}l27 5"
    left = (
        f'<clipPath id="s{end}{cut.shoulder}"><path d="{path}"/></clipPath><path d="{path}" fill="{fill}"/>'
        f'<g clip-path="url(#s{end}{cut.shoulder})" fill="none" stroke="{shade}">'
        f'<path d="M{84 - cut.shoulder} 84L{80 - cut.shoulder} {end}" stroke="{lighter(colour, 0.3)}"'
        f' stroke-width="5" opacity=".28"/><path d="{seams}" stroke-width="1.2" opacity=".8"/>'
        f'<path d="{cuff}" stroke-width="2.5" opacity=".6"/></g>'
    )
    return left, f'<g transform="matrix(-1 0 0 1 200 0)">{left}</g>'


def _collar(colour: str) -> str:
    dark = darker(colour, 0.42)
    return (
        f'<path d="M80 48Q79 32 86 29Q100 25 114 29Q121 32 120 48Q110 58 100 58Q90 58 80 48Z" fill="{dark}"/>'
        f'<path d="M85 46Q84 36 89 34Q100 31 111 34Q116 36 115 46Q108 52 100 52Q92 52 85 46Z"'
        f' fill="{darker(colour, 0.72)}"/>'
    )


def _hood(cut: Cut, colour: str, *, fur: bool) -> str:
    shell = (
        f'<path d="M70 60Q62 16 100 13Q138 16 130 60Q118 66 100 66Q82 66 70 60Z" fill="{darker(colour, 0.18)}"/>'
        f'<path d="M74 56Q66 22 100 17" fill="none" stroke="{lighter(colour, 0.3)}" stroke-width="3" opacity=".4"/>'
        f'<path d="M82 58Q76 29 100 26Q124 29 118 58Q110 63 100 63Q90 63 82 58Z" fill="{darker(colour, 0.75)}"/>'
    )
    if not fur:
        return shell
    tufts = "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}"/>'
        for x, y, r in (
            (77, 56, 7), (74, 47, 7), (74, 38, 7), (78, 29, 7), (85, 22, 7), (95, 18, 7), (105, 18, 7),
            (115, 22, 7), (122, 29, 7), (126, 38, 7), (126, 47, 7), (123, 56, 7),
        )
    )  # fmt: skip
    return f'{shell}<g fill="#e9ddcb">{tufts}</g><g fill="#cdbba2" opacity=".5" transform="translate(1 2)">{tufts}</g>'


def _front(cut: Cut, colour: str, *, buttons: bool) -> str:
    line, metal = darker(colour, 0.6), lighter(colour, 0.62)
    pocket = min(cut.hem - 34, 150)
    front = (
        f'<path d="M100 55V{cut.hem}" stroke="{line}" stroke-width="2.4"/>'
        f'<path d="M100 55V{cut.hem}" stroke="{metal}" stroke-width=".9" stroke-dasharray="1.5 1.5"/>'
        f'<path d="M98.5 56h3v7h-3z" fill="{metal}"/>'
        f'<path d="M{100 - cut.waist + 12} {pocket}l7 20M{100 + cut.waist - 12} {pocket}l-7 20"'
        f' stroke="{line}" stroke-width="2.2" stroke-linecap="round" opacity=".8"/>'
        f'<path d="M113 76h11v6h-11z" fill="#fff" opacity=".9"/>'
        f'<path d="m113 76 5.5 4 5.5-4" fill="none" stroke="{line}" stroke-width=".8"/>'
    )
    if buttons:
        front += "".join(
            f'<circle cx="106" cy="{y}" r="1.8" fill="{metal}"/>' for y in range(74, cut.hem - 10, 24)
        )
    return front
