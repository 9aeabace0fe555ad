"""Days, moments and points postings in the reader's words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import gettext

from center_core import member
from center_core.kit import N_
from scrm.fronts.i18n import language, when
from scrm.fronts.web import now

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


def init_app(app: Flask) -> None:
    """Give these wordings to templates as filters."""
    app.jinja_env.filters.update(day=day, moment=moment, posting_text=posting_text)


def posting_text(posting: member.PointsPosting) -> str:
    """Why points came or went: by kind and source where that tells more than the kind alone."""
    return str(gettext(WORDS.get((posting.kind, posting.source_kind)) or WORDS[posting.kind]))


def day(at: datetime, zone: str = "Asia/Shanghai") -> str:
    """A day as one says it: with its year where that is not this one."""
    if at.astimezone(ZoneInfo(zone)).year == now().astimezone(ZoneInfo(zone)).year:
        return when(at, "M月d日" if language() == "zh" else "d MMM", zone)
    return when(at, "yyyy年M月d日" if language() == "zh" else "d MMM yyyy", zone)


def moment(at: datetime, zone: str = "Asia/Shanghai") -> str:
    """A day and its time to the minute, for what has a deadline."""
    return when(at, "yyyy年M月d日 HH:mm" if language() == "zh" else "d MMM yyyy, HH:mm", zone)
