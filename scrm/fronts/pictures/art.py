"""Small pictures of prizes and tiers, and the drawings of empty pages."""

from markupsafe import Markup

INK, SNOW, ICE, EMBER, LAMP = "#0f1b3d", "#f6f8fc", "#d7e6f5", "#c83f14", "#ffb070"

TIERS = {  # metal, its shade, and how many peaks the badge carries
    "snow": ("#dbe6f3", "#8fa5c6", 1),
    "ice": ("#a9d3ec", "#3f7ca6", 2),
    "peak": ("#f2cf8f", "#a06a1c", 3),
    "aurora": ("#b9a6ee", "#5b3f9c", 3),
}


def _svg(box: str, inside: str) -> Markup:
    return Markup(f'<svg viewBox="{box}" aria-hidden="true">{inside}</svg>')


def tier_badge(code: str) -> Markup:
    """A six-sided crystal with a ridge in it; the higher the tier, the more peaks."""
    metal, shade, peaks = TIERS.get(code, TIERS["snow"])
    ridges = {
        1: "M12 30 20 17l8 13z",
        2: "M9 30 17 18l5 7 3-4 6 9z",
        3: "M8 30 14 21l3 3 4-9 4 8 2-2 6 9z",
    }[peaks]
    star = f'<path d="M20 8v5M17.8 9.2l4.4 2.6M17.8 11.8l4.4-2.6" stroke="{SNOW}" stroke-width="1.2"/>'
    return _svg(
        "0 0 40 40",
        f'<path d="M20 2 35.6 11v18L20 38 4.4 29V11z" fill="{shade}"/>'
        f'<path d="M20 5 33 12.5v15L20 35 7 27.5v-15z" fill="{metal}"/>'
        f'<path d="M20 5 33 12.5 20 20 7 12.5z" fill="#fff" opacity=".35"/>'
        f'<path d="{ridges}" fill="{shade}"/>{star if code == "aurora" else ""}',
    )


def prize(kind: str) -> Markup:
    """The picture of a prize by its kind: gift, coupon, points, or the fallback."""
    return {"gift": _gift, "coupon": _coupon, "points": _points}.get(kind, _flake)()


def _gift() -> Markup:
    return _svg(
        "0 0 96 96",
        f'<path d="M16 42h64v38a4 4 0 0 1-4 4H20a4 4 0 0 1-4-4z" fill="{EMBER}"/>'
        f'<path d="M12 30h72v14H12z" fill="#e0592c"/><path d="M42 30h12v54H42z" fill="{LAMP}"/>'
        f'<path d="M48 30S36 10 26 15s4 15 22 15Zm0 0s12-20 22-15-4 15-22 15Z" fill="none" stroke="{LAMP}"'
        ' stroke-width="6" stroke-linejoin="round"/><path d="M16 44h64v5H16z" fill="#7d2408" opacity=".3"/>',
    )


def _coupon() -> Markup:
    return _svg(
        "0 0 96 96",
        f'<g transform="rotate(-10 48 48)"><path d="M8 30h80v11a7 7 0 0 0 0 14v11H8V55a7 7 0 0 0 0-14z" fill="{INK}"/>'
        f'<path d="M34 33v30" stroke="{SNOW}" stroke-width="1.6" stroke-dasharray="3 3"/>'
        f'<path d="M21 38v20M12.5 43l17 10M12.5 53l17-10" stroke="{LAMP}" stroke-width="2.4" stroke-linecap="round"/>'
        f'<path d="M44 42h32M44 50h24" stroke="{SNOW}" stroke-width="3.6" stroke-linecap="round"/></g>',
    )


def _points() -> Markup:
    return _svg(
        "0 0 96 96",
        '<circle cx="48" cy="52" r="34" fill="#a06a1c"/><circle cx="48" cy="47" r="34" fill="#f2cf8f"/>'
        '<circle cx="48" cy="47" r="27" fill="none" stroke="#a06a1c" stroke-width="2" opacity=".6"/>'
        '<path d="M48 28v38M31.5 37.5l33 19M31.5 56.5l33-19M42 31l6 5 6-5M42 63l6-5 6 5" fill="none"'
        ' stroke="#7a5200" stroke-width="3" stroke-linecap="round"/>',
    )


def _flake() -> Markup:
    return _svg(
        "0 0 96 96",
        '<circle cx="48" cy="48" r="36" fill="#d7e6f5"/><path d="M48 20v56M23.7 34l48.6 28M23.7 62l48.6-28'
        'M40 25l8 8 8-8M40 71l8-8 8 8M24 45l11-3-3-11M72 51l-11 3 3 11M24 51l11 3-3 11M72 45l-11-3 3-11"'
        ' fill="none" stroke="#33477c" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>',
    )


def nothing() -> Markup:
    """An open letter lying in the snow: nothing here yet."""
    return _svg(
        "0 0 160 120",
        f'<path d="M4 104q38-22 78-14t74 8v22H4z" fill="{ICE}"/>'
        f'<g transform="rotate(-6 80 66)"><path d="M36 44 80 14l44 30v52H36z" fill="#b9cbe6"/>'
        f'<path d="M46 30h68v48H46z" fill="#fff"/><path d="M58 44h44M58 54h44M58 64h26" stroke="{ICE}" stroke-width="4"/>'
        f'<path d="M36 44l44 32 44-32v52H36z" fill="{SNOW}"/><path d="M36 96l34-28M124 96 90 68" stroke="#b9cbe6"'
        f' stroke-width="2"/></g><circle cx="80" cy="80" r="7" fill="{EMBER}"/>',
    )


def lost() -> Markup:
    """A signpost in a flurry: the page, or the server, is not to be found."""
    return _svg(
        "0 0 160 130",
        f'<path d="M0 112q40-20 84-10t76 6v22H0z" fill="{ICE}"/><path d="M76 40h8v70h-8z" fill="#7a5a3c"/>'
        f'<path d="M46 36h62l12 11-12 11H46z" fill="{INK}"/><path d="M114 66H58l-10 9 10 9h56z" fill="{EMBER}"/>'
        '<path d="M44 36q14-9 32-4t34 0q4 2 4 5H44zM56 66q20-7 58-1v3H56z" fill="#fff"/>'
        '<g fill="#b9cbe6"><circle cx="24" cy="30" r="3"/><circle cx="138" cy="24" r="4"/><circle cx="30" cy="76" r="4"/>'
        '<circle cx="132" cy="92" r="3"/><circle cx="96" cy="14" r="3"/><circle cx="58" cy="12" r="2"/></g>',
    )
