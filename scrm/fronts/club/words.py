"""What happened to points, in the reader's words."""

from flask_babel import gettext

from center_core import member
from center_core.kit import N_

WORDS = {
    ("earn", "order"): N_("Purchase"),
    ("earn", "play"): N_("Won in a game"),
    ("earn", "join"): N_("Welcome to the club"),
    "earn": N_("Points received"),
    "release": N_("Now usable"),
    "spend": N_("Points spent"),
    "expire": N_("Points expired"),
    "reverse": N_("Returned purchase"),
}


def posting_text(posting: member.PointsPosting) -> str:
    """Why points came or went: by kind and source where that tells more than the kind alone."""
    return gettext(WORDS.get((posting.kind, posting.source_kind)) or WORDS[posting.kind])
