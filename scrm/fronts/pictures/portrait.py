"""Small portraits for people without a photograph, always the same for the same person."""

import hashlib

from markupsafe import Markup, escape

SCARVES = ("#c83f14", "#17654a", "#24479b", "#7a5200", "#5b2f7a", "#1f5a58")
COATS = ("#0f1b3d", "#33477c", "#27324f", "#3b2a4d", "#143c3a", "#4b3621")
HATS = ("#c83f14", "#f6f8fc", "#d7e6f5", "#ffb070", "#5b7fc4", "#dff1e9")
SKINS = ("#f2cfb3", "#e8bd9b", "#f5d9c4", "#dcae8a")
HAIR = ("#1d1a22", "#2b2020", "#3a2a24", "#15161f")


def avatar(name: str, seed: str = "") -> Markup:
    """A face in a scarf and perhaps a woolly hat, chosen by `seed` (an id), else by the name."""
    byte = hashlib.sha256((seed or name).encode()).digest()
    skin, hair = SKINS[byte[0] % 4], HAIR[byte[1] % 4]
    coat, scarf, hat = COATS[byte[2] % 6], SCARVES[byte[3] % 6], HATS[byte[4] % 6]
    long_hair, hatted = byte[5] % 2 == 0, byte[6] % 3 != 0
    ground = ("#d7e6f5", "#e6e2f3", "#f6e7d8", "#dcebe4")[byte[7] % 4]
    locks = f'<path d="M15 21q0-11 9-11t9 11l1 12H14z" fill="{hair}"/>' if long_hair else ""
    crown = (
        f'<path d="M15.5 19q-1-10.5 8.5-10.5T32.5 19z" fill="{hat}"/>'
        f'<rect x="14.5" y="17" width="19" height="4.2" rx="2.1" fill="{scarf}"/>'
        f'<circle cx="24" cy="7.5" r="2.8" fill="{scarf}"/>'
        if hatted
        else f'<path d="M16 21q-.5-10.5 8-10.5t8 10.5q-1.5-5-5-6-6 1.5-8.5 0Q16.5 17 16 21z" fill="{hair}"/>'
    )
    svg = (
        f'<path d="M0 0h48v48H0z" fill="{ground}"/>{locks}'
        f'<path d="M7 48q1-14 17-14t17 14z" fill="{coat}"/><path d="M16 22q0 12 8 12t8-12q0-8-8-8t-8 8z" fill="{skin}"/>'
        f'<path d="M20.8 23v.1M27.2 23v.1" stroke="#27202a" stroke-width="1.8" stroke-linecap="round"/>'
        f'<path d="M21.5 27.8q2.5 2 5 0" fill="none" stroke="#8a4a3a" stroke-width="1.2" stroke-linecap="round"/>'
        f'{crown}<path d="M15 33q9 5.5 18 0v5q-9 5.5-18 0z" fill="{scarf}"/>'
        f'<path d="M28 37l5-1 2 9-5.5 1z" fill="{scarf}" stroke="{coat}" stroke-width=".6"/>'
    )
    return Markup(  # The name is escaped, everything else is ours.
        f'<svg class="avatar" viewBox="0 0 48 48" role="img" aria-label="{escape(name)}">{svg}</svg>'
    )
