"""Mixing of hex colours, and the contrast that two of them have."""


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def darker(colour: str, share: float) -> str:
    return mix(colour, "#0a1230", share)


def lighter(colour: str, share: float) -> str:
    return mix(colour, "#ffffff", share)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1, 1 to 21; text needs 4.5."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def is_hex(colour: str) -> bool:
    digits = colour[1:]
    return len(colour) == 7 and colour[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in digits)


def _channels(colour: str) -> tuple[int, int, int]:
    if not is_hex(colour):
        raise ValueError(f"{colour!r} is not a colour like #0f1b3d")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4
        for c in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
